/** Ranges `a..b` as settings. */
import { numbersOf } from '../checked.ts';
import type { CheckedSettings, Refusal } from '../entry.ts';
import { atSetting, refuse, setTo } from '../refuse.ts';

/** Refuses a range whose ends are equal: everything would be divided by zero. */
export function refuseEmptyRange(callee: string, settings: CheckedSettings, name: string): Refusal | undefined {
  const range = numbersOf(settings, name);
  if (range === undefined || range === 'none' || range[0] !== range[1] || range[0] === undefined) return undefined;
  return refuse('argument/empty-range', { callee, setting: name, value: range[0] }, { at: atSetting(name) });
}

/** Refuses a range whose first end is above its second. */
export function refuseReversedRange(callee: string, settings: CheckedSettings, name: string): Refusal | undefined {
  const range = numbersOf(settings, name);
  if (range === undefined || range === 'none') return undefined;
  const [low, high] = range;
  if (low === undefined || high === undefined || low <= high) return undefined;
  const fixes = [setTo('argument/reversed-range/turn', name, `${high}..${low}`)];
  return refuse('argument/reversed-range', { callee, setting: name, low, high }, { at: atSetting(name), fixes });
}
