/** The health of a run: see `health.ts`. */
export { findingsThatHold } from './before.ts';
export { Health } from './health.ts';
export { watchHeat } from './heat.ts';
export { writeRing } from './ring.ts';
