/** The loss has lost most of what it had gained, and more than twice its least value. */
import { FINDING_TEXTS, told } from '../../../protocol/index.ts';
import { type Finding, type History, shown } from '../history.ts';

/** Share of the gain that is lost. */
const LOST = 0.75;
/** Twenty steps of the start, and as many after them that tell what was reached. */
const LEAST_STEPS = 60;

export function diverging({ loss, steps, about }: History): readonly Finding[] {
  const { first, now, least, count } = loss;
  if (first === undefined || count < LEAST_STEPS || !(least > 0)) return [];
  // Started too high: what is worse than twice the start needs no gain before.
  const limit = first > 2 * least ? least + LOST * (first - least) : 2 * Math.max(first, least);
  if (!(now > Math.max(limit, 2 * least))) return [];
  const rate = steps.at(-1)?.rate;
  return [
    {
      code: 'train/diverging',
      severity: 'warning',
      ...told(
        [FINDING_TEXTS.diverging, shown(least), shown(now)],
        [
          about.clips ? FINDING_TEXTS.lowerRate : FINDING_TEXTS.lowerRateOrClip,
          shown(rate ?? Number.NaN),
          shown((rate ?? 0) / 10),
        ],
      ),
      place: about.places.optimizer,
    },
  ];
}
