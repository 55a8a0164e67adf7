/**
 * What each token of a text speaks for: the probability of what was said, less that without the token (0, the padding, in its
 * place). It needs nothing of the model but its answers, and says the same for every kind of network.
 */
import type { Plan } from '../../../language/index.ts';
import type { Example } from '../../../protocol/index.ts';
import type { Batch, HostTensor, Session } from '../../engine.ts';
import { usedWeights } from '../../run/checkpoint.ts';
import { chooseCheckpoint } from '../../run/choose-checkpoint.ts';
import { compilePlan } from '../../run/compile-plan.ts';
import type { AnswerDeps } from '../evaluate.ts';
import { type AskedAnswer, askedAnswers } from './asked.ts';
import { greatest, probabilities, probabilityOf, short } from './collector.ts';
import { outputAt, withAnswers } from './pass.ts';
import type { ShownRows } from './shown-rows.ts';

/** Tokens of a text that are left out one by one. */
const MOST_TOKENS = 127;

/** The examples with their parts, where they have texts and the first answer is a class or yes or no; else as they are. */
export async function withParts(
  examples: readonly Example[],
  rows: ShownRows,
  plan: Plan,
  folder: string,
  deps: Pick<AnswerDeps, 'disk' | 'openEngine' | 'threads'>,
): Promise<readonly Example[]> {
  const asked = askedAnswers(plan).find(({ kind }) => kind === 'classes' || kind === 'yes-no');
  const names = new Set(plan.graph.inputs.map(({ name }) => name));
  const isText = ({ name, tokens }: Example['inputs'][number]): boolean => tokens !== undefined && names.has(name);
  if (asked === undefined || !examples.some(({ inputs }) => inputs.some(isText))) return examples;
  const checkpoint = chooseCheckpoint(folder, 'best', deps.disk);
  const engine = await deps.openEngine();
  const asking = withAnswers(plan);
  const session = await engine.open(await compilePlan(asking), {
    batch: MOST_TOKENS + 1,
    threads: deps.threads,
    seed: 0,
  });
  try {
    await session.restore({ weights: usedWeights(checkpoint), optimizer: new Map(), step: checkpoint.train.step });
    const explained: Example[] = [];
    for (const example of examples) {
      const fields = await rows.fields(example.row);
      const inputs: Example['inputs'][number][] = [];
      for (const input of example.inputs) {
        const own = isText(input) ? fields[input.name] : undefined;
        const parts = own && (await partsOf(session, asking, asked, fields, input.name, own));
        inputs.push(parts === undefined ? input : { ...input, parts });
      }
      explained.push({ ...example, inputs });
    }
    return explained;
  } finally {
    await session.dispose();
    await engine.dispose();
  }
}

/** A batch of always the same size: the text whole, then without each of its tokens. */
async function partsOf(
  session: Session,
  plan: Plan,
  asked: AskedAnswer,
  fields: Batch['fields'],
  name: string,
  own: HostTensor,
): Promise<readonly number[] | undefined> {
  const length = own.data.length;
  const places = Array.from(own.data.keys())
    .filter((place) => own.data[place] !== 0)
    .slice(0, MOST_TOKENS);
  const copies = Object.entries(fields).map(([field, tensor]): [string, HostTensor] => [field, repeated(tensor)]);
  const batch: Batch = { size: MOST_TOKENS + 1, fields: Object.fromEntries(copies) };
  const texts = batch.fields[name];
  for (const [i, place] of places.entries()) if (texts !== undefined) texts.data[(i + 1) * length + place] = 0;
  const said = outputAt(plan, asked.prediction, batch, await session.predict(batch));
  if (said === undefined) return undefined;
  const own0 = new Float64Array(asked.size);
  const chanceAt = (row: number): readonly number[] => {
    if (asked.kind === 'yes-no') {
      const yes = probabilityOf(said.data[row] ?? 0, asked.mark);
      return [1 - yes, yes];
    }
    probabilities(said.data, row * asked.size, asked.size, asked.mark, own0);
    return Array.from(own0);
  };
  const whole = chanceAt(0);
  const answer = greatest(whole, 0, whole.length);
  const parts = new Array<number>(length).fill(0);
  for (const [i, place] of places.entries())
    parts[place] = short((whole[answer] ?? 0) - (chanceAt(i + 1)[answer] ?? 0));
  return parts;
}

function repeated({ dtype, shape, data }: HostTensor): HostTensor {
  const times = MOST_TOKENS + 1;
  const many =
    dtype === 'float32'
      ? new Float32Array(data.length * times)
      : dtype === 'int32'
        ? new Int32Array(data.length * times)
        : new Uint8Array(data.length * times);
  for (let i = 0; i < times; i++) many.set(data, i * data.length);
  return { dtype, shape: [times, ...shape.slice(1)], data: many };
}
