/** `modelwright/graph`: the graph of what is typed, kept from before an error, unchanged where it is equal; the graph of a run's plan. */
import { afterEach, expect, test } from 'vitest';
import { createAnalyser, makePlan } from '../../language/index.ts';
import type { GraphResult } from '../../protocol/index.ts';
import { filesOf } from '../language/check/check.ts';
import { type Client, startClient } from './client.ts';

const uri = 'file:///w/net.model';
const text = `block Head {
  input x: [n]
  output x -> Dense(8, relu) -> Dense(2)
}

model Net {
  input x: float32[4]
  output y = x -> Head
}

model Other {
  input x: float32[4]
  output y = x -> Dense(3)
}
`;
let client: Client;
afterEach(() => client.close());

const ask = (params: object) => client.connection.sendRequest<GraphResult>('modelwright/graph', params);
const graphOf = (result: GraphResult) => {
  if (result.kind !== 'graph') throw new Error(JSON.stringify(result));
  return result;
};

test('a model by name or the first; multiply-adds are counted; what is equal is unchanged', async () => {
  client = await startClient(undefined);
  await client.open(uri, text);
  const first = graphOf(await ask({ uri }));
  expect(first.graph.nodes.map(({ name, detail }) => `${name} ${detail}`.trim())).toEqual([
    'x',
    'Dense 8, relu',
    'Dense 2',
    'y',
  ]);
  expect(first.graph.groups.map(({ title, place }) => [title, place.line])).toEqual([['Head', 8]]);
  expect(first.graph.macs).toBe(4 * 8 + 8 * 2);
  expect(first.graph.nodes.map(({ macs }) => macs)).toEqual([0, 32, 16, 0]);
  expect(first.graph.sources).toEqual(['/w/net.model']);
  expect(await ask({ uri, known: first.revision })).toEqual({ kind: 'unchanged', stale: false });
  expect(graphOf(await ask({ uri, declaration: 'Other' })).graph.unit).toBe('Other');
});

test('while the program has errors its graph is that of before', async () => {
  client = await startClient(undefined);
  await client.open(uri, text);
  const before = graphOf(await ask({ uri }));
  await client.edit(uri, '-> Dense(2)', '-> Dense(');
  expect(await ask({ uri, known: before.revision })).toEqual({ kind: 'unchanged', stale: true });
  expect(graphOf(await ask({ uri }))).toMatchObject({ stale: true, revision: before.revision });
  await client.edit(uri, '-> Dense(\n', '-> Dense(5)\n');
  const after = graphOf(await ask({ uri, known: before.revision }));
  expect([after.stale, after.graph.nodes[2]?.detail]).toEqual([false, '5']);
  // What is wrong in a run changes no model.
  await client.edit(uri, 'model Other', 'train Net on Nothing {\n  epochs: 1\n}\nmodel Other');
  expect(await ask({ uri, known: after.revision })).toEqual({ kind: 'unchanged', stale: false });
});

test('a program that never was without errors shows what could be checked, as it is typed', async () => {
  client = await startClient(undefined);
  await client.open(uri, text.replace('-> Dense(3)', '-> Dense(3) -> Dens(4)'));
  const other = async () => graphOf(await ask({ uri, declaration: 'Other' }));
  expect(await other()).toMatchObject({ stale: false });
  expect((await other()).graph.nodes.map(({ name }) => name)).toEqual(['x']);
  await client.edit(uri, 'output y = x -> Dense(3) -> Dens(4)', 'output y = x -> Dense(3)\n  output z = x -> Dens(4)');
  expect(await other()).toMatchObject({ stale: false });
  expect((await other()).graph.nodes.map(({ name }) => name)).toEqual(['x', 'Dense', 'y']);
});

test('a program without a model says so; a plan that is none too', async () => {
  client = await startClient(undefined);
  await client.open(uri, '# nothing yet\n');
  expect(await ask({ uri })).toMatchObject({ kind: 'none', message: expect.stringContaining('no model') });
  for (const plan of [undefined, 7, {}, { version: 1, graph: { nodes: [{ op: 3 }] } }]) {
    expect(await ask({ plan })).toMatchObject({ kind: 'none', message: expect.stringContaining('plan.json') });
  }
});

test('a run has the graph of its plan, as its program has it', async () => {
  client = await startClient(undefined);
  const program = `data D {
  source: idx(images: "images", labels: "labels")
  image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
  label: int32 = labels
}
block Head {
  input x: [n]
  output x -> repeat(3) { residual { Dense(784) } }
}
model Net {
  input image: float32[28, 28, 1]
  output z = image -> Flatten -> Head -> Dense(10, softmax)
}
train Net on D {
  loss: crossEntropy(z, label)
  optimizer: SGD(0.1)
  epochs: 1
  batch: 4
}
`;
  const analyser = createAnalyser(
    filesOf({
      headers: {
        images: { kind: 'idx', dtype: 'uint8', shape: [60_000, 28, 28], range: [0, 255] },
        labels: { kind: 'idx', dtype: 'uint8', shape: [60_000], range: [0, 9] },
      },
    }),
  );
  const made = makePlan(analyser, { file: '/w/net.model', text: program, action: 'train' });
  if (made.kind !== 'plan') throw new Error(JSON.stringify(made.problems));
  const { graph } = graphOf(await ask({ plan: JSON.parse(JSON.stringify(made.plan)) }));
  expect(graph.unit).toBe('Net');
  expect(graph.batch).toBe(4);
  expect(graph.groups.map(({ path }) => path)).toEqual([
    'Net/Head.0',
    'Net/Head.0/repeat.0[0]',
    'Net/Head.0/repeat.0[0]/residual.0',
    'Net/Head.0/repeat.0[1]',
    'Net/Head.0/repeat.0[1]/residual.0',
    'Net/Head.0/repeat.0[2]',
    'Net/Head.0/repeat.0[2]/residual.0',
  ]);
  // A plan that does not say where functions stand: the sums are between what is around them.
  const { nodes, ...rest } = made.plan.graph;
  const older = { ...made.plan, graph: { ...rest, nodes: nodes.map(({ within: _, ...node }) => node) } };
  const guessed = graphOf(await ask({ plan: JSON.parse(JSON.stringify(older)) })).graph;
  expect(guessed.nodes.map(({ name }) => name)).toEqual(graph.nodes.map(({ name }) => name));
  expect(guessed.groups.map(({ path }) => path)).toEqual(graph.groups.map(({ path }) => path));
  // The sum of a residual stands in its box, and the loss is no part of the picture.
  expect(graph.nodes.filter(({ name }) => name === '+').map(({ group }) => graph.groups[group]?.title)).toEqual([
    'residual',
    'residual',
    'residual',
  ]);
  expect(graph.nodes.some(({ name }) => name === 'crossEntropy')).toBe(false);
});
