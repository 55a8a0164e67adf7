/** Normal numbers scaled by fan-in, for `relu`. */
import { initialiser } from '../define.ts';
import { scaledNormal } from '../rules/fans.ts';

export const heNormal = initialiser('heNormal', {
  doc: 'Normal with the variance 2 / in, cut off at two deviations: made for `relu`.',
  source: 'He et al. (2015); Keras 3 `HeNormal`',
  examples: ['features -> Dense(8, relu, init: heNormal)'],
  settings: {},
  draw: (shape) => scaledNormal(2, 'in', shape),
});
