/** Uniform numbers scaled by the mean of fan-in and fan-out. */
import { initialiser } from '../define.ts';
import { scaledUniform } from '../rules/fans.ts';

export const glorotUniform = initialiser('glorotUniform', {
  doc: 'Uniform within ±√(6 / (in + out)): keeps the size of numbers and gradients alike through layers. Keras’ default.',
  source: 'Glorot & Bengio (2010); Keras 3 `GlorotUniform`',
  examples: ['features -> Dense(8, init: glorotUniform)'],
  settings: {},
  draw: (shape) => scaledUniform(1, 'mean', shape),
});
