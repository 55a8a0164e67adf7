/** Laying out graphs: a ResNet-50 and a GPT-2 XL with its attention written out, all boxes closed, as at first, and all open. */
import { type Box, boxTree, openAtFirst } from '../client/graph/boxes.ts';
import { sceneOf } from '../client/graph/scene.ts';
import { largeGpt, resnet } from './graphs.ts';
import type { Bench } from './section.ts';

const LIMIT = 300;

/** Part of `npm run bench`: processor time of this process. */
export const bench: Bench = async ({ root, quick }) => {
  const graphs = [
    ['ResNet-50', resnet(root)],
    ['GPT-2 XL, 74 blocks', largeGpt()],
  ] as const;
  const rounds = quick ? 1 : 5;
  const rows: (string | number)[][] = [];
  let slowest = 0;
  for (const [name, graph] of graphs) {
    for (const [how, openOf] of [
      ['at first', openAtFirst],
      ['all open', allBoxes],
    ] as const) {
      const times: number[] = [];
      let items = 0;
      for (let round = 0; round < rounds; round++) {
        const before = process.cpuUsage();
        const tree = boxTree(graph);
        const scene = sceneOf(graph, tree, new Set(openOf(tree)), { count: String });
        const { user, system } = process.cpuUsage(before);
        times.push((user + system) / 1000);
        items = scene.items.length;
      }
      // The first round is what a person waits for: nothing is warm.
      const [first = 0] = times;
      const middle = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? first;
      slowest = Math.max(slowest, first);
      rows.push([`${name}, ${how}`, graph.nodes.length, graph.edges.length, items, first, middle]);
    }
  }
  return {
    title: 'Graph',
    tables: [
      {
        title: 'Layout from nothing, processor time (ms)',
        columns: ['graph', 'operations', 'edges', 'items in the picture', 'first', 'median'],
        rows,
      },
    ],
    targets: [
      {
        what: 'layout of 2,000 operations',
        wanted: `≤ ${LIMIT} ms`,
        measured: `${slowest.toFixed(0)} ms`,
        held: slowest <= LIMIT,
      },
    ],
    notes: ['Boxes, folding and layout; nothing is kept between rounds.'],
  };
};

function allBoxes({ children }: Box): readonly string[] {
  return children.flatMap((child) => (child.kind === 'box' ? [child.id, ...allBoxes(child)] : []));
}
