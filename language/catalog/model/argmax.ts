/** The place of the largest number. */
import { placeOf } from '../rules/place.ts';

export const argmax = placeOf('argmax', 'largest');
