/** What all sections share: closed sets of keys, each at most once. */

import type { Fix } from '../problem.ts';
import { nearest } from '../syntax/nearest.ts';
import { isSectionKey, sectionKeys } from '../syntax/sections.ts';
import type { Chunk, Entry } from '../syntax/tree.ts';
import { gapBefore } from './advice/gap.ts';
import type { SectionKind } from './checked.ts';
import type { Frame } from './frame.ts';
import { place } from './frame.ts';
import { complain, replaceFix, report } from './report.ts';
import { suggest } from './resolve.ts';
import { tellSplitKey } from './split-key.ts';

/** The entries of a section by key; unknown and doubled keys are reported and left out. */
export function sectionEntries(
  kind: SectionKind,
  body: readonly { readonly kind: string }[],
  frame: Frame,
): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const area = kind === 'data' ? 'data' : 'train';
  for (const item of body) {
    if (!isEntry(item) || item.key.text === '') continue;
    const { key } = item;
    if (!isSectionKey(kind, key.text)) {
      if (RATES.has(key.text) && area === 'train') tellRate(item, body, frame);
      else if (DEVICE.has(key.text) && area === 'train') {
        const fixes = [removeLine('train/device-key/remove', item, frame)];
        complain(frame, key, 'train/device-key', { key: key.text }, fixes);
      } else if (kind !== 'data' || !tellSplitKey(item, body, frame))
        suggest(frame, key, key.text, `${area}/unknown-key`, sectionKeys[kind], { section: kind });
      continue;
    }
    frame.facts?.targets.set(key, { kind: 'key', section: kind, key: key.text });
    const before = entries.get(key.text);
    if (before) {
      report(frame, key, {
        message: { key: `${area}/key-twice`, values: { key: key.text } },
        related: [{ at: place(frame, before.key), message: { key: 'name/twice.first', values: { name: key.text } } }],
      });
      continue;
    }
    entries.set(key.text, item);
  }
  return entries;
}

/** What the learning rate is called where it is no setting of the optimizer. */
const RATES: ReadonlySet<string> = new Set(['lr', 'learning_rate', 'learningRate', 'rate']);

/** What belongs to the machine and not to the program. */
const DEVICE: ReadonlySet<string> = new Set([
  'device',
  'gpu',
  'gpus',
  'cuda',
  'engine',
  'threads',
  'workers',
  'num_workers',
]);

/** The line of an entry taken out. */
function removeLine(id: string, item: Entry, frame: Frame): Fix {
  const { text } = frame.chunk;
  const start = gapBefore(text, item.start);
  const title = { key: 'fix/remove-stage', values: { stage: item.key.text } };
  return { id, title, preferred: true, edits: [{ at: place(frame, { start, end: item.end }), newText: '' }] };
}

/** A learning rate as a key: it is the optimizer's first setting. */
function tellRate(item: Entry, body: readonly { readonly kind: string }[], frame: Frame): void {
  const value = frame.chunk.text.slice(item.value.start, item.value.end);
  const given = body.some((other) => isEntry(other) && other.key.text === 'optimizer');
  const text = `optimizer: Adam(${value})`;
  const fixes =
    given || item.value.kind !== 'number' ? [] : [replaceFix(frame, 'train/rate-key/optimizer', item, text)];
  complain(frame, item.key, 'train/rate-key', { key: item.key.text, value }, fixes);
}

/** Whether a key that is missing was most likely meant by one that the section does not have: `losss`. */
export function isMeant(key: string, kind: SectionKind, body: readonly { readonly kind: string }[]): boolean {
  return body.some(
    (item) => isEntry(item) && !isSectionKey(kind, item.key.text) && nearest(item.key.text, sectionKeys[kind]) === key,
  );
}

function isEntry(item: { readonly kind: string }): item is Entry {
  return item.kind === 'entry';
}

/** A key that may be written, but whose work comes with a later version. */
export interface Unsupported {
  readonly entry: Entry;
  readonly chunk: Chunk;
}

/** What these keys say where they change nothing: then they may stand in a run, too. */
const STANDARD: Readonly<Record<string, string>> = { devices: '1', precision: 'float32', keep: 'all' };

export function unsupportedOf(
  keys: readonly string[],
  entries: ReadonlyMap<string, Entry>,
  frame: Frame,
): Unsupported[] {
  return keys.flatMap((key) => {
    const entry = entries.get(key);
    if (!entry) return [];
    const text = frame.chunk.text.slice(entry.value.start, entry.value.end);
    return text === (STANDARD[key] ?? 'none') ? [] : [{ entry, chunk: frame.chunk }];
  });
}
