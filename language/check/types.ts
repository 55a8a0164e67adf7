/** Types as they are written: what an input declares, and what a stated shape is checked against. */

import { differ } from '../shapes/assume.ts';
import { agree } from '../shapes/broadcast.ts';
import { because, type Dim, printDim, symbol, unknown } from '../shapes/dim.ts';
import { printShape, printType, type Shape, type TensorType, tensor, unknownType, writeShape } from '../shapes/type.ts';
import { solveFor } from '../shapes/unify.ts';
import type { Expr, NameExpr, ShapeExpr, TypeExpr } from '../syntax/tree.ts';
import { sizeOf } from './compile-time.ts';
import { define } from './define.ts';
import { asInput, evaluate } from './expression.ts';
import { reportMissingFlatten } from './fixes/missing-flatten.ts';
import { statedFixes } from './fixes/size.ts';
import { type Frame, findLocal, newScope, place } from './frame.ts';
import { replaceFix, report } from './report.ts';
import { describe, sizeValue, unknownValue, type Value } from './value.ts';

/** Key of the scope under which `...` is kept, so that it is the same everywhere in a block. */
const REST = '...';

/** A written size; reported where it is none. */
export function dimOf(expr: Expr, frame: Frame): Dim {
  const dim = sizeOf(evaluate(expr, frame), expr, frame) ?? unknown;
  if (dim.why || dim.size === undefined) return dim;
  return because(dim, {
    text: { key: 'why/declared', values: { size: printDim(dim) } },
    at: place(frame, expr),
    from: [],
  });
}

/** The type that is written, its names looked up. `...` stands for what it stands for in this block. */
export function writtenType(type: TypeExpr, frame: Frame): TensorType {
  return tensor(type.dtype?.name, writtenShape(type.shape, frame), { perExample: true });
}

function writtenShape(shape: ShapeExpr | undefined, frame: Frame): Shape {
  if (!shape) return [];
  const dims: Dim[] = [];
  let complete = true;
  for (const dim of shape.dims) {
    if (dim.kind !== 'rest') dims.push(dimOf(dim, frame));
    else {
      const rest = restOf(frame);
      if (rest) dims.push(...rest);
      else complete = false;
    }
  }
  return complete ? dims : undefined;
}

function restOf(frame: Frame): readonly Dim[] | undefined {
  const rest = findLocal(frame.scope, REST)?.value;
  if (rest?.kind !== 'list') return undefined;
  return rest.items.map((item) => (item.kind === 'size' ? item.dim : unknown));
}

/** The type of an input in its unit's own check: new names become symbols. */
export function symbolicType(type: TypeExpr, frame: Frame): TensorType {
  for (const dim of type.shape?.dims ?? []) {
    if (dim.kind === 'rest') continue;
    for (const name of freeNames(dim, frame)) {
      const text = { key: 'why/declared', values: { size: name.text } };
      const local = define(
        frame,
        name,
        sizeValue(symbol(name.text, { text, at: place(frame, name), from: [] })),
        'size',
      );
      if (local) local.used = true;
    }
  }
  return writtenType(type, frame);
}

/** Names in a size that nothing has bound yet. */
function freeNames(expr: Expr, frame: Frame): readonly NameExpr[] {
  switch (expr.kind) {
    case 'name':
      return expr.text === '' || findLocal(frame.scope, expr.text) ? [] : [expr];
    case 'binary':
      return [...freeNames(expr.left, frame), ...freeNames(expr.right, frame)];
    case 'unary':
    case 'paren':
      return freeNames(expr.value, frame);
    default:
      return [];
  }
}

export type Match =
  | { readonly ok: true; readonly shape: Shape }
  | {
      readonly ok: false;
      readonly axis: number | undefined;
      readonly expected: string;
      readonly given: Dim | undefined;
      readonly wanted?: Dim | undefined;
    };

/** Matches an input's pattern against the shape that comes in, binding new names in the frame's scope. */
export function matchShape(pattern: ShapeExpr | undefined, shape: Shape, frame: Frame): Match {
  const dims = pattern?.dims ?? [];
  if (!shape) {
    for (const dim of dims) if (dim.kind !== 'rest') bindUnknown(dim, frame);
    return { ok: true, shape: undefined };
  }
  const at = dims.findIndex((dim) => dim.kind === 'rest');
  const fits = at < 0 ? dims.length === shape.length : dims.length - 1 <= shape.length;
  if (!fits) return { ok: false, axis: undefined, expected: patternText(pattern, frame), given: undefined };
  const deferred: { readonly dim: Expr; readonly axis: number }[] = [];
  for (const [index, dim] of dims.entries()) {
    if (dim.kind === 'rest') {
      const rest = shape.slice(index, shape.length - (dims.length - 1 - index));
      const known = restOf(frame);
      if (known && !agree(known, rest).ok) {
        return { ok: false, axis: undefined, expected: patternText(pattern, frame), given: undefined };
      }
      bindRest(frame, rest);
      continue;
    }
    const axis = at >= 0 && index > at ? shape.length - (dims.length - index) : index;
    const actual = shape[axis] ?? unknown;
    const matched = matchDim(dim, actual, frame);
    if (matched === 'misfit') {
      return { ok: false, axis, expected: patternText(pattern, frame), given: actual, wanted: undefined };
    }
    if (matched === 'compare') deferred.push({ dim, axis });
  }
  for (const { dim, axis } of deferred) {
    const actual = shape[axis] ?? unknown;
    if (freeNames(dim, frame).length > 0) {
      bindUnknown(dim, frame);
      continue;
    }
    const wanted = dimOf(dim, frame);
    if (differ(wanted, actual)) {
      return { ok: false, axis, expected: patternText(pattern, frame), given: actual, wanted };
    }
  }
  return { ok: true, shape };
}

