/** What augmentations give: the type that came in, for they change numbers and never what a field is. */
import { constant, order, printDim } from '../../shapes/dim.ts';
import { printType, type TensorType } from '../../shapes/type.ts';
import { dimOf } from '../checked.ts';
import type { CheckedSettings, Refusal, RuleInputs } from '../entry.ts';
import { atSetting, refuse } from '../refuse.ts';
import { needAxes, needPicture, needSound, rangeOf } from './columns.ts';
import { needFloat, needNumber, typeOf } from './types.ts';

type Same = readonly TensorType[] | Refusal;

/** Pixels moved elsewhere: whatever they mean, also the class numbers of a mask. */
export function samePicture(callee: string, inputs: RuleInputs): Same {
  const x = typeOf(inputs, 'x');
  return needNumber(callee, x) ?? needPicture(callee, x) ?? [x];
}

/** Pixels that become others: of a picture, not of a mask of class numbers. */
export function samePixels(callee: string, inputs: RuleInputs): Same {
  const x = typeOf(inputs, 'x');
  return needNumber(callee, x) ?? refuseNumbers(callee, x) ?? needPicture(callee, x) ?? [x];
}

/** Pixels that become others, in colour. */
export function sameColours(callee: string, inputs: RuleInputs): Same {
  const x = typeOf(inputs, 'x');
  const last = x.shape?.at(-1);
  const channels = last && constant(last);
  const grey = x.shape?.length === 2 || (channels !== undefined && channels < 3);
  return grey ? needAxes(callee, x, 'colours') : samePixels(callee, inputs);
}

export function sameSound(callee: string, inputs: RuleInputs): Same {
  const x = typeOf(inputs, 'x');
  return needFloat(callee, x) ?? needSound(callee, x) ?? [x];
}

export function sameAny(callee: string, inputs: RuleInputs): Same {
  const x = typeOf(inputs, 'x');
  return x.shape?.length === 1 ? sameSound(callee, inputs) : samePicture(callee, inputs);
}

/** Decimal numbers with something added. */
export function shaken(callee: string, inputs: RuleInputs): Same {
  const x = typeOf(inputs, 'x');
  return needFloat(callee, x) ?? [x];
}

/** Two rows become one: class numbers in between would be other classes. */
export function mixed(callee: string, inputs: RuleInputs): Same {
  const x = typeOf(inputs, 'x');
  return refuseNumbers(callee, x) ?? needFloat(callee, x) ?? [x];
}

/** A spectrogram with a stretch of one of its axes masked, which must be shorter than the axis. */
export function masked(callee: string, inputs: RuleInputs, settings: CheckedSettings, axis: 0 | 1): Same {
  const x = typeOf(inputs, 'x');
  const refused = needNumber(callee, x) ?? needPicture(callee, x);
  if (refused) return refused;
  const size = x.shape?.[axis];
  if (!size || order(dimOf(settings, 'n'), size) === 'less' || constant(size) === undefined) return [x];
  const values = { callee, setting: 'n', wanted: printDim(dimOf(settings, 'n')), size: printDim(size) };
  return refuse('shape/crop', values, { at: atSetting('n'), blame: [size] });
}

/** Refuses factors of 0 and below. */
export function refuseFactors(callee: string, settings: CheckedSettings): Refusal | undefined {
  const [low] = rangeOf(settings, 'range') ?? [];
  if (low === undefined || low > 0) return undefined;
  return refuse('data/factors', { callee, low }, { at: atSetting('range') });
}

/** Class numbers: a number in between two of them is a third class. */
function refuseNumbers(callee: string, x: TensorType): Refusal | undefined {
  if (x.dtype !== 'int32' && x.dtype !== 'bool') return undefined;
  return refuse('data/augment-numbers', { callee, type: printType(x) });
}
