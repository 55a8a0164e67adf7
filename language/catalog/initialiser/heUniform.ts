/** Uniform numbers scaled by fan-in, for `relu`. */
import { initialiser } from '../define.ts';
import { scaledUniform } from '../rules/fans.ts';

export const heUniform = initialiser('heUniform', {
  doc: 'Uniform within ±√(6 / in): made for `relu`, which lets half of the numbers through.',
  source: 'He et al. (2015); Keras 3 `HeUniform`',
  examples: ['features -> Dense(8, relu, init: heUniform)'],
  settings: {},
  draw: (shape) => scaledUniform(2, 'in', shape),
});
