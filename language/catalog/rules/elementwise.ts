/** Functions that turn each number into another on its own: activations and the mathematical ones. */
import type { Settings } from '../../plan/plan.ts';
import type { Facts, TensorType } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import { model } from '../define.ts';
import type { OperationEntry, RuleContext, SettingDef } from '../entry.ts';
import { input } from '../planned.ts';
import { factsOf } from './facts.ts';
import { carried, made, needFloat, needNumber, typeOf } from './types.ts';

interface Elementwise {
  readonly doc: string;
  readonly source: string;
  readonly examples: readonly string[];
  readonly settings?: Readonly<Record<string, SettingDef>>;
  /** May stand as a layer's `activation`. */
  readonly activation?: true;
  /** Takes whole numbers too, and gives them back. */
  readonly whole?: true;
  /** What is known of the result. */
  readonly facts?: Facts;
  /** The mark of a probability and the like stay (only true of functions that change no number). */
  readonly carries?: true;
  /** What is strange about these numbers here, though they may be given. */
  remark?(x: TensorType, context: RuleContext): void;
  apply(b: Builder, x: Value, settings: Settings): Value;
}

/** A function of the model that works on each number alone. */
export function elementwise(name: string, entry: Elementwise): OperationEntry {
  return model(name, {
    doc: entry.doc,
    source: entry.source,
    examples: entry.examples,
    inputs: [{ name: 'x', doc: 'The numbers.', dtype: entry.whole ? 'number' : 'float32' }],
    settings: entry.settings ?? {},
    ...(entry.activation ? { activation: true } : {}),
    result(inputs, _settings, context) {
      const x = typeOf(inputs, 'x');
      const whole = entry.whole && x.dtype === 'int32';
      const refused = whole ? needNumber(name, x) : needFloat(name, x);
      if (refused) return refused;
      entry.remark?.(x, context);
      const facts = entry.carries ? carried(x.facts) : { ...factsOf(name, entry.activation), ...entry.facts };
      return [made(whole ? 'int32' : 'float32', x.shape, [x], facts)];
    },
    lower: (b, inputs, _weights, settings) => {
      const x = input(inputs, 'x');
      return entry.apply(b, entry.whole ? x : b.cast(x, 'float32'), settings);
    },
  });
}
