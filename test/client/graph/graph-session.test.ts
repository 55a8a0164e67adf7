/** A graph that is looked at: what stands at the cursor, layouts of the latest graph, and what was opened to show a node. */
import { expect, test } from 'vitest';
import { graphOf } from '../../../bench/graphs.ts';
import { GraphSession, underCursor } from '../../../client/graph/graph-session.ts';
import { isGraphAnswer, isGraphAsk, isGraphTell, readToPanel } from '../../../protocol/index.ts';

const text = `block Layer {
  input x: [n]
  output x -> residual { LayerNorm -> Dense(n) }
}
model M {
  input x: float32[4]
  output y = x -> repeat(4) { Layer } -> Dense(2)
}
`;
const graph = graphOf('m.model', text);

function sessionOf(at?: number) {
  return new GraphSession(
    {
      ask: async (known) =>
        known === 1 ? { kind: 'unchanged', stale: false } : { kind: 'graph', graph, revision: 1, stale: false },
      cursor: () => (at === undefined ? undefined : { source: 0, at }),
    },
    { count: String },
  );
}

test('the cursor in a block stands on all its uses; at the use, on its boxes', () => {
  const inside = underCursor(graph, { source: 0, at: text.indexOf('Dense(n)') + 2 });
  expect(inside.nodes.map((node) => graph.nodes[node]?.name)).toEqual(['Dense', 'Dense', 'Dense', 'Dense']);
  const use = underCursor(graph, { source: 0, at: text.indexOf('Layer }') + 1 });
  expect(use.nodes).toEqual([]);
  expect(use.groups.map((group) => graph.groups[group]?.title)).toEqual(['Layer', 'Layer', 'Layer', 'Layer']);
  expect(underCursor(graph, { source: 1, at: 30 })).toEqual({ nodes: [], groups: [] });
});

test('answers pass their guards, and a node that is hidden is shown', async () => {
  const session = sessionOf(text.indexOf('Dense(2)'));
  const first = await session.answerGraph(undefined);
  expect(isGraphAnswer(first)).toBe(true);
  expect(first).toMatchObject({
    kind: 'graph',
    revision: 1,
    cursor: { nodes: [graph.nodes.length - 2] },
  });
  expect(await session.answerGraph(1)).toMatchObject({ kind: 'unchanged' });
  const closed = await session.answerLayout(1, [], undefined);
  expect(isGraphAnswer(closed)).toBe(true);
  const hidden = graph.nodes.findIndex(({ name }) => name === 'Dense');
  const isShown = (answer: Awaited<typeof closed>) =>
    answer.kind === 'layout' && answer.scene.items.some((item) => item.kind === 'node' && item.node === hidden);
  expect(isShown(closed)).toBe(false);
  expect(isShown(await session.answerLayout(1, [], hidden))).toBe(true);
});

test('a page that was restored may ask for a picture first; one of an old graph gets the new revision', async () => {
  expect(await sessionOf().answerLayout(7, undefined, undefined)).toMatchObject({ kind: 'layout', revision: 1 });
});

test('what is no message of the topic is dropped', () => {
  expect(isGraphAsk({ kind: 'layout', revision: 1, open: ['a'], show: 3 })).toBe(true);
  expect(isGraphAsk({ kind: 'layout', revision: 1, open: [7] })).toBe(false);
  expect(isGraphAsk({ kind: 'reveal', of: 'file', index: 0 })).toBe(false);
  expect(isGraphAsk({ kind: 'save', format: 'exe', data: '' })).toBe(false);
  expect(isGraphTell({ kind: 'cursor', cursor: { nodes: [1], groups: [] } })).toBe(true);
  expect(isGraphTell({ kind: 'cursor', cursor: { nodes: ['<b>'], groups: [] } })).toBe(false);
  expect(isGraphAnswer({ kind: 'graph', revision: 1, graph: { unit: 'M' }, stale: false })).toBe(false);
  expect(
    readToPanel({ version: 1, kind: 'tell', topic: 'graph', body: { kind: 'page', uri: 'file:///m.model' } }),
  ).toBeDefined();
});
