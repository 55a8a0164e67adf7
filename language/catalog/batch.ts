/** The number of examples of a batch as a size: only the running batch tells it, so a plan writes −1 for it. */
import { type Dim, symbol } from '../shapes/dim.ts';
import { namesIn } from '../shapes/polynomial.ts';

/** No program can write this name: it has a space. */
const name = 'batch size';

export const batchSize: Dim = symbol(name);

/** Whether a size follows from the number of examples. */
export function isOfBatch(dim: Dim): boolean {
  return dim.size !== undefined && namesIn(dim.size).has(name);
}
