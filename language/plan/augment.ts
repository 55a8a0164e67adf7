/** The plan of `augment:`: the steps that were recorded between a field and what became of it. */
import type { AugmentFlow } from '../check/augment.ts';
import type { PlanAugmentation, PlanData, Ref } from './plan.ts';
import type { DataPlanning } from './plan-data.ts';
import { planSettings } from './values.ts';

/** Flows of fields that somebody reads; left out where there are none. */
export function planAugment(
  flows: readonly AugmentFlow[],
  isUsed: (field: string) => boolean,
  planning: DataPlanning,
): Pick<PlanData, 'augment'> {
  const augment = flows.flatMap((flow): PlanAugmentation[] => {
    const fields = flow.fields.filter(({ name }) => isUsed(name));
    const steps = stepsOf(flow, planning);
    if (fields.length === 0 || steps.length === 0) return [];
    const ranges = Object.fromEntries(
      fields.flatMap(({ name, value }) => {
        const { values } = value.type.facts;
        return values ? [[name, values] as const] : [];
      }),
    );
    return [{ fields: fields.map(({ name }) => name), ...(Object.keys(ranges).length > 0 ? { ranges } : {}), steps }];
  });
  return augment.length > 0 ? { augment } : {};
}

/** From the last step back to the field. */
function stepsOf({ first, last }: AugmentFlow, { recorder, places, planner }: DataPlanning): PlanAugmentation['steps'] {
  const steps: PlanAugmentation['steps'][number][] = [];
  for (let at: Ref = last; at.node !== first.node; ) {
    const node = recorder.nodes[at.node];
    const before = node?.inputs.x;
    if (!node || !before || !('node' in before)) break;
    const settings = planSettings(node.settings, node.place, planner);
    steps.push({ call: node.op, settings, place: places.of(node.place) });
    at = before;
  }
  return steps.reverse();
}
