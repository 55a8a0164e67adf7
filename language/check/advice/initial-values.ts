/** Initial values that leave nothing to learn: a `relu` that starts at 0 everywhere has no gradient. */
import type { Frame } from '../frame.ts';
import { report } from '../report.ts';
import { activationOf, type Chain, type Stage } from './chains.ts';

const DEAD: ReadonlySet<string> = new Set(['relu', 'relu6']);
const CONSTANT: ReadonlySet<string> = new Set(['zeros', 'ones', 'constant']);

export function adviseInitialValues(chain: Chain, frame: Frame): void {
  for (const [index, stage] of chain.entries()) {
    const init = initOf(stage);
    if (init === undefined || !CONSTANT.has(init)) continue;
    const next = chain[index + 1];
    const own = activationOf(stage);
    const through = own === 'none' && next ? next.name : own;
    const dead = init === 'zeros' && !lifted(stage) && through !== undefined && DEAD.has(through);
    // A last layer that begins with nothing is a habit of good models.
    if (init === 'zeros' && !dead && !chain.slice(index + 1).some((later) => initOf(later) !== undefined)) continue;
    const at = writtenInit(stage) ?? stage.callee;
    const fix = {
      id: 'shape/equal-weights/default',
      title: { key: 'fix/change', values: { text: 'glorotUniform' } },
      preferred: true,
      edits: [{ at: { chunk: frame.chunk, start: at.start, end: at.end }, newText: 'glorotUniform' }],
    };
    report(frame, at, {
      severity: dead ? 'warning' : 'hint',
      message: { key: dead ? 'shape/equal-weights.dead' : 'shape/equal-weights', values: { layer: stage.name, init } },
      fixes: writtenInit(stage) ? [fix] : [],
    });
  }
}

/** A bias that starts above 0 gives `relu` a slope. */
function lifted(stage: Stage): boolean {
  const value = stage.fact?.settings.biasInit;
  return value?.kind !== 'layer' || value.title !== 'zeros';
}

function initOf(stage: Stage): string | undefined {
  if (!/^(?:Dense|Conv[123]D)$/u.test(stage.name)) return undefined;
  const value = stage.fact?.settings.init;
  return value?.kind === 'layer' ? value.title : undefined;
}

function writtenInit(stage: Stage) {
  if (stage.node.kind !== 'call') return undefined;
  return stage.node.args?.items.find((arg) => arg.name?.text === 'init')?.value;
}
