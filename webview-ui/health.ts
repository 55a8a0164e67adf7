/**
 * The one sentence about a run that stands below its progress. Rules, the most pressing first; each can be tested by itself.
 * Pure.
 */
import {
  bestOf,
  joined,
  numberOf,
  type PanelHead,
  type ProblemEvent,
  type RunProgress,
  type RunState,
} from '../protocol/index.ts';
import { bestText, isBestRun, keptText, leadingMetric } from './best-text.ts';
import { interruptedText, leftText } from './broken-off.ts';
import { isShare } from './charts/chart-list.ts';
import { type Ghost, gapOf } from './ghost.ts';
import { endText } from './text/end-words.ts';
import { gpuTrouble } from './text/engine-reason.ts';
import { metricWord } from './text/metric-word.ts';
import { count, elapsedText, metricText, number } from './text/numbers.ts';
import { problemSentences, problemText } from './text/problem-words.ts';
import { t } from './text/translate.ts';

export interface Health {
  readonly tone: 'good' | 'calm' | 'warn' | 'bad';
  readonly title: string;
  readonly text: string;
  /** The finding it is about: its place is linked. */
  readonly problem: ProblemEvent | undefined;
}

/** What is to be said of the run now. `ghost`: the run that is drawn behind it. */
export function healthOf(head: PanelHead, run: RunState, progress: RunProgress, ghost?: Ghost): Health {
  return (
    failure(head, run) ??
    endOrPause(head, run, progress, ghost) ??
    finding(run, 'warning') ??
    plateau(run) ??
    improving(run, ghost) ??
    idleGpu(run) ??
    say('calm', t('Training.'), preparedText(run))
  );
}

function say(tone: Health['tone'], title: string, text: string, problem?: ProblemEvent): Health {
  return { tone, title, text, problem };
}

function failure(head: PanelHead, run: RunState): Health | undefined {
  if (head.state === 'interrupted') {
    return say('bad', t('Interrupted at step {0}.', count(run.step)), interruptedText(head, run));
  }
  if (head.state !== 'failed') return undefined;
  const problem = run.problems.filter((each) => each.severity === 'error').at(-1);
  const reason = run.ended?.reason;
  const said = problem?.message ?? reason ?? t('The log says why.');
  const sentences = problem && problemSentences(problem);
  const left = leftText(run, said);
  const told = reason === undefined ? said : endText(reason);
  const text = joined(sentences === undefined ? [problem?.message ?? told, left] : [...sentences, left]);
  if (problem?.step === undefined) return say('bad', t('Failed.'), text, problem);
  if (sentences !== undefined) return failureIn(sentences, problem, problem.step, left);
  // A first sentence that names the step itself is the title: it need not be said twice.
  const [, first, rest] = /^(.+?\.)\s+(.+)$/su.exec(text) ?? [];
  return first !== undefined && rest !== undefined && /\bstep\b/u.test(first)
    ? say('bad', first, rest, problem)
    : say('bad', t('Failed at step {0}.', count(problem.step)), text, problem);
}

/** In any language: what the English of the first sentence says of the step. */
function failureIn(sentences: readonly string[], problem: ProblemEvent, step: number, left: string): Health {
  const [first = '', ...rest] = sentences;
  const namesStep = /\bstep\b/u.test(problem.words?.[0]?.text ?? '');
  return namesStep && rest.length > 0
    ? say('bad', first, joined([...rest, left]), problem)
    : say('bad', t('Failed at step {0}.', count(step)), joined([...sentences, left]), problem);
}

