/** Gated recurrent unit: one state, with gates that keep it and that open it to new content. */
import type { Settings } from '../../plan/plan.ts';
import { known, multiply, unknown } from '../../shapes/dim.ts';
import type { Builder, Value } from '../builder.ts';
import { dimOf, flagOf, wordOf } from '../checked.ts';
import { model } from '../define.ts';
import type { LoweredInputs } from '../entry.ts';
import { called, flagged, input, num, optional, weight, wordAt } from '../planned.ts';
import {
  contentSetting,
  droppedInput,
  startSettings,
  stateInputs,
  stateResult,
  unitsSetting,
  walk,
  walkSettings,
} from '../rules/recurrent.ts';
import { typeOf } from '../rules/types.ts';
import { startOf, trained } from '../rules/weights.ts';
import { activation, word } from '../settings.ts';

export const GRU = model('GRU', {
  doc: 'Reads a sequence step by step and carries one state; an update gate keeps it, a reset gate decides how much of it new content sees. Three quarters of the weights of an `LSTM`.',
  source:
    'Cho et al. (2014); Keras 3 `keras.layers.GRU`: gates in the order update, reset, content; with `reset: after` two rows of bias, for the input and for the state. PyTorch `GRU` resets after, with the gates in another order',
  examples: [
    'sequence -> GRU(16)',
    'sequence -> GRU(16, reset: before)',
    'sequence -> GRU(16, dropout: 0.2, recurrentDropout: 0.2)',
    'sequence -> GRU(16, sequences: true, mask: real, backwards: true)',
    '(y, h) = sequence -> GRU(16, state: true)',
    'sequence -> Bidirectional { GRU(8) }',
  ],
  inputs: stateInputs,
  results: ['y', 'h'],
  settings: {
    units: unitsSetting,
    activation: contentSetting,
    gate: { ...activation('What opens and closes the gates.', { default: 'sigmoid' }), named: true },
    ...walkSettings,
    reset: word(
      'Whether the old state is reset after its matrix (as cuDNN and PyTorch do) or before it (as in the paper).',
      ['after', 'before'],
      { default: 'after', named: true },
    ),
    ...startSettings,
  },
  result: (inputs, settings, context) => stateResult('GRU', inputs, settings, context),
  weights(inputs, settings) {
    const units = dimOf(settings, 'units');
    const gates = multiply(known(3), units);
    const features = typeOf(inputs, 'x').shape?.at(-1) ?? unknown;
    const bias = wordOf(settings, 'reset') === 'before' ? [gates] : [known(2), gates];
    return {
      kernel: trained([features, gates], startOf(settings, 'init', 'glorotUniform')),
      recurrent: trained([units, gates], startOf(settings, 'recurrentInit', 'orthogonal')),
      ...(flagOf(settings, 'bias') ? { bias: trained(bias, startOf(settings, 'biasInit', 'zeros')) } : {}),
    };
  },
  lower(b, inputs, weights, settings) {
    const after = wordAt(settings, 'reset') === 'after';
    if (after && isUsual(b, settings)) return whole(b, inputs, weights, settings);
    const row = (k: number): Value | undefined => {
      if (!weights.bias || !after) return k === 0 ? weights.bias : undefined;
      const width = 3 * num(settings, 'units');
      return b.reshape(
        b.slice(weights.bias, [
          [k, k + 1, 1],
          [0, width, 1],
        ]),
        [width],
      );
    };
    // All steps' inputs go through the kernel in one product.
    const projected = b.dense(droppedInput(b, input(inputs, 'x'), settings), weight(weights, 'kernel'), row(0));
    const recurrent = weight(weights, 'recurrent');
    const next = after ? resetAfter(b, recurrent, row(1), settings) : resetBefore(b, recurrent, settings);
    return walk(b, projected, inputs, settings, next);
  },
});

/** The form that engines have in one piece. */
function isUsual(b: Builder, settings: Settings): boolean {
  const dropped = b.training && num(settings, 'recurrentDropout') > 0;
  const nameOf = (name: string): string | undefined => called(settings, name)?.call;
  return !dropped && nameOf('activation') === 'model/tanh' && nameOf('gate') === 'model/sigmoid';
}

function whole(
  b: Builder,
  inputs: LoweredInputs,
  weights: Readonly<Record<string, Value>>,
  settings: Settings,
): Value | readonly Value[] {
  const [mask, initial] = [optional(inputs, 'mask'), optional(inputs, 'initial')];
  const { sequence, h } = b.gru(
    droppedInput(b, input(inputs, 'x'), settings),
    {
      kernel: weight(weights, 'kernel'),
      recurrent: weight(weights, 'recurrent'),
      ...(weights.bias ? { bias: weights.bias } : {}),
    },
    {
      units: num(settings, 'units'),
      backwards: flagged(settings, 'backwards'),
      ...(mask ? { mask } : {}),
      ...(initial ? { initial } : {}),
    },
  );
  const y = flagged(settings, 'sequences') ? sequence : h;
  return flagged(settings, 'state') ? [y, h] : y;
}

type Next = (fromInput: Value, old: Value | undefined, seen: Value | undefined) => Value;

/** The old state goes through all of the recurrent weights at once; what it adds to the content is reset. */
function resetAfter(b: Builder, recurrent: Value, bias: Value | undefined, settings: Settings): Next {
  const units = num(settings, 'units');
  const part = (x: Value, k: number): Value => b.slice(x, [[k * units, (k + 1) * units, 1]]);
  return (fromInput, old, shown) => {
    const fromState = shown ? b.dense(shown, recurrent, bias) : bias;
    const sum = (k: number) =>
      fromState ? b.binary('add', part(fromInput, k), part(fromState, k)) : part(fromInput, k);
    const update = b.activate(sum(0), called(settings, 'gate'));
    const reset = b.activate(sum(1), called(settings, 'gate'));
    const seen = fromState && b.binary('multiply', reset, part(fromState, 2));
    const content = seen ? b.binary('add', part(fromInput, 2), seen) : part(fromInput, 2);
    return blended(b, update, old, b.activate(content, called(settings, 'activation')));
  };
}

/** The old state is reset first and then goes through the content's weights. */
function resetBefore(b: Builder, recurrent: Value, settings: Settings): Next {
  const units = num(settings, 'units');
  const part = (x: Value, k: number, count = 1): Value => b.slice(x, [[k * units, (k + count) * units, 1]]);
  const columns = (k: number, count: number): Value =>
    b.slice(recurrent, [
      [0, units, 1],
      [k * units, (k + count) * units, 1],
    ]);
  const [gateWeights, contentWeights] = [columns(0, 2), columns(2, 1)];
  return (fromInput, old, shown) => {
    const fromGates = part(fromInput, 0, 2);
    const gates = b.activate(
      shown ? b.binary('add', fromGates, b.dense(shown, gateWeights)) : fromGates,
      called(settings, 'gate'),
    );
    const seen = shown && b.dense(b.binary('multiply', part(gates, 1), shown), contentWeights);
    const content = seen ? b.binary('add', part(fromInput, 2), seen) : part(fromInput, 2);
    return blended(b, part(gates, 0), old, b.activate(content, called(settings, 'activation')));
  };
}

/** `update · old + (1 − update) · content`. */
function blended(b: Builder, update: Value, old: Value | undefined, content: Value): Value {
  const fresh = b.binary('multiply', b.binary('subtract', b.scalar(1), update), content);
  return old ? b.binary('add', b.binary('multiply', update, old), fresh) : fresh;
}
