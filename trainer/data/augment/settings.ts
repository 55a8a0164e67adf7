/** Reads the settings of an augmentation. A value of the wrong kind cannot come out of the checker. */
import type { Settings } from '../../../language/index.ts';

export function numberAt(settings: Settings, name: string): number {
  const value = settings[name];
  if (typeof value === 'number') return value;
  throw new Error(`The plan's augmentation has no number \`${name}\`, but ${JSON.stringify(value)}.`);
}

export function rangeAt(settings: Settings, name: string): readonly [number, number] {
  const value = settings[name];
  if (Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number') return [value[0], value[1]];
  throw new Error(`The plan's augmentation has no range \`${name}\`, but ${JSON.stringify(value)}.`);
}