function endOrPause(
  head: PanelHead,
  run: RunState,
  progress: RunProgress,
  ghost: Ghost | undefined,
): Health | undefined {
  switch (head.state) {
    case 'preparing':
      return say('calm', t('Preparing.'), t('Starting the process, loading data, compiling the model.'));
    case 'paused':
      return run.marks.length > 0 || run.started !== undefined
        ? say(
            'calm',
            t('Paused at step {0}.', count(run.step)),
            run.started?.engine.device === 'gpu'
              ? t('GPU memory is kept; Resume goes on at once. Stop frees it: the checkpoint is saved.')
              : t('Memory is kept; Resume goes on at once. Stop frees it: the checkpoint is saved.'),
          )
        : undefined;
    case 'finished':
      return say(
        'good',
        t('Finished in {0}.', elapsedText(progress.elapsed)),
        [bestText(run, ghost), keptText(run)].filter((text) => text !== '').join(' '),
      );
    case 'stopped':
      return say(
        'calm',
        t('Stopped at step {0}.', count(run.step)),
        [
          run.ended?.reason === undefined ? '' : endText(run.ended.reason),
          head.resumable ? t('A checkpoint is saved: Continue goes on from there.') : '',
        ]
          .filter((text) => text !== '')
          .join(' '),
      );
    case 'running':
      return head.stopping
        ? say('calm', t('Stopping.'), t('A checkpoint is being saved first. Stop now ends at once.'))
        : finding(run, 'error');
    case 'failed':
    case 'interrupted':
      return undefined;
    default:
      return assertNever(head.state);
  }
}

function finding(run: RunState, severity: 'error' | 'warning'): Health | undefined {
  const problem = run.problems.filter((each) => each.severity === severity).at(-1);
  if (problem === undefined) return undefined;
  const title = titleOf(problem.code) ?? (problem.step === undefined ? '' : t('Step {0}.', count(problem.step)));
  return say(severity === 'error' ? 'bad' : 'warn', title, problemText(problem), problem);
}

/** The trainer's findings by name. */
function titleOf(code: string): string | undefined {
  switch (code) {
    case 'train/exploding-gradients':
      return t('Exploding gradients.');
    case 'train/vanishing-gradients':
      return t('Vanishing gradients.');
    case 'train/dead-units':
      return t('Dead units.');
    case 'train/saturated-units':
      return t('Saturated units.');
    case 'train/diverging':
      return t('Diverging.');
    case 'train/rate-too-high':
      return t('Learning rate too high.');
    case 'train/rate-too-low':
      return t('Learning rate too low.');
    case 'train/at-chance':
      return t('No better than guessing.');
    case 'train/over-fitting':
      return t('Over-fitting.');
    case 'train/waiting-for-data':
      return t('Waiting for data.');
    default:
      return undefined;
  }
}

function plateau(run: RunState): Health | undefined {
  const best = bestOf(run, 'loss', 'min');
  const last = run.epochs.at(-1);
  if (best === undefined || last === undefined || run.ended !== undefined) return undefined;
  const patience = Math.max(3, Math.ceil((run.started?.epochs ?? 0) * 0.1));
  const since = last.epoch - best.epoch;
  if (since < patience) return undefined;
  return say(
    'calm',
    t('No better for {0} epochs.', since),
    t('Validation loss was best at epoch {0} ({1}).', best.epoch, number(best.value)),
  );
}

/** Said once nothing else is to be said: why the processor trains though there is a GPU stands in the engine's reason. */
function idleGpu(run: RunState): Health | undefined {
  const engine = run.started?.engine;
  const why = engine?.device === 'cpu' ? gpuTrouble(engine.reason) : undefined;
  if (why === undefined) return undefined;
  return say('calm', t('Training on the processor.'), t('A GPU is not used: {0}', why));
}

/** Against the earlier run at the same step, where both have a check. */
function besideGhost(
  run: RunState,
  metric: { name: string; direction: 'min' | 'max' },
  ghost: Ghost,
): Health | undefined {
  const gap = gapOf(run, metric.name, ghost);
  if (gap === undefined || !Number.isFinite(gap)) return undefined;
  const share = isShare(run, metric.name);
  const size = share ? number(Math.abs(gap) * 100, 2) : number(Math.abs(gap), 3);
  const better = metric.direction === 'max' ? gap > 0 : gap < 0;
  const where = gap === 0 ? 'equal' : gap > 0 ? 'above' : 'below';
  return say(
    better ? 'good' : 'calm',
    better ? t('Improving.') : t('Training.'),
    ghostSentence({
      name: metricWord(metric.name),
      size,
      number: ghost.run.number,
      share,
      best: isBestRun(ghost),
      where,
    }),
  );
}

