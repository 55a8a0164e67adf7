/** `x[0]`, `x[1..]`, `x[..., 2]` on values (the entry `model/index`), and `sizes[i]` or `sizes[..i]` on compile-time lists. */
import type { CheckedValue } from '../catalog/entry.ts';
import { constant, known } from '../shapes/dim.ts';
import type { Expr, IndexExpr, IndexItem } from '../syntax/tree.ts';
import { sizeOf } from './compile-time.ts';
import { evaluate } from './expression.ts';
import type { Frame } from './frame.ts';
import type { Site } from './layer.ts';
import { complain } from './report.ts';
import { runOperator } from './run-entry.ts';
import { describe, unknownValue, type Value } from './value.ts';

export function indexValue(expr: IndexExpr, frame: Frame): Value {
  const object = evaluate(expr.object, frame);
  const items = expr.items.map((item) => itemValue(item, frame));
  if (object.kind === 'unknown') return unknownValue;
  if (object.kind === 'list') return itemOfList(expr, object.items, frame);
  if (object.kind !== 'tensor') {
    complain(frame, expr, 'type/index', { value: describe(object) });
    return unknownValue;
  }
  const written = items.flatMap((item) => (item === undefined ? [] : [item]));
  if (written.length < items.length) return unknownValue;
  const entry = frame.session.program.catalog.find('model', 'index');
  if (entry?.kind !== 'operation') return unknownValue;
  const brackets = { start: expr.object.end, end: expr.end };
  const site: Site = { node: expr, callee: brackets, args: [], body: undefined, frame, arrow: undefined };
  return runOperator(entry, site, [{ value: object, at: expr.object }], { items: written }, frame);
}

/** One item as the entry reads it; undefined: reported. */
function itemValue(item: IndexItem, frame: Frame): CheckedValue | undefined {
  switch (item.kind) {
    case 'rest':
      return '...';
    case 'at': {
      const value = evaluate(item.value, frame);
      return sizeOf(value, item.value, frame);
    }
    case 'slice': {
      const parts = [
        partValue(item.from, frame),
        partValue(item.to, frame),
        item.by ? partValue(item.by, frame) : known(1),
      ];
      return parts.every((part) => part !== undefined) ? parts : undefined;
    }
  }
}

function partValue(expr: Expr | undefined, frame: Frame): CheckedValue | undefined {
  if (!expr) return null;
  return sizeOf(evaluate(expr, frame), expr, frame);
}

function itemOfList(expr: IndexExpr, list: readonly Value[], frame: Frame): Value {
  const [item, ...others] = expr.items;
  if (item?.kind === 'slice' && !item.by && others.length === 0) return partOfList(item, list, frame);
  if (item?.kind !== 'at' || others.length > 0) {
    complain(frame, expr, 'type/list-index');
    return unknownValue;
  }
  const quiet: Frame = { ...frame, facts: undefined };
  const value = evaluate(item.value, quiet);
  const at = value.kind === 'size' ? constant(value.dim) : undefined;
  if (at === undefined) return unknownValue;
  const found = list[at < 0 ? list.length + at : at];
  if (found) return found;
  complain(frame, item.value, 'shape/list-index', { index: at, count: list.length });
  return unknownValue;
}

/** `depths[..i]`: the items from one place up to another; places beyond the list are its ends. */
function partOfList(item: Extract<IndexItem, { kind: 'slice' }>, list: readonly Value[], frame: Frame): Value {
  const quiet: Frame = { ...frame, facts: undefined };
  const place = (expr: Expr | undefined, standard: number): number | undefined => {
    if (!expr) return standard;
    const value = evaluate(expr, quiet);
    return value.kind === 'size' ? constant(value.dim) : undefined;
  };
  const [from, to] = [place(item.from, 0), place(item.to, list.length)];
  if (from === undefined || to === undefined) return unknownValue;
  return { kind: 'list', items: list.slice(from, to) };
}
