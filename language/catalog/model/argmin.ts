/** The place of the smallest number. */
import { placeOf } from '../rules/place.ts';

export const argmin = placeOf('argmin', 'smallest');
