/** What an entry of the catalogue is, in the reader's language: the entry says it in English, these tables in Chinese. */
import type { Entry, EntryPlace } from '../../catalog/entry.ts';
import type { Locale } from '../table.ts';
import { augmentationsZh, sourcesZh, transformsZh } from './data.ts';
import { functionsZh, operatorsZh } from './functions.ts';
import { layersZh } from './layers.ts';
import { settingsZh } from './settings.ts';
import { sharedSettingsZh } from './settings-shared.ts';
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

/** What settings are, by their English text: many entries share one. A test sees to it that none is missing. */
export const settingDocsZh: readonly Readonly<Record<string, string>>[] = [sharedSettingsZh, settingsZh];

/** What a setting is; of an input, which has no other text, the English one. */
export function settingDoc(doc: string, locale: Locale): string {
  if (locale === 'en') return doc;
  return settingDocsZh.find((one) => Object.hasOwn(one, doc))?.[doc] ?? doc;
}
