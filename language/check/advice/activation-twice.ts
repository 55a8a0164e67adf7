/** An activation on top of another that leaves it nothing to do, or cuts its result to pieces. */
import type { TensorType } from '../../shapes/type.ts';
import { place } from '../frame.ts';
import { report } from '../report.ts';
import type { Call } from './call.ts';

/** What a result of 0 and more does to a function that is made for numbers of both signs. */
const CUT: ReadonlySet<string> = new Set(['relu', 'relu6', 'softplus', 'sigmoid', 'softmax']);
const CENTRED: ReadonlySet<string> = new Set(['sigmoid', 'softmax', 'tanh']);
const IDEMPOTENT: ReadonlySet<string> = new Set(['relu', 'relu6', 'logSoftmax', 'sparsemax']);

export function adviseActivationTwice({ entry, site, inputs }: Call): void {
  const x = inputs.x as TensorType | undefined;
  const before = x?.facts.activation;
  if (before === undefined || entry.kind !== 'operation' || !entry.activation) return;
  const variant = variantOf(before, entry.name);
  if (variant === undefined) return;
  const { arrow, node, frame } = site;
  const inner = node.kind === 'call' && !arrow ? node.args?.items[0]?.value : undefined;
  const removal = inner
    ? {
        id: 'shape/activation-twice/remove',
        title: { key: 'fix/remove-stage', values: { stage: entry.name } },
        preferred: true,
        edits: [{ at: place(frame, node), newText: frame.chunk.text.slice(inner.start, inner.end) }],
      }
    : arrow && {
        id: 'shape/activation-twice/remove',
        title: { key: 'fix/remove-stage', values: { stage: entry.name } },
        preferred: true,
        edits: [{ at: place(frame, { start: startOfGap(frame.chunk.text, arrow.start), end: node.end }), newText: '' }],
      };
  report(frame, site.callee, {
    severity: 'warning',
    message: { key: `shape/activation-twice${variant}`, values: { first: before, second: entry.name } },
    fixes: removal ? [removal] : [],
  });
}

function variantOf(first: string, second: string): string | undefined {
  if (first === second) return IDEMPOTENT.has(first) ? '.idle' : CENTRED.has(first) ? '' : undefined;
  if (CUT.has(first) && CENTRED.has(second)) return '.cut';
  return (first === 'sigmoid' || first === 'softmax') && second === 'relu' ? '.idle' : undefined;
}

/** The blank in front of the arrow goes with the stage. */
function startOfGap(text: string, at: number): number {
  let start = at;
  while (start > 0 && /\s/u.test(text[start - 1] ?? '')) start--;
  return start;
}
