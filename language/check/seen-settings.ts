/** A call's settings as editors show them. */
import { isDim, isList } from '../catalog/checked.ts';
import type { CheckedSettings, CheckedValue } from '../catalog/entry.ts';
import type { Seen } from './checked.ts';

export function seenSettings(settings: CheckedSettings): Readonly<Record<string, Seen>> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, seenSetting(value)]));
}

function seenSetting(value: CheckedValue): Seen {
  if (value === null) return { kind: 'word', text: 'none' };
  if (typeof value === 'number') return { kind: 'number', value };
  if (typeof value === 'boolean') return { kind: 'flag', value };
  if (typeof value === 'string') return { kind: 'word', text: value };
  if (isList(value)) return { kind: 'list', items: value.map(seenSetting) };
  if (isDim(value)) return { kind: 'size', dim: value };
  return { kind: 'layer', title: value.call.slice(value.call.indexOf('/') + 1) };
}