/** Binds what one size of a pattern binds; `compare`: to be compared once all names are bound. */
function matchDim(dim: Expr, actual: Dim, frame: Frame): 'bound' | 'compare' | 'misfit' {
  const free = freeNames(dim, frame);
  const [name] = free;
  if (!name || new Set(free.map((f) => f.text)).size > 1) return 'compare';
  if (dim.kind === 'name') {
    bindSize(frame, name, actual);
    return 'bound';
  }
  const inner: Frame = { ...frame, scope: newScope(frame.scope), facts: undefined };
  bindSize(inner, name, symbol(name.text));
  const solved = solveFor(dimOf(dim, inner), name.text, actual);
  if (solved === 'none') return 'misfit';
  if (solved === undefined) return 'compare';
  bindSize(frame, name, solved);
  return 'bound';
}

function bindSize(frame: Frame, name: NameExpr, dim: Dim): void {
  frame.scope.names.set(name.text, {
    value: sizeValue(dim),
    what: 'size',
    name: name.text,
    at: place(frame, name),
    used: true,
  });
}

function bindUnknown(dim: Expr, frame: Frame): void {
  for (const name of freeNames(dim, frame)) bindSize(frame, name, unknown);
}

function bindRest(frame: Frame, dims: readonly Dim[]): void {
  frame.scope.names.set(REST, {
    value: { kind: 'list', items: dims.map(sizeValue) },
    what: 'size',
    name: REST,
    at: { chunk: frame.chunk, start: 0, end: 0 },
    used: true,
  });
}

/** A pattern as it is written. */
function patternText(pattern: ShapeExpr | undefined, frame: Frame): string {
  return pattern ? frame.chunk.text.slice(pattern.start, pattern.end) : '[]';
}

// ---- stated shapes

/** `value: [8, 8, 64]`: the value must be that; where it is unknown it is taken to be. */
export function ascribe(value: Value, type: TypeExpr, frame: Frame): Value {
  const stated = writtenType(type, frame);
  if (value.kind === 'unknown') {
    return stated.shape ? { kind: 'tensor', type: stated, ref: undefined } : value;
  }
  if (value.kind === 'tuple' || value.kind === 'layer' || value.kind === 'list' || value.kind === 'text') {
    report(frame, type, { message: { key: 'type/stated-kind', values: { value: describe(value) } } });
    return unknownValue;
  }
  const given = asInput(value, { kind: 'missing', start: type.start, end: type.end }, frame);
  if (!given) return unknownValue;
  const refined = checkStated(given.type, stated, type, frame);
  return { kind: 'tensor', type: refined, ref: given.ref };
}

function checkStated(given: TensorType, stated: TensorType, type: TypeExpr, frame: Frame): TensorType {
  if (
    given.dtype &&
    stated.dtype &&
    given.dtype !== stated.dtype &&
    !(given.facts.literal && stated.dtype === 'float32')
  ) {
    const message = { key: 'type/stated', values: { given: printType(given), stated: stated.dtype } };
    const fix = replaceFix(frame, 'type/stated/change', type.dtype ?? type, given.dtype);
    report(frame, type.dtype ?? type, { message, fixes: [fix] });
    return { ...given, dtype: stated.dtype };
  }
  const found = agree(given.shape, stated.shape);
  if (found.ok) return { ...given, dtype: given.dtype ?? stated.dtype, shape: found.shape };
  const at = type.shape ?? type;
  if (stated.shape && given.shape && stated.shape.length < given.shape.length) {
    const message = { key: 'shape/missing-flatten.stated', values: { stated: printShape(stated.shape) } };
    if (reportMissingFlatten(frame, given.shape, { at: place(frame, at), message })) return stated;
  }
  const values = { given: printShape(given.shape), stated: printShape(stated.shape) };
  const fix = replaceFix(frame, 'shape/stated/change', at, writeShape(given.shape));
  if (found.rank) {
    const message = { key: 'shape/stated.rank', values };
    report(frame, at, { message, blame: given.shape ?? [], fixes: [fix] });
  } else {
    const detail = { axis: found.axis, actual: printDim(found.left), wanted: printDim(found.right) };
    report(frame, at, {
      message: { key: 'shape/stated', values: { ...values, ...detail } },
      blame: [found.left],
      fixes: statedFixes(found.left, found.right, fix, frame),
    });
  }
  return unknownTypeOf(given);
}

/** After a misfit the number of axes and the sizes are open. */
function unknownTypeOf(type: TensorType): TensorType {
  return { ...unknownType, dtype: type.dtype, perExample: type.perExample };
}
