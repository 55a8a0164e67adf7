/**
 * Sizes that a model takes to be equal though that depends on the data: a hint where they meet. What is taken for granted
 * here is proved wherever the sizes are bound: in the train section, and when its plan is made, with the rule's own message.
 */
import { assuming } from '../shapes/assume.ts';
import { type Dim, printDim } from '../shapes/dim.ts';
import type { Frame } from './frame.ts';
import type { Site } from './layer.ts';
import { report } from './report.ts';

/** Runs `work`, which a call asks for, and notes what it takes for granted. Only in a model's own check. */
export function noting<T>(site: Site, work: () => T): T {
  const { frame } = site;
  const { declaration } = frame.chunk;
  if (!frame.facts || declaration?.kind !== 'unit' || declaration.unit !== 'model') return work();
  return assuming((a, b) => noteAssumed(a, b, site, frame), work);
}

function noteAssumed(a: Dim, b: Dim, site: Site, frame: Frame): void {
  const [first, second] = [printDim(a), printDim(b)];
  report(frame, site.callee, {
    severity: 'hint',
    message: { key: 'shape/depends', values: { first, second } },
    blame: [a, b],
  });
}
