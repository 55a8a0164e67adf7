/** Normal numbers scaled by fan-in. */
import { initialiser } from '../define.ts';
import { scaledNormal } from '../rules/fans.ts';

export const lecunNormal = initialiser('lecunNormal', {
  doc: 'Normal with the variance 1 / in, cut off at two deviations: made for `selu`.',
  source: 'LeCun et al. (1998); Keras 3 `LecunNormal`',
  examples: ['features -> Dense(8, selu, init: lecunNormal)'],
  settings: {},
  draw: (shape) => scaledNormal(1, 'in', shape),
});
