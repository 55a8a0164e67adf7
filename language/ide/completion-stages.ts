/** Completion after `->` and in braces: layers and functions, those that fit what flows in first. */

import type { Entry } from '../catalog/entry.ts';
import { catalog } from '../catalog/index.ts';
import { printType, type TensorType } from '../shapes/type.ts';
import type { Place } from '../syntax/expected.ts';
import { startsUpper } from '../syntax/tokens.ts';
import { type Asked, type Item, item } from './completion.ts';
import { usualActivations } from './completion-arguments.ts';
import { foreignItems } from './completion-imports.ts';
import { localItems, stageItem } from './completion-names.ts';
import { accepted, fits } from './fits.ts';
import { declaredNames, localsBefore } from './scope.ts';

export function stageItems(place: Extract<Place, { readonly kind: 'stage' | 'body' }>, asked: Asked): readonly Item[] {
  const { declaration } = asked.spot.placed.chunk;
  const type = place.kind === 'stage' ? flowing(asked, place.before) : intoCall(asked, place.callee);
  const places = declaration?.kind === 'data' ? (['data', 'augment', 'model'] as const) : (['model'] as const);
  const library = places.flatMap((at) =>
    catalog.names(at).flatMap((name) => {
      const entry = catalog.find(at, name);
      return entry !== undefined && flows(entry) ? [ranked(entry, type, asked)] : [];
    }),
  );
  const units = declaration?.kind === 'data' ? [] : unitItems(asked);
  const params = declaration !== undefined && 'params' in declaration ? declaration.params : [];
  const named = new Set([
    ...params.flatMap((param) => (param.type?.of === 'layer' ? [param.name.text] : [])),
    ...localsBefore(asked.spot.placed.chunk, asked.spot.at).flatMap((l) => (l.what === 'layer' ? [l.name.text] : [])),
  ]);
  const layers = localItems(asked, 10).filter((local) => named.has(local.label));
  return [...layers, ...units, ...library];
}

/** Only what has an input can be flowed into. */
function flows(entry: Entry): boolean {
  if (entry.kind === 'combinator') return true;
  return (
    (entry.kind === 'operation' || entry.kind === 'transform') && entry.inputs.some((input) => input.optional !== true)
  );
}

/** Layers that fit, the pickiest first; then combinators and functions that fit; then what does not fit. */
function ranked(entry: Entry, type: TensorType | undefined, { tell }: Asked): Item {
  const layer = startsUpper(entry.name);
  const base = entry.kind === 'combinator' ? 140 : layer ? layerOrder(entry) : functionOrder(entry);
  if (fits(entry, type)) return stageItem(entry, base);
  const made = stageItem(entry, base + 400);
  if (type === undefined) return made;
  return { ...made, detail: tell('does-not-fit', { signature: made.detail, type: printType(type) }) };
}

/** Layers of most models: before others that are as picky. */
const usualLayers: ReadonlySet<string> = new Set([
  'Attention',
  'BatchNorm',
  'Conv1D',
  'Conv2D',
  'Dense',
  'Dropout',
  'Embedding',
  'Flatten',
  'GRU',
  'GlobalAvgPool2D',
  'LSTM',
  'LayerNorm',
  'MaxPool2D',
]);

function layerOrder(entry: Entry): number {
  return 100 + accepted(entry) - (usualLayers.has(entry.name) ? 3 : 0);
}

/** The usual activations, then functions made for such values, then the other activations. */
function functionOrder(entry: Entry): number {
  if (entry.kind !== 'operation' || entry.activation !== true) return 200 + accepted(entry);
  const rank = usualActivations.indexOf(entry.name);
  return rank < 0 ? 250 : 190 + rank / 100;
}

function unitItems(asked: Asked): readonly Item[] {
  const own = asked.spot.placed.chunk.declaration;
  const here = declaredNames(asked.file.syntax)
    .filter((d) => d.kind === 'block' || d.kind === 'model' || d.kind === 'import')
    .filter((d) => own?.kind !== 'unit' || own.name.text !== d.name)
    .map((d) => item(d.name, 'unit', d.kind === 'block' ? 50 : 150, { detail: d.head, doc: d.doc ?? '' }));
  return [...here, ...foreignItems(asked, ['block', 'model'], 350)];
}

/** The type of what flows in: of the expression that ends where the arrow begins. */
function flowing(asked: Asked, before: { readonly start: number; readonly end: number }): TensorType | undefined {
  for (const [node, seen] of asked.spot.checked.facts.values) {
    if (node.end === before.end && node.start === before.start && seen.kind === 'tensor') return seen.type;
  }
  return undefined;
}

/** What flows into `residual { ▮`. */
function intoCall(asked: Asked, callee: { readonly start: number; readonly end: number }): TensorType | undefined {
  for (const [node, fact] of asked.spot.checked.facts.calls) {
    if (node.kind !== 'call' || node.callee.start !== callee.start || node.callee.end !== callee.end) continue;
    const { list, ...named } = fact.inputs;
    for (const type of [...Object.values(named), ...(list ?? [])]) {
      if (type !== undefined && 'facts' in type) return type;
    }
  }
  return flowBefore(asked, callee.start);
}

/** A call with an empty body has no facts yet: then what the stage before it gives. */
function flowBefore(asked: Asked, start: number): TensorType | undefined {
  const text = asked.spot.placed.chunk.text;
  const arrow = /->\s*$/.exec(text.slice(0, start));
  if (arrow === null) return undefined;
  const end = text.slice(0, arrow.index).trimEnd().length;
  let found: { readonly start: number; readonly type: TensorType } | undefined;
  for (const [node, seen] of asked.spot.checked.facts.values) {
    if (node.end !== end || seen.kind !== 'tensor') continue;
    if (found === undefined || node.start > found.start) found = { start: node.start, type: seen.type };
  }
  return found?.type;
}
