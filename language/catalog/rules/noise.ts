/** Layers that disturb their input by chance while training, and do nothing else. */
import type { Settings } from '../../plan/plan.ts';
import type { Builder, Value } from '../builder.ts';
import { model } from '../define.ts';
import type { OperationEntry, SettingDef } from '../entry.ts';
import { input } from '../planned.ts';
import { made, needFloat, typeOf } from './types.ts';

interface Noise {
  readonly doc: string;
  readonly source: string;
  readonly examples: readonly string[];
  readonly settings: Readonly<Record<string, SettingDef>>;
  /** Only asked while training. */
  disturb(b: Builder, x: Value, settings: Settings): Value;
}

export function noise(name: string, { disturb, ...entry }: Noise): OperationEntry {
  return model(name, {
    ...entry,
    inputs: [{ name: 'x', doc: 'Any numbers.', dtype: 'float32' }],
    random: true,
    result(inputs) {
      const x = typeOf(inputs, 'x');
      const padded = x.facts.padded ? { padded: true } : {};
      return needFloat(name, x) ?? [made('float32', x.shape, [x], padded)];
    },
    lower(b, inputs, _weights, settings) {
      const x = b.cast(input(inputs, 'x'), 'float32');
      return b.training ? disturb(b, x, settings) : x;
    },
  });
}

/** `x` with what stands in `shape` (which spreads over `x`) made 0 with the chance `rate`, the rest enlarged to make up for it. */
export function dropped(b: Builder, x: Value, shape: readonly number[], rate: number): Value {
  if (rate === 0) return x;
  const stays = b.cast(b.binary('greaterEqual', b.random('uniform', shape), b.scalar(rate)), 'float32');
  return b.binary('multiply', x, b.binary('multiply', stays, b.scalar(1 / (1 - rate))));
}
