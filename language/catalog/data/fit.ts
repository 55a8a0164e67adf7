/** Rows of many lengths brought to one. */
import { dimOf } from '../checked.ts';
import { transform } from '../define.ts';
import { facts, needAxes } from '../rules/columns.ts';
import { sized } from '../rules/sizes.ts';
import { made, typeOf } from '../rules/types.ts';
import { integer } from '../settings.ts';

export const fit = transform('fit', {
  doc: 'Brings the first axis of each row to one length: longer rows are cut off behind, shorter ones filled up with 0.',
  source: 'Keras 3 `keras.utils.pad_sequences` with `padding="post"`, `truncating="post"`',
  examples: ['file -> decodeAudio(rate: 16_000) -> fit(16_000)'],
  inputs: [{ name: 'x', doc: 'Rows with at least one axis.', dtype: 'number' }],
  settings: { samples: integer('The length of the result.', { min: 1 }) },
  fitted: false,
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    if (x.shape?.length === 0) return needAxes('fit', x, 'single');
    const length = sized(context, dimOf(settings, 'samples'), 'samples', 'fit');
    return [
      made(x.dtype, x.shape && [length, ...x.shape.slice(1)], [x], facts(x.facts, 'range', 'values', 'indexedBy')),
    ];
  },
});
