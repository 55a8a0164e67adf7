/** Nearly all results of a hidden `tanh` or `sigmoid` stand at an end, where the slope is flat. */
import { FINDING_TEXTS, told } from '../../../protocol/index.ts';
import { type Finding, type History, sustained } from '../history.ts';

const MOST = 0.98;

export function saturatedUnits({ results, loss, about }: History): readonly Finding[] {
  const looks = sustained(results);
  const now = looks?.at(-1);
  // A code of ends is what some models learn; one that does not learn has no such excuse.
  if (looks === undefined || now === undefined || loss.first === undefined || loss.now < 0.7 * loss.first) return [];
  return [...now.results].flatMap(([path, { saturated }]): Finding[] => {
    if (!about.hidden.has(path) || saturated === undefined) return [];
    if (!looks.every((look) => (look.results.get(path)?.saturated ?? 0) >= MOST)) return [];
    return [
      {
        code: 'train/saturated-units',
        severity: 'warning',
        ...told([FINDING_TEXTS.saturated, Math.floor(saturated * 100), about.name(path)]),
        place: about.place(path),
      },
    ];
  });
}
