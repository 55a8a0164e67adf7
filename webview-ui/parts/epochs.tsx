/** The epochs as a table, newest first: also what the charts say, for those who don't see them. */
import { useMemo } from 'preact/hooks';
import { bestOf, type EpochEvent, keptCheckpoints, type RunState, type RunStateName } from '../../protocol/index.ts';
import { leadingMetric } from '../best-text.ts';
import { isShare } from '../charts/chart-list.ts';
import { useHost } from '../context.ts';
import { metricWord } from '../text/metric-word.ts';
import { count, duration, metricText } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { CardTools } from './card-tools.tsx';
import { Icon } from './icon.tsx';

/** Rows that are drawn; older ones are behind a button in the text view of the run. */
const MOST_ROWS = 200;

/** Drawn anew only when an epoch or a checkpoint has come: most updates bring steps alone. */
export function EpochsCard() {
  const { store } = useHost();
  const run = store.run.value;
  const last = run.epochs.at(-1)?.seq;
  const { tail } = runningEpoch(run, store.head.value?.state);
  const now = useMemo(() => tail, [JSON.stringify(tail)]);
  return useMemo(
    () => <EpochsTable run={run} now={now} />,
    [run.started, last, run.epochs.length, run.checkpoints.length, now],
  );
}

interface RunningEpoch {
  readonly epoch: number;
  /** Whole percent of it that is done. */
  readonly done: number;
}

/** The epoch that is not over yet, while the run lives. */
export function runningEpoch(
  run: RunState,
  state: RunStateName | undefined,
): { readonly tail: RunningEpoch | undefined } {
  const size = run.started?.stepsPerEpoch ?? 0;
  const whole = run.epochs.filter((epoch) => epoch.whole).at(-1)?.step ?? 0;
  const steps = run.step - whole;
  if ((state !== 'running' && state !== 'paused') || size === 0 || steps <= 0) return { tail: undefined };
  return { tail: { epoch: Math.max(1, run.epoch), done: Math.min(99, Math.floor((steps * 100) / size)) } };
}

/** One row for each validation or epoch. */
function EpochsTable({ run, now }: { readonly run: RunState; readonly now: RunningEpoch | undefined }) {
  const columns = columnsOf(run, now !== undefined);
  const leading = leadingMetric(run);
  const best = leading === undefined ? undefined : bestOf(run, leading.name, leading.direction);
  const rows = run.epochs.slice(-MOST_ROWS).reverse();
  // A validation within the epoch stands for it.
  const own = now !== undefined && rows[0]?.epoch === now.epoch && !rows[0].whole ? rows[0] : undefined;
  const saved = new Set(keptCheckpoints(run.checkpoints).map((checkpoint) => checkpoint.step));
  return (
    <section class="card epochs" data-card="epochs">
      <header class="legend">
        <h2 draggable>{t('Epochs')}</h2>
        <CardTools id="epochs" />
      </header>
      {rows.length === 0 && now === undefined ? <p class="empty">{t('The first epoch is not over yet.')}</p> : null}
      <div class="scroll">
        <table hidden={rows.length === 0 && now === undefined}>
          <thead>
            <tr>
              <th scope="col">{t('epoch')}</th>
              <th scope="col">{t('step')}</th>
              {columns.map((column) => (
                <th scope="col" key={column.key}>
                  {column.title}
                </th>
              ))}
              <th scope="col">{t('time')}</th>
              <th scope="col">{t('checkpoint')}</th>
            </tr>
          </thead>
          <tbody>
            {now === undefined || own !== undefined ? null : (
              <tr class="running">
                <th scope="row">{now.epoch}</th>
                <td>{count(run.step)}</td>
                {columns.map((column) => (
                  <td key={column.key}>{column.soFar}</td>
                ))}
                <td />
                <td>{t('running {0}%', now.done)}</td>
              </tr>
            )}
            {rows.map((epoch) => (
              <tr key={epoch.seq}>
                <th scope="row">{epoch.epoch}</th>
                <td>{count(epoch.step)}</td>
                {columns.map((column) => {
                  const marked = epoch.step === best?.step && column.key === `validation.${leading?.name}`;
                  return (
                    <td key={column.key} class={marked ? 'best' : ''}>
                      {column.value(epoch)}
                      {marked ? <span title={t('best')}> ★</span> : null}
                    </td>
                  );
                })}
                <td>{duration(sumOf(epoch) / 1000)}</td>
                <td>
                  {epoch === own && now !== undefined ? t('running {0}%', now.done) : null}
                  {saved.has(epoch.step) ? (
                    <span class="saved">
                      <Icon name="check" /> {t('saved')}
                    </span>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface Column {
  readonly key: string;
  readonly title: string;
  readonly value: (epoch: EpochEvent) => string;
  /** Of the epoch that runs. */
  readonly soFar: string;
}

function columnsOf(run: RunState, running: boolean): Column[] {
  const metrics = run.started?.metrics.map((metric) => metric.name) ?? [];
  const validated = run.epochs.some((epoch) => epoch.validation !== undefined);
  return metrics.flatMap((name) => {
    const share = isShare(run, name);
    const train: Column = {
      key: `train.${name}`,
      title: t('training {0}', metricWord(name)),
      value: (epoch) => metricText(epoch.train[name], share),
      soFar: running ? metricText(meanSoFar(run, `train.${name}`), share) : '',
    };
    const validation: Column = {
      key: `validation.${name}`,
      title: t('validation {0}', metricWord(name)),
      value: (epoch) => metricText(epoch.validation?.[name], share),
      soFar: '',
    };
    return validated ? [train, validation] : [train];
  });
}

/** Mean over the steps since the last whole epoch; undefined where they are not at hand. */
function meanSoFar(run: RunState, name: string): number | undefined {
  const { columns } = run;
  const values = columns.values.get(name);
  const whole = run.epochs.filter((epoch) => epoch.whole).at(-1)?.step ?? 0;
  let sum = 0;
  let steps = 0;
  for (let row = columns.length - 1; values && row >= 0 && (columns.step[row] ?? 0) > whole; row--) {
    sum += values[row] ?? Number.NaN;
    steps += 1;
  }
  return steps === 0 ? undefined : sum / steps;
}

function sumOf(epoch: EpochEvent): number {
  const { data, compute, validation, checkpoint } = epoch.ms;
  return data + compute + validation + checkpoint;
}
