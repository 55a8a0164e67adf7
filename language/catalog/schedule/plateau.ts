/** The rate falls when a metric gets no better any more. */
import { schedule } from '../define.ts';
import { num, wordAt } from '../planned.ts';
import { integer, metricNamed, number } from '../settings.ts';

export const plateau = schedule('plateau', {
  doc: 'The same rate until the watched metric has got no better for `patience` validations; then it is multiplied by `factor`, and again each time that this happens.',
  source: 'Keras 3 `ReduceLROnPlateau` with `min_delta=0`',
  examples: ['plateau(1e-3, watch: loss)', 'plateau(0.1, factor: 0.5, patience: 3, watch: loss)'],
  settings: {
    lr: number('The rate that it starts with.', { min: 0, open: 'min' }),
    factor: number('What the rate is multiplied by.', { min: 0, max: 1, open: 'both', default: 0.1, named: true }),
    patience: integer('How many validations without a better value are borne.', { min: 1, default: 10, named: true }),
    watch: metricNamed('Which metric must get better.', 'validation.loss'),
  },
  rate: (_step, _total, settings, falls) => num(settings, 'lr') * num(settings, 'factor') ** falls,
  watches: (settings) => ({ metric: wordAt(settings, 'watch'), patience: num(settings, 'patience') }),
});
