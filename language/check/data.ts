/** Data sections: the source's raw columns, the fields made of them, and how rows are chosen and split. */
import type { Place } from '../problem.ts';
import type { TensorType } from '../shapes/type.ts';
import type { DataDecl, Entry } from '../syntax/tree.ts';
import { type AugmentFlow, checkAugment } from './augment.ts';
import type { DeclarationFacts } from './checked.ts';
import { tellNotYet } from './checked-only.ts';
import { fileOf } from './column-file.ts';
import { boundFields, field } from './data-field.ts';
import { checkRowKeys, checkWindowRows, type KeptRows } from './data-keys.ts';
import { type Choice, checkParts, isPart, type Part, partOf, rowsOfShare } from './data-parts.ts';
import { checkName } from './declaration.ts';
import { define } from './define.ts';
import { evaluate } from './expression.ts';
import { type Frame, newScope, place } from './frame.ts';
import { ownValue } from './params.ts';
import { complain } from './report.ts';
import { isMeant, sectionEntries, type Unsupported, unsupportedOf } from './section.ts';
import { readSource, type Source } from './source.ts';
import { describe, numberIn, type TensorValue, tensorValue, type Value } from './value.ts';

export interface DataField {
  readonly name: string;
  readonly value: TensorValue;
  readonly at: Place;
}

export interface DataResult {
  readonly source: Source | undefined;
  readonly columns: DeclarationFacts['columns'];
  readonly fields: ReadonlyMap<string, DataField>;
  readonly validation: number;
  readonly test: number;
  /** Rows are kept for validation, however they are chosen: by a share, a condition, or from other data. */
  readonly validates: boolean;
  /** Rows in all, and those left to train on, where the files tell and nothing but shares takes rows away. */
  readonly rows: number | undefined;
  readonly trainingRows: number | undefined;
  /** Which rows there are, and which of them are for what, where more than a share says so. */
  readonly kept: KeptRows;
  readonly augment: readonly AugmentFlow[];
  readonly parts: { readonly validation: Choice | undefined; readonly test: Choice | undefined };
  readonly shuffle: boolean;
  readonly seed: number;
  /** Keys that stand there but are not carried out yet. */
  readonly unsupported: readonly Unsupported[];
}

/** A data section's own check: parameters have their defaults. */
export function checkData(declaration: DataDecl, frame: Frame): DataResult {
  checkName(declaration, frame);
  const earlier = new Map<string, Value>();
  for (const param of declaration.params) {
    const value = ownValue(param, { chunk: frame.chunk, declaration }, frame, earlier, false);
    earlier.set(param.name.text, value);
    define(frame, param.name, value, 'parameter');
  }
  return walkData(declaration, frame);
}

/** Walks a data section whose parameters stand in the frame's scope. */
export function walkData(declaration: DataDecl, outer: Frame): DataResult {
  const entries = sectionEntries('data', declaration.body, outer);
  const section = entries.get('source');
  const source = section && readSource(section, outer);
  const meant = section !== undefined || isMeant('source', 'data', declaration.body);
  if (!meant && declaration.close && declaration.name.text !== '') {
    complain(outer, declaration.name, 'data/no-source', { data: declaration.name.text });
  }
  const columns = newScope(outer.scope);
  const open = !source?.columns;
  // Empty cells of several columns are often those of the same rows.
  const fewer = entries.has('keep') || DROPS.test(outer.chunk.text.slice(declaration.start, declaration.end));
  const filtered = fewer ? { rowsFiltered: true } : {};
  for (const { name, type } of source?.columns ?? []) {
    defineColumn({ name, type: fewer ? ofFewerRows(type) : type }, columns, source?.place, outer);
  }
  const file = source?.columns && fileOf(source.settings);
  const named = file === undefined ? {} : { columnsFile: file };
  const frame: Frame = { ...outer, ...filtered, ...named, scope: newScope(columns), places: ['data'], open };
  const fields = new Map<string, DataField>();
  for (const item of declaration.body) {
    if (item.kind === 'bind') boundFields(item, frame, fields);
    else if (item.kind === 'field') field(item, frame, fields);
  }
  // Conditions pick rows of the source, so a name means its raw column first. They may ask for empty cells.
  const rowScope = newScope(frame.scope);
  for (const [name, local] of columns.names) rowScope.names.set(name, local);
  const rows: Frame = { ...frame, scope: rowScope, rowsFiltered: true };
  const kept = checkRowKeys(entries, rows, frame);
  const augment = checkAugment(entries.get('augment'), fields, frame);
  const [validation, test] = (['validation', 'test'] as const).map((key) =>
    partOf(entries.get(key), declaration, rows),
  );
  const split = [validation ?? NO_PART, test ?? NO_PART] as const;
  const chosen = [validation, test].map((part, index) =>
    part?.otherwise && !isOtherRows(part) ? entries.get(index === 0 ? 'validation' : 'test') : undefined,
  );
  checkWindowRows(declaration, entries, chosen, frame);
  checkParts(
    [
      [entries.get('validation'), split[0]],
      [entries.get('test'), split[1]],
    ],
    source?.rows,
    frame,
  );
  return {
    source,
    columns: source?.columns,
    fields,
    validation: split[0].share,
    test: split[1].share,
    validates: isPart(entries.get('validation')),
    rows: source?.rows,
    trainingRows: trainingRows(source?.rows, split, entries),
    kept,
    augment,
    parts: { validation: split[0].choice, test: split[1].choice },
    shuffle: flagOf(entries.get('shuffle'), frame),
    seed: seedOf(entries.get('seed'), frame),
    unsupported: notYet(entries, split, outer),
  };
}

