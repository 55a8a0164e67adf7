/** What an entry of the catalogue is, in the reader's language: the entry says it in English, these tables in Chinese. */
import type { Entry, EntryPlace } from '../../catalog/entry.ts';
import type { Locale } from '../table.ts';
import { augmentationsZh, sourcesZh, transformsZh } from './data.ts';
import { functionsZh, operatorsZh } from './functions.ts';
import { layersZh } from './layers.ts';
import { initialisersZh, lossesZh, metricsZh, optimizersZh, schedulesZh } from './training.ts';

/** By place; a test sees to it that every entry stands in one of them. */
export const entryDocsZh: Readonly<Record<EntryPlace, readonly Readonly<Record<string, string>>[]>> = {
  model: [layersZh, functionsZh],
  operator: [operatorsZh],
  loss: [lossesZh],
  metric: [metricsZh],
  optimizer: [optimizersZh],
  schedule: [schedulesZh],
  initialiser: [initialisersZh],
  source: [sourcesZh],
  data: [transformsZh],
  augment: [augmentationsZh],
  tune: [],
};

/** One or two sentences: what it does. Markdown. */
export function entryDoc(entry: Entry, locale: Locale): string {
  if (locale === 'en') return entry.doc;
  const table = entryDocsZh[entry.place].find((one) => Object.hasOwn(one, entry.name));
  return table?.[entry.name] ?? entry.doc;
}
