/** The engine stands idle for much of the time because the next batch is not there. */
import { FINDING_TEXTS, told } from '../../../protocol/index.ts';
import type { Finding, History } from '../history.ts';

const SHARE = 0.4;
/** Milliseconds a step: below, it is not worth a word. */
const LEAST_WAIT = 5;
const LEAST_STEPS = 200;

export function waitingForData({ steps, about }: History): readonly Finding[] {
  if (steps.length < LEAST_STEPS) return [];
  const latest = steps.slice(-LEAST_STEPS);
  const sum = (of: (step: (typeof latest)[number]) => number): number =>
    latest.reduce((total, step) => total + of(step), 0);
  const [data, compute] = [sum((step) => step.data), sum((step) => step.compute)];
  if (data < SHARE * (data + compute) || data < LEAST_WAIT * latest.length) return [];
  return [
    {
      code: 'train/waiting-for-data',
      severity: 'warning',
      ...told([FINDING_TEXTS.waitingForData, Math.round((100 * data) / (data + compute)), latest.length]),
      place: about.places.data,
    },
  ];
}
