/**
 * Short-time spectra: a sound cut into overlapping frames, each weighed by a window and taken apart into frequencies. The
 * frames and their discrete Fourier transform are one convolution over time, whose filters are constants.
 */
import type { Settings } from '../../plan/plan.ts';
import { constant, type Dim, known, order, printDim, unknown } from '../../shapes/dim.ts';
import type { TensorType } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import { dimOf, isNone } from '../checked.ts';
import type { CheckedSettings, InputDef, Refusal, RuleContext, RuleInputs } from '../entry.ts';
import { maybeNum, num, wordAt } from '../planned.ts';
import { atSetting, isRefusal, refuse } from '../refuse.ts';
import { integer, word } from '../settings.ts';
import { slideFrames } from './frames.ts';
import { needAxis, needFloat, typeOf } from './types.ts';

export const waveInput: readonly InputDef[] = [
  { name: 'x', doc: 'A sound `[..., n]`, one number for each moment.', dtype: 'float32' },
];

/** The settings of frames; `frame` and `step` have a default only where one is given. */
export function frameSettings(frame?: number, step?: number) {
  return {
    frame: integer('How many moments are looked at together.', { min: 2, ...(frame ? { default: frame } : {}) }),
    step: integer('How many moments lie between the starts of two frames.', {
      min: 1,
      ...(step ? { default: step } : {}),
    }),
  };
}

/** The settings of the transform, named ones. */
export function transformSettings(mode: 'magnitude' | 'power') {
  return {
    fft: integer('The length of the transform; the next power of two of the frame unless said.', {
      min: 2,
      default: null,
      named: true,
    }),
    window: word('What fades each frame in and out; `ones` for nothing.', ['hann', 'hamming', 'ones'], {
      default: 'hann',
      named: true,
    }),
    mode: word('The strength of each frequency (`magnitude`) or its square (`power`).', ['magnitude', 'power'], {
      default: mode,
      named: true,
    }),
  };
}

/** The shape `[..., frames]` of the frames of a sound, and its type; refused where no whole frame fits. */
export function framesOf(
  callee: string,
  inputs: RuleInputs,
  settings: CheckedSettings,
  context: RuleContext,
): { readonly x: TensorType; readonly frames: readonly Dim[] | undefined } | Refusal {
  const x = typeOf(inputs, 'x');
  const refused = needFloat(callee, x) ?? needAxis(callee, x) ?? refuseTransform(callee, settings);
  if (refused) return refused;
  if (!x.shape) return { x, frames: undefined };
  const frames = slideFrames(context, callee, x.shape.at(-1) ?? unknown, {
    frame: dimOf(settings, 'frame'),
    step: dimOf(settings, 'step'),
  });
  return isRefusal(frames) ? frames : { x, frames: [...x.shape.slice(0, -1), frames] };
}

/** How many frequencies a frame has: half the transform, and one. */
export function binsOf(settings: CheckedSettings, context: RuleContext, callee: string): Dim {
  const length = isNone(settings, 'fft') ? constant(dimOf(settings, 'frame')) : constant(dimOf(settings, 'fft'));
  if (length === undefined) return unknown;
  const fft = isNone(settings, 'fft') ? nextPower(length) : length;
  const bins = known(Math.floor(fft / 2) + 1);
  return context.because(bins, { key: 'why/bins', values: { bins: printDim(bins), fft, callee } }, []);
}

function refuseTransform(callee: string, settings: CheckedSettings): Refusal | undefined {
  if (isNone(settings, 'fft')) return undefined;
  const [fft, frame] = [dimOf(settings, 'fft'), dimOf(settings, 'frame')];
  if (order(fft, frame) !== 'less') return undefined;
  const values = { callee, fft: printDim(fft), frame: printDim(frame) };
  return refuse('argument/fft', values, { at: atSetting('fft') });
}

function nextPower(size: number): number {
  return 2 ** Math.ceil(Math.log2(size));
}

/** The length of the transform in a plan. */
export function fftOf(settings: Settings): number {
  return maybeNum(settings, 'fft') ?? nextPower(num(settings, 'frame'));
}

/** `[..., n] -> [..., frames, bins]`. */
export function spectrum(b: Builder, x: Value, settings: Settings): Value {
  const [frame, step, fft] = [num(settings, 'frame'), num(settings, 'step'), fftOf(settings)];
  const bins = Math.floor(fft / 2) + 1;
  const leading = x.shape.slice(0, -1);
  const filters = b.constant(filtersOf(frame, fft, windowOf(wordAt(settings, 'window'), frame)), [
    frame,
    1,
    1,
    2 * bins,
  ]);
  const y = b.conv2d(b.reshape(b.cast(x, 'float32'), [...leading, x.shape.at(-1) ?? 0, 1, 1]), filters, {
    stride: [step, 1],
    padding: [
      [0, 0],
      [0, 0],
    ],
    dilation: [1, 1],
    groups: 1,
  });
  const frames = y.shape.at(-3) ?? 0;
  const squares = b.unary('square', b.reshape(y, [...leading, frames, 2, bins]));
  const power = b.reduce('sum', squares, [leading.length + 1], false);
  return wordAt(settings, 'mode') === 'power' ? power : safeRoot(b, power);
}

/** The root, with no slope (instead of none that is a number) where there is silence. */
function safeRoot(b: Builder, power: Value): Value {
  const sounds = b.binary('greater', power, b.scalar(0));
  return b.where(sounds, b.unary('sqrt', b.where(sounds, power, b.scalar(1))), b.scalar(0));
}

/** Cosines and sines of each frequency, weighed by the window: [frame, 2 · bins]. */
function filtersOf(frame: number, fft: number, window: readonly number[]): number[] {
  const bins = Math.floor(fft / 2) + 1;
  const filters: number[] = [];
  for (let t = 0; t < frame; t++) {
    for (const of of [Math.cos, Math.sin]) {
      // The remainder keeps the angle small, and with it exact.
      for (let k = 0; k < bins; k++) filters.push((window[t] ?? 0) * of((2 * Math.PI * ((k * t) % fft)) / fft));
    }
  }
  return filters;
}

/** Windows that fit together when frames overlap: their period is the frame. */
function windowOf(name: string, frame: number): number[] {
  const wave = (t: number) => Math.cos((2 * Math.PI * t) / frame);
  return Array.from({ length: frame }, (_, t) => {
    switch (name) {
      case 'hann':
        return 0.5 - 0.5 * wave(t);
      case 'hamming':
        return 0.54 - 0.46 * wave(t);
      default:
        return 1;
    }
  });
}
