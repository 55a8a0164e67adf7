/** The epochs as a table, newest first: also what the charts say, for those who don't see them. */
import { useMemo } from 'preact/hooks';
import { bestOf, type EpochEvent, type RunState } from '../../protocol/index.ts';
import { isShare } from '../charts/chart-list.ts';
import { useHost } from '../context.ts';
import { leadingMetric } from '../health.ts';
import { count, duration, metricText } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { Icon } from './icon.tsx';

/** Rows that are drawn; older ones are behind a button in the text view of the run. */
const MOST_ROWS = 200;

/** Drawn anew only when an epoch or a checkpoint has come: most updates bring steps alone. */
export function EpochsCard() {
  const run = useHost().store.run.value;
  const last = run.epochs.at(-1)?.seq;
  return useMemo(() => <EpochsTable run={run} />, [run.started, last, run.epochs.length, run.checkpoints.length]);
}

/** One row for each validation or epoch. */
function EpochsTable({ run }: { readonly run: RunState }) {
  const columns = columnsOf(run);
  const leading = leadingMetric(run);
  const best = leading === undefined ? undefined : bestOf(run, leading.name, leading.direction);
  const rows = run.epochs.slice(-MOST_ROWS).reverse();
  const saved = new Set(run.checkpoints.map((checkpoint) => checkpoint.step));
  return (
    <section class="card epochs" data-card="epochs">
      <h2>{t('Epochs')}</h2>
      {rows.length === 0 ? <p class="empty">{t('The first epoch is not over yet.')}</p> : null}
      <div class="scroll">
        <table hidden={rows.length === 0}>
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
}

function columnsOf(run: RunState): Column[] {
  const metrics = run.started?.metrics.map((metric) => metric.name) ?? [];
  const validated = run.epochs.some((epoch) => epoch.validation !== undefined);
  return metrics.flatMap((name) => {
    const share = isShare(run, name);
    const train: Column = {
      key: `train.${name}`,
      title: t('training {0}', name),
      value: (epoch) => metricText(epoch.train[name], share),
    };
    const validation: Column = {
      key: `validation.${name}`,
      title: t('validation {0}', name),
      value: (epoch) => metricText(epoch.validation?.[name], share),
    };
    return validated ? [train, validation] : [train];
  });
}

function sumOf(epoch: EpochEvent): number {
  const { data, compute, validation, checkpoint } = epoch.ms;
  return data + compute + validation + checkpoint;
}
