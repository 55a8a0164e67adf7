/** Most units of a layer behind `relu` are zero for every example: no gradient reaches them, so they stay so. */
import { type Finding, type History, sustained } from '../history.ts';

/** Share of the units. */
const MOST = 0.9;
/** A smaller batch says too little of a unit. */
const LEAST_BATCH = 16;

export function deadUnits({ results, about }: History): readonly Finding[] {
  const looks = sustained(results);
  const now = looks?.at(-1);
  if (looks === undefined || now === undefined || about.batch < LEAST_BATCH) return [];
  return [...now.results].flatMap(([path, { silent }]): Finding[] => {
    if (silent === undefined || !looks.every((look) => (look.results.get(path)?.silent ?? 0) >= MOST)) return [];
    const share = silent === 1 ? 'All units' : `${Math.floor(silent * 100)} % of the units`;
    const steps = now.step - (looks[0]?.step ?? 0);
    return [
      {
        code: 'train/dead-units',
        severity: 'warning',
        message: `${share} of ${about.name(path)} have been 0 for every example that was looked at for ${steps} steps: they are dead, since \`relu\` lets no gradient through to them. Try a smaller learning rate, \`leakyRelu\` or \`gelu\` instead of \`relu\`, or \`init: heNormal\`.`,
        place: about.place(path),
      },
    ];
  });
}
