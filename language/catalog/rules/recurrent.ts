/**
 * What recurrent layers share: a sequence `[time, features]`, a mask of its steps, a state to start from, and for those with
 * one state their settings, their types, and the walk along the sequence.
 */
import type { Settings } from '../../plan/plan.ts';
import { agree } from '../../shapes/broadcast.ts';
import { type Dim, isUnknown, product, unknown, writeDim } from '../../shapes/dim.ts';
import { printShape, printType, type TensorType, tensor } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import { dimOf, flagOf } from '../checked.ts';
import type {
  CheckedSettings,
  InputDef,
  LoweredInputs,
  Refusal,
  RuleContext,
  RuleInputs,
  SettingDef,
} from '../entry.ts';
import { flagged, num, optional } from '../planned.ts';
import { atInput, insertBefore, refuse } from '../refuse.ts';
import { activation, flag, initialiser, integer, number } from '../settings.ts';
import { dropped } from './noise.ts';
import { warnWalkPadding } from './padding.ts';
import { sized } from './sizes.ts';
import { made, needBool, needFloat, needForm, typeOf } from './types.ts';

/** A row is offered an axis of steps; of an image, each line becomes one step. */
export function needSequence(callee: string, inputs: RuleInputs): Refusal | undefined {
  const x = typeOf(inputs, 'x');
  const refused = needForm(callee, x, 'sequence');
  const [steps, ...rest] = x.shape ?? [];
  if (!refused || !steps) return refused;
  if (rest.length === 0) return { ...refused, fixes: [insertBefore('shape/rank/expand', 'expand')] };
  const sizes = [steps, product(rest)];
  if (sizes.some(isUnknown)) return refused;
  const stage = `reshape([${sizes.map(writeDim).join(', ')}])`;
  return { ...refused, fixes: [insertBefore('shape/rank/reshape', stage)] };
}

export function refuseMask(callee: string, inputs: RuleInputs): Refusal | undefined {
  if (inputs.mask === undefined) return undefined;
  const mask = typeOf(inputs, 'mask');
  const refused = needBool(callee, mask, 'mask');
  if (refused) return refused;
  const time = typeOf(inputs, 'x').shape?.[0];
  const wanted = time && [time];
  if (agree(mask.shape, wanted).ok) return undefined;
  const values = { callee, mask: printType(mask), wanted: `bool${printShape(wanted)}` };
  return refuse('shape/mask', values, { at: atInput('mask'), blame: [...(mask.shape ?? []), ...(wanted ?? [])] });
}

/** Refuses a state to start from that is not of the shape `wanted`. `name` is its part of the input `initial`. */
export function refuseState(
  callee: string,
  inputs: RuleInputs,
  name: string,
  wanted: readonly Dim[],
): Refusal | undefined {
  if (inputs[name] === undefined) return undefined;
  const given = typeOf(inputs, name);
  const refused = needFloat(callee, given, 'initial');
  if (refused) return refused;
  if (agree(given.shape, wanted).ok) return undefined;
  const values = { callee, wanted: printType(tensor('float32', wanted)), got: printType(given) };
  return refuse('shape/initial', values, { at: atInput('initial'), blame: [...(given.shape ?? []), ...wanted] });
}

/** Refuses states to start from that are not both there, or not of their shapes: the shown state and the cell. */
export function refuseStates(
  callee: string,
  inputs: RuleInputs,
  shapes: { readonly shown: readonly Dim[]; readonly cell: readonly Dim[] },
): Refusal | undefined {
  if (inputs.initial === undefined && inputs.cell === undefined) return undefined;
  if (inputs.initial === undefined || inputs.cell === undefined) {
    return refuse('shape/initial', { callee }, { variant: 'pair', at: atInput('initial') });
  }
  return refuseState(callee, inputs, 'initial', shapes.shown) ?? refuseState(callee, inputs, 'cell', shapes.cell);
}

// ---- what is left out while training

/** Chances with which numbers are left out, the same ones at every step of an example. */
export const dropoutSettings = {
  dropout: number('The chance of each number of the input to become 0 while training, the same ones at every step.', {
    min: 0,
    max: 1,
    open: 'max',
    default: 0,
    named: true,
  }),
  recurrentDropout: number(
    'The chance of each number of the old state to become 0 on its way into the new one while training, the same ones at every step.',
    { min: 0, max: 1, open: 'max', default: 0, named: true },
  ),
};

