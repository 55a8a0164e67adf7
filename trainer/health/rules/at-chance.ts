/** The loss of a classifier never was better than guessing among its classes. */
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
      message: `The loss (${shown(loss.now)}) is no better than guessing among ${guess.classes} classes (${shown(guess.loss)}) after ${loss.count} steps: the model has learned nothing of the examples yet. Look whether each label belongs to its example and whether the inputs are scaled, then try another learning rate.`,
      place: about.places.loss,
    },
  ];
}
