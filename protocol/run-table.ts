/**
 * Runs side by side: one row a run, with the results and with those settings that are not the same everywhere. Columns choose
 * themselves; what differs from most runs is marked. The panel, the command line and the clipboard show the same table. Pure.
 */
import { type EventNumber, numberOf } from './events.ts';
import { directionOf, lastValue, type RunFacts, valuesOf } from './run-facts.ts';

export type RunColumnKind =
  | 'best'
  | 'metric'
  | 'parameters'
  | 'setting'
  | 'rows'
  | 'engine'
  | 'program'
  | 'data'
  | 'time';

export interface RunColumn {
  readonly id: string;
  /** A text key, or the name of a metric or setting as the program writes it. */
  readonly title: string;
  readonly kind: RunColumnKind;
  /** Of metrics: which way is better. */
  readonly direction: 'min' | 'max' | undefined;
}

export interface RunCell {
  /** Undefined: the run has no such thing. */
  readonly value: EventNumber | undefined;
  readonly text: string | undefined;
  /** Not what most of the runs have. */
  readonly differs: boolean;
  /** The best of its column. */
  readonly best: boolean;
}

export interface RunTable {
  readonly columns: readonly RunColumn[];
  readonly rows: readonly { readonly run: RunFacts; readonly cells: readonly RunCell[] }[];
}

/** The table of these runs, in their order. The first one is what the others are held against where no value is the usual one. */
export function tableOf(runs: readonly RunFacts[]): RunTable {
  const columns = columnsOf(runs);
  const cells = columns.map((column) => cellsOf(runs, column));
  return {
    columns,
    rows: runs.map((run, row) => ({ run, cells: cells.map((column) => column[row] ?? NO_CELL) })),
  };
}

const NO_CELL: RunCell = { value: undefined, text: undefined, differs: false, best: false };

function columnsOf(runs: readonly RunFacts[]): RunColumn[] {
  return [
    ...metricColumns(runs),
    column('parameters', 'parameters'),
    ...settingColumns(runs),
    ...(differs(runs, rowsText) ? [column('rows', 'rows')] : []),
    ...(differs(runs, (run) => run.dataHash) ? [column('data', 'data fingerprint')] : []),
    ...(differs(runs, (run) => run.title) ? [column('program', 'program')] : []),
    ...(differs(runs, (run) => run.engine) ? [column('engine', 'engine')] : []),
    column('time', 'time'),
  ];
}

/** What was watched at its best, and the other metrics as they were last; of validation where there is one. */
function metricColumns(runs: readonly RunFacts[]): RunColumn[] {
  const watched = new Set(runs.flatMap((run) => run.best?.metric ?? []));
  const names = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))];
  const validated = names.filter((name) => name.startsWith('validation.'));
  const shown = (validated.length > 0 ? validated : names).filter((name) => !watched.has(name));
  const metric = (kind: 'best' | 'metric', name: string): RunColumn => ({
    id: kind === 'best' ? `best ${name}` : name,
    title: name,
    kind,
    direction: directionOf(runs.find((run) => Object.hasOwn(run.metrics, name)) ?? { directions: {} }, name),
  });
  return [...[...watched].map((name) => metric('best', name)), ...shown.map((name) => metric('metric', name))];
}

function settingColumns(runs: readonly RunFacts[]): RunColumn[] {
  const values = runs.map((run) => valuesOf(run.settings));
  const names = [...new Set(runs.flatMap((run) => run.settings.map(({ name }) => name)))];
  const different = names.filter((name) => new Set(values.map((each) => each.get(name))).size > 1);
  // Where the optimizers differ, settings that only one of them knows say nothing more.
  const parents = ['optimizer', 'model', 'data'].filter((part) => different.includes(part));
  return different
    .filter(
      (name) =>
        !parents.some((part) => name.startsWith(`${part}.`)) || values.every((each) => each.get(name) !== undefined),
    )
    .map((name) => ({ id: `setting ${name}`, title: name, kind: 'setting' as const, direction: undefined }));
}

function column(kind: RunColumnKind, title: string): RunColumn {
  return { id: kind, title, kind, direction: undefined };
}

function differs(runs: readonly RunFacts[], of: (run: RunFacts) => string | undefined): boolean {
  return new Set(runs.map(of)).size > 1;
}

