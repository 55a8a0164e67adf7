/** Uniform numbers. */
import { making } from '../rules/making.ts';

export const uniform = making('uniform', {
  doc: 'Numbers drawn evenly between 0 and 1, afresh for each example and step.',
  source: 'NumPy `random`',
  examples: ['features + uniform([16])'],
  random: true,
  make: (b, shape) => b.random('uniform', shape),
});
