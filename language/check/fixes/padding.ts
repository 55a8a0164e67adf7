/**
 * Two paths whose sizes differ because windows on one of them took cells from the border: the fix pads these windows.
 * Offered only where that makes the sizes equal: every step that one path has and the other has not is such a window.
 */
import type { Edit, Fix } from '../../problem.ts';
import { compare, constant, type Dim, known, subtract } from '../../shapes/dim.ts';
import type { Frame, WindowCall } from '../frame.ts';
import { editFor } from '../report.ts';

/** A fix that sets `padding: same` where that makes two sizes equal. */
export function paddingFix(a: Dim, b: Dim, frame: Frame): Fix | undefined {
  const [first, second] = [windowsBehind(a, frame), windowsBehind(b, frame)];
  const calls = [...only(first, second), ...only(second, first)];
  const lost = [shrinkOf(only(first, second)), shrinkOf(only(second, first))] as const;
  if (calls.length === 0) return undefined;
  // What the windows took must be all of the difference.
  const difference = subtract(subtract(b, a), known(lost[0] - lost[1]));
  if (compare(difference, known(0)) !== 'equal') return undefined;
  const edits = calls.flatMap(({ call }): Edit[] => {
    const { site, spanOf } = call;
    const edit = editFor(site, { kind: 'set', setting: 'padding', value: 'same' }, { part: 'callee' }, spanOf);
    return edit ? [edit] : [];
  });
  const names = [...new Set(calls.map(({ call }) => call.name))].join(', ');
  return edits.length < calls.length
    ? undefined
    : {
        id: 'shape/mismatch/padding',
        title: { key: 'fix/padding', values: { layers: names } },
        preferred: true,
        edits,
      };
}

interface Step {
  readonly call: WindowCall;
  /** Cells that the window took. */
  readonly lost: number;
}

/** The unpadded windows that a size went through. */
function windowsBehind(dim: Dim, frame: Frame): readonly Step[] {
  const steps: Step[] = [];
  // What a cell that is lost here amounts to at the end: enlarging and strides come after it.
  let factor = 1;
  for (let at: Dim | undefined = dim; at; at = at.why?.from[0]) {
    const { why } = at;
    const place = why?.at;
    if (why?.text.key === 'why/times') factor *= Number(why.text.values.times);
    if (why?.text.key === 'why/window-strided') factor /= Number(why.text.values.stride);
    if (why?.text.key !== 'why/window' || !place) continue;
    const call = frame.session.windows.find(
      ({ site }) => site.frame.chunk === place.chunk && site.node.start === place.start && site.node.end === place.end,
    );
    const before = why.from[0];
    const lost = before && constant(subtract(before, at));
    // A window of one takes nothing.
    if (call && lost !== undefined && lost !== 0 && Number.isFinite(factor)) steps.push({ call, lost: lost * factor });
  }
  return steps;
}

function only(steps: readonly Step[], others: readonly Step[]): readonly Step[] {
  return steps.filter(({ call }) => !others.some((other) => other.call.site.node === call.site.node));
}

function shrinkOf(steps: readonly Step[]): number {
  return steps.reduce((sum, { lost }) => sum + lost, 0);
}
