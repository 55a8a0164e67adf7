/** Which rows are for validation and test: a share of them, those that a condition picks, or the rows of other data. */
import type { Ref } from '../plan/plan.ts';
import type { Message } from '../problem.ts';
import { printType } from '../shapes/type.ts';
import type { Arg, CallExpr, Chunk, DataDecl, Entry, Expr, NameExpr } from '../syntax/tree.ts';
import { evaluate } from './expression.ts';
import { type Frame, place } from './frame.ts';
import type { GivenArg, Site } from './layer.ts';
import { bindParams } from './params.ts';
import type { Found } from './program.ts';
import { complain, replaceFix, report } from './report.ts';
import { suggest } from './resolve.ts';
import { describe, numberIn, type TensorValue } from './value.ts';

export interface Part {
  /** Of the rows; from 1 on so many of them (`validation: 5_000`). 0 where the rows are chosen otherwise. */
  readonly share: number;
  /** Chosen otherwise than by a plain share of all rows. */
  readonly otherwise: boolean;
  /** How; left out where nothing is recorded. */
  readonly choice?: Choice;
}

/** Rows for which a condition is true, or a share of groups or classes; the nodes that they are told by. */
export type Choice =
  | { readonly kind: 'condition'; readonly node: Ref }
  | { readonly kind: 'share'; readonly share: number; readonly by?: Ref; readonly stratify?: Ref }
  | OtherRows;

/** The rows of other data, with what it is given. */
export interface OtherRows {
  readonly kind: 'data';
  readonly chunk: Chunk;
  readonly declaration: DataDecl;
  readonly name: NameExpr;
  readonly args: readonly GivenArg[];
  /** Where it is named. */
  readonly frame: Frame;
}

/** Fewer rows than this are no part of a data set: who writes 20 means 20%. */
const FEWEST = 100;

/** How many of `rows` a share is. */
export function rowsOfShare(share: number, rows: number): number {
  return share >= 1 ? share : Math.round(rows * share);
}

const NONE: Part = { share: 0, otherwise: false };

/** True where a key keeps rows aside, be it wrongly. */
export function isPart(entry: Entry | undefined): boolean {
  const expr = entry?.value;
  return expr !== undefined && expr.kind !== 'missing' && !(expr.kind === 'name' && expr.text === 'none');
}

/** `validation: 10%` and its other forms. `rows` is a frame that sees the raw columns. */
export function partOf(entry: Entry | undefined, declaration: DataDecl, rows: Frame): Part {
  if (!entry || !isPart(entry)) return NONE;
  const { value: expr } = entry;
  if (expr.kind === 'call' && expr.callee.kind === 'name' && expr.callee.text === 'share') {
    return { share: 0, otherwise: true, ...shareOf(expr, entry, rows) };
  }
  const other = otherData(expr, declaration, rows);
  if (other) return { share: 0, otherwise: true, choice: other };
  const value = evaluate(expr, rows);
  if (value.kind === 'tensor') {
    checkCondition(value, expr, entry.key.text, rows);
    const choice = value.ref ? { choice: { kind: 'condition', node: value.ref } as const } : {};
    return { share: 0, otherwise: true, ...choice };
  }
  if (value.kind === 'unknown') return { share: 0, otherwise: true };
  const share = numberIn(value);
  if (share !== undefined && share > 0 && share < 1) return { share, otherwise: false };
  if (share !== undefined && share >= FEWEST && Number.isInteger(share)) return { share, otherwise: false };
  // A parameter that is not known yet may be any share.
  if (share === undefined && value.kind === 'number') return NONE;
  const percent =
    expr.kind === 'number'
      ? !expr.percent && expr.value > 1 && expr.value < 100
        ? `${expr.value}%`
        : '20%'
      : undefined;
  const fixes = percent === undefined ? [] : [replaceFix(rows, 'data/share/percent', expr, percent)];
  const written = expr.kind === 'number' ? rows.chunk.text.slice(expr.start, expr.end) : (share ?? describe(value));
  complain(rows, expr, 'data/share.rows', { key: entry.key.text, value: written }, fixes);
  return NONE;
}

/** Says where two parts leave no row to train on, or a part has none of the rows there are. */
export function checkParts(
  parts: readonly (readonly [Entry | undefined, Part])[],
  rows: number | undefined,
  frame: Frame,
): void {
  const sum = parts.reduce(
    (total, [, { share }]) => total + (share < 1 ? share : rows === undefined ? 0 : share / rows),
    0,
  );
  const last = parts.filter(([, { share }]) => share > 0).at(-1)?.[0];
  if (last && sum >= 1 - 1e-9) {
    complain(frame, last.value, 'data/no-training-rows', { sum: Math.round(sum * 100) });
    return;
  }
  for (const [entry, { share }] of parts) {
    if (!entry || share === 0 || rows === undefined || rowsOfShare(share, rows) > 0) continue;
    const message: Message = { key: 'data/empty-part', values: { key: entry.key.text, rows } };
    report(frame, entry.value, { severity: 'warning', message });
  }
}

