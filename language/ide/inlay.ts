/**
 * Shape hints in flows: legal text (`: [26, 26, 32]`) after each stage that ends its line and changes the shape, and after
 * the last stage of a one-line flow. None where the shape is written already or is not known.
 */
import type { CheckedDeclaration, CheckedFile, Seen } from '../check/checked.ts';
import type { Locale } from '../messages/table.ts';
import { isUnknown } from '../shapes/dim.ts';
import { printShape, type TensorType, writeShape } from '../shapes/type.ts';
import type { DataItem, Declaration, Expr, FlowExpr, Statement } from '../syntax/tree.ts';
import { list, reasons } from './hover-facts.ts';
import { settingHints } from './inlay-settings.ts';
import { holdsForAll } from './scope.ts';

export interface InlayHint {
  readonly offset: number;
  /** What is shown. */
  readonly text: string;
  /** What a double click writes. */
  readonly inserts: readonly { readonly offset: number; readonly text: string }[];
  /** The value there; missing for a setting's name. */
  readonly type: TensorType | undefined;
}

/** Where each size of a hint comes from, as Markdown: made only for the hint that is looked at. */
export function hintTooltip({ type }: InlayHint, locale: Locale = 'en'): string {
  return list(reasons(type?.shape ?? [], locale)).join('');
}

/** `settings`: with the names of settings that are given without. */
export function inlayHints(
  file: CheckedFile,
  start: number,
  end: number,
  { settings = false }: { readonly settings?: boolean } = {},
): readonly InlayHint[] {
  return file.syntax.chunks.flatMap(({ chunk, offset }, index) => {
    const checked = file.declarations[index];
    if (checked === undefined || offset > end || offset + chunk.text.length < start) return [];
    const names = settings ? settingHints(checked).map((hint): InlayHint => ({ ...hint, type: undefined })) : [];
    return [...chunkHints(checked), ...names]
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

function chunkHints(checked: CheckedDeclaration): readonly InlayHint[] {
  const kept = cache.get(checked);
  if (kept !== undefined) return kept;
  const { declaration } = checked.chunk;
  const kind = declaration?.kind;
  // A list that only a use gives is not known here: nothing that comes of it is either.
  const open = declaration?.kind === 'unit' && declaration.params.some((p) => p.type?.list && p.default === undefined);
  if (open) return [];
  const insertable = holdsForAll(declaration);
  const hints: InlayHint[] = [];
  const written = stated(checked.chunk.declaration);
  if (kind === 'unit' || kind === 'data') {
    for (const node of checked.facts.values.keys()) {
      if ('kind' in node && node.kind === 'flow') hints.push(...flowHints(node, checked, written.has(node)));
    }
  }
  const made = hints.sort((a, b) => a.offset - b.offset).map((hint) => (insertable ? hint : { ...hint, inserts: [] }));
  cache.set(checked, made);
  return made;
}

function flowHints(flow: FlowExpr, checked: CheckedDeclaration, stated: boolean): readonly InlayHint[] {
  const { text } = checked.chunk;
  const { values } = checked.facts;
  const hints: InlayHint[] = [];
  let before = typeOf(values.get(flow.first));
  for (const [index, stage] of flow.stages.entries()) {
    if (stage.kind === 'ascribe') continue;
    const after = typeOf(values.get(stage.layer));
    const next = flow.stages[index + 1];
    const written = (stated && next === undefined) || next?.kind === 'ascribe' || followedByColon(text, stage.layer);
    const last = next === undefined;
    const ends = next?.kind === 'stage' ? text.slice(stage.layer.end, next.arrow.start).includes('\n') : true;
    const oneLine = !text.slice(flow.start, flow.end).includes('\n');
    if (
      (ends || (last && oneLine)) &&
      !written &&
      after !== undefined &&
      changes(before, after) &&
      stands(text, flow)
    ) {
      const hint = { offset: stage.layer.end, text: `: ${writeShape(after.shape)}` };
      hints.push({ ...hint, inserts: [hint], type: after });
    }
    // What the reader saw last is what the next hint is compared with.
    if (ends || last) before = after;
  }
  return hints;
}

/** Hints stand where a shape can be written: not after a flow in brackets, whose text goes on behind it. */
function stands(text: string, flow: FlowExpr): boolean {
  return /^[ \t]*(?:#.*)?(?:\r?\n|$)/.test(text.slice(flow.end)) || text.slice(flow.start, flow.end).includes('\n');
}

function followedByColon(text: string, stage: Expr): boolean {
  return /^[ \t]*:/.test(text.slice(stage.end));
}

function typeOf(seen: Seen | undefined): TensorType | undefined {
  if (seen?.kind !== 'tensor' || seen.type.shape === undefined) return undefined;
  return seen.type.shape.some(isUnknown) ? undefined : seen.type;
}

function changes(before: TensorType | undefined, after: TensorType): boolean {
  return before === undefined || printShape(before.shape) !== printShape(after.shape);
}
