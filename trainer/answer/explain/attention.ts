/** Where attention looks for an example: each head of one attention, with what stands at the places. */
import { type Look, lookOutput } from '../../../compiler/index.ts';
import type { ExampleWish, UseLayersAnswer } from '../../../protocol/index.ts';
import type { Batch } from '../../engine.ts';
import { Failure } from '../../failure.ts';
import { aboutFields, wordsOf } from './labels.ts';
import { exampleOf, packed, type UsedRun } from './used-run.ts';

type Attention = Extract<UseLayersAnswer, { kind: 'attention' }>;

/** Heads and places that are sent; more nobody can look at. */
const MOST_HEADS = 32;
const MOST_PLACES = 256;

export async function attentionOf(used: UsedRun, wish: ExampleWish, look: number): Promise<Attention> {
  const open = await used.open(1, { kind: 'looks' });
  const { looks } = open.explained;
  const at = Math.min(look, looks.length - 1);
  const chosen = looks[at];
  if (chosen === undefined) {
    throw new Failure(
      'train/no-attention',
      'The model has no attention: no layer `Attention`, and no `softmax` over places that are then mixed.',
    );
  }
  const { batch, example } = await exampleOf(used, wish);
  const outputs = await open.run(batch);
  const data = outputs[lookOutput(at)]?.data;
  if (!(data instanceof Float32Array)) throw new Error(`The program gave no looks of number ${at}.`);
  const [queries = 1, keys = 1] = chosen.shape.slice(-2);
  const all = data.length / (queries * keys);
  const heads = Math.min(all, MOST_HEADS);
  const [shownQueries, shownKeys] = [Math.min(queries, MOST_PLACES), Math.min(keys, MOST_PLACES)];
  const labels = await placeLabels(used, batch.fields, [queries, keys]);
  return {
    kind: 'attention',
    example,
    looks: looks.map((each) => titleOf(used, each)),
    look: at,
    heads,
    queries: shownQueries,
    keys: shownKeys,
    values: packed(cut(data, { heads, queries, keys, shownQueries, shownKeys })),
    queryLabels: labels[0]?.slice(0, shownQueries),
    keyLabels: labels[1]?.slice(0, shownKeys),
  };
}

function titleOf({ plan }: UsedRun, { node }: Look): { readonly path: string; readonly title: string } {
  const found = plan.graph.nodes[node];
  if (found === undefined) return { path: '', title: String(node) };
  const bare = found.path.slice(found.path.indexOf('/') + 1);
  return { path: found.path, title: bare === '' ? `softmax (line ${found.place.line})` : bare };
}

interface Sizes {
  readonly heads: number;
  readonly queries: number;
  readonly keys: number;
  readonly shownQueries: number;
  readonly shownKeys: number;
}

function cut(data: Float32Array, { heads, queries, keys, shownQueries, shownKeys }: Sizes): Float32Array {
  const shown = new Float32Array(heads * shownQueries * shownKeys);
  for (let head = 0; head < heads; head++) {
    for (let query = 0; query < shownQueries; query++) {
      const from = (head * queries + query) * keys;
      shown.set(data.subarray(from, from + shownKeys), (head * shownQueries + query) * shownKeys);
    }
  }
  return shown;
}

/** Of a field with as many places as who looks, and of one with as many as what is looked at. */
async function placeLabels(
  used: UsedRun,
  fields: Batch['fields'],
  counts: readonly [number, number],
): Promise<readonly (readonly string[] | undefined)[]> {
  const about = aboutFields(used.plan, (await used.preparer()).fitted);
  const all = used.plan.graph.inputs.map(({ name }) => wordsOf(about, name, fields[name]));
  return counts.map((count) => all.find((words) => words?.length === count));
}
