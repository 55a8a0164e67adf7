/** `generate` of a warm model: text token by token, or examples from numbers by chance. The same seed makes the same. */
import { stream } from '../../compiler/index.ts';
import type { UseGenerateAnswer, UseGenerateAsk } from '../../protocol/index.ts';
import { shapeText, sizeOf } from '../data/values.ts';
import type { HostTensor } from '../engine.ts';
import { Failure } from '../failure.ts';
import { compilePlan } from '../run/compile-plan.ts';
import { valuesOf } from './data.ts';
import { cellsOf } from './data-cells.ts';
import type { UseAround } from './use.ts';
import { LATENT, sampledOutputs, samplingPlan, type Writer, writerOf } from './use-latent.ts';
import type { Used } from './use-open.ts';
import { softmax } from './use-outputs.ts';

export async function useGenerate(
  ask: UseGenerateAsk,
  used: Used,
  around: UseAround<'generate'>,
): Promise<UseGenerateAnswer> {
  return ask.kind === 'text' ? write(ask, used, around) : sample(ask, used);
}

type TextAsk = Extract<UseGenerateAsk, { kind: 'text' }>;

/** Milliseconds between two parts of an answer. */
const PART = 50;

async function write(ask: TextAsk, used: Used, { signal, part }: UseAround<'generate'>): Promise<UseGenerateAnswer> {
  const writer = writerOf(used);
  if (writer === undefined)
    throw new Failure(
      'train/generate',
      'This model writes no text: it would take tokens and give scores for the token that follows each of them.',
    );
  const { tokens, length, endless } = writer;
  const chance = stream(ask.seed, 'generate', used.plan.model.name);
  const { numbers, notes } = promptOf(ask, writer, chance.uniform(0));
  const prompt = numbers.length;
  let told = 0;
  let ended: Extract<UseGenerateAnswer, { kind: 'text' }>['ended'] = 'length';
  while (numbers.length - prompt < ask.length) {
    if (numbers.length >= length && !endless) {
      ended = 'full';
      break;
    }
    const next = choose(await scoresAfter(numbers, writer, used), ask, writer, chance.uniform(numbers.length));
    if (signal.aborted) throw new Failure('train/cancelled', 'Ended before it was done.');
    if (tokens.stops(next)) {
      ended = 'itself';
      break;
    }
    numbers.push(next);
    if (performance.now() - told >= PART) {
      told = performance.now();
      part({ text: tokens.join(numbers), tokens: numbers.length - prompt });
      // What was asked meanwhile, a cancel above all, is read here.
      await new Promise((done) => setImmediate(done));
    }
  }
  return { kind: 'text', text: tokens.join(numbers), tokens: numbers.length - prompt, ended, notes };
}

/** The tokens to begin with: a start where rows have one, then the prompt; some token where there would be none. */
function promptOf(
  { prompt }: TextAsk,
  { tokens, vocabulary, length, endless }: Writer,
  chance: number,
): { readonly numbers: number[]; readonly notes: readonly string[] } {
  const numbers = tokens.start === undefined ? [] : [tokens.start];
  const encoded = tokens.encode?.(prompt) ?? [];
  const notes: string[] = [];
  if (prompt !== '' && tokens.join(encoded).length < prompt.length)
    notes.push('Signs or words of the prompt that no training row has are left out.');
  numbers.push(...encoded);
  if (!endless && numbers.length >= length)
    throw new Failure(
      'data/too-long',
      `The prompt is ${encoded.length} tokens long, but the model sees at most ${length} and has to add one. Shorten it.`,
    );
  if (numbers.length === 0) {
    const free = Array.from({ length: Math.min(vocabulary, tokens.count) }, (_, number) => number).filter(
      (number) => !tokens.isBanned(number) && !tokens.stops(number),
    );
    numbers.push(free[Math.floor(chance * free.length)] ?? 0);
  }
  return { numbers, notes };
}

/** Scores for the token after the last one: the model sees as many of the last tokens as it can. */
async function scoresAfter(numbers: readonly number[], writer: Writer, { session }: Used): Promise<readonly number[]> {
  const { length, vocabulary } = writer;
  const seen = numbers.slice(-length);
  const data = new Int32Array(length);
  data.set(seen);
  const field: HostTensor = { dtype: 'int32', shape: [1, length], data };
  const said = await session.predict({ size: 1, fields: { [writer.input]: field } });
  const tensor = said[writer.output];
  if (tensor === undefined) throw new Failure('train/plan', `The model gave no output \`${writer.output}\`.`);
  const from = (seen.length - 1) * vocabulary;
  return Array.from(tensor.data.subarray(from, from + vocabulary));
}

/** One token by chance (0 to 1), by the chances that temperature and `top` leave. */
function choose(scores: readonly number[], ask: TextAsk, { tokens, areChances }: Writer, chance: number): number {
  const logs = areChances ? scores.map((each) => Math.log(Math.max(each, 1e-30))) : scores;
  const places = logs.flatMap((log, number) => {
    if (Number.isNaN(log))
      throw new Failure('train/not-finite', 'The model’s scores are no numbers: its weights went wrong in training.');
    return number >= tokens.count || tokens.isBanned(number) ? [] : [{ number, log }];
  });
  places.sort((a, b) => b.log - a.log || a.number - b.number);
  const [first] = places;
  if (first === undefined) throw new Failure('train/generate', 'The model knows no token that could follow.');
  if (ask.temperature === 0) return first.number;
  const kept = places.slice(0, ask.top ?? places.length);
  const shares = softmax(kept.map(({ log }) => log / ask.temperature));
  let left = chance;
  for (const [i, share] of shares.entries()) {
    left -= share;
    if (left < 0) return kept[i]?.number ?? first.number;
  }
  return kept.at(-1)?.number ?? first.number;
}

async function sample(ask: Extract<UseGenerateAsk, { kind: 'samples' }>, used: Used): Promise<UseGenerateAnswer> {
  const outputs = sampledOutputs(used.plan);
  const wanted = outputs.find(({ output }) => output === ask.output);
  if (wanted === undefined)
    throw new Failure(
      'train/generate',
      outputs.length === 0
        ? 'This model makes no examples: none of its outputs follows from numbers drawn by chance (`gaussian`) alone.'
        : `The output \`${ask.output}\` can’t be made by chance alone; ${outputs.map(({ output }) => `\`${output}\``).join(', ')} can.`,
    );
  const session = await used.keep(`sample/${ask.output}/${ask.count}`, true, async () => {
    const compiled = await compilePlan(samplingPlan(used.asked, wanted));
    const opened = await used.engine.open(compiled, { batch: ask.count, threads: used.deps.threads, seed: 0 });
    await opened.restore({ weights: used.weights(), optimizer: new Map(), step: 0 });
    return { value: opened, dispose: () => opened.dispose() };
  });
  const shape = wanted.node.outputs[0]?.shape ?? [];
  const chance = stream(ask.seed, 'generate', `${used.plan.model.name}/${ask.output}/${shapeText(shape)}`);
  const data = Float32Array.from({ length: ask.count * sizeOf(shape) }, (_, i) => ask.temperature * chance.normal(i));
  const latent: HostTensor = { dtype: 'float32', shape: [ask.count, ...shape], data };
  const said = (await session.predict({ size: ask.count, fields: { [LATENT]: latent } }))[ask.output];
  if (said === undefined) throw new Failure('train/plan', `The model gave no output \`${ask.output}\`.`);
  return { kind: 'samples', cells: cellsOf(valuesOf(said), ask.count, false) };
}
