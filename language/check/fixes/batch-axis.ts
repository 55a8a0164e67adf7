/**
 * A model that writes the batch as an axis of its input, as other libraries do: the layer that finds one axis too many gets
 * a fix that leaves it out. Offered only where the layer accepts what is left.
 */
import type { Fix } from '../../problem.ts';
import type { Shape } from '../../shapes/type.ts';
import type { InputStmt } from '../../syntax/tree.ts';
import type { Frame } from '../frame.ts';
import { inputsOf } from '../unit.ts';

/** Names that a batch goes by. */
const BATCH = /^(b|bs|n|batch|batch_?size)$/iu;

/**
 * The fix, where the shape that was refused is the model's input as it is declared. A plain number in front may be an axis
 * like another: with `alone`, no other fix is known.
 */
export function batchAxisFix(
  shape: Shape,
  accepts: (rest: Shape) => boolean,
  alone: boolean,
  frame: Frame,
): Fix | undefined {
  const { declaration } = frame.chunk;
  if (!shape || declaration?.kind !== 'unit' || declaration.unit !== 'model') return undefined;
  const input = inputsOf(declaration.body).find(({ statement }) => isDeclared(statement, shape, frame));
  const [first, second] = input?.statement.type?.shape?.dims ?? [];
  if (!first || !second || first.kind === 'rest') return undefined;
  const batch = first.kind === 'name' ? BATCH.test(first.text) : alone;
  if (!batch || !accepts(shape.slice(1))) return undefined;
  const edit = { at: { chunk: frame.chunk, start: first.start, end: second.start }, newText: '' };
  return {
    id: 'shape/rank/batch',
    title: { key: 'fix/batch-axis', values: {} },
    preferred: true,
    edits: [edit],
  };
}

/** Whether each size of the shape is the one that the input's type writes. */
function isDeclared(statement: InputStmt, shape: NonNullable<Shape>, frame: Frame): boolean {
  const dims = statement.type?.shape?.dims ?? [];
  return (
    dims.length === shape.length &&
    shape.every(({ why }, axis) => why?.at?.chunk === frame.chunk && why.at.start === dims[axis]?.start)
  );
}
