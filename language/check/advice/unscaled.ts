/** Numbers from 0 to 255 (or beyond) that reach a layer with weights as they are: it hardly learns from them. */

import { numbersIn } from '../../catalog/rules/facts.ts';
import type { TensorType } from '../../shapes/type.ts';
import type { Frame } from '../frame.ts';
import type { Call } from './call.ts';

/** Layers that multiply what they get; norms and lookups bring it to size themselves. */
const WEIGHING =
  /^(?:Dense|(?:Depthwise|Separable)?Conv[123]D(?:Transpose)?|ConvLSTM2D|LSTM|GRU|SimpleRNN|Bilinear|Highway|Attention)$/u;

/** From this size on, numbers are told; pixels are 255, years 2000. */
const LARGE = 200;

export function noteUnscaled({ entry, site, inputs }: Call, frame: Frame): void {
  const x = inputs.x as TensorType | undefined;
  const field = x?.facts.field;
  if (!x || field === undefined || !WEIGHING.test(entry.name) || x.facts.normalised) return;
  const range = numbersIn(x.facts) ?? (x.dtype === 'uint8' ? ([0, 255] as const) : undefined);
  if (!range || Math.max(-range[0], range[1]) < LARGE) return;
  const { unscaled } = frame.session;
  if (unscaled.some((one) => one.field === field)) return;
  unscaled.push({ field, site, layer: entry.name, range });
}