interface GhostWords {
  readonly name: string;
  readonly size: string;
  readonly number: number;
  readonly share: boolean;
  readonly best: boolean;
  readonly where: 'above' | 'below' | 'equal';
}

/** Whole sentences: other languages order the parts differently. */
function ghostSentence({ name, size, number: run, share, best, where }: GhostWords): string {
  if (where === 'equal') return t('Validation {0} is that of the run #{1} at the same step.', name, run);
  const above = where === 'above';
  if (share && best) {
    return above
      ? t('Validation {0} is {1} points above your best run (#{2}) at the same step.', name, size, run)
      : t('Validation {0} is {1} points below your best run (#{2}) at the same step.', name, size, run);
  }
  if (best) {
    return above
      ? t('Validation {0} is {1} above your best run (#{2}) at the same step.', name, size, run)
      : t('Validation {0} is {1} below your best run (#{2}) at the same step.', name, size, run);
  }
  if (share) {
    return above
      ? t('Validation {0} is {1} points above the run #{2} at the same step.', name, size, run)
      : t('Validation {0} is {1} points below the run #{2} at the same step.', name, size, run);
  }
  return above
    ? t('Validation {0} is {1} above the run #{2} at the same step.', name, size, run)
    : t('Validation {0} is {1} below the run #{2} at the same step.', name, size, run);
}

function improving(run: RunState, ghost: Ghost | undefined): Health | undefined {
  const metric = leadingMetric(run);
  if (metric === undefined) return undefined;
  const beside = ghost && besideGhost(run, metric, ghost);
  if (beside !== undefined) return { ...beside, text: [beside.text, overFittingText(run)].filter(Boolean).join(' ') };
  const values = run.epochs.flatMap((epoch) => epoch.validation?.[metric.name] ?? []).map(numberOf);
  const now = values.at(-1);
  const before = values.at(-2);
  if (now === undefined) return undefined;
  const text = metricText(now, isShare(run, metric.name));
  if (before === undefined)
    return say('calm', t('Training.'), t('Validation {0} is {1}.', metricWord(metric.name), text));
  const better = metric.direction === 'max' ? now > before : now < before;
  return better
    ? say(
        'good',
        t('Improving.'),
        t(
          'Validation {0} is {1}, better than one check before ({2}).',
          metricWord(metric.name),
          text,
          metricText(before, isShare(run, metric.name)),
        ),
      )
    : say(
        'calm',
        t('Training.'),
        t(
          'Validation {0} is {1}; one check before it was {2}.',
          metricWord(metric.name),
          text,
          metricText(before, isShare(run, metric.name)),
        ),
      );
}

/** Said only where it can be told: validation loss of two checks or more. */
function overFittingText(run: RunState): string {
  const checks = run.epochs.filter((epoch) => epoch.validation?.loss !== undefined);
  if (checks.length < 2 || run.problems.some(({ code }) => code === 'train/over-fitting')) return '';
  const [before, now] = checks.slice(-2).map((epoch) => numberOf(epoch.validation?.loss ?? 'NaN'));
  return (now ?? 0) <= (before ?? 0) ? t('No sign of over-fitting.') : '';
}

/** How long it took to the first step. */
function preparedText(run: RunState): string {
  const prepared = run.started?.preparing;
  if (prepared === undefined) return '';
  const { start, data, compile } = prepared;
  const seconds = (value: number) => number(Math.round(value * 10) / 10, 2);
  return t(
    'Prepared in {0} s: process {1} s, data {2} s, compiling {3} s.',
    seconds(start + data + compile),
    seconds(start),
    seconds(data),
    seconds(compile),
  );
}

function assertNever(value: never): never {
  throw new Error(`Unknown state: ${JSON.stringify(value)}`);
}
