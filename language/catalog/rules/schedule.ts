/**
 * Warm-up and the way to the end of the run, in numbers of optimizer updates that count from 0. A `warmup` below 1 is a
 * part of the run (`5%`), else a number of updates.
 */
import type { Settings } from '../../plan/plan.ts';
import { num } from '../planned.ts';
import { number } from '../settings.ts';

export const peakSetting = number('The highest rate.', { min: 0, open: 'min' });
export const warmupSetting = number('How long the rate rises: a number of updates, or a part of the run (`5%`).', {
  min: 0,
  default: 0,
  named: true,
});
export const endSetting = number('The rate at the end of the run.', { min: 0, default: 0, named: true });

/** How long one stretch is of a schedule that goes by stretches. */
export const everySetting = number('After how long: a number of updates, or a part of the run (`10%`).', {
  min: 0,
  open: 'min',
  named: true,
});

/** The updates of one stretch. */
export function everyOf(total: number, settings: Settings): number {
  const every = num(settings, 'every');
  return every < 1 ? Math.max(every * total, 1) : every;
}

/** How many updates the warm-up takes. */
export function warmupOf(total: number, settings: Settings): number {
  const warmup = num(settings, 'warmup');
  return warmup < 1 ? Math.round(warmup * total) : Math.min(warmup, total);
}

/** The rate during the warm-up (its first update already has one part of the peak), and `after` from then on. */
export function warmed(step: number, total: number, settings: Settings, after: () => number, peak = 'peak'): number {
  const warmup = warmupOf(total, settings);
  return step < warmup ? (num(settings, peak) * (step + 1)) / warmup : after();
}

/** How much of the way from the end of the warm-up to the end of the run is behind: 0 to 1. */
export function fallen(step: number, total: number, settings: Settings): number {
  const warmup = warmupOf(total, settings);
  return Math.min(Math.max((step - warmup) / Math.max(total - warmup, 1), 0), 1);
}