/** Rows may be left out: what the others hold is not known then. */
const DROPS = /->\s*drop\b/u;

/** The type of a column of which only some rows stay: values seen in the file may be none of theirs. */
function ofFewerRows(type: TensorType): TensorType {
  const { range: _range, classes: _classes, distinct: _distinct, ...facts } = type.facts;
  return { ...type, facts };
}

/** The rows of other data take no row of this one away. */
function isOtherRows({ choice }: Part): boolean {
  return choice?.kind === 'data';
}

const NO_PART: Part = { share: 0, otherwise: false };

/** Parts that are chosen by something unknown: they may stand there, but no run is made of them. */
function notYet(
  entries: ReadonlyMap<string, Entry>,
  [validation, test]: readonly [Part, Part],
  frame: Frame,
): readonly Unsupported[] {
  const open = (part: Part) => part.otherwise && part.choice === undefined && frame.session.recorder !== undefined;
  const other = (key: string, part: Part) => (open(part) ? [key] : []);
  const parts = [...other('validation', validation), ...other('test', test)];
  const found = unsupportedOf(parts, entries, frame);
  for (const { entry } of found)
    if (!frame.session.starting) tellNotYet(entry.key.text, place(frame, entry.key), frame);
  return found;
}

/** Undefined where something else than a share takes rows away. */
function trainingRows(
  rows: number | undefined,
  parts: readonly [Part, Part],
  entries: ReadonlyMap<string, Entry>,
): number | undefined {
  const others = ['keep', 'deduplicate', 'balance'].some((key) => entries.has(key));
  // The rows of other data are none of these.
  const taken = parts.some(({ otherwise, choice }) => otherwise && choice?.kind !== 'data');
  if (rows === undefined || others || taken) return undefined;
  return rows - parts.reduce((sum, { share }) => sum + rowsOfShare(share, rows), 0);
}

function defineColumn(
  column: { readonly name: string; readonly type: TensorType },
  scope: Frame['scope'],
  at: Place | undefined,
  frame: Frame,
): void {
  const where = at ?? place(frame, { start: 0, end: 0 });
  const [ref] =
    frame.session.recorder?.node({
      op: 'column',
      inputs: {},
      settings: { name: column.name },
      weights: {},
      outputs: [column.type],
      path: '',
      place: where,
    }) ?? [];
  const value = tensorValue(column.type, ref);
  scope.names.set(column.name, { value, what: 'column', name: column.name, at: where, used: true });
}

// ---- keys

function flagOf(entry: Entry | undefined, frame: Frame): boolean {
  if (!entry) return true;
  const value = evaluate(entry.value, frame);
  if (value.kind === 'flag') return value.value ?? true;
  if (value.kind !== 'unknown') {
    const values = { setting: entry.key.text, callee: 'data', expected: '`true` or `false`', value: describe(value) };
    complain(frame, entry.value, 'argument/kind', values);
  }
  return true;
}

export function seedOf(entry: Entry | undefined, frame: Frame): number {
  if (!entry) return 0;
  const value = evaluate(entry.value, { ...frame, open: false });
  const number = numberIn(value);
  if (number !== undefined && Number.isSafeInteger(number) && number >= 0) return number;
  if (value.kind !== 'unknown') complain(frame, entry.value, 'data/seed', { value: describe(value) });
  return 0;
}
