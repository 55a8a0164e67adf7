/** The updates hardly move the weights, and the loss stands still from the start. */
import { FINDING_TEXTS, told } from '../../../protocol/index.ts';
import { type Finding, type History, medianOf, shown, sustained } from '../history.ts';

const LEAST_MOVED = 1e-6;
const LEAST_STEPS = 300;
/** Share of the first loss that counts as progress. */
const PROGRESS = 0.01;

export function rateTooLow({ norms, loss, steps, about }: History): readonly Finding[] {
  const looks = sustained(norms);
  if (looks === undefined || loss.first === undefined || loss.count < LEAST_STEPS) return [];
  if (loss.least < loss.first - PROGRESS * Math.abs(loss.first)) return [];
  const [early, late] = [steps[0]?.rate, steps.at(-1)?.rate];
  // While a warm-up is under way the rate is low on purpose.
  if (early === undefined || late === undefined || late > early) return [];
  const moves = looks.flatMap((look) =>
    about.kernels.flatMap((path) => {
      const { update, weight } = look.norms.get(path) ?? {};
      return update === undefined || weight === undefined || weight === 0 ? [] : [update / weight];
    }),
  );
  const move = medianOf(moves);
  if (move === undefined || move > LEAST_MOVED) return [];
  return [
    {
      code: 'train/rate-too-low',
      severity: 'warning',
      ...told([FINDING_TEXTS.rateTooLow, shown(late), shown(move * 100), loss.count, shown(late * 100)]),
      place: about.places.optimizer,
    },
  ];
}
