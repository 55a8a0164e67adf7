/**
 * The catalogue: every entry by its place and name. A name means the entry of the place where it stands; an entry's file
 * and its key are `place/name`.
 */
import type { Entry, EntryPlace } from './entry.ts';
import { modelEntries } from './model.ts';
import { operatorEntries } from './operators.ts';
import { pipelineEntries } from './pipeline.ts';
import { trainingEntries } from './training.ts';

/** All entries, in the order of their lists. */
export const entries: readonly Entry[] = [...modelEntries, ...operatorEntries, ...trainingEntries, ...pipelineEntries];

const byKey: ReadonlyMap<string, Entry> = new Map(entries.map((entry) => [`${entry.place}/${entry.name}`, entry]));

/** What the checker, the editor and the compiler ask of the catalogue. */
export interface Catalog {
  /** The entry that `name` means at `place`. */
  find(place: EntryPlace, name: string): Entry | undefined;
  /** By `place/name`, as plans write it. */
  get(key: string): Entry | undefined;
  /** Every name that may stand at `place`, in the order of the catalogue. */
  names(place: EntryPlace): readonly string[];
}

export const catalog: Catalog = {
  find(place, name) {
    return byKey.get(`${place}/${name}`);
  },
  get(key) {
    return byKey.get(key);
  },
  names(place) {
    return entries.flatMap((entry) => (entry.place === place ? [entry.name] : []));
  },
};
