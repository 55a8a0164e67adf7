/** Where the sizes of a value were introduced: the number, parameter or input that each goes back to. */
import type { CheckedFile, FilePlace, Seen } from '../check/checked.ts';
import type { Place } from '../problem.ts';
import type { Dim } from '../shapes/dim.ts';
import type { Span } from '../syntax/tree.ts';
import { filePlace, smallest, spotAt, type Trees, targetAt } from './locate.ts';

export interface Introduction {
  /** What was asked about, in this file. */
  readonly origin: Span;
  readonly targets: readonly FilePlace[];
}

/** Reasons lead back at most so far. */
const STEPS = 200;

export function typeDefinition(file: CheckedFile, offset: number, trees: Trees): Introduction | undefined {
  const spot = spotAt(file, offset);
  if (spot === undefined) return undefined;
  const { values, calls } = spot.checked.facts;
  const found = targetAt(spot);
  const node = found?.node ?? smallest(values.keys(), spot.at);
  if (node === undefined) return undefined;
  const dims = dimsOf(values.get(node));
  for (const [expr, fact] of calls) {
    const called = expr === node || (expr.kind === 'call' && expr.callee === node);
    if (called) dims.push(...fact.results.flatMap((type) => type.shape ?? []));
  }
  if (dims.length === 0 && found !== undefined && 'at' in found.target) {
    // A name without sizes of its own (a block, a model): where it is defined.
    const at = filePlace(found.target.at, trees);
    return at === undefined ? undefined : { origin: shift(node, spot.placed.offset), targets: [at] };
  }
  const targets = new Map<string, FilePlace>();
  for (const place of dims.flatMap(introduced)) {
    const at = filePlace(place, trees);
    if (at !== undefined) targets.set(`${at.file} ${at.start} ${at.end}`, at);
  }
  if (targets.size === 0) return undefined;
  return { origin: shift(node, spot.placed.offset), targets: [...targets.values()] };
}

function dimsOf(seen: Seen | undefined): Dim[] {
  if (seen?.kind === 'tensor') return [...(seen.type.shape ?? [])];
  if (seen?.kind === 'size') return [seen.dim];
  return seen?.kind === 'tuple' ? seen.items.flatMap((item) => dimsOf(item.value)) : [];
}

/** The places at the ends of a size's reasons. */
function introduced(dim: Dim): readonly Place[] {
  const ends: Place[] = [];
  const open: Dim[] = [dim];
  const seen = new Set<Dim>();
  while (open.length > 0 && seen.size < STEPS) {
    const next = open.pop();
    if (next?.why === undefined || seen.has(next)) continue;
    seen.add(next);
    const before = next.why.from.filter((one) => one.why !== undefined);
    if (before.length === 0 && next.why.at !== undefined) ends.push(next.why.at);
    open.push(...before);
  }
  return ends;
}

function shift(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}
