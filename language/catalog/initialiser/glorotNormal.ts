/** Normal numbers scaled by the mean of fan-in and fan-out. */
import { initialiser } from '../define.ts';
import { scaledNormal } from '../rules/fans.ts';

export const glorotNormal = initialiser('glorotNormal', {
  doc: 'Normal with the variance 2 / (in + out), cut off at two deviations.',
  source: 'Glorot & Bengio (2010); Keras 3 `GlorotNormal`',
  examples: ['features -> Dense(8, init: glorotNormal)'],
  settings: {},
  draw: (shape) => scaledNormal(1, 'mean', shape),
});
