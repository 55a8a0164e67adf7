/** Which run an evaluation means: the latest finished one of that model with the same arguments, unless it says another. */
import { isRecord, numberOf } from '../protocol/index.ts';
import { whyNoRun } from './damage.ts';
import { readPlan } from './facts.ts';
import { findRun, listRuns, type RunSummary, unreadableRuns } from './store.ts';

export interface RunWanted {
  readonly model: string;
  /** The program: its own runs go before those of another program with a model of that name. */
  readonly file: string | undefined;
  /** The model's arguments as the plan has them. */
  readonly args: unknown;
  /** Name of a train declaration (`run: NAME`). */
  readonly declaration: string | undefined;
  /** What was asked for by hand: `latest`, `best`, or whatever names a run. */
  readonly word: string | undefined;
}

export type ChosenRun =
  | { readonly ok: true; readonly run: RunSummary }
  | {
      readonly ok: false;
      readonly message: string;
      /** The latest run that fits but for its state: it can be evaluated when it is named. */
      readonly unfinished?: RunSummary;
    };

/** The run to evaluate, or a sentence that says why there is none. */
export function chooseRun(runs: string, wanted: RunWanted): ChosenRun {
  const { word } = wanted;
  if (word !== undefined && word !== 'latest' && word !== 'best') {
    const run = findRun(runs, word);
    return run === undefined ? refuse(whyNoRun(runs, word)) : { ok: true, run };
  }
  const all = listRuns(runs).filter((run) => fits(run, wanted));
  const own = all.filter((one) => one.record.file === wanted.file);
  // A block that was run here means its own runs, be they failed: those of a namesake elsewhere are another model's.
  const fitting = own.some(isDone) || (own.length > 0 && wanted.declaration !== undefined) ? own : all;
  const among = fitting.filter(isDone);
  const run = word === 'best' ? bestOf(among) : among[0];
  if (run !== undefined) return { ok: true, run };
  const block =
    wanted.declaration === undefined ? `of \`${wanted.model}\`` : `of the train block \`${wanted.declaration}\``;
  const [unfinished] = fitting;
  const almost = unfinished === undefined ? '' : ` The latest one, ${unfinished.record.id}, is ${unfinished.state}.`;
  const [unreadable] = fitting.length === 0 ? unreadableRuns(runs) : [];
  const hidden = unreadable === undefined ? '' : ` ${whyNoRun(runs, unreadable)}`;
  const message = `There is no finished run ${block} with the same arguments in ${runs}. Train it first.${almost}${hidden}`;
  return { ok: false, message, ...(unfinished === undefined ? {} : { unfinished }) };
}

function isDone({ state }: RunSummary): boolean {
  return state === 'finished';
}

function fits(run: RunSummary, wanted: RunWanted): boolean {
  const { record } = run;
  if (record.model !== wanted.model) return false;
  if (wanted.declaration !== undefined) return record.declaration === wanted.declaration;
  return argsOf(run.folder) === JSON.stringify(wanted.args);
}

function argsOf(folder: string): string | undefined {
  const plan = readPlan(folder);
  return isRecord(plan?.model) ? JSON.stringify(plan.model.args) : undefined;
}

/** A metric says in the plan which way it is better; the loss is better when it is smaller. */
function isRising(folder: string, metric: string): boolean {
  const metrics = readPlan(folder)?.metrics;
  const bare = metric.replace(/^validation\./, '');
  return (
    Array.isArray(metrics) && metrics.some((each) => isRecord(each) && each.name === bare && each.direction === 'max')
  );
}

/** By the metric of the newest run that has one; runs that watch another cannot be compared with it. */
function bestOf(finished: readonly RunSummary[]): RunSummary | undefined {
  const first = finished.find((run) => run.record.best !== undefined);
  const metric = first?.record.best?.metric;
  if (first === undefined || metric === undefined) return finished[0];
  const rising = isRising(first.folder, metric);
  const bestValue = (run: RunSummary): number => numberOf(run.record.best?.value ?? 'NaN');
  return finished
    .filter((run) => run.record.best?.metric === metric)
    .reduce(
      (best, run) => ((rising ? bestValue(run) > bestValue(best) : bestValue(run) < bestValue(best)) ? run : best),
      first,
    );
}

function refuse(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
