/** A plan, lowered. The trainer's engines write it out as their own graphs. */
import type { Plan, PlanWeight } from '../language/index.ts';

export interface Compiled {
  readonly plan: Plan;
  readonly weights: readonly PlanWeight[];
}
