/** The gradient of a layer has grown a hundredfold and is still growing, while the loss gets worse. */
import { FINDING_TEXTS, told } from '../../../protocol/index.ts';
import { type Finding, type History, medianOf, shown } from '../history.ts';

/** Times the usual size. */
const GROWTH = 100;
/** Looks that tell what is usual, and looks that grow one after the other. */
const USUAL = 8;
const GROWING = 3;

export function explodingGradients({ norms, loss, about }: History): readonly Finding[] {
  const latest = norms.slice(-GROWING);
  const earlier = norms.slice(0, -GROWING);
  // Large gradients of a model that learns do no harm.
  if (earlier.length < USUAL || loss.first === undefined || loss.now < 1.5 * Math.max(loss.least, 0)) return [];
  let worst: { readonly path: string; readonly from: number; readonly to: number; readonly since: number } | undefined;
  for (const path of about.kernels) {
    const sizes = latest.map((look) => look.norms.get(path)?.gradient ?? Number.NaN);
    const usual = medianOf(earlier.flatMap((look) => look.norms.get(path)?.gradient ?? []));
    const to = sizes.at(-1) ?? Number.NaN;
    if (usual === undefined || !(usual > 0) || !(to > GROWTH * usual) || !isGrowing(sizes)) continue;
    if (worst === undefined || to / usual > worst.to / worst.from) {
      worst = { path, from: usual, to, since: (norms.at(-1)?.step ?? 0) - (earlier.at(-1)?.step ?? 0) };
    }
  }
  if (worst === undefined) return [];
  return [
    {
      code: 'train/exploding-gradients',
      severity: 'warning',
      ...told(
        [
          FINDING_TEXTS.exploding,
          about.name(worst.path),
          shown(worst.from),
          shown(worst.to),
          worst.since,
          shown(loss.now),
        ],
        [about.clips ? FINDING_TEXTS.smallerRate : FINDING_TEXTS.clipOrSmallerRate],
      ),
      place: about.place(worst.path),
    },
  ];
}

function isGrowing(sizes: readonly number[]): boolean {
  return sizes.every((size, i) => i === 0 || size > 2 * (sizes[i - 1] ?? Number.POSITIVE_INFINITY));
}
