/** The first layers get next to no gradient while the last one gets plenty, and the model does not learn. */
import { FINDING_TEXTS, type Sentence, told } from '../../../protocol/index.ts';
import { type Finding, type History, type SeenLayers, shown, sustained } from '../history.ts';

/** Thresholds of AUTOTRAINER (Zhang et al., 2021): ratio of the first to the last layer, and size of the first. */
const RATIO = 1e-3;
const SMALL = 1e-4;

export function vanishingGradients(history: History): readonly Finding[] {
  const { norms, loss, about } = history;
  const looks = sustained(norms);
  if (looks === undefined) return [];
  const none = withoutGradient(history, looks);
  if (none.length > 0) return none;
  const first = about.kernels[0];
  const last = about.kernels.at(-1);
  if (first === undefined || last === undefined || first === last) return [];
  // What has learned already has small gradients for a good reason.
  if (loss.first === undefined || loss.now < 0.7 * loss.first) return [];
  const size = (look: SeenLayers, path: string): number => look.norms.get(path)?.gradient ?? Number.NaN;
  const vanishes = looks.every((look) => {
    const [near, far] = [size(look, last), size(look, first)];
    return far < SMALL && far < RATIO * near;
  });
  const now = looks.at(-1);
  if (!vanishes || now === undefined) return [];
  const weak = about.kernels.filter((path) => size(now, path) < RATIO * size(now, last)).length;
  const sizes = [about.name(first), shown(size(now, first)), about.name(last), shown(size(now, last))];
  const vanishing: Sentence =
    weak === 1
      ? [FINDING_TEXTS.vanishingFirst, ...sizes]
      : [FINDING_TEXTS.vanishing, ...sizes, weak, about.kernels.length];
  return [
    {
      code: 'train/vanishing-gradients',
      severity: 'warning',
      ...told(vanishing, [FINDING_TEXTS.leadGradients]),
      place: about.place(first),
    },
  ];
}

/** Layers that no gradient at all has reached, while others had one: dead behind `relu`, or cut off. */
function withoutGradient({ about }: History, looks: readonly SeenLayers[]): readonly Finding[] {
  const steps = (looks.at(-1)?.step ?? 0) - (looks[0]?.step ?? 0);
  const cut = about.kernels.filter((path) => looks.every((look) => look.norms.get(path)?.gradient === 0));
  const [first] = cut;
  if (first === undefined || cut.length === about.trained.length) return [];
  const name = about.name(first);
  const none: Sentence =
    cut.length === 1
      ? [FINDING_TEXTS.noGradient, name, steps]
      : [FINDING_TEXTS.noGradients, name, cut.length - 1, steps];
  return [
    {
      code: 'train/vanishing-gradients',
      severity: 'warning',
      ...told(none, [FINDING_TEXTS.findGradient]),
      place: about.place(first),
    },
  ];
}
