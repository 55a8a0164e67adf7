/**
 * A loss or metric that is only named (`loss: mse`, `loss: "mse"`): where the model has one output, and the data one field
 * that is no input, these two are what it compares.
 */
import type { Fix } from '../problem.ts';
import type { TensorType } from '../shapes/type.ts';
import { foreignName } from '../syntax/foreign.ts';
import type { Expr } from '../syntax/tree.ts';
import { type Frame, place } from './frame.ts';
import type { RunParts } from './run-scope.ts';
import { inputsOf } from './unit.ts';

/** What a loss without arguments may compare: the one output, and the fields that are no inputs. */
export interface Pair {
  readonly prediction: TensorType;
  readonly output: string;
  readonly fields: readonly { readonly name: string; readonly type: TensorType }[];
  /** How they are written where an output and a field have one name. */
  readonly owners: readonly [model: string, data: string];
}

/** Undefined where the model has several outputs. */
export function pairOf(parts: RunParts): Pair | undefined {
  const inputs = new Set(inputsOf(parts.target.declaration.body).map(({ name }) => name));
  const [output, ...others] = parts.outputs;
  if (output?.value.kind !== 'tensor' || others.length > 0) return undefined;
  const fields = [...parts.data.result.fields.values()].filter(({ name }) => !inputs.has(name));
  return {
    prediction: output.value.type,
    output: output.name,
    fields: fields.map(({ name, value }) => ({ name, type: value.type })),
    owners: [parts.target.declaration.name.text, parts.data.declaration.name.text],
  };
}

/** What chooses among classes; the rest measures distances or shares. */
const OF_CLASSES: ReadonlySet<string> = new Set([
  'crossEntropy',
  'focal',
  'accuracy',
  'perplexity',
  'topK',
  'confusion',
]);

/** The field that fits the output for this loss; the only one, or the only one of its kind. */
function truthFor(name: string, { fields, prediction }: Pair): string | undefined {
  if (fields.length < 2) return fields[0]?.name;
  const rank = prediction.shape?.length ?? 0;
  const fitting = fields.filter(({ type }) =>
    OF_CLASSES.has(name) ? type.dtype === 'int32' && type.shape?.length === rank - 1 : type.shape?.length === rank,
  );
  return fitting.length === 1 ? fitting[0]?.name : undefined;
}

/** The call that was meant. */
export function comparisonFixes(expr: Expr, at: 'loss' | 'metric', frame: Frame): readonly Fix[] {
  const { pair, program } = frame.session;
  const written = expr.kind === 'name' ? expr.text : expr.kind === 'string' ? expr.value : undefined;
  if (!pair || written === undefined) return [];
  const names = program.catalog.names(at);
  const name = names.includes(written) ? written : foreignName(written, names);
  if (name === undefined) return [];
  const truth = truthFor(name, pair);
  if (truth === undefined) return [];
  const [model, data] = pair.owners;
  const text =
    pair.output === truth ? `${name}(${model}.${truth}, ${data}.${truth})` : `${name}(${pair.output}, ${truth})`;
  return [
    {
      id: at === 'loss' ? 'loss/not-a-value/call' : 'train/metric-form/call',
      title: { key: 'fix/change', values: { text } },
      preferred: true,
      edits: [{ at: place(frame, expr), newText: text }],
    },
  ];
}