function cellsOf(runs: readonly RunFacts[], column: RunColumn): RunCell[] {
  const values = runs.map((run) => valueIn(run, column));
  if (column.kind === 'best' || column.kind === 'metric') {
    const best = bestIndex(values, column.direction ?? 'min');
    return values.map((value, index) => ({ ...NO_CELL, value, best: runs.length > 1 && index === best }));
  }
  const texts = values.map((value, index) => textIn(runs[index], column) ?? value);
  const usual = column.kind === 'time' ? undefined : usualOf(texts.map((text) => String(text)));
  return values.map((value, index) => ({
    value,
    text: textIn(runs[index], column),
    differs: usual !== undefined && String(texts[index]) !== usual,
    best: false,
  }));
}

function valueIn(run: RunFacts, column: RunColumn): EventNumber | undefined {
  switch (column.kind) {
    case 'best':
      return run.best?.metric === column.title ? run.best.value : undefined;
    case 'metric':
      return lastValue(run, column.title);
    case 'parameters':
      return run.parameters;
    case 'time':
      return run.seconds;
    case 'rows':
      return run.rows?.train;
    case 'setting': {
      const text = textIn(run, column);
      const value = Number(text);
      return text === undefined || text === '' || Number.isNaN(value) ? undefined : value;
    }
    case 'engine':
    case 'program':
    case 'data':
      return undefined;
    default:
      return assertNever(column.kind);
  }
}

function textIn(run: RunFacts | undefined, column: RunColumn): string | undefined {
  switch (column.kind) {
    case 'setting':
      return run?.settings.find(({ name }) => name === column.title)?.value;
    case 'rows':
      return run === undefined ? undefined : rowsText(run);
    case 'engine':
      return run?.engine;
    case 'program':
      return run?.title;
    case 'data':
      return run?.dataHash.slice(0, 8);
    case 'best':
    case 'metric':
    case 'parameters':
    case 'time':
      return undefined;
    default:
      return assertNever(column.kind);
  }
}

function rowsText({ rows }: RunFacts): string | undefined {
  return rows === undefined ? undefined : `${rows.train} + ${rows.validation} + ${rows.test}`;
}

/** The value that most runs have; of those that are equally frequent, the first run's. */
function usualOf(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  let usual = texts[0];
  for (const [text, count] of counts) if (count > (counts.get(usual ?? '') ?? 0)) usual = text;
  return usual;
}

/** What is no number is never the best; undefined where all are alike or there are none. */
function bestIndex(values: readonly (EventNumber | undefined)[], direction: 'min' | 'max'): number | undefined {
  let best: number | undefined;
  let bestValue = Number.NaN;
  let seen = 0;
  for (const [index, value] of values.entries()) {
    const number = value === undefined ? Number.NaN : numberOf(value);
    if (!Number.isFinite(number)) continue;
    seen += 1;
    if (Number.isNaN(bestValue) || (direction === 'max' ? number > bestValue : number < bestValue)) {
      best = index;
      bestValue = number;
    }
  }
  return seen > 1 ? best : undefined;
}

/** The rows of a table sorted by one of its columns; what has no value comes last, either way. */
export function sortedRows(table: RunTable, id: string, descending: boolean): RunTable['rows'] {
  const at = table.columns.findIndex((each) => each.id === id);
  if (at < 0) return table.rows;
  return [...table.rows].sort((a, b) => {
    const [left, right] = [a.cells[at] ?? NO_CELL, b.cells[at] ?? NO_CELL];
    const [x, y] = [sortNumber(left), sortNumber(right)];
    if (Number.isNaN(x) || Number.isNaN(y)) {
      if (!Number.isNaN(x)) return -1;
      if (!Number.isNaN(y)) return 1;
      const [one, other] = [left.text ?? '', right.text ?? ''];
      return (one < other ? -1 : one > other ? 1 : 0) * (descending ? -1 : 1);
    }
    return descending ? y - x : x - y;
  });
}

function sortNumber({ value }: RunCell): number {
  return value === undefined ? Number.NaN : numberOf(value);
}

function assertNever(value: never): never {
  throw new Error(`Unknown column: ${JSON.stringify(value)}`);
}
