/**
 * What of an example a score depends on: the slope of the score at each number of the input times that number, or integrated
 * gradients on the way from nothing to the input (Sundararajan et al., 2017), which add up to the difference of the scores.
 */
import type { Source } from '../../../compiler/index.ts';
import type { Plan } from '../../../language/index.ts';
import { eventNumber, type SaliencyInput, type UseLayersAnswer, type UseLayersAsk } from '../../../protocol/index.ts';
import type { Batch, HostTensor } from '../../engine.ts';
import { Failure } from '../../failure.ts';
import { askedAnswers } from '../evaluation/asked.ts';
import { batchFor, gradientParts, integratedParts, outputOfExample, type SourceParts, sumOf } from './integrate.ts';
import { type AboutFields, aboutFields, classNames, columnNames, wordsOf } from './labels.ts';
import { exampleOf, packed, type UsedRun } from './used-run.ts';

type Saliency = Extract<UseLayersAnswer, { kind: 'saliency' }>;
type SaliencyAsk = Extract<UseLayersAsk, { kind: 'saliency' }>;

/** Scores that are told one by one. */
const MOST_SCORES = 1000;

export async function saliencyOf(used: UsedRun, ask: SaliencyAsk): Promise<Saliency> {
  const { plan } = used;
  const output = outputOf(plan);
  const { batch, example } = await exampleOf(used, ask.example);
  const open = await used.open(batchFor(ask.method), { kind: 'inputs', output });
  const scores = await outputOfExample(open, batch, output);
  const answer = askedAnswers(plan).find(({ name }) => name === output);
  const classes = classesOf(plan, output);
  // Moments that say "nothing" are the surest ones, and explain nothing.
  const isNothing = (at: number): boolean => classes !== undefined && at % classes === answer?.blank;
  const target = Math.min(ask.target ?? greatest(scores, isNothing), scores.length - 1);
  const explain = ask.method === 'integrated' ? integratedParts : gradientParts;
  const { nothing, score, sources } = await explain(open, batch, target, used.signal);
  const about = aboutFields(plan, (await used.preparer()).fitted);
  const names = answer && classNames(about, answer.truthName);
  return {
    kind: 'saliency',
    example,
    method: ask.method,
    output,
    scores: Array.from(scores.subarray(0, MOST_SCORES), eventNumber),
    names: names?.slice(0, MOST_SCORES),
    classes,
    target,
    truth: answer && truthOf(batch.fields[answer.truthName], names),
    score: eventNumber(score),
    nothing: eventNumber(nothing),
    sum: eventNumber(sumOf(sources)),
    inputs: open.explained.sources.flatMap((source, index) => {
      const found = sources[index];
      return found === undefined ? [] : [inputOf(source, found, batch, about)];
    }),
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

/** Classes at each place of an output that has several. */
function classesOf(plan: Plan, output: string): number | undefined {
  const ref = plan.graph.outputs.find(({ name }) => name === output)?.ref;
  const shape = ref && plan.graph.nodes[ref.node]?.outputs[ref.output]?.shape;
  return shape?.length === 2 ? shape[1] : undefined;
}

function greatest(values: Float32Array, isLeftOut: (at: number) => boolean): number {
  let best: number | undefined;
  for (const [at, value] of values.entries()) {
    if (!isLeftOut(at) && (best === undefined || value > (values[best] ?? 0))) best = at;
  }
  return best ?? 0;
}

function inputOf(source: Source, { values, parts }: SourceParts, batch: Batch, about: AboutFields): SaliencyInput {
  const given = batch.fields[source.field];
  const [places = 1] = source.shape;
  if (source.shape.length === 2 && given?.dtype !== 'float32' && places === given?.shape[1]) {
    // What stands at a place is many numbers that nobody reads: the place counts as a whole.
    return {
      field: source.field,
      form: 'places',
      shape: [places],
      values: undefined,
      parts: packed(overPlaces(parts, places)),
      labels: wordsOf(about, source.field, given),
    };
  }
  const form = isPicture(source.shape) ? 'picture' : 'numbers';
  const labels = form === 'numbers' ? columnNames(about, source.field, values.length) : undefined;
  return {
    field: source.field,
    form,
    shape: source.shape,
    values: packed(values),
    parts: packed(parts),
    labels,
  };
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
