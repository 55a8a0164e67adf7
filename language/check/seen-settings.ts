/** A call's settings as editors show them. */
import { isDim, isList } from '../catalog/checked.ts';
import type { CheckedSettings, CheckedValue } from '../catalog/entry.ts';
import type { Seen } from './checked.ts';

export function seenSettings(settings: CheckedSettings): Readonly<Record<string, Seen>> {
  const seen: Record<string, Seen> = {};
  for (const name of Object.keys(settings)) seen[name] = seenSetting(settings[name] ?? null);
  return seen;
}

/** Most settings of most calls are left out: these values are made once. */
const none: Seen = { kind: 'word', text: 'none' };
const flags = { yes: { kind: 'flag', value: true }, no: { kind: 'flag', value: false } } as const;
const zero: Seen = { kind: 'number', value: 0 };

function seenSetting(value: CheckedValue): Seen {
  if (value === null) return none;
  if (typeof value === 'number') return value === 0 ? zero : { kind: 'number', value };
  if (typeof value === 'boolean') return value ? flags.yes : flags.no;
  if (typeof value === 'string') return { kind: 'word', text: value };
  if (isList(value)) return { kind: 'list', items: value.map(seenSetting) };
  if (isDim(value)) return { kind: 'size', dim: value };
  return { kind: 'layer', title: value.call.slice(value.call.indexOf('/') + 1) };
}
