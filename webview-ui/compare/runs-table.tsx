/** The runs as a table: ticked ones are drawn, what differs from most is marked, a click on a heading sorts. */
import { useComputed } from '@preact/signals';
import {
  cellText,
  MOST_COMPARED,
  nameOf,
  numberOf,
  type RunCell,
  type RunColumn,
  type RunFacts,
  type RunTable,
  sortedRows,
  tableOf,
} from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { stateText } from '../parts/state-text.ts';
import { endText } from '../text/end-words.ts';
import { count, duration, metricText } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { colourOf, colourText, RUN_COLOURS, type RunColour, styleOf } from './colours.ts';
import type { Comparison } from './comparison.ts';
import { isShareOf, settingTitle } from './quantities.ts';

export function RunsTable({ comparison }: { readonly comparison: Comparison }) {
  const { facts, sort, chosen } = comparison;
  const table = useComputed(() => tableOf(facts.value));
  const { columns } = table.value;
  const sorted = sort.value;
  const rows = sorted === undefined ? table.value.rows : sortedRows(table.value, sorted.column, sorted.descending);
  const full = chosen.value.length >= MOST_COMPARED;
  return (
    <div class="scroll runs">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">{t('shown')}</span>
            </th>
            <th scope="col">{t('run')}</th>
            <th scope="col">{t('state')}</th>
            {columns.map((column) => (
              <Heading key={column.id} column={column} comparison={comparison} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ run, cells }) => (
            <Row key={run.folder} run={run} cells={cells} table={table.value} comparison={comparison} full={full} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Heading({ column, comparison }: { readonly column: RunColumn; readonly comparison: Comparison }) {
  const { sort } = comparison;
  const mine = sort.value?.column === column.id ? sort.value : undefined;
  const first = column.direction !== 'min' && (column.kind === 'best' || column.kind === 'metric');
  const toggle = () => {
    sort.value = { column: column.id, descending: mine === undefined ? first : !mine.descending };
  };
  return (
    <th scope="col" aria-sort={mine === undefined ? 'none' : mine.descending ? 'descending' : 'ascending'}>
      <button type="button" class="sort" onClick={toggle}>
        {headingText(column)}
        {mine === undefined ? null : <span aria-hidden="true">{mine.descending ? ' ↓' : ' ↑'}</span>}
      </button>
    </th>
  );
}

interface RowProps {
  readonly run: RunFacts;
  readonly cells: readonly RunCell[];
  readonly table: RunTable;
  readonly comparison: Comparison;
  /** No further run can be ticked. */
  readonly full: boolean;
}

function Row({ run, cells, table, comparison, full }: RowProps) {
  const { ask, failed } = useHost();
  const ticked = comparison.ticked.value.has(run.folder);
  const open = () => {
    ask('compare', { kind: 'openRun', folder: run.folder }).catch((error: unknown) => failed('compare', error));
  };
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          checked={ticked}
          disabled={!ticked && full}
          aria-label={t('Show {0}', nameOf(run))}
          onChange={(event) => comparison.tick(run.folder, event.currentTarget.checked)}
        />
      </td>
      <th scope="row">
        <Swatch run={run} comparison={comparison} />
        <button type="button" class="link name" onClick={open} title={t('Open this run')}>
          <b>#{run.number}</b> {run.id.replace(/^\d+-/, '')}
        </button>
        {run.name === '' ? null : (
          <span class="given" title={run.name}>
            {' '}
            {run.name}
          </span>
        )}
        {run.starred ? (
          <span role="img" aria-label={t('starred')}>
            {' ★'}
          </span>
        ) : null}
        {run.tags.map((tag) => (
          <span key={tag} class="tag">
            {tag}
          </span>
        ))}
      </th>
      <td>
        <span class={`chip ${run.state}`} title={run.reason === undefined ? undefined : endText(run.reason)}>
          {stateOf(run)}
        </span>
      </td>
      {cells.map((cell, index) => (
        <Cell key={table.columns[index]?.id} cell={cell} column={table.columns[index]} runs={comparison.facts.value} />
      ))}
    </tr>
  );
}

/** `Training 51%`, `NaN at step 412`. */
function stateOf({ state, step, steps, reason }: RunFacts): string {
  const [, word, at] = /\b(NaN|infinite)\b.* at step (\d+)/u.exec(reason ?? '') ?? [];
  if (state === 'failed' && word !== undefined) {
    return t('{0} at step {1}', word === 'NaN' ? word : '∞', count(Number(at)));
  }
  return state === 'running' && steps > 0
    ? `${stateText(state)} ${Math.floor((100 * step) / steps)}%`
    : stateText(state);
}

interface CellProps {
  readonly cell: RunCell;
  readonly column: RunColumn | undefined;
  readonly runs: readonly RunFacts[];
}

/** What differs is bold and coloured, the best of a column has a star: neither is told by a colour alone. */
function Cell({ cell, column, runs }: CellProps) {
  const text = shownText(cell, column, runs);
  return (
    <td class={cell.differs ? 'differs' : cell.best ? 'best' : undefined}>
      {text}
      {cell.differs ? <span class="unseen"> {t('(differs)')}</span> : null}
      {cell.best ? (
        <span role="img" aria-label={t('best')}>
          {' ★'}
        </span>
      ) : null}
    </td>
  );
}

function shownText(cell: RunCell, column: RunColumn | undefined, runs: readonly RunFacts[]): string {
  if (cell.value === undefined || cell.text !== undefined || column === undefined) return cellText(cell, column);
  switch (column.kind) {
    case 'best':
    case 'metric':
      return metricText(cell.value, isShareOf(runs, { name: column.title, direction: column.direction ?? 'min' }));
    case 'parameters':
      return count(numberOf(cell.value));
    case 'time':
      return duration(numberOf(cell.value));
    case 'setting':
    case 'rows':
    case 'engine':
    case 'program':
    case 'data':
      return cellText(cell, column);
    default:
      return assertNever(column.kind);
  }
}

/** Names of metrics and settings stay as programs write them. */
export function headingText(column: RunColumn): string {
  const name = column.title.replace(/^validation\./, `${t('val')} `);
  switch (column.kind) {
    case 'best':
      return t('best {0}', name);
    case 'metric':
      return name;
    case 'setting':
      return settingTitle(column.title);
    case 'parameters':
      return t('parameters');
    case 'rows':
      return t('rows');
    case 'engine':
      return t('engine');
    case 'program':
      return t('program');
    case 'data':
      return t('data fingerprint');
    case 'time':
      return t('time');
    default:
      return assertNever(column.kind);
  }
}

/** The colour of a run: a native list over a square of that colour. */
function Swatch({ run, comparison }: { readonly run: RunFacts; readonly comparison: Comparison }) {
  const { colours, facts } = comparison;
  const { colour, dash } = styleOf(facts.value.indexOf(run), colours.value.get(run.folder));
  const choose = (next: RunColour | undefined) => {
    if (next !== undefined) colours.value = new Map(colours.value).set(run.folder, next);
  };
  return (
    <span class={`swatch ${colour}`} data-dashed={dash.length > 0 ? '' : undefined}>
      <select
        aria-label={t('Colour of {0}', nameOf(run))}
        value={colour}
        onChange={(event) => choose(colourOf(event.currentTarget.value))}
      >
        {RUN_COLOURS.map((each) => (
          <option key={each} value={each}>
            {colourText(each)}
          </option>
        ))}
      </select>
    </span>
  );
}

function assertNever(value: never): never {
  throw new Error(`Unknown column: ${JSON.stringify(value)}`);
}
