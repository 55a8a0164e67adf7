/** Frequencies as ears tell them apart: even steps in mel, and triangles over the frequencies of a spectrum. */
import type { Settings } from '../../plan/plan.ts';
import { constant } from '../../shapes/dim.ts';
import type { Builder, Value } from '../builder.ts';
import { dimOf, isNone, numberOf } from '../checked.ts';
import type { CheckedSettings, Refusal, RuleContext, RuleInputs } from '../entry.ts';
import { maybeNum, num } from '../planned.ts';
import { atSetting, refuse } from '../refuse.ts';
import { integer, number } from '../settings.ts';
import { fftOf, frameSettings, framesOf, spectrum, transformSettings } from './spectrum.ts';

const { frame, step } = frameSettings();
export const melSettings = {
  frame,
  step,
  bands: integer('How many bands the frequencies are put together in.', { min: 1, default: 80 }),
};
export const melNamed = {
  rate: integer('How many moments the sound has in a second.', { min: 1, named: true }),
  low: number('Where the lowest band begins, in hertz.', { min: 0, default: 20, named: true }),
  high: number('Where the highest band ends, in hertz; half the rate unless said.', {
    min: 0,
    open: 'min',
    default: null,
    named: true,
  }),
  ...transformSettings('power'),
};

/** `[..., frames]` of a sound; refused where the bands do not lie within its frequencies. */
export function melFrames(
  callee: string,
  inputs: RuleInputs,
  settings: CheckedSettings,
  context: RuleContext,
): ReturnType<typeof framesOf> {
  return refuseBands(callee, settings) ?? framesOf(callee, inputs, settings, context);
}

function refuseBands(callee: string, settings: CheckedSettings): Refusal | undefined {
  const rate = constant(dimOf(settings, 'rate'));
  const low = numberOf(settings, 'low') ?? 0;
  const high = isNone(settings, 'high') ? rate && rate / 2 : numberOf(settings, 'high');
  if (rate === undefined || high === undefined) return undefined;
  if (low < high && high <= rate / 2) return undefined;
  const values = { callee, low, high, rate, most: rate / 2 };
  return refuse('argument/bands', values, { at: atSetting(isNone(settings, 'high') ? 'low' : 'high') });
}

/** `[..., n] -> [..., frames, bands]`. */
export function melSpectrum(b: Builder, x: Value, settings: Settings): Value {
  const bins = Math.floor(fftOf(settings) / 2) + 1;
  const rate = num(settings, 'rate');
  const bands = num(settings, 'bands');
  const high = maybeNum(settings, 'high') ?? rate / 2;
  const matrix = melMatrix(bins, bands, rate, [num(settings, 'low'), high]);
  return b.dense(spectrum(b, x, settings), b.constant(matrix, [bins, bands]));
}

const mel = (hertz: number): number => 1127 * Math.log(1 + hertz / 700);

/** Triangles of height 1, even in mel; the lowest frequency (the mean) is in none of them. [bins, bands]. */
function melMatrix(bins: number, bands: number, rate: number, [low, high]: readonly [number, number]): number[] {
  const [first, last] = [mel(low), mel(high)];
  const width = (last - first) / (bands + 1);
  return Array.from({ length: bins * bands }, (_, i) => {
    const [bin, band] = [Math.floor(i / bands), i % bands];
    if (bin === 0) return 0;
    const at = mel((bin * rate) / 2 / (bins - 1));
    const centre = first + width * (band + 1);
    return Math.max(0, 1 - Math.abs(at - centre) / width);
  });
}
