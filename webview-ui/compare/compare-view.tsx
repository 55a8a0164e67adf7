/** Runs side by side: the table, the charts, what changed. The tab of a run and the page of several show the same. */
import { useComputed } from '@preact/signals';
import { runsAsCsv, runsAsMarkdown } from '../../protocol/index.ts';
import { palette } from '../charts/palette.ts';
import { useHost } from '../context.ts';
import { Guarded } from '../parts/guarded.tsx';
import { t } from '../text/translate.ts';
import { ChangesCard } from './changes.tsx';
import { cssColour, styleOf } from './colours.ts';
import type { Comparison } from './comparison.ts';
import type { DrawnLine } from './lines.ts';
import { ParallelCard } from './parallel-card.tsx';
import { BY_ALL_BUT_SEED, groupings, groupOf, isShareOf, NO_GROUPS, quantitiesOf, settingTitle } from './quantities.ts';
import { RunChart } from './run-chart.tsx';
import { RunsTable } from './runs-table.tsx';

interface CompareViewProps {
  readonly comparison: Comparison;
  readonly title: string;
  /** Folder of the run whose panel this is. */
  readonly own: string | undefined;
}

export function CompareView({ comparison, title, own }: CompareViewProps) {
  const { failed } = useHost();
  const { chosen, facts, trouble, missing } = comparison;
  const quantities = useComputed(() => quantitiesOf(chosen.value));
  const lines = useComputed(() => linesOf(comparison));
  return (
    <>
      <section class="card compare-runs">
        <header class="legend">
          <h2>{title}</h2>
          <span>{t('{0} selected', chosen.value.length)}</span>
          <CopyButtons comparison={comparison} />
          <Grouping comparison={comparison} />
        </header>
        {trouble.value === '' ? null : <p role="alert">{trouble.value}</p>}
        {missing.value.length === 0 ? null : (
          <p role="status">{t('No longer there, or not readable: {0}', missing.value.join(', '))}</p>
        )}
        <RunsTable comparison={comparison} />
      </section>
      {chosen.value.length === 0 ? (
        <p class="empty" role="status">
          {facts.value.length === 0 ? t('Reading the runs…') : t('Tick the runs that the charts are to show.')}
        </p>
      ) : (
        <div class="grid compare-charts">
          {quantities.value.slice(0, 1).map((quantity) => (
            <Guarded key={quantity.id} name={quantity.id} onFailed={failed}>
              <RunChart quantity={quantity} lines={lines.value} share={isShareOf(chosen.value, quantity)} />
            </Guarded>
          ))}
          <Guarded name="changes" onFailed={failed}>
            <ChangesCard comparison={comparison} own={own} />
          </Guarded>
          {quantities.value.slice(1).map((quantity) => (
            <Guarded key={quantity.id} name={quantity.id} onFailed={failed}>
              <RunChart quantity={quantity} lines={lines.value} share={isShareOf(chosen.value, quantity)} />
            </Guarded>
          ))}
          <Guarded name="parallel" onFailed={failed}>
            <ParallelCard comparison={comparison} />
          </Guarded>
        </div>
      )}
    </>
  );
}

function CopyButtons({ comparison }: { readonly comparison: Comparison }) {
  const { ask, failed } = useHost();
  const copy = (text: string) => {
    ask('compare', { kind: 'copy', text }).catch((error: unknown) => failed('compare', error));
  };
  return (
    <>
      <button type="button" class="link" onClick={() => copy(runsAsMarkdown(comparison.chosen.value))}>
        {t('Copy as Markdown')}
      </button>
      <button type="button" class="link" onClick={() => copy(runsAsCsv(comparison.chosen.value))}>
        {t('Copy as CSV')}
      </button>
    </>
  );
}

function Grouping({ comparison }: { readonly comparison: Comparison }) {
  const { group, chosen } = comparison;
  const choices = groupings(chosen.value);
  if (choices.length === 0 && group.value === NO_GROUPS) return null;
  return (
    <label class="grouping">
      {t('Group by')}
      <select
        value={group.value}
        onChange={(event) => {
          group.value = event.currentTarget.value;
        }}
      >
        <option value={NO_GROUPS}>{t('nothing')}</option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice === BY_ALL_BUT_SEED ? t('all but the seed') : settingTitle(choice)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A line for each ticked run, or for each group of them: mean, and the area between lowest and highest. */
function linesOf({ chosen, facts, curves, colours, group }: Comparison): DrawnLine[] {
  void palette.value;
  const groups = new Map<string, DrawnLine & { readonly numbers: number[] }>();
  for (const run of chosen.value) {
    const known = curves.value.get(run.folder);
    if (known === undefined) continue;
    const key = group.value === NO_GROUPS ? run.folder : groupOf(run, group.value);
    const found = groups.get(key);
    if (found !== undefined) {
      groups.set(key, { ...found, curves: [...found.curves, known], numbers: [...found.numbers, run.number] });
      continue;
    }
    const { colour, dash } = styleOf(facts.value.indexOf(run), colours.value.get(run.folder));
    groups.set(key, {
      key,
      label: '',
      style: { colour: cssColour(colour), dash, width: 2 },
      curves: [known],
      numbers: [run.number],
    });
  }
  return [...groups.values()].map(({ numbers, ...line }) => ({
    ...line,
    label: labelOf(line.key, numbers, group.value),
  }));
}

function labelOf(key: string, numbers: readonly number[], by: string): string {
  const runs = numbers.map((number) => `#${number}`).join(', ');
  return by === NO_GROUPS || by === BY_ALL_BUT_SEED ? runs : `${key} (${runs})`;
}
