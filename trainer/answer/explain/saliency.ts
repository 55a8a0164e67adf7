/**
 * What of an example a score depends on: the slope of the score at each number of the input times that number, or integrated
 * gradients on the way from nothing to the input (Sundararajan et al., 2017), which add up to the difference of the scores.
 */
import {
  CHOICE,
  type Explained,
  SCORE,
  SHARE,
  type Source,
  slopeOutput,
  sourceOutput,
} from '../../../compiler/index.ts';
import type { Plan } from '../../../language/index.ts';
import { eventNumber, type SaliencyInput, type UseLayersAnswer, type UseLayersAsk } from '../../../protocol/index.ts';
import type { Batch, HostTensor } from '../../engine.ts';
import { Failure } from '../../failure.ts';
import { askedAnswers } from '../evaluation/asked.ts';
import { type AboutFields, aboutFields, classNames, columnNames, wordsOf } from './labels.ts';
import { exampleOf, packed, repeated, type UsedRun } from './used-run.ts';

type Saliency = Extract<UseLayersAnswer, { kind: 'saliency' }>;
type SaliencyAsk = Extract<UseLayersAsk, { kind: 'saliency' }>;
type Outputs = Readonly<Record<string, HostTensor>>;

/** Places between nothing and the input, in the middle of as many equal stretches. */
const STEPS = 32;
/** Scores that are told by name. */
const MOST_SCORES = 1000;

export async function saliencyOf(used: UsedRun, ask: SaliencyAsk): Promise<Saliency> {
  const { plan } = used;
  const output = outputOf(plan);
  const { batch, example } = await exampleOf(used, ask.example);
  // Nothing and the whole come first; what lies between them after.
  const between = ask.method === 'integrated' ? Array.from({ length: STEPS }, (_, k) => (k + 0.5) / STEPS) : [];
  const shares = Float32Array.from([0, 1, ...between]);
  const open = await used.open(shares.length, { kind: 'inputs', output });
  const given = withShares(repeated(batch, shares.length), shares);
  const whole = scoresOf(await open.run(withChoice(given, open.explained)), output, shares.length);
  const target = Math.min(ask.target ?? greatest(whole), whole.length - 1);
  const outputs = await open.run(withChoice(given, open.explained, target));
  const about = aboutFields(plan, (await used.preparer()).fitted);
  const answer = askedAnswers(plan).find(({ name }) => name === output);
  const names = answer && classNames(about, answer.truthName);
  const inputs = open.explained.sources.map((source, index) =>
    inputOf({ source, index, outputs, batch, about, copies: shares.length, integrated: between.length > 0 }),
  );
  const [nothing = Number.NaN, score = Number.NaN] = outputs[SCORE]?.data ?? [];
  const found = inputs.filter((input) => input !== undefined);
  return {
    kind: 'saliency',
    example,
    method: ask.method,
    output,
    scores: Array.from(whole.subarray(0, MOST_SCORES), eventNumber),
    names: names?.slice(0, MOST_SCORES),
    target,
    truth: answer && truthOf(batch.fields[answer.truthName], names),
    score: eventNumber(score),
    nothing: eventNumber(nothing),
    sum: eventNumber(found.reduce((sum, input) => sum + input.sum, 0)),
    inputs: found.map(({ sum: _, ...input }) => input),
  };
}

/** The first output that the loss or a metric asks of, else the first of floating numbers. */
function outputOf(plan: Plan): string {
  const outputs = plan.graph.outputs.filter(({ trainingOnly, ref }) => {
    return !trainingOnly && plan.graph.nodes[ref.node]?.outputs[ref.output]?.dtype === 'float32';
  });
  const asked = askedAnswers(plan).map(({ name }) => name);
  const found = outputs.find(({ name }) => asked.includes(name)) ?? outputs[0];
  if (found === undefined) {
    throw new Failure(
      'train/no-score',
      'The model has no output of floating numbers, so there is no score to explain.',
    );
  }
  return found.name;
}

