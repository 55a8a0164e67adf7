/** The graph of a program as people look at it: what nodes are called, which boxes there are, uses of a shared layer apart. */
import { expect, test } from 'vitest';
import { createAnalyser, type ProgramGraph, programGraph } from '../../../language/index.ts';
import { filesOf } from '../check/check.ts';

function graphOf(text: string, unit?: string): ProgramGraph {
  const graph = programGraph(createAnalyser(filesOf({})), { file: 'x.model', text, unit });
  if (graph === undefined) throw new Error('no graph');
  return graph;
}

const named = ({ nodes, groups }: ProgramGraph) =>
  nodes.map(({ name, detail, group }) => `${groups[group]?.path ?? '.'} ${name} ${detail}`.trim());

test('each use of a shared layer is a box of its own; its weights count once', () => {
  const graph = graphOf(`block Tower {
  input x: [n]
  output relu(x -> Dense(4)) * 0.5
}
model M {
  input a: float32[3]
  input b: float32[3]
  layer tower = Tower
  output y = dot(a -> tower, b -> tower)
}
`);
  expect(named(graph)).toEqual([
    '. a',
    '. b',
    'M/tower Dense 4',
    'M/tower relu',
    'M/tower x * 0.5',
    'M/tower (2) Dense 4',
    'M/tower (2) relu',
    'M/tower (2) x * 0.5',
    '. dot',
    '. y',
  ]);
  expect(graph.parameters).toBe(16);
  expect(graph.nodes.map(({ parameters }) => parameters)).toEqual([0, 0, 16, 0, 0, 0, 0, 0, 0, 0]);
  expect(graph.nodes.map(({ kind }) => kind)).toEqual([
    ...['input', 'input', 'weights', 'activation', 'combine', 'weights', 'activation', 'combine', 'combine', 'output'],
  ]);
});

test('places of a time axis are boxes alike, and go together into a stack', () => {
  const graph = graphOf(`model M {
  input x: float32[4, 6]
  output y = x -> TimeDistributed { Dense(2) }
}
`);
  expect(graph.groups.map(({ path }) => path).filter((path) => path.endsWith(']'))).toEqual(
    [0, 1, 2, 3].map((k) => `M/TimeDistributed.0[${k}]`),
  );
  expect(graph.nodes.filter(({ name }) => name === 'stack').length).toBe(1);
});

test('sizes that are names stay names, in blocks by themselves', () => {
  const graph = graphOf('block B(width: int) {\n  input x: [T, D]\n  output x -> Dense(width, bias: false)\n}\n', 'B');
  expect(graph.nodes.map(({ output }) => output?.shape)).toEqual([
    ['T', 'D'],
    ['T', 'width'],
    ['T', 'width'],
  ]);
  expect(graph.nodes[1]?.parameters).toBe('D * width');
});

test('a weight that is read by name, operators with numbers, what leads nowhere', () => {
  const graph = graphOf(`model M {
  input tokens: int32[5]
  layer embed = Embedding(7, 3)
  unused = 1 - (tokens -> Embedding(7, 3))
  output y = sqrt(3.0) * ((tokens -> embed) @ transpose(embed.weight))
}
`);
  expect(graph.nodes.map(({ name }) => name)).toEqual([
    'tokens',
    'sqrt(3)',
    'Embedding',
    'embed.weight',
    'transpose',
    '@',
    '*',
    'y',
  ]);
  const product = graph.nodes.findIndex(({ name }) => name === '@');
  expect(graph.edges.filter(({ to }) => to === product).map(({ from }) => graph.nodes[from]?.name)).toEqual([
    'Embedding',
    'transpose',
  ]);
});

test('a program with errors still has what could be checked; one without a unit has none', () => {
  expect(
    graphOf('model M {\n  input x: float32[3]\n  output y = x -> Dense(2)\n  output z = nothing\n}\n').nodes.length,
  ).toBe(3);
  expect(programGraph(createAnalyser(filesOf({})), { file: 'x.model', text: '' })).toBeUndefined();
});
