/** Each update moves the weights by half their size and more, and the loss does not fall. */
import { FINDING_TEXTS, told } from '../../../protocol/index.ts';
import { type Finding, type History, medianOf, shown, sustained } from '../history.ts';

const MOST_MOVED = 0.5;

export function rateTooHigh({ norms, loss, steps, about }: History): readonly Finding[] {
  const looks = sustained(norms);
  if (looks === undefined || loss.first === undefined || loss.now < 0.9 * loss.first) return [];
  const moves = looks.map((look) =>
    medianOf(
      about.kernels.flatMap((path) => {
        const { update, weight } = look.norms.get(path) ?? {};
        return update === undefined || weight === undefined || weight === 0 ? [] : [update / weight];
      }),
    ),
  );
  if (!moves.every((move) => move !== undefined && move > MOST_MOVED)) return [];
  const rate = steps.at(-1)?.rate ?? Number.NaN;
  return [
    {
      code: 'train/rate-too-high',
      severity: 'warning',
      ...told([FINDING_TEXTS.rateTooHigh, shown(rate), Math.round((moves.at(-1) ?? 0) * 100), shown(rate / 100)]),
      place: about.places.optimizer,
    },
  ];
}
