/** Pictures of graphs: nothing lies on anything else, equal blocks look equal, and the same graph gives the same picture. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { graphOf, largeGpt, resnet } from '../../../bench/graphs.ts';
import { type Box, boxesAround, boxTree, openAtFirst } from '../../../client/graph/boxes.ts';
import { sceneOf } from '../../../client/graph/scene.ts';
import type { GraphScene, ProgramGraph, SceneItem } from '../../../protocol/index.ts';

const root = resolve(import.meta.dirname, '../../..');
const texts = { count: (value: number) => value.toLocaleString('en') };

function allBoxes({ children }: Box): readonly string[] {
  return children.flatMap((child) => (child.kind === 'box' ? [child.id, ...allBoxes(child)] : []));
}

function picture(graph: ProgramGraph, open: (tree: Box) => readonly string[]): GraphScene {
  const tree = boxTree(graph);
  return sceneOf(graph, tree, new Set(open(tree)), texts);
}

/** Pairs of items side by side in one box that share ground. */
function overlaps({ items }: GraphScene): string[] {
  const found: string[] = [];
  const byParent = new Map<number, SceneItem[]>();
  for (const item of items) byParent.set(item.parent, [...(byParent.get(item.parent) ?? []), item]);
  for (const siblings of byParent.values()) {
    const sorted = [...siblings].sort((a, b) => a.y - b.y);
    for (const [index, a] of sorted.entries()) {
      for (const b of sorted.slice(index + 1)) {
        if (b.y >= a.y + a.height) break;
        if (a.x < b.x + b.width && b.x < a.x + a.width) found.push(`${a.title} ${b.title}`);
      }
    }
  }
  return found;
}

/** Items that stick out of the box they stand in. */
function outside({ items, width, height }: GraphScene): string[] {
  return items.flatMap((item) => {
    const box = items[item.parent] ?? { x: 0, y: 0, width, height };
    const fits =
      item.x >= box.x &&
      item.y >= box.y &&
      item.x + item.width <= box.x + box.width &&
      item.y + item.height <= box.y + box.height;
    return fits ? [] : [item.title];
  });
}

const graphs = { resnet: resnet(root), gpt: largeGpt() };

test('the large graphs are as large as the ones that were measured', () => {
  expect(graphs.resnet.nodes.length).toBe(176);
  expect(graphs.gpt.nodes.length).toBeGreaterThan(1_900);
});

test.each(['resnet', 'gpt'] as const)(
  '%s, fully open: everything is there, nothing overlaps, lines are as many as values flow',
  (name) => {
    const graph = graphs[name];
    const scene = picture(graph, allBoxes);
    expect(scene.items.filter(({ kind }) => kind === 'node').length).toBe(graph.nodes.length);
    expect(overlaps(scene)).toEqual([]);
    expect(outside(scene)).toEqual([]);
    const drawn = new Set(scene.lines.map(({ edge }) => edge));
    const values = new Set(graph.edges.map(({ from, result, to }) => `${from} ${result} ${to}`));
    expect(drawn.size).toBeLessThanOrEqual(values.size);
    for (const line of scene.lines) expect(line.points.length).toBeGreaterThanOrEqual(4);
    expect(picture(graph, allBoxes)).toEqual(scene);
  },
);

test('blocks that repeat are folded, and open in order', () => {
  const tree = boxTree(graphs.gpt);
  const fold = tree.children.find((child) => child.kind === 'box');
  expect(fold).toMatchObject({ title: 'Block', count: 74 });
  const closed = picture(graphs.gpt, () => []);
  expect(closed.items.length).toBeLessThan(12);
  const box = closed.items.find((item) => item.kind === 'box');
  expect(box).toMatchObject({ title: 'Block ×74', open: false, count: 74 });
  const around = boxesAround(tree, 900).map(({ id }) => id);
  expect(around.length).toBe(3);
  expect(around[0]).toBe(fold?.kind === 'box' ? fold.id : '');
});

test('equal blocks are laid out alike, whatever stands around them', () => {
  const { items } = picture(graphs.gpt, allBoxes);
  const blocks = items.flatMap((item, index) => (item.kind === 'box' && item.title === 'Block' ? [index] : []));
  expect(blocks.length).toBe(74);
  const inside = (index: number) => {
    const box = items[index] as SceneItem;
    return items
      .filter(({ parent }) => parent === index)
      .map(({ title, x, y, width }) => [title, x - box.x, y - box.y, width]);
  };
  const [first = 0] = blocks;
  for (const block of blocks) expect(inside(block)).toEqual(inside(first));
});

test('a chain is a straight line', () => {
  const graph = graphOf(
    'chain.model',
    'model M {\n  input image: float32[28, 28, 1]\n  output y = image -> Conv2D(8, 3) -> MaxPool2D(2) -> Flatten -> Dense(10)\n}\n',
  );
  const { items, lines } = picture(graph, () => []);
  const middles = new Set(items.map(({ x, width }) => Math.round(x + width / 2)));
  expect(middles.size).toBe(1);
  expect(lines.map(({ label }) => label?.text)).toEqual(['28×28×1', '26×26×8', '13×13×8', '1352', '10']);
  expect(lines.every(({ points }) => Math.abs((points[0] ?? 0) - (points.at(-2) ?? 0)) < 1)).toBe(true);
});

test('a small graph is open at first, a large one as far as it is easily read', () => {
  const tree = boxTree(graphs.resnet);
  const open = openAtFirst(tree);
  expect(picture(graphs.resnet, () => open).items.length).toBeLessThanOrEqual(60);
  const small = graphOf(
    'small.model',
    'block B {\n  input x: [n]\n  output x -> Dense(n) -> relu\n}\nmodel M {\n  input x: float32[4]\n  output y = x -> B -> B\n}\n',
  );
  expect(openAtFirst(boxTree(small)).length).toBe(2);
});
