/** Completion of names: values, sizes, types, units, members. */

import type { Entry } from '../catalog/entry.ts';
import { catalog } from '../catalog/index.ts';
import type { Seen } from '../check/checked.ts';
import { printType } from '../shapes/type.ts';
import type { Place } from '../syntax/expected.ts';
import { dtypes, paramTypes, startsLower, startsUpper } from '../syntax/tokens.ts';
import type { Chunk, Declaration, Name } from '../syntax/tree.ts';
import { type Asked, type Item, item } from './completion.ts';
import { foreignItems } from './completion-imports.ts';
import { printSeen, requiredInputs, shortSignature } from './print.ts';
import { declaredNames, localsBefore, placesFor, type ScopeName } from './scope.ts';
import type { Tell } from './tell.ts';

/** Names that are a value, nearest first; then functions of the library. */
export function valueItems(asked: Asked): readonly Item[] {
  const { declaration } = asked.spot.placed.chunk;
  const locals = localItems(asked, 100);
  const functions = placesFor(declaration?.kind).flatMap((place) =>
    catalog.names(place).flatMap((name) => {
      const entry = catalog.find(place, name);
      return entry === undefined || !callable(entry, declaration) ? [] : [entryItem(entry, 300)];
    }),
  );
  const words = ['if', 'true', 'false'].map((word) => item(word, 'keyword', 500));
  return [...locals, ...sideItems(asked), ...functions, ...words];
}

/** Where a value is needed, a function may be called with its inputs in the brackets. */
function callable(entry: Entry, declaration: Declaration | undefined): boolean {
  if (declaration?.kind === 'run') return entry.kind !== 'combinator';
  if (declaration?.kind === 'data') return entry.kind === 'source' || entry.kind === 'transform';
  return entry.kind === 'operation' && startsLower(entry.name);
}

export function localItems(asked: Asked, order: number): readonly Item[] {
  const { facts } = asked.spot.checked;
  const locals = localsBefore(asked.spot.placed.chunk, asked.spot.at);
  return locals.flatMap((local, index): readonly Item[] => {
    if (local.name.text === '' || local.name.text === '_') return [];
    return [localItem(local, facts.values.get(local.name), order + (locals.length - index) / 1000, asked.tell)];
  });
}

function localItem(local: ScopeName, value: Seen | undefined, order: number, tell: Tell): Item {
  const kind = local.what === 'parameter' ? 'parameter' : local.what === 'size' ? 'size' : 'variable';
  const what = tell(`what.${local.what}`);
  const detail = value === undefined || value.kind === 'unknown' ? what : `${what}: ${printSeen(value, tell)}`;
  return item(local.name.text, kind, order + (kind === 'variable' ? 0 : 1), { detail });
}

/** In a run: outputs of its model and fields of its data; in data: the raw columns. */
function sideItems(asked: Asked): readonly Item[] {
  const { declaration } = asked.spot.placed.chunk;
  if (declaration?.kind === 'data') {
    const columns = asked.spot.checked.facts.columns ?? [];
    return columns.map((c) =>
      item(c.name, 'variable', 110, { detail: asked.tell('column-detail', { type: printType(c.type) }) }),
    );
  }
  if (declaration?.kind !== 'run') return [];
  const model = partsOf(asked, declaration.model[0]?.text ?? '');
  const data = partsOf(asked, declaration.on?.name.text ?? '');
  return [...model, ...data];
}

/** The outputs of a unit, or the fields of a data section, of this file. */
function partsOf(asked: Asked, name: string): readonly Item[] {
  const index = asked.file.syntax.chunks.findIndex(({ chunk }) => declares(chunk, name));
  const d = asked.file.syntax.chunks[index]?.chunk.declaration;
  const values = asked.file.declarations[index]?.facts.values;
  const { tell } = asked;
  const make = (part: Name, what: 'output' | 'field') => {
    const seen = values?.get(part);
    const type = seen === undefined || seen.kind === 'unknown' ? '' : printSeen(seen, tell);
    const detail = tell('part-of', { what: tell(`what.${what}`), owner: name, type });
    return item(part.text, 'variable', 105, { detail });
  };
  if (d?.kind === 'unit') {
    return d.body.flatMap((line) =>
      line.kind === 'output' && line.name !== undefined ? [make(line.name, 'output')] : [],
    );
  }
  if (d?.kind !== 'data') return [];
  return d.body.flatMap((line) => {
    if (line.kind === 'field') return [make(line.name, 'field')];
    return line.kind === 'bind' ? line.parts.map((part) => make(part.name, 'field')) : [];
  });
}

