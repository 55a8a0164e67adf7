/** Many layers in a row that squash their results: little of the gradient reaches the first ones. */
import type { Edit, Fix } from '../../problem.ts';
import { activationEdit } from '../fixes/activation.ts';
import type { Frame } from '../frame.ts';
import { report } from '../report.ts';
import { activationOf, type Chain, type Stage } from './chains.ts';

/** From so many hidden layers on; networks of `tanh` for physics are that deep on purpose, so it is a hint there. */
const MANY = { sigmoid: 4, tanh: 6 } as const;

export function adviseSaturation(chain: Chain, frame: Frame): void {
  // The last layer may well be a sigmoid; the ones before it count.
  for (const name of ['sigmoid', 'tanh'] as const) {
    const squashed = chain.slice(0, -1).filter((stage) => isLayer(stage) && activationOf(stage) === name);
    const normed = chain.some((stage) => /Norm$/u.test(stage.name));
    const [first] = squashed;
    if (!first || squashed.length < MANY[name] || normed) continue;
    report(frame, first.callee, {
      severity: name === 'sigmoid' ? 'warning' : 'hint',
      message: { key: 'shape/vanishing', values: { activation: name, count: squashed.length } },
      fixes: withRelu(squashed, frame),
    });
  }
}

/** All of them with `relu`, where each writes its activation. */
function withRelu(stages: readonly Stage[], frame: Frame): readonly Fix[] {
  const edits = stages.flatMap(({ node, arrow, name }): readonly Edit[] => {
    const edit = activationEdit({ node, arrow, name, chunk: frame.chunk }, 'relu', frame);
    return edit ? [edit] : [];
  });
  if (edits.length < stages.length) return [];
  return [{ id: 'shape/vanishing/relu', title: { key: 'fix/relu', values: {} }, preferred: true, edits }];
}

function isLayer(stage: Stage): boolean {
  return /^(?:Dense|Conv[123]D)$/u.test(stage.name);
}
