/** How much each row counts in the loss (`weight:` of the data): one number a row, 0 or more. */
import type { PlanData } from '../../language/index.ts';
import type { HostTensor } from '../engine.ts';
import { Failure } from '../failure.ts';
import type { Pipeline } from './pipeline.ts';
import { isTexts } from './values.ts';

/** The weights of some rows; undefined where all count the same. */
export async function weightsOf(
  data: PlanData,
  pipeline: Pipeline,
  rows: Uint32Array,
): Promise<HostTensor | undefined> {
  if (data.weight === undefined) return undefined;
  const values = await pipeline.node(data.weight, rows);
  const weights = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    // A constant is one value for all rows.
    const value = values.data[values.count === 1 ? 0 : i];
    const number = Number(value);
    if (isTexts(values.data) || !Number.isFinite(number) || number < 0) {
      throw new Failure(
        'data/row-weight',
        `The weight of row ${(rows[i] ?? 0) + 1} is ${Number.isNaN(number) && !isTexts(values.data) ? 'an empty cell' : String(value)}. A weight is a number of 0 or more: fill the empty cells (\`fill(1)\`), leave such rows out (\`keep:\`), or weigh by another column.`,
        data.nodes[data.weight]?.place ?? data.place,
      );
    }
    weights[i] = number;
  }
  return { dtype: 'float32', shape: [rows.length], data: weights };
}
