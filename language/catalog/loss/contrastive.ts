/** Pulls vectors of the same thing together and pushes others apart. */
import { loss } from '../define.ts';
import { input, num } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { choiceInputs, needChoice, oneNumber, reducePlaces, reduceSetting } from '../rules/loss.ts';
import { typeOf } from '../rules/types.ts';
import { distanceOf, needAnswer, placesOf, squaredDistance } from '../rules/vectors.ts';
import { number } from '../settings.ts';

export const contrastive = loss('contrastive', {
  doc: 'For pairs of vectors: the squared distance where both are of the same thing, and where not, the square of what the distance lacks to `margin`.',
  source: 'Hadsell et al. (2006), without the half',
  examples: ['contrastive(query, key, answer)', 'contrastive(query, key, answer, margin: 0.5)'],
  inputs: [
    { name: 'a', doc: 'Vectors `[..., width]`.', dtype: 'float32' },
    { name: 'b', doc: 'Vectors of the same shape.', dtype: 'float32' },
    { name: 'same', doc: 'Whether both are of the same thing: true or false, 1 or 0.', dtype: 'any' },
    ...choiceInputs,
  ],
  settings: {
    margin: number('How far apart different things must be.', { min: 0, open: 'min', default: 1, named: true }),
    reduce: reduceSetting,
  },
  result(inputs) {
    const found = placesOf('contrastive', inputs, ['a', 'b']);
    if (isRefusal(found)) return found;
    const refused =
      needAnswer('contrastive', inputs, 'same', found.places) ?? needChoice('contrastive', inputs, found.places);
    return refused ?? [oneNumber(['a', 'b', 'same'].map((name) => typeOf(inputs, name)))];
  },
  lower(b, inputs, _weights, settings) {
    const squared = squaredDistance(b, input(inputs, 'a'), input(inputs, 'b'));
    const lacking = b.unary('relu', b.binary('subtract', b.scalar(num(settings, 'margin')), distanceOf(b, squared)));
    const same = b.cast(input(inputs, 'same'), 'float32');
    const apart = b.binary('multiply', b.binary('subtract', b.scalar(1), same), b.unary('square', lacking));
    return reducePlaces(b, b.binary('add', b.binary('multiply', same, squared), apart), inputs, settings);
  },
});