/** A condition on rows: true or false for each of them. */
export function checkCondition(value: TensorValue, expr: Expr, key: string, frame: Frame): void {
  const { dtype, shape } = value.type;
  const single = shape === undefined || shape.length === 0;
  if ((dtype === undefined || dtype === 'bool') && single) return;
  complain(frame, expr, 'data/condition', { key, type: printType(value.type) });
}

/** `share(10%; by: column, stratify: column)`. */
function shareOf(expr: CallExpr, entry: Entry, frame: Frame): { readonly choice?: Choice } {
  const args = expr.args?.items ?? [];
  const [first] = args.filter((arg) => !arg.name);
  const share = first && evaluate(first.value, frame);
  const number = share && numberIn(share);
  const isShare = number !== undefined && number > 0 && number < 1;
  const isOpen = share?.kind === 'unknown' || (share?.kind === 'number' && share.value === undefined);
  if (!isShare && !isOpen) {
    const value = number ?? (share ? describe(share) : 'nothing');
    complain(frame, first?.value ?? expr, 'data/share', { key: entry.key.text, value });
  }
  const columns: Record<string, Ref> = {};
  for (const arg of args) {
    const ref = arg === first ? undefined : shareSetting(arg, frame);
    if (ref && arg.name) columns[arg.name.text] = ref;
  }
  return isShare ? { choice: { kind: 'share', share: number, ...columns } } : {};
}

const SHARE_SETTINGS = ['by', 'stratify'];

/** The column that a setting names. */
function shareSetting(arg: Arg, frame: Frame): Ref | undefined {
  if (!arg.name || !SHARE_SETTINGS.includes(arg.name.text)) {
    suggest(frame, arg.name ?? arg, arg.name?.text ?? '', 'argument/unknown', SHARE_SETTINGS, { callee: 'share' });
    return undefined;
  }
  const value = evaluate(arg.value, frame);
  if (value.kind === 'unknown') return undefined;
  const single = value.kind === 'tensor' && (value.type.shape?.length ?? 0) === 0;
  if (!single) {
    complain(frame, arg.value, 'data/single-column', { name: arg.name.text });
    return undefined;
  }
  const classes = value.type.facts.classes;
  if (arg.name.text === 'stratify' && value.type.dtype === 'float32' && !classes) {
    complain(frame, arg.value, 'data/stratify', { type: printType(value.type) });
  }
  return value.ref;
}

/** `Sst("dev")`: the rows of other data, which must have the same fields. */
function otherData(expr: Expr, declaration: DataDecl, frame: Frame): OtherRows | undefined {
  const name = expr.kind === 'call' ? expr.callee : expr;
  if (name.kind !== 'name' || name.text === '') return undefined;
  const found = frame.session.program.find(frame.chunk.file, name.text, 'data');
  const other = found?.declaration;
  if (!found || other?.kind !== 'data') return undefined;
  const at = { chunk: found.chunk, start: other.name.start, end: other.name.end };
  frame.facts?.targets.set(name, { kind: 'declaration', name: name.text, at });
  const args: readonly GivenArg[] = expr.kind === 'call' ? (expr.args?.items ?? []).map((arg) => ({ arg, frame })) : [];
  const site: Site = { node: expr, callee: name, args, body: undefined, frame, arrow: undefined };
  bindParams(name.text, { chunk: found.chunk, declaration: other }, args, site, new Map());
  if (other !== declaration) sameFields(declaration, { ...found, declaration: other }, name, frame);
  return { kind: 'data', chunk: found.chunk, declaration: other, name, args, frame };
}

function sameFields(own: DataDecl, other: Found & { readonly declaration: DataDecl }, at: Expr, frame: Frame): void {
  const names = namesOf(other.declaration);
  const lacking = namesOf(own).filter((name) => !names.includes(name));
  if (lacking.length === 0) return;
  const { name } = other.declaration;
  report(frame, at, {
    message: { key: 'data/part-fields', values: { data: name.text, fields: lacking.join(', ') } },
    related: [{ at: place({ ...frame, chunk: other.chunk }, name), message: { key: 'why/data-here', values: {} } }],
  });
}

function namesOf(declaration: DataDecl): readonly string[] {
  return declaration.body.flatMap((item) => {
    if (item.kind === 'field') return [item.name.text];
    return item.kind === 'bind' ? item.parts.map(({ name }) => name.text) : [];
  });
}
