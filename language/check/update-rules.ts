/** What bounds an update: gradients that are clipped, and a rate that listens to a metric. */
import { isCall } from '../catalog/checked.ts';
import type { CheckedCall } from '../catalog/entry.ts';
import { number } from '../catalog/settings.ts';
import type { TrainSettings } from '../plan/plan.ts';
import type { Entry, Expr } from '../syntax/tree.ts';
import type { Frame } from './frame.ts';
import { complain } from './report.ts';
import { byValue } from './run-rules.ts';
import { callOf } from './training.ts';
import { whole } from './training-keys.ts';
import { readTried } from './tune-values.ts';
import { checkWatched, rule, type Watchable } from './watching.ts';

type Found = { readonly entry: Entry; readonly frame: Frame } | undefined;

const clip = number('The largest norm of all gradients together.', { min: 0, open: 'min', default: null });

/** `clip: 1.0` bounds the norm of all gradients together, `clip: byValue(0.5)` each of their numbers. */
export function clipOf(found: Found): Pick<TrainSettings, 'clip' | 'clipValue'> {
  if (!found) return { clip: undefined };
  return readTried(found.entry.value, found.frame, (value) => oneClip(value, found)) ?? { clip: undefined };
}

function oneClip(value: Expr, found: NonNullable<Found>): Pick<TrainSettings, 'clip' | 'clipValue'> {
  if (value.kind === 'number' && value.value === 0) {
    complain(found.frame, value, 'train/clip-zero');
    return { clip: undefined };
  }
  if (value.kind !== 'call') return { clip: whole({ ...found, entry: { ...found.entry, value } }, 'clip', clip) };
  const limit = rule(value, [byValue], found.frame)?.settings.limit;
  return { clip: undefined, ...(typeof limit === 'number' ? { clipValue: limit } : {}) };
}

/** A schedule that listens to a metric must name one that this block measures. */
export function checkListening(optimizer: CheckedCall | undefined, found: Found, watched: Watchable): void {
  const rate = optimizer?.settings.lr;
  if (!found || !isCall(rate)) return;
  const schedule = found.frame.session.program.catalog.get(rate.call);
  if (schedule?.kind !== 'schedule' || !schedule.watches) return;
  const { watch: metric } = rate.settings;
  const written = listener(found.entry.value, schedule.name);
  if (!written || typeof metric !== 'string') return;
  const watch = callOf(written)?.args.find((arg) => arg.name?.text === 'watch')?.value;
  checkWatched(metric, { at: watch ?? written, written: watch }, watched, found.frame);
}

/** The schedule's call among the optimizer's arguments. */
function listener(optimizer: Expr, name: string): Expr | undefined {
  return callOf(optimizer)?.args.find((arg) => callOf(arg.value)?.name.text === name)?.value;
}