function declares(chunk: Chunk, name: string): boolean {
  const d = chunk.declaration;
  return (d?.kind === 'unit' || d?.kind === 'data') && d.name.text === name;
}

/** A name of the library with its call. */
export function entryItem(entry: Entry, order: number): Item {
  const layer = startsUpper(entry.name);
  const needs = Object.values(entry.settings).some((def) => def.default === undefined);
  const flows = requiredInputs(entry).length > 0 && layer;
  const braces = entry.kind === 'combinator';
  const call = braces ? (needs ? '($1) { $0 }' : ' { $0 }') : needs || (!flows && !layer) ? '($0)' : '';
  return item(entry.name, layer ? 'layer' : 'function', order, {
    detail: shortSignature(entry),
    doc: entry.doc,
    entry,
    insert: `${entry.name}${call}`,
    snippet: call !== '',
  });
}

/** Without brackets, for `-> relu`. */
export function stageItem(entry: Entry, order: number): Item {
  const made = entryItem(entry, order);
  const needs = Object.values(entry.settings).some((def) => def.default === undefined);
  const many = requiredInputs(entry).length > 1;
  if (entry.kind === 'combinator' || needs || many) return made;
  return { ...made, insert: entry.name, snippet: false };
}

export function typeItems(): readonly Item[] {
  return dtypes.map((name, index) => item(name, 'type', index));
}

export function paramTypeItems(): readonly Item[] {
  return paramTypes.map((name, index) => item(name, 'type', index));
}

export function dimensionItems(asked: Asked): readonly Item[] {
  const { values } = asked.spot.checked.facts;
  const locals = localsBefore(asked.spot.placed.chunk, asked.spot.at);
  const sizes = new Set(
    locals
      .filter((l) => l.what === 'size' || l.what === 'parameter' || values.get(l.name)?.kind === 'size')
      .map((l) => l.name.text),
  );
  return localItems(asked, 0).filter((i) => sizes.has(i.label));
}

export function wordItems(words: readonly string[]): readonly Item[] {
  return words.map((word, index) => item(word, 'keyword', 200 + index));
}

/** Names of models (`train ▮`) or of data sections (`on ▮`). */
export function unitItems(kind: 'unit' | 'data', asked: Asked): readonly Item[] {
  const wanted = kind === 'data' ? (['data'] as const) : (['model', 'block'] as const);
  const own = declaredNames(asked.file.syntax)
    .filter(
      (d) => d.kind === 'import' || (kind === 'data' ? d.kind === 'data' : d.kind === 'model' || d.kind === 'block'),
    )
    .map((d) =>
      item(d.name, kind === 'data' ? 'data' : 'unit', d.kind === 'block' ? 20 : 10, {
        detail: d.head,
        doc: d.doc ?? '',
      }),
    );
  return [...own, ...foreignItems(asked, wanted, 30)];
}

/** What stands after `.`: weights of a layer, outputs and layers of a unit, fields of data, metrics of validation. */
export function memberItems(
  place: Extract<Place, { readonly kind: 'member' | 'member-of-name' }>,
  asked: Asked,
): readonly Item[] {
  const name =
    place.kind === 'member' ? (place.object.kind === 'name' ? place.object.text : '') : (place.path.at(-1)?.text ?? '');
  if (name === 'validation') {
    return ['loss', ...catalog.names('metric')].map((metric, index) => item(metric, 'variable', index));
  }
  const chunk = asked.file.syntax.chunks.find((placed) => declares(placed.chunk, name))?.chunk;
  const parts = partsOf(asked, name);
  const d = chunk?.declaration;
  if (d?.kind === 'unit') {
    const layers = d.body.flatMap((line) => (line.kind === 'layer' ? [item(line.name.text, 'layer', 120)] : []));
    return [...parts, ...layers];
  }
  if (parts.length > 0) return parts;
  const layer = localsBefore(asked.spot.placed.chunk, asked.spot.at).find((l) => l.name.text === name);
  return layer?.what === 'layer' ? weightItems(asked, layer.name) : [];
}

/** `embed.weight`: what the layer that the name was given to owns. */
function weightItems(asked: Asked, name: Name): readonly Item[] {
  const d = asked.spot.placed.chunk.declaration;
  const line = d?.kind === 'unit' ? d.body.find((l) => l.kind === 'layer' && l.name.text === name.text) : undefined;
  if (line?.kind !== 'layer') return [];
  const fact = asked.spot.checked.facts.calls.get(line.value);
  const known = fact?.weights.map((w) => w.name) ?? [];
  const names = known.length > 0 ? known : ['weight', 'kernel', 'bias'];
  return names.map((weight, index) =>
    item(weight, 'variable', index, { detail: asked.tell('weight-of', { layer: name.text }) }),
  );
}
