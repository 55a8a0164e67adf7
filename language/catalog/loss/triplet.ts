/** The like must be nearer than the unlike. */
import { loss } from '../define.ts';
import { input, num } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { choiceInputs, needChoice, oneNumber, reducePlaces, reduceSetting } from '../rules/loss.ts';
import { typeOf } from '../rules/types.ts';
import { distanceOf, placesOf, squaredDistance } from '../rules/vectors.ts';
import { number } from '../settings.ts';

const names = ['anchor', 'positive', 'negative'];

export const triplet = loss('triplet', {
  doc: 'What the distance from the anchor to the unlike vector lacks to be `margin` more than that to the like one.',
  source: 'Schroff et al. (2015); PyTorch `TripletMarginLoss`',
  examples: ['triplet(query, key, other)', 'triplet(query, key, other, margin: 0.2)'],
  inputs: [
    { name: 'anchor', doc: 'Vectors `[..., width]`.', dtype: 'float32' },
    { name: 'positive', doc: 'Vectors of the same thing as the anchor.', dtype: 'float32' },
    { name: 'negative', doc: 'Vectors of another thing.', dtype: 'float32' },
    ...choiceInputs,
  ],
  settings: {
    margin: number('How much farther the unlike must be.', { min: 0, default: 1, named: true }),
    reduce: reduceSetting,
  },
  result(inputs) {
    const found = placesOf('triplet', inputs, names);
    if (isRefusal(found)) return found;
    const refused = needChoice('triplet', inputs, found.places);
    return refused ?? [oneNumber(names.map((name) => typeOf(inputs, name)))];
  },
  lower(b, inputs, _weights, settings) {
    const anchor = input(inputs, 'anchor');
    const far = (name: string) => distanceOf(b, squaredDistance(b, anchor, input(inputs, name)));
    const more = b.binary('subtract', far('positive'), far('negative'));
    const losses = b.unary('relu', b.binary('add', more, b.scalar(num(settings, 'margin'))));
    return reducePlaces(b, losses, inputs, settings);
  },
});
