/** The loss of a classifier never was better than guessing among its classes. */
import { FINDING_TEXTS, told } from '../../../protocol/index.ts';
import { type Finding, type History, shown } from '../history.ts';

/** Share of the guess's loss. */
const NEAR = 0.01;
const LEAST_STEPS = 500;

export function atChance({ loss, about }: History): readonly Finding[] {
  const { guess } = about;
  if (guess === undefined || loss.count < Math.max(LEAST_STEPS, about.perEpoch)) return [];
  if (loss.least < guess.loss * (1 - NEAR)) return [];
  return [
    {
      code: 'train/at-chance',
      severity: 'warning',
      ...told([FINDING_TEXTS.atChance, shown(loss.now), guess.classes, shown(guess.loss), loss.count]),
      place: about.places.loss,
    },
  ];
}
