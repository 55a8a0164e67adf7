/**
 * Entries that the language defines and this version does not have yet. They are told from misspelt names; nothing else is
 * known of them. A test sees to it that none of them is in the catalogue.
 */
import type { EntryPlace } from '../catalog/entry.ts';

const later: Partial<Record<EntryPlace, string>> = {
  model: `
    Pretrained`,
};

const names = new Map(Object.entries(later).map(([place, text]) => [place, new Set(text.trim().split(/\s+/u))]));

/** True for the name of an entry that comes with a later version. */
export function isLater(place: EntryPlace, name: string): boolean {
  return names.get(place)?.has(name) ?? false;
}

/** The names of all places, for tests. */
export function laterNames(): readonly (readonly [string, string])[] {
  return [...names].flatMap(([place, set]) => [...set].map((name) => [place, name] as const));
}
