/**
 * Shape hints in flows: legal text (`: [26, 26, 32]`) after each stage that ends its line and changes the shape, and after
 * the last stage of a one-line flow. None where the shape is written already; `: ?` where an error keeps it from being known.
 */
import type { CheckedDeclaration, CheckedFile, Seen } from '../check/checked.ts';
import type { Locale } from '../messages/table.ts';
import { isUnknown } from '../shapes/dim.ts';
import { printShape, type TensorType, writeShape } from '../shapes/type.ts';
import type { DataItem, Declaration, Statement } from '../syntax/tree.ts';
import { list, reasons } from './hover-facts.ts';
import { settingHints } from './inlay-settings.ts';
import { type Slots, slotsOf } from './inlay-slots.ts';
import { brokenOf, type PlainHint, unknownHints } from './inlay-unknown.ts';
import { holdsForAll } from './scope.ts';
import { tellIn } from './tell.ts';

export interface InlayHint {
  readonly offset: number;
  /** What is shown. */
  readonly text: string;
  /** What a double click writes. */
  readonly inserts: readonly { readonly offset: number; readonly text: string }[];
  readonly kind: 'shape' | 'unknown' | 'setting';
  /** The value there, of a shape. */
  readonly type: TensorType | undefined;
}

/** Where each size of a hint comes from, as Markdown: made only for the hint that is looked at. */
export function hintTooltip({ kind, type }: InlayHint, locale: Locale = 'en'): string {
  if (kind === 'unknown') return tellIn(locale)('unknown-shape');
  return list(reasons(type?.shape ?? [], locale)).join('');
}

/** `settings`: with the names of settings that are given without. */
export function inlayHints(
  file: CheckedFile,
  start: number,
  end: number,
  { settings = false }: { readonly settings?: boolean } = {},
): readonly InlayHint[] {
  const broken = brokenOf(file);
  return file.syntax.chunks.flatMap(({ chunk, offset }, index) => {
    const checked = file.declarations[index];
    if (checked === undefined || offset > end || offset + chunk.text.length < start) return [];
    const plain = (kind: 'unknown' | 'setting') => (hint: PlainHint) => ({ ...hint, kind, type: undefined });
    const names = settings ? settingHints(checked).map(plain('setting')) : [];
    const unknowns = broken(checked) ? unknownHints(checked, () => flowsOf(checked)).map(plain('unknown')) : [];
    return [...chunkHints(checked), ...unknowns, ...names]
      .map((hint) => ({
        ...hint,
        offset: hint.offset + offset,
        inserts: hint.inserts.map((one) => ({ offset: one.offset + offset, text: one.text })),
      }))
      .filter((hint) => start <= hint.offset && hint.offset <= end);
  });
}

const cache = new WeakMap<CheckedDeclaration, readonly InlayHint[]>();

/** Flows whose result has a written type: `x: [8] = …`. A hint that repeats it says nothing. */
function stated(declaration: Declaration | undefined): ReadonlySet<unknown> {
  if (declaration?.kind !== 'unit' && declaration?.kind !== 'data') return new Set();
  const lines: readonly (Statement | DataItem)[] = declaration.body;
  return new Set(
    lines.flatMap((line) => {
      if (line.kind === 'bind') return line.tuple || line.parts[0]?.type !== undefined ? [line.value] : [];
      return (line.kind === 'output' || line.kind === 'field') && line.type !== undefined ? [line.value] : [];
    }),
  );
}

/** The flows of a unit or data set in which hints may stand, and where in each. */
function flowsOf(checked: CheckedDeclaration): readonly Slots[] {
  const { declaration, text } = checked.chunk;
  // A list that only a use gives is not known here: nothing that comes of it is either.
  const open = declaration?.kind === 'unit' && declaration.params.some((p) => p.type?.list && p.default === undefined);
  if (open || (declaration?.kind !== 'unit' && declaration?.kind !== 'data')) return [];
  const written = stated(declaration);
  const nodes = [...checked.facts.values.keys()];
  return nodes.flatMap((node) =>
    'kind' in node && node.kind === 'flow' ? [{ flow: node, slots: slotsOf(node, text, written.has(node)) }] : [],
  );
}

function chunkHints(checked: CheckedDeclaration): readonly InlayHint[] {
  const kept = cache.get(checked);
  if (kept !== undefined) return kept;
  const insertable = holdsForAll(checked.chunk.declaration);
  const hints = flowsOf(checked).flatMap((one) => shapeHints(one, checked));
  const made = hints.sort((a, b) => a.offset - b.offset).map((hint) => (insertable ? hint : { ...hint, inserts: [] }));
  cache.set(checked, made);
  return made;
}

function shapeHints({ flow, slots }: Slots, { facts: { values } }: CheckedDeclaration): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  // What the reader saw last is what the next hint is compared with.
  let before = typeOf(values.get(flow.first));
  for (const { layer, free } of slots) {
    const after = typeOf(values.get(layer));
    if (free && after !== undefined && changes(before, after)) {
      const hint = { offset: layer.end, text: `: ${writeShape(after.shape)}` };
      hints.push({ ...hint, inserts: [hint], kind: 'shape', type: after });
    }
    before = after;
  }
  return hints;
}

function typeOf(seen: Seen | undefined): TensorType | undefined {
  if (seen?.kind !== 'tensor' || seen.type.shape === undefined) return undefined;
  return seen.type.shape.some(isUnknown) ? undefined : seen.type;
}

function changes(before: TensorType | undefined, after: TensorType): boolean {
  return before === undefined || printShape(before.shape) !== printShape(after.shape);
}
