/**
 * A loss or metric that is only named (`loss: mse`, `loss: "mse"`): where the model has one output, and the data one field
 * that is no input, these two are what it compares.
 */
import type { Fix } from '../../problem.ts';
import type { TensorType } from '../../shapes/type.ts';
import { foreignName } from '../../syntax/foreign.ts';
import type { Expr, RunDecl } from '../../syntax/tree.ts';
import { type Frame, place } from '../frame.ts';
import type { RunParts } from '../run-scope.ts';
import { inputsOf } from '../unit.ts';

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
  const text = callOf(name, pair);
  if (text === undefined) return [];
  return [
    {
      id: at === 'loss' ? 'loss/not-a-value/call' : 'train/metric-form/call',
      title: { key: 'fix/change', values: { text } },
      preferred: true,
      edits: [{ at: place(frame, expr), newText: text }],
    },
  ];
}

/** The call of a loss or metric on the output and the field that fits it. */
function callOf(name: string, pair: Pair): string | undefined {
  const truth = truthFor(name, pair);
  if (truth === undefined) return undefined;
  const [model, data] = pair.owners;
  return pair.output === truth ? `${name}(${model}.${truth}, ${data}.${truth})` : `${name}(${pair.output}, ${truth})`;
}

/** A `loss:` line for a section that has none: the loss that fits the one output and the field beside it. */
export function lossFixes(declaration: RunDecl, frame: Frame): readonly Fix[] {
  const { pair } = frame.session;
  if (!pair) return [];
  const { prediction } = pair;
  const name = lossFor(pair);
  const call = name === undefined ? undefined : callOf(name, pair);
  const head = declaration.as ?? declaration.on?.name ?? declaration.model.at(-1);
  const open = head ? frame.chunk.text.indexOf('{', head.end) : -1;
  if (call === undefined || open < 0 || !prediction.shape) return [];
  const edit = { at: place(frame, { start: open + 1, end: open + 1 }), newText: `\n  loss: ${call}` };
  const title = { key: 'fix/add-line', values: { text: `loss: ${call}` } };
  return [{ id: 'train/no-loss/add', title, preferred: true, edits: [edit] }];
}

/** Class numbers are compared by cross entropy, probabilities of yes by its two-sided form, the rest by distance. */
function lossFor(pair: Pair): string | undefined {
  if (truthFor('crossEntropy', pair) !== undefined && classes(pair)) return 'crossEntropy';
  return pair.prediction.facts.mark === 'sigmoid' ? 'binaryCrossEntropy' : 'mse';
}

function classes({ fields, prediction }: Pair): boolean {
  return fields.some(
    ({ type }) => type.dtype === 'int32' && type.shape?.length === (prediction.shape?.length ?? 0) - 1,
  );
}

/** A `metrics:` line for a metric that is watched and not measured, where the section measures none. */
export function metricFixes(watched: string, frame: Frame): readonly Fix[] {
  const { pair, program } = frame.session;
  const name = watched.replace(/^validation\./u, '');
  const { declaration } = frame.chunk;
  if (!pair || declaration?.kind !== 'run' || !program.catalog.names('metric').includes(name)) return [];
  const entry = (key: string) => declaration.body.find((item) => item.kind === 'entry' && item.key.text === key);
  const [loss, call] = [entry('loss'), callOf(name, pair)];
  // An accuracy of an amount would be the next mistake.
  const share = OF_CLASSES.has(name) && pair.prediction.facts.mark === undefined && !classes(pair);
  if (!loss || entry('metrics') || call === undefined || share) return [];
  const text = `metrics: ${call}`;
  const edit = { at: place(frame, { start: loss.end, end: loss.end }), newText: `\n  ${text}` };
  return [
    { id: 'train/unknown-watch/add', title: { key: 'fix/add-line', values: { text } }, preferred: true, edits: [edit] },
  ];
}
