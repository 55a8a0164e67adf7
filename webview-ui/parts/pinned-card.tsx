/** All values at one step, to be read and to be copied with all their digits. */
import { numberOf, type RunState } from '../../protocol/index.ts';
import { isShare } from '../charts/chart-list.ts';
import { useHost } from '../context.ts';
import { ghostValueAt } from '../ghost.ts';
import type { PanelStore } from '../store.ts';
import { count, gibibytes, metricText } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { Icon } from './icon.tsx';

interface Row {
  readonly name: string;
  readonly value: number | undefined;
  /** Weighed with those before; validation and the earlier run have none. */
  readonly smoothed: number | undefined;
  readonly note: string;
  readonly share: boolean;
  readonly bytes?: boolean;
}

/** Stands above the other cards until it is closed. */
export function PinnedCard({ step }: { readonly step: number }) {
  const host = useHost();
  const { store } = host;
  void store.changed.value;
  const rows = rowsAt(store, step);
  const set = (pinned: number | undefined) => {
    store.view.value = { ...store.view.value, pinned };
  };
  return (
    <section class="card full step-card" data-card="pinned" aria-label={t('Step {0}', count(step))}>
      <header class="legend">
        <h2>{t('Step {0}', count(step))}</h2>
        <span class="card-tools shown">
          <button
            type="button"
            class="quiet"
            onClick={() => host.ask('compare', { kind: 'copy', text: asText(rows, step) }).catch(() => undefined)}
          >
            <Icon name="copy" /> {t('Copy')}
          </button>
          <button type="button" class="quiet" aria-label={t('Close')} onClick={() => set(undefined)}>
            <Icon name="close" />
          </button>
        </span>
      </header>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('metric')}</th>
              <th scope="col">{t('value')}</th>
              <th scope="col">{t('smoothed')}</th>
              <th scope="col">{t('measured at')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td title={String(row.value ?? '')}>
                  {row.bytes && row.value !== undefined ? gibibytes(row.value) : metricText(row.value, row.share)}
                </td>
                <td>{row.smoothed === undefined ? '' : metricText(row.smoothed, row.share)}</td>
                <td>{row.note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** With tabs between the cells: it can be put into a table. */
function asText(rows: readonly Row[], step: number): string {
  const cell = (value: number | undefined) => (value === undefined ? '' : String(value));
  const lines = rows.map(({ name, value, smoothed, note }) => [name, cell(value), cell(smoothed), note].join('\t'));
  return [[t('step {0}', step), t('value'), t('smoothed'), t('measured at')].join('\t'), ...lines].join('\n');
}

function rowsAt(store: PanelStore, step: number): Row[] {
  const run = store.run.value;
  return [...measured(store, run, step), ...stepped(store, run, step)];
}

/** Validation, and the earlier run. */
function measured({ ghost }: PanelStore, run: RunState, step: number): Row[] {
  return (run.started?.metrics ?? []).flatMap(({ name }): Row[] => {
    const share = isShare(run, name);
    const rows: Row[] = [];
    const epoch = run.epochs.filter((each) => each.step <= step && each.validation?.[name] !== undefined).at(-1);
    const value = epoch?.validation?.[name];
    if (epoch !== undefined && value !== undefined) {
      const named = t('validation {0}', name);
      rows.push({ name: named, value: numberOf(value), smoothed: undefined, note: `@${count(epoch.step)}`, share });
    }
    const behind = ghost.value === undefined ? undefined : ghostValueAt(ghost.value, name, step);
    if (behind !== undefined) {
      const named = `${ghost.value?.name} ${name}`;
      rows.push({ name: named, value: behind.value, smoothed: undefined, note: `@${count(behind.step)}`, share });
    }
    return rows;
  });
}

/** What each step tells. */
function stepped(store: PanelStore, run: RunState, step: number): Row[] {
  const names = [...run.columns.values.keys()];
  const known = names.length > 0 ? names : Object.keys(store.progress.value.latest);
  const smooth = known.filter((name) => name.startsWith('train.'));
  const weight = store.view.value.smoothing;
  const view = store.points('pinned', { raw: known, smooth, weight, axis: 'step', from: step, to: step, buckets: 8 });
  if (view === undefined) return [];
  let at = 0;
  for (let row = 0; row < view.step.length; row++) {
    if (Math.abs((view.step[row] ?? 0) - step) < Math.abs((view.step[at] ?? 0) - step)) at = row;
  }
  return known.flatMap((name, index): Row[] => {
    if (name.endsWith('Total')) return [];
    const metric = name.replace(/^train\./, '');
    const order = smooth.indexOf(name);
    const row: Row = {
      name: name === metric ? columnText(name) : t('training {0}', metric),
      value: view.raw[index]?.[at],
      smoothed: order < 0 ? undefined : view.smooth[order]?.[at],
      note: `@${count(view.step[at] ?? step)}`,
      share: name === metric ? isLoad(name) : isShare(run, metric),
      bytes: /^machine\..*memory$/i.test(name),
    };
    return [row];
  });
}

function isLoad(name: string): boolean {
  return name === 'machine.cpu' || name === 'machine.gpu';
}

function columnText(name: string): string {
  switch (name) {
    case 'lr':
      return t('learning rate');
    case 'gradientNorm':
      return t('gradient norm');
    case 'ms.data':
      return t('milliseconds for data');
    case 'ms.compute':
      return t('milliseconds for computing');
    case 'machine.cpu':
      return t('processor load');
    case 'machine.gpu':
      return t('GPU load');
    case 'machine.memory':
      return t('memory');
    case 'machine.gpuMemory':
      return t('GPU memory');
    default:
      return name;
  }
}
