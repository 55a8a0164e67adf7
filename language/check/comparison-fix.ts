/**
 * A loss or metric that is only named (`loss: mse`, `loss: "mse"`): where the model has one output, and the data one field
 * that is no input, these two are what it compares.
 */
import type { Fix } from '../problem.ts';
import { foreignName } from '../syntax/foreign.ts';
import type { Expr } from '../syntax/tree.ts';
import { type Frame, place } from './frame.ts';
import type { RunParts } from './run-scope.ts';
import { inputsOf } from './unit.ts';

/** What a loss without arguments compares. */
export interface Pair {
  readonly prediction: string;
  readonly truth: string;
}

/** The one output and the one field that is no input; undefined where there are several. */
export function pairOf(parts: RunParts): Pair | undefined {
  const inputs = new Set(inputsOf(parts.target.declaration.body).map(({ name }) => name));
  const [output, ...others] = parts.outputs;
  const [field, ...more] = [...parts.data.result.fields.keys()].filter((name) => !inputs.has(name));
  if (!output || !field || others.length > 0 || more.length > 0) return undefined;
  if (output.name !== field) return { prediction: output.name, truth: field };
  const { name } = parts.target.declaration;
  return { prediction: `${name.text}.${output.name}`, truth: `${parts.data.declaration.name.text}.${field}` };
}

/** The call that was meant. */
export function comparisonFixes(expr: Expr, at: 'loss' | 'metric', frame: Frame): readonly Fix[] {
  const { pair, program } = frame.session;
  const written = expr.kind === 'name' ? expr.text : expr.kind === 'string' ? expr.value : undefined;
  if (!pair || written === undefined) return [];
  const names = program.catalog.names(at);
  const name = names.includes(written) ? written : foreignName(written, names);
  if (name === undefined) return [];
  const text = `${name}(${pair.prediction}, ${pair.truth})`;
  return [
    {
      id: at === 'loss' ? 'loss/not-a-value/call' : 'train/metric-form/call',
      title: { key: 'fix/change', values: { text } },
      preferred: true,
      edits: [{ at: place(frame, expr), newText: text }],
    },
  ];
}
