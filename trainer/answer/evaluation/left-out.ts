/**
 * What each token of a text speaks for: the probability of what was said, less that without the token (0, the padding, in its
 * place). It needs nothing of the model but its answers, and says the same for every kind of network.
 */
import type { Plan } from '../../../language/index.ts';
import type { Example } from '../../../protocol/index.ts';
import type { Batch, HostTensor, Session } from '../../engine.ts';
import { type AskedAnswer, askedAnswers } from './asked.ts';
import { greatest, probabilities, probabilityOf, short } from './collector.ts';
import { outputAt, withAnswers } from './pass.ts';
import type { ShownRows } from './shown-rows.ts';

/** Tokens of a text that are left out one by one. */
const MOST_TOKENS = 127;

/**
 * The examples with their parts, where they have texts and the first answer is a class or yes or no; else as they are. `open`: the
 * plan with its answers among the outputs (`withAnswers`), for so many rows at once.
 */
export async function withParts(
  examples: readonly Example[],
  rows: ShownRows,
  plan: Plan,
  open: (batch: number) => Promise<Session>,
): Promise<readonly Example[]> {
  const asked = askedAnswers(plan).find(({ kind }) => kind === 'classes' || kind === 'yes-no');
  const names = new Set(plan.graph.inputs.map(({ name }) => name));
  const isText = ({ name, tokens }: Example['inputs'][number]): boolean => tokens !== undefined && names.has(name);
  if (asked === undefined || !examples.some(({ inputs }) => inputs.some(isText))) return examples;
  // The text whole, then without each of its tokens; texts of a field are of one length.
  const lengths = examples.flatMap(({ inputs }) => inputs.filter(isText).map(({ tokens }) => tokens?.length ?? 0));
  const batch = Math.min(MOST_TOKENS, Math.max(...lengths)) + 1;
  const session = await open(batch);
  const asking = withAnswers(plan);
  const explained: Example[] = [];
  for (const example of examples) {
    const fields = await rows.fields(example.row);
    const inputs: Example['inputs'][number][] = [];
    for (const input of example.inputs) {
      const own = isText(input) ? fields[input.name] : undefined;
      const parts = own && (await partsOf({ session, plan: asking, asked, size: batch }, fields, input.name, own));
      inputs.push(parts === undefined ? input : { ...input, parts });
    }
    explained.push({ ...example, inputs });
  }
  return explained;
}

interface Asking {
  readonly session: Session;
  readonly plan: Plan;
  readonly asked: AskedAnswer;
  /** Rows of the batch, always the same. */
  readonly size: number;
}

async function partsOf(
  { session, plan, asked, size }: Asking,
  fields: Batch['fields'],
  name: string,
  own: HostTensor,
): Promise<readonly number[] | undefined> {
  const length = own.data.length;
  const places = Array.from(own.data.keys())
    .filter((place) => own.data[place] !== 0)
    .slice(0, size - 1);
  const copies = Object.entries(fields).map(([field, tensor]): [string, HostTensor] => [field, repeated(tensor, size)]);
  const batch: Batch = { size, fields: Object.fromEntries(copies) };
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

function repeated({ dtype, shape, data }: HostTensor, times: number): HostTensor {
  const many =
    dtype === 'float32'
      ? new Float32Array(data.length * times)
      : dtype === 'int32'
        ? new Int32Array(data.length * times)
        : new Uint8Array(data.length * times);
  for (let i = 0; i < times; i++) many.set(data, i * data.length);
  return { dtype, shape: [times, ...shape.slice(1)], data: many };
}
