/** Runs the program that explains a score: at nothing, at the whole input, and on the way between the two. */
import { CHOICE, SCORE, SHARE, slopeOutput, sourceOutput } from '../../../compiler/index.ts';
import type { Batch, HostTensor } from '../../engine.ts';
import { type OpenExplained, repeated } from './used-run.ts';

/** Places between nothing and the input, in the middle of as many equal stretches; more where these are too few. */
const STEPS = 32;
const MORE = [4, 16];
/** How far the parts may be from the difference of the scores, for scores of about 1. */
const CLOSE = 0.005;

/** Examples in a batch of the program. */
export const batchFor = (method: 'gradient' | 'integrated'): number => (method === 'gradient' ? 2 : STEPS);

/** One source with what its numbers contribute; undefined where the score does not depend on it. */
export interface SourceParts {
  readonly values: Float32Array;
  readonly parts: Float32Array;
}

export interface ScoreParts {
  readonly nothing: number;
  readonly score: number;
  readonly sources: readonly (SourceParts | undefined)[];
}

type Outputs = Readonly<Record<string, HostTensor>>;

/** What the model says for the example, by the name of the output. */
export async function outputOfExample(open: OpenExplained, batch: Batch, output: string): Promise<Float32Array> {
  const copies = copiesOf(open);
  const outputs = await runAt(open, batch, new Float32Array(copies).fill(1), undefined);
  const data = outputs[output]?.data;
  if (!(data instanceof Float32Array)) throw new Error(`The program gave no output '${output}'.`);
  return data.slice(0, data.length / copies);
}

/** The slope at the input times the input. */
export async function gradientParts(open: OpenExplained, batch: Batch, target: number): Promise<ScoreParts> {
  const ends = new Float32Array(copiesOf(open)).fill(1);
  ends[0] = 0;
  const outputs = await runAt(open, batch, ends, target);
  return { ...scoresOf(outputs), sources: partsOf(open, [outputs], 1) };
}

/** Slopes on the way, by ever more of them until they add up to the difference of the scores, or are many. */
export async function integratedParts(
  open: OpenExplained,
  batch: Batch,
  target: number,
  signal: AbortSignal,
): Promise<ScoreParts> {
  const { nothing, score } = await gradientParts(open, batch, target);
  const close = CLOSE * Math.max(1, Math.abs(score - nothing));
  let sources = await integrate(open, batch, { target, runs: 1, signal });
  for (const runs of MORE) {
    if (!(Math.abs(sumOf(sources) - (score - nothing)) > close)) break;
    sources = await integrate(open, batch, { target, runs, signal });
  }
  return { nothing, score, sources };
}

/** The sum of all parts. */
export function sumOf(sources: ScoreParts['sources']): number {
  let sum = 0;
  for (const source of sources) for (const part of source?.parts ?? []) sum += part;
  return sum;
}

async function integrate(
  open: OpenExplained,
  batch: Batch,
  { target, runs, signal }: { readonly target: number; readonly runs: number; readonly signal: AbortSignal },
): Promise<ScoreParts['sources']> {
  const count = STEPS * runs;
  const found: Outputs[] = [];
  for (let run = 0; run < runs; run++) {
    signal.throwIfAborted();
    const shares = Float32Array.from({ length: STEPS }, (_, k) => (run * STEPS + k + 0.5) / count);
    found.push(await runAt(open, batch, shares, target));
  }
  return partsOf(open, found, 0);
}

function copiesOf({ explained }: OpenExplained): number {
  return explained.program.inputs.find(({ name }) => name === SHARE)?.tensor.shape[0] ?? STEPS;
}

function scoresOf(outputs: Outputs): { readonly nothing: number; readonly score: number } {
  const [nothing = Number.NaN, score = Number.NaN] = outputs[SCORE]?.data ?? [];
  return { nothing, score };
}

/** One score of each copy counts; without a target none does. */
function runAt(open: OpenExplained, batch: Batch, shares: Float32Array, target: number | undefined): Promise<Outputs> {
  const { size, fields } = repeated(batch, shares.length);
  const share: HostTensor = { dtype: 'float32', shape: [shares.length], data: shares };
  const shape = open.explained.program.inputs.find(({ name }) => name === CHOICE)?.tensor.shape ?? [size];
  const each = shape.slice(1).reduce((product, length) => product * length, 1);
  const data = new Float32Array(each * size);
  if (target !== undefined) for (let i = 0; i < size; i++) data[i * each + target] = 1;
  return open.run({ size, fields: { ...fields, [SHARE]: share, [CHOICE]: { dtype: 'float32', shape, data } } });
}

/** The mean of all slopes, from copy `first` on, times the numbers of the example. */
function partsOf(open: OpenExplained, found: readonly Outputs[], first: number): ScoreParts['sources'] {
  const copies = copiesOf(open);
  return open.explained.sources.map((_, index) => {
    const given = found[0]?.[sourceOutput(index)]?.data;
    if (!(given instanceof Float32Array)) return undefined;
    const values = given.slice(0, given.length / copies);
    const sums = new Float64Array(values.length);
    for (const outputs of found) {
      const slopes = outputs[slopeOutput(index)]?.data ?? [];
      for (let i = first * values.length; i < slopes.length; i++) {
        const at = i % values.length;
        sums[at] = (sums[at] ?? 0) + (slopes[i] ?? 0);
      }
    }
    const count = found.length * (copies - first);
    return { values, parts: Float32Array.from(values, (value, i) => (value * (sums[i] ?? 0)) / count) };
  });
}
