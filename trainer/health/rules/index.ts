/** All rules, the more telling first: where an earlier one has found something, the vaguer ones after it keep silent. */
import type { Rule } from '../history.ts';
import { atChance } from './at-chance.ts';
import { deadUnits } from './dead-units.ts';
import { diverging } from './diverging.ts';
import { explodingGradients } from './exploding-gradients.ts';
import { overFitting } from './over-fitting.ts';
import { plateau } from './plateau.ts';
import { rateTooHigh } from './rate-too-high.ts';
import { rateTooLow } from './rate-too-low.ts';
import { saturatedUnits } from './saturated-units.ts';
import { vanishingGradients } from './vanishing-gradients.ts';
import { waitingForData } from './waiting-for-data.ts';

/** Why the model does not learn: one cause is enough. */
export const learningRules: readonly Rule[] = [
  explodingGradients,
  diverging,
  rateTooHigh,
  deadUnits,
  saturatedUnits,
  vanishingGradients,
  rateTooLow,
  atChance,
];

/** What stands by itself. */
export const otherRules: readonly Rule[] = [overFitting, plateau, waitingForData];
