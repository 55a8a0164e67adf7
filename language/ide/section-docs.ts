/** What a key of a section is for, in the reader's language. */
import { messages, render } from '../messages/render.ts';
import type { Locale } from '../messages/table.ts';
import type { SectionName } from '../syntax/sections.ts';

export function keyDoc(section: SectionName, key: string, locale: Locale): string | undefined {
  const own = `key/${section}.${key}`;
  const shared = `key/train.${key}`;
  const found = own in messages ? own : section === 'tune' && shared in messages ? shared : undefined;
  return found === undefined ? undefined : render({ key: found, values: {} }, locale);
}
