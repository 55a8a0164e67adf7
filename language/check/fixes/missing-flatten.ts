/**
 * The beginner's commonest mistake: a `Dense` over the positions of an image or sequence map where one result for each
 * example was meant. It draws no remark by itself; where its scores then fail to fit the labels or a stated shape, the one
 * error stands at that `Dense`.
 */
import type { Fix, Message, Place, Related } from '../../problem.ts';
import { constant, type Dim, printDim } from '../../shapes/dim.ts';
import { printShape } from '../../shapes/type.ts';
import { callAt } from '../advice/written-call.ts';
import { type Frame, type OverMap, place } from '../frame.ts';
import { blamePath, reportAt } from '../report.ts';

/** The first `Dense` on the path of these sizes' reasons that was fed a map. */
function denseOverMap(dims: readonly Dim[], frame: Frame): OverMap | undefined {
  const { overMaps } = frame.session;
  if (overMaps.length === 0) return undefined;
  const places = reasons(dims);
  const last = overMaps.find(({ site }) =>
    places.some((at) => at.chunk === site.frame.chunk && at.start === site.node.start && at.end === site.node.end),
  );
  if (!last) return undefined;
  // A head of several layers: Flatten belongs before its first.
  const rank = last.input.shape?.length;
  const lead = last.input.shape?.slice(0, -1).map(printDim).join();
  return (
    overMaps.find(
      ({ site, input }) =>
        site.frame.chunk === last.site.frame.chunk &&
        input.shape?.length === rank &&
        input.shape?.slice(0, -1).map(printDim).join() === lead,
    ) ?? last
  );
}

function reasons(dims: readonly Dim[]): readonly Place[] {
  return blamePath(dims).flatMap(({ at }) => (at.chunk ? [{ ...at, chunk: at.chunk }] : []));
}

/** What is said at that `Dense`. */
function flattenMessage(found: OverMap): Message {
  const positions = (found.input.shape ?? []).slice(0, -1);
  const numbers = positions.map(constant);
  const count = numbers.every((n) => n !== undefined) ? String(numbers.reduce((a, b) => a * b, 1)) : undefined;
  const product = positions.map(printDim).join(' × ');
  return {
    key: 'shape/missing-flatten',
    values: {
      layer: 'Dense',
      shape: printShape(found.input.shape),
      positions: positions.length > 1 && count ? `${product} = ${count}` : product,
    },
  };
}

/** Flatten, or for an image one number for each channel, in front of that `Dense`. */
function flattenFixes(found: OverMap): readonly Fix[] {
  const rank = found.input.shape?.length;
  const last = lastStepFix(found);
  const stages =
    rank === 3 ? ['Flatten', 'GlobalAvgPool2D'] : rank === 2 ? ['Flatten', 'GlobalAvgPool1D'] : ['Flatten'];
  const { site } = found;
  const inserted = stages.map((stage, index) => {
    const start = site.arrow?.start ?? site.node.start;
    return {
      id: `shape/missing-flatten/${stage}`,
      title: { key: 'fix/insert-stage', values: { stage, layer: 'Dense' } },
      preferred: index === 0 && !last,
      edits: [
        {
          at: { ...place(site.frame, { start, end: start }) },
          newText: site.arrow ? `-> ${stage} ` : `${stage} -> `,
        },
      ],
    };
  });
  return last ? [last, ...inserted] : inserted;
}

/** A recurrent layer that was told to give all its steps: it gives the last one by itself. */
function lastStepFix({ input, site }: OverMap): Fix | undefined {
  const why = input.shape?.length === 2 ? input.shape[1]?.why : undefined;
  if (!why?.at || why.at.chunk.file !== site.frame.chunk.file) return undefined;
  const call = callAt(why.at.chunk, why.at.start, why.at.end);
  const items = call?.kind === 'call' ? (call.args?.items ?? []) : [];
  const given = items.find((arg) => arg.name?.text === 'sequences' && arg.value.kind === 'bool');
  const before = given && items[items.indexOf(given) - 1];
  if (!given || !before) return undefined;
  return {
    id: 'shape/missing-flatten/last-step',
    title: { key: 'fix/last-step', values: { layer: String(why.text.values.callee) } },
    preferred: true,
    edits: [{ at: { chunk: why.at.chunk, start: before.end, end: given.end }, newText: '' }],
  };
}

/**
 * Reports the missing Flatten where the blame path of a misfit passes such a `Dense`; `cause` is the misfit itself.
 * In a file that the frame only imports, it is told at the cause. False: nothing of the kind.
 */
export function reportMissingFlatten(
  frame: Frame,
  result: readonly Dim[],
  cause: Related & { readonly at: Place },
): boolean {
  const found = denseOverMap(result, frame);
  if (!found) return false;
  const dense = place(found.site.frame, found.site.callee);
  const here = dense.chunk.file === frame.chunk.file;
  const message = flattenMessage(found);
  const related: Related[] = here ? [cause] : [{ at: dense, message }];
  reportAt(frame, here ? dense : cause.at, {
    message,
    related,
    blame: result,
    fixes: here ? flattenFixes(found) : [],
  });
  return true;
}
