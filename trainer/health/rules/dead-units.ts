/** Most units of a layer behind `relu` are zero for every example: no gradient reaches them, so they stay so. */
import { FINDING_TEXTS, type Sentence, told } from '../../../protocol/index.ts';
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
    const steps = now.step - (looks[0]?.step ?? 0);
    const name = about.name(path);
    const dead: Sentence =
      silent === 1 ? [FINDING_TEXTS.allDead, name, steps] : [FINDING_TEXTS.dead, Math.floor(silent * 100), name, steps];
    return [
      {
        code: 'train/dead-units',
        severity: 'warning',
        ...told(dead, [FINDING_TEXTS.reviveUnits]),
        place: about.place(path),
      },
    ];
  });
}
