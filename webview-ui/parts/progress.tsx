/** One segment for each epoch, and below it the numbers: share done, time, pace. */
import type { PanelHead, RunState } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { count, duration, elapsedText, rate } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { Ticking } from './ticking.tsx';

/** With more epochs than this, one bar says it all. */
const MOST_SEGMENTS = 50;

/** The progress bar of the run. */
export function Progress() {
  const { store } = useHost();
  const head = store.head.value;
  const run = store.run.value;
  const progress = store.progress.value;
  const started = run.started;
  if (head === undefined || started === undefined) return <Preparing head={head} />;
  const done = started.steps === 0 ? 0 : Math.min(100, Math.floor((run.step * 100) / started.steps));
  const percent = head.state === 'finished' ? 100 : done;
  const stepsPerSecond = progress.stepMs === undefined ? 0 : 1000 / progress.stepMs;
  return (
    <div class="progress">
      <div
        class={`segments ${head.state}`}
        role="progressbar"
        aria-label={t('Progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={t('{0} percent, step {1} of {2}', percent, count(run.step), count(started.steps))}
      >
        {segmentsOf(run).map((filled, index) => (
          <div key={index} class={filled < 1 ? 'segment current' : 'segment'}>
            <div style={{ width: `${(filled * 100).toFixed(1)}%` }} />
          </div>
        ))}
      </div>
      <p class="numbers">
        <b>{percent}%</b>
        <span>{t('elapsed {0}', elapsedText(progress.elapsed))}</span>
        {progress.left === undefined || head.state !== 'running' ? null : (
          <span>{t('about {0} left', duration(progress.left))}</span>
        )}
        {stepsPerSecond > 0 ? <span>{t('{0} steps/s', rate(stepsPerSecond))}</span> : null}
        {stepsPerSecond > 0 ? (
          <span>{t('{0} examples/s', rate(stepsPerSecond * started.batch * (started.accumulate ?? 1)))}</span>
        ) : null}
      </p>
    </div>
  );
}

/** Before the first event there is nothing to measure: the bar says only that something is happening. */
function Preparing({ head }: { readonly head: PanelHead | undefined }) {
  // What the trainer said last tells what is being waited for.
  const said = useHost().store.run.value.log.at(-1)?.text ?? '';
  return (
    <div class="progress">
      <div class="segments preparing" role="progressbar" aria-label={t('Preparing')}>
        <div class="segment" />
      </div>
      {head?.state === 'preparing' ? (
        <p class="numbers">
          <Ticking since={head.created} />
          <span>{said}</span>
        </p>
      ) : null}
    </div>
  );
}

/** How full each segment is, 0 to 1. */
export function segmentsOf(run: RunState): number[] {
  const started = run.started;
  if (started === undefined || started.steps === 0) return [0];
  const epochs = Math.max(1, Math.round(started.epochs));
  const pieces = epochs > MOST_SEGMENTS ? 1 : epochs;
  const each = started.steps / pieces;
  return Array.from({ length: pieces }, (_, index) => Math.min(1, Math.max(0, (run.step - index * each) / each)));
}
