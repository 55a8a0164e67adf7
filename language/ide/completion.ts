/**
 * What can be written at the cursor, best first. The parser says what it would accept there (`expectedAt`); here that becomes
 * items: what fits comes first, then what else is legal. Each item's `order` sorts it; equal names keep their best place.
 */
import type { Entry } from '../catalog/entry.ts';
import type { CheckedFile } from '../check/checked.ts';
import { entryDoc } from '../messages/entries/index.ts';
import type { Locale } from '../messages/table.ts';
import type { Place } from '../syntax/expected.ts';
import { expectedAt } from '../syntax/parse.ts';
import type { Span, SyntaxFile } from '../syntax/tree.ts';
import { argumentItems, settingItems } from './completion-arguments.ts';
import { importedItems } from './completion-imports.ts';
import { entryItems, isClosedKey, lineItems } from './completion-lines.ts';
import {
  dimensionItems,
  memberItems,
  paramTypeItems,
  typeItems,
  unitItems,
  valueItems,
  wordItems,
} from './completion-names.ts';
import { stageItems } from './completion-stages.ts';
import type { TextEdit } from './formatting.ts';
import { type Spot, spotAt } from './locate.ts';
import { type Tell, tellIn } from './tell.ts';

export type ItemKind =
  | 'layer'
  | 'function'
  | 'unit'
  | 'data'
  | 'variable'
  | 'parameter'
  | 'size'
  | 'setting'
  | 'key'
  | 'word'
  | 'keyword'
  | 'type'
  | 'file'
  | 'folder';

export interface Item {
  readonly label: string;
  readonly kind: ItemKind;
  /** One line beside the label: a type, a signature. */
  readonly detail: string;
  /** Markdown, shown when the item is looked at. */
  readonly doc: string;
  /** The entry of the catalogue that it is, which has a text in every language. */
  readonly entry?: Entry;
  /** What is written; a snippet where `snippet` is set. */
  readonly insert: string;
  readonly snippet: boolean;
  /** Smaller comes first. */
  readonly order: number;
  /** What is changed beside: an import. */
  readonly also?: readonly TextEdit[];
}

export interface Completion {
  readonly items: readonly Item[];
  /** File offsets of what an item replaces. */
  readonly replace: Span;
}

export interface Asked {
  readonly file: CheckedFile;
  readonly spot: Spot;
  readonly locale: Locale;
  readonly tell: Tell;
  /** Trees of the programs that can be imported. */
  readonly programs: readonly SyntaxFile[];
}

/** An item with everything that is mostly the same filled in. */
export function item(
  label: string,
  kind: ItemKind,
  order: number,
  more: Partial<Omit<Item, 'label' | 'kind' | 'order'>> = {},
): Item {
  return { detail: '', doc: '', insert: label, snippet: false, ...more, label, kind, order };
}

export function completion(
  file: CheckedFile,
  offset: number,
  { locale = 'en', programs = [] }: { readonly locale?: Locale; readonly programs?: readonly SyntaxFile[] } = {},
): Completion | undefined {
  const spot = spotAt(file, offset);
  if (spot === undefined) return undefined;
  const expected = expectedAt(spot.placed.chunk.text, spot.at);
  const [first] = expected;
  if (first === undefined) return undefined;
  const asked: Asked = { file, spot, locale, tell: tellIn(locale), programs };
  const best = new Map<string, Item>();
  // Some keys take words of their own only: no value in scope is one.
  const closed = expected.some((one) => one.place.kind === 'entry' && isClosedKey(one.place.key.text));
  for (const { place } of expected) {
    if (place.kind === 'value' && closed) continue;
    for (const found of itemsOf(place, asked)) {
      const before = best.get(found.label);
      if (before === undefined || found.order < before.order) best.set(found.label, found);
    }
  }
  const { start, end } = first.replace;
  // Right after `->`, `:` and `,` the space is written as well.
  const space = start === end && /(?:->|[:,])$/.test(spot.placed.chunk.text.slice(0, start)) ? ' ' : '';
  const items = [...best.values()]
    .sort((a, b) => a.order - b.order)
    .map((one) => (space === '' ? one : { ...one, insert: space + one.insert }))
    .map((one) => (one.entry === undefined || locale === 'en' ? one : { ...one, doc: entryDoc(one.entry, locale) }));
  return { items, replace: { start: spot.placed.offset + start, end: spot.placed.offset + end } };
}

function itemsOf(place: Place, asked: Asked): readonly Item[] {
  switch (place.kind) {
    case 'declaration':
    case 'statement':
      return lineItems(place, asked);
    case 'value':
      return valueItems(asked);
    case 'stage':
    case 'body':
      return stageItems(place, asked);
    case 'argument':
      return argumentItems(place, asked);
    case 'setting':
      return settingItems(place, asked);
    case 'entry':
      return entryItems(place.section, place.key.text, asked);
    case 'type':
      return typeItems();
    case 'dimension':
      return dimensionItems(asked);
    case 'param-type':
      return paramTypeItems();
    case 'unit':
    case 'data':
      return unitItems(place.kind, asked);
    case 'member':
    case 'member-of-name':
      return memberItems(place, asked);
    case 'words':
      return wordItems(place.words);
    case 'imported':
      return importedItems(asked);
    case 'new-name':
      return [];
  }
}
