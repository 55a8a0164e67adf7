/** Hints that say where shapes stop being known: `: ?` on the lines behind an error, not in the line that is at fault. */
import type { CheckedDeclaration, CheckedFile } from '../check/checked.ts';
import type { Expr } from '../syntax/tree.ts';
import type { Slots } from './inlay-slots.ts';

export interface PlainHint {
  readonly offset: number;
  readonly text: string;
  readonly inserts: readonly { readonly offset: number; readonly text: string }[];
}

/**
 * Whether an error may be what keeps the values of a declaration from being known. An error in any unit or import may for the units
 * that use it; data is unknown for other reasons as well, such as files that are not there yet.
 */
export function brokenOf(file: CheckedFile): (checked: CheckedDeclaration) => boolean {
  const wrong = new Set(file.declarations.filter(({ problems }) => problems.some((p) => p.severity === 'error')));
  const spreads = [...wrong].some(({ chunk: { declaration: d } }) => d?.kind !== 'run' && d?.kind !== 'data');
  return (checked) => wrong.has(checked) || (spreads && checked.chunk.declaration?.kind === 'unit');
}

const cache = new WeakMap<CheckedDeclaration, readonly PlainHint[]>();

export function unknownHints(checked: CheckedDeclaration, flows: () => readonly Slots[]): readonly PlainHint[] {
  const kept = cache.get(checked);
  if (kept !== undefined) return kept;
  const made = flows().flatMap(({ slots }) =>
    slots.flatMap(({ layer, free }) => {
      const shown = free && layer.kind !== 'missing' && isUnknown(layer, checked) && !atFault(layer, checked);
      return shown ? [{ offset: layer.end, text: ': ?', inserts: [] }] : [];
    }),
  );
  cache.set(checked, made);
  return made;
}

function isUnknown(layer: Expr, { facts }: CheckedDeclaration): boolean {
  const seen = facts.values.get(layer);
  return seen === undefined || seen.kind === 'unknown' || (seen.kind === 'tensor' && seen.type.shape === undefined);
}

function atFault(layer: Expr, { chunk, problems }: CheckedDeclaration): boolean {
  return problems.some(
    ({ severity, at }) =>
      severity === 'error' && (at.chunk ?? chunk) === chunk && at.start <= layer.end && layer.start <= at.end,
  );
}
