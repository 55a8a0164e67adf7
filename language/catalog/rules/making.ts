/** Values made of nothing: constants, and numbers drawn afresh for each example. */
import { tensor } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import { shapeOf } from '../checked.ts';
import { model } from '../define.ts';
import type { OperationEntry } from '../entry.ts';
import { nums } from '../planned.ts';
import { shape } from '../settings.ts';
import { refuseSizes } from './sizes.ts';

interface Making {
  readonly doc: string;
  readonly source: string;
  readonly examples: readonly string[];
  /** Drawn afresh for each example. */
  readonly random?: true;
  make(b: Builder, shape: readonly number[]): Value;
}

/** A float32 value of the shape that its one setting gives. */
export function making(name: string, entry: Making): OperationEntry {
  return model(name, {
    doc: entry.doc,
    source: entry.source,
    examples: entry.examples,
    inputs: [],
    settings: { shape: shape('The shape of the value.', { single: true }) },
    ...(entry.random ? { random: true } : {}),
    result: (_inputs, settings) =>
      refuseSizes(name, settings, 'shape') ?? [
        tensor('float32', shapeOf(settings, 'shape'), { perExample: entry.random === true }),
      ],
    lower: (b, _inputs, _weights, settings) => entry.make(b, nums(settings, 'shape')),
  });
}