/** The input with the same numbers left out at every step. */
export function droppedInput(b: Builder, x: Value, settings: Settings): Value {
  if (!b.training) return x;
  const [, ...step] = x.shape;
  return dropped(b, x, [1, ...step], num(settings, 'dropout'));
}

/** What the old state is multiplied with on its way into the new one; undefined where nothing is left out. */
export function stateKept(b: Builder, state: readonly number[], settings: Settings): Value | undefined {
  if (!b.training) return undefined;
  const rate = num(settings, 'recurrentDropout');
  return rate > 0 ? dropped(b, b.fill(1, state), state, rate) : undefined;
}

// ---- layers with one state

export const stateInputs: readonly InputDef[] = [
  { name: 'x', doc: 'A sequence `[time, features]`.', dtype: 'float32' },
  {
    name: 'mask',
    doc: 'Which steps are real: `bool[time]`. At the others the state stands still.',
    dtype: 'bool',
    optional: true,
  },
  {
    name: 'initial',
    doc: 'The state to start from, `[units]`. Zeros unless given.',
    dtype: 'float32',
    optional: true,
  },
];

export const unitsSetting = integer('The size of the state.', { min: 1 });
export const contentSetting: SettingDef = {
  ...activation('What forms the new state.', { default: 'tanh' }),
  named: true,
};

/** The settings behind the activations, in the catalogue's order. */
export const walkSettings = {
  sequences: flag('Gives the output of each step instead of the last one.', false),
  state: flag('Gives a tuple: the output, and the last state.', false),
  backwards: flag('Reads from the end; with `sequences`, the result stays in the order of time.', false),
  ...dropoutSettings,
  bias: flag('Adds learned numbers.', true),
};

export const startSettings = {
  init: initialiser('How the weights of the input start.', 'glorotUniform'),
  recurrentInit: initialiser('How the weights of the state start.', {
    call: 'initialiser/orthogonal',
    settings: { gain: 1 },
  }),
  biasInit: initialiser('How the added numbers start.', 'zeros'),
};

export function stateResult(
  callee: string,
  inputs: RuleInputs,
  settings: CheckedSettings,
  context: RuleContext,
): readonly TensorType[] | Refusal {
  const x = typeOf(inputs, 'x');
  const units = sized(context, dimOf(settings, 'units'), 'units', callee);
  const refused =
    needFloat(callee, x) ??
    needSequence(callee, inputs) ??
    refuseMask(callee, inputs) ??
    refuseState(callee, inputs, 'initial', [units]);
  if (refused) return refused;
  warnWalkPadding(callee, x, inputs, settings, context);
  const state = made('float32', [units], [x]);
  const padded = x.facts.padded ? { padded: true } : {};
  const y = flagOf(settings, 'sequences') ? made('float32', [x.shape?.[0] ?? unknown, units], [x], padded) : state;
  return flagOf(settings, 'state') ? [y, state] : [y];
}

/**
 * Walks along the sequence. `projected` holds each step's part of the input, `[time, n]`; `next` makes the new state of a step's
 * part (`[n]`), the old state (undefined: zeros), and the old state with what dropout leaves out of its way through the weights.
 */
export function walk(
  b: Builder,
  projected: Value,
  inputs: LoweredInputs,
  settings: Settings,
  next: (fromInput: Value, old: Value | undefined, seen: Value | undefined) => Value,
): Value | readonly Value[] {
  const [time = 0, width = 0] = projected.shape;
  const units = num(settings, 'units');
  const mask = optional(inputs, 'mask');
  const outputs = new Array<Value>(time);
  const kept = stateKept(b, [units], settings);
  let state = optional(inputs, 'initial');
  for (let i = 0; i < time; i++) {
    const t = flagged(settings, 'backwards') ? time - 1 - i : i;
    const seen = state && kept ? b.binary('multiply', state, kept) : state;
    const fresh = next(b.reshape(step(b, projected, t), [width]), state, seen);
    const old = state ?? b.fill(0, [units]);
    state = mask ? b.where(b.reshape(step(b, mask, t), [1]), fresh, old) : fresh;
    outputs[t] = b.reshape(state, [1, units]);
  }
  const last = state ?? b.fill(0, [units]);
  const y = flagged(settings, 'sequences') ? b.concat(outputs, 0) : last;
  return flagged(settings, 'state') ? [y, last] : y;
}

/** One step of a value `[time, …]`. */
export function step(b: Builder, x: Value, t: number): Value {
  return b.slice(
    x,
    x.shape.map((n, axis) => (axis === 0 ? [t, t + 1, 1] : [0, n, 1])),
  );
}
