/** `a // b`. */
import { arithmetic } from '../rules/arithmetic.ts';

export const floorDivide = arithmetic('//', {
  doc: 'Divides and rounds down, also below zero.',
  source: 'NumPy `floor_divide`',
  examples: ['tokens // 2'],
  op: 'floorDivide',
});
