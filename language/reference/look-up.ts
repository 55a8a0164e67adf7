/** An entry of the catalogue by its name, as its reference page; and names that are near, where there is none. */
import type { Entry } from '../catalog/entry.ts';
import { entries } from '../catalog/index.ts';
import { nearest } from '../syntax/nearest.ts';
import { entryPage } from './pages.ts';

export interface FoundEntry {
  readonly name: string;
  /** Where the name may stand: `model`, `loss`, `optimizer` … */
  readonly place: string;
  /** Markdown: what it does, signature, inputs, settings, examples with the shapes that come out. */
  readonly page: string;
}

export interface Lookup {
  /** One for each place where the name has a meaning. */
  readonly found: readonly FoundEntry[];
  /** Where nothing is found: the name that is nearest in spelling, and those that hold the word or whose text does. */
  readonly near: readonly string[];
}

/** At most so many names are told. */
const NEAR = 12;

/** Looks up a name as the catalogue writes it; capitals don't matter. */
export function lookUp(word: string): Lookup {
  const wanted = word.trim().toLowerCase();
  const found = entries.filter((entry) => entry.name.toLowerCase() === wanted);
  if (found.length > 0) {
    return {
      found: found.map((entry) => ({ name: entry.name, place: entry.place, page: entryPage(entry) })),
      near: [],
    };
  }
  const spelled = nearest(
    word,
    entries.map((entry) => entry.name),
  );
  const holding = entries.filter((entry) => wanted !== '' && holds(entry, wanted)).map((entry) => entry.name);
  const near = [...(spelled === undefined ? [] : [spelled]), ...holding];
  return { found: [], near: [...new Set(near)].slice(0, NEAR) };
}

function holds(entry: Entry, word: string): boolean {
  return entry.name.toLowerCase().includes(word) || entry.doc.toLowerCase().includes(word);
}
