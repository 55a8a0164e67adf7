/** Completion at the start of a line (declarations, statements, keys) and of what a key takes. */

import type { EntryPlace } from '../catalog/entry.ts';
import { catalog } from '../catalog/index.ts';
import type { BodyKind, Place } from '../syntax/expected.ts';
import { type SectionName, sectionKeys } from '../syntax/sections.ts';
import { type Asked, type Item, item } from './completion.ts';
import { fittingCalls } from './completion-losses.ts';
import { entryItem } from './completion-names.ts';
import { keyDoc } from './section-docs.ts';
import { declarationSnippets, type Snippet, snippetDetail, statementSnippets } from './snippets.ts';

export function lineItems(
  place: Extract<Place, { readonly kind: 'declaration' | 'statement' }>,
  asked: Asked,
): readonly Item[] {
  if (place.kind === 'declaration') return snippetItems(declarationSnippets, asked);
  return bodyItems(place.body, asked);
}

function snippetItems(snippets: readonly Snippet[], { tell }: Asked): readonly Item[] {
  return snippets.map(({ word, insert }, index) =>
    item(word, 'keyword', index, { detail: snippetDetail(word, tell), insert, snippet: true }),
  );
}

function bodyItems(body: BodyKind, asked: Asked): readonly Item[] {
  switch (body) {
    case 'unit':
    case 'extern':
      return snippetItems(statementSnippets, asked);
    case 'data':
    case 'train':
    case 'tune':
    case 'evaluate':
    case 'export':
      return keyItems(body, asked);
  }
}

/** The keys of a section that are not written yet. */
function keyItems(section: SectionName, asked: Asked): readonly Item[] {
  const { declaration } = asked.spot.placed.chunk;
  const lines = declaration !== undefined && 'body' in declaration ? declaration.body : [];
  const here = (line: { readonly start: number; readonly end: number }) =>
    line.start <= asked.spot.at && asked.spot.at <= line.end;
  const written = new Set(lines.flatMap((line) => (line.kind === 'entry' && !here(line) ? [line.key.text] : [])));
  return sectionKeys[section]
    .filter((key) => !written.has(key))
    .map((key, index) =>
      item(key, 'key', index, { doc: keyDoc(section, key, asked.locale) ?? '', insert: `${key}: ` }),
    );
}

/** Places of the library whose names a key takes. */
const placesOfKey: Readonly<Record<string, readonly EntryPlace[]>> = {
  loss: ['loss'],
  metrics: ['metric'],
  expect: ['metric'],
  optimizer: ['optimizer'],
  source: ['source'],
  augment: ['augment'],
};

const wordsOfKey: Readonly<Record<string, readonly string[]>> = {
  shuffle: ['true', 'false'],
  cache: ['none', 'memory', 'disk'],
  clip: ['1.0', 'byValue(0.5)'],
  precision: ['float32', 'mixed'],
  save: ['last', 'best(validation.loss)', 'every(1_000)'],
  stop: ['early(patience: 5)'],
  validate: ['every(500)'],
  validation: ['10%', '20%'],
  test: ['10%', '20%'],
  maximize: ['validation.accuracy'],
  minimize: ['validation.loss'],
  average: ['ema(0.999)'],
  search: ['random(trials: 20)', 'bayesian(trials: 20)'],
  format: ['onnx'],
};

const closedKeys: ReadonlySet<string> = new Set([
  'start',
  'run',
  'shuffle',
  'cache',
  'precision',
  'save',
  'stop',
  'validate',
  'average',
  'search',
  'format',
]);

export function isClosedKey(key: string): boolean {
  return closedKeys.has(key);
}

/** Keys that name declarations or parts of this file. */
function namedItems(key: string, asked: Asked): readonly Item[] {
  switch (key) {
    case 'start':
    case 'run':
      return trainNames(asked);
    case 'balance':
    case 'weight':
    case 'slices':
    case 'deduplicate':
      return fieldNames(asked);
    default:
      return [];
  }
}

/** Names of the `train` blocks, the one being written left out. */
function trainNames(asked: Asked): readonly Item[] {
  return asked.file.syntax.chunks.flatMap(({ chunk }) => {
    const d = chunk.declaration;
    if (d?.kind !== 'run' || d.run !== 'train' || chunk === asked.spot.placed.chunk) return [];
    return [item(d.as?.text ?? d.model.map((name) => name.text).join('.'), 'data', 0)];
  });
}

/** Fields of the data section that is being written, or of the data of the run. */
function fieldNames(asked: Asked): readonly Item[] {
  const own = asked.spot.placed.chunk.declaration;
  const name = own?.kind === 'run' ? own.on?.name.text : undefined;
  const data =
    own?.kind === 'data'
      ? own
      : asked.file.syntax.chunks
          .map(({ chunk }) => chunk.declaration)
          .find((d) => d?.kind === 'data' && d.name.text === name);
  if (data?.kind !== 'data') return [];
  return data.body.flatMap((line) => (line.kind === 'field' ? [item(line.name.text, 'variable', 0)] : []));
}

/** What stands after `optimizer: ▮`. */
export function entryItems(_section: SectionName, key: string, asked: Asked): readonly Item[] {
  const places = Object.hasOwn(placesOfKey, key) ? (placesOfKey[key] ?? []) : [];
  const words = Object.hasOwn(wordsOfKey, key) ? (wordsOfKey[key] ?? []) : [];
  const calls = places.flatMap((place) => (place === 'loss' || place === 'metric' ? fittingCalls(place, asked) : []));
  const entries = places.flatMap((place) =>
    catalog.names(place).flatMap((name) => {
      const entry = catalog.find(place, name);
      return entry === undefined ? [] : [{ ...entryItem(entry, 2), insert: `${name}($0)`, snippet: true }];
    }),
  );
  return [
    ...calls,
    ...namedItems(key, asked),
    ...words.map((word, index) => item(word, 'word', index / 100)),
    ...entries,
  ];
}
