/** The loss has got no better for many checks. */
import { FINDING_TEXTS, told } from '../../../protocol/index.ts';
import { type Finding, type History, shown } from '../history.ts';

/** Checks without a better one: that many, and that share of the run. */
const LEAST = 8;
const SHARE = 0.3;
/** A gain below this share of the best is none. */
const GAIN = 1e-3;

export function plateau({ checks, about }: History): readonly Finding[] {
  if (about.stops) return [];
  const seen = checks.flatMap(({ epoch, step, loss, validation }) => {
    const judged = validation ?? loss;
    return judged === undefined ? [] : [{ epoch, step, loss: judged }];
  });
  const last = seen.at(-1);
  if (last === undefined || last.step >= about.total) return [];
  let best = { ...last, loss: Number.POSITIVE_INFINITY };
  let since = 0;
  for (const check of seen) {
    const isBetter = check.loss < best.loss - GAIN * Math.abs(best.loss) || !Number.isFinite(best.loss);
    since = isBetter ? 0 : since + 1;
    if (isBetter) best = check;
  }
  if (since < LEAST || last.step - best.step < SHARE * about.total) return [];
  return [
    {
      code: 'train/plateau',
      severity: 'information',
      ...told([FINDING_TEXTS.plateau, since, shown(best.loss), best.epoch, shown(last.loss)]),
      place: about.places.train,
    },
  ];
}