function withShares(batch: Batch, shares: Float32Array): Batch {
  const share: HostTensor = { dtype: 'float32', shape: [shares.length], data: shares };
  return { size: batch.size, fields: { ...batch.fields, [SHARE]: share } };
}

/** One score of each example counts; without a target none does. */
function withChoice(batch: Batch, { program }: Explained, target?: number): Batch {
  const input = program.inputs.find(({ name }) => name === CHOICE);
  if (input === undefined) return batch;
  const { shape } = input.tensor;
  const size = shape.slice(1).reduce((product, each) => product * each, 1);
  const data = new Float32Array(size * batch.size);
  if (target !== undefined) for (let i = 0; i < batch.size; i++) data[i * size + target] = 1;
  return { size: batch.size, fields: { ...batch.fields, [CHOICE]: { dtype: 'float32', shape, data } } };
}

/** What the output says for the whole input. */
function scoresOf(outputs: Outputs, output: string, copies: number): Float32Array {
  const data = outputs[output]?.data;
  if (!(data instanceof Float32Array)) throw new Error(`The program gave no output '${output}'.`);
  const size = data.length / copies;
  return data.subarray(size, 2 * size);
}

/** The greatest; of a sequence of scores the greatest at its last place would be as good, and this one is clearer to see. */
function greatest(values: Float32Array): number {
  let at = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[at] ?? 0)) at = i;
  return at;
}

interface Explaining {
  readonly source: Source;
  readonly index: number;
  readonly outputs: Outputs;
  readonly batch: Batch;
  readonly about: AboutFields;
  /** Times that the example stands in the batch: nothing, the whole, and what lies between. */
  readonly copies: number;
  readonly integrated: boolean;
}

function inputOf(explaining: Explaining): (SaliencyInput & { readonly sum: number }) | undefined {
  const { source, index, outputs, batch, about, copies, integrated } = explaining;
  const values = outputs[sourceOutput(index)]?.data;
  const slopes = outputs[slopeOutput(index)]?.data;
  if (!(values instanceof Float32Array && slopes instanceof Float32Array)) return undefined;
  const size = values.length / copies;
  const own = values.slice(0, size);
  const parts = new Float32Array(size);
  const [from, to] = integrated ? [2, copies] : [1, 2];
  for (let copy = from; copy < to; copy++) {
    for (let i = 0; i < size; i++) {
      parts[i] = (parts[i] ?? 0) + ((own[i] ?? 0) * (slopes[copy * size + i] ?? 0)) / (to - from);
    }
  }
  const sum = parts.reduce((total, part) => total + part, 0);
  const words = wordsOf(about, source.field, batch.fields[source.field]);
  const field = batch.fields[source.field];
  if (source.shape.length === 2 && field?.dtype !== 'float32' && source.shape[0] === field?.shape[1]) {
    // What stands at a place is many numbers that nobody reads: the place counts as a whole.
    const places = source.shape[0] ?? 1;
    const joined = overPlaces(parts, places);
    return {
      sum,
      field: source.field,
      form: 'places',
      shape: [places],
      values: undefined,
      parts: packed(joined),
      labels: words,
    };
  }
  const form = isPicture(source.shape) ? 'picture' : 'numbers';
  const labels = form === 'numbers' ? columnNames(about, source.field, size) : undefined;
  return { sum, field: source.field, form, shape: source.shape, values: packed(own), parts: packed(parts), labels };
}

function overPlaces(parts: Float32Array, places: number): Float32Array {
  const width = parts.length / places;
  return Float32Array.from({ length: places }, (_, place) =>
    parts.subarray(place * width, (place + 1) * width).reduce((sum, part) => sum + part, 0),
  );
}

function isPicture(shape: readonly number[]): boolean {
  const [height = 0, width = 0, channels = 1] = shape;
  return (shape.length === 2 || shape.length === 3) && height >= 8 && width >= 8 && (channels === 1 || channels === 3);
}

function truthOf(tensor: HostTensor | undefined, names: readonly string[] | undefined): string | undefined {
  if (tensor === undefined || tensor.data.length !== 1) return undefined;
  const value = tensor.data[0] ?? 0;
  return names?.[value] ?? String(value);
}
