/** The validation loss rises check by check while the training loss falls. */
import { FINDING_TEXTS, told } from '../../../protocol/index.ts';
import { type Finding, type History, shown } from '../history.ts';

/** Rises in a row, and how far above its best the loss must be for it to be no noise. */
const RISES = 3;
const ABOVE = 1.1;

export function overFitting({ checks, about }: History): readonly Finding[] {
  // A run with `stop:` ends by itself.
  if (about.stops) return [];
  const seen = checks.flatMap(({ epoch, step, loss, validation }) =>
    loss === undefined || validation === undefined ? [] : [{ epoch, step, train: loss, validation }],
  );
  const latest = seen.slice(-1 - RISES);
  const [first, last] = [latest[0], latest.at(-1)];
  if (latest.length <= RISES || first === undefined || last === undefined) return [];
  // In the first epoch no row was seen twice: nothing can have been learned by heart.
  if (last.epoch < 2) return [];
  const rises = latest.every((check, i) => i === 0 || check.validation > (latest[i - 1]?.validation ?? 0));
  const best = seen.reduce((a, b) => (b.validation < a.validation ? b : a));
  if (!rises || !(last.train < first.train) || !(best.validation > 0) || last.validation < ABOVE * best.validation) {
    return [];
  }
  return [
    {
      code: 'train/over-fitting',
      severity: 'warning',
      ...told([FINDING_TEXTS.overFitting, RISES, shown(last.validation), best.epoch, shown(best.validation)]),
      place: about.places.train,
    },
  ];
}
