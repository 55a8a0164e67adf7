/** The graphs of all programs of `examples/`, as at first and with every block open: nothing overlaps, and no line runs through an operation. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Box, boxTree, openAtFirst } from '../../../client/graph/boxes.ts';
import { sceneOf } from '../../../client/graph/scene.ts';
import { createAnalyser, type Files, programGraph } from '../../../language/index.ts';
import type { GraphScene, SceneItem } from '../../../protocol/index.ts';

const examples = resolve(import.meta.dirname, '../../../examples');
const programs = readdirSync(examples, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.model'))
  .sort();

const files: Files = {
  source(from, path) {
    const file = resolve(from, '..', path);
    try {
      return { file, text: readFileSync(file, 'utf8') };
    } catch {
      return 'missing';
    }
  },
  header: (_from, path) => ({ ok: false, trouble: 'missing', path }),
};

function allBoxes({ children }: Box): readonly string[] {
  return children.flatMap((child) => (child.kind === 'box' ? [child.id, ...allBoxes(child)] : []));
}

const isSolid = (item: SceneItem) => item.kind === 'node' || !item.open;

function overlaps({ items }: GraphScene): string[] {
  const solid = items.filter(isSolid);
  const sorted = [...solid].sort((a, b) => a.y - b.y);
  return sorted.flatMap((a, index) => {
    const found: string[] = [];
    for (const b of sorted.slice(index + 1)) {
      if (b.y >= a.y + a.height) break;
      if (a.x < b.x + b.width && b.x < a.x + a.width) found.push(`${a.title} ${b.title}`);
    }
    return found;
  });
}

/** Operations that a line runs through, other than those at its ends. */
function crossed({ items, lines }: GraphScene): string[] {
  const found: string[] = [];
  for (const { points, from, to } of lines) {
    for (let at = 0; at + 3 < points.length; at += 2) {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points.slice(at, at + 4);
      for (const [index, item] of items.entries()) {
        if (index === from || index === to || !isSolid(item)) continue;
        if (Math.max(y0, y1) <= item.y + 2 || Math.min(y0, y1) >= item.y + item.height - 2) continue;
        // Where the piece passes the middle of the item.
        const middle = item.y + item.height / 2;
        const share = y1 === y0 ? 0.5 : Math.min(1, Math.max(0, (middle - y0) / (y1 - y0)));
        const x = x0 + (x1 - x0) * share;
        if (x > item.x + 3 && x < item.x + item.width - 3) {
          found.push(`${items[from]?.title} → ${items[to]?.title} through ${item.title}`);
        }
      }
    }
  }
  return found;
}

test.each(programs)('%s', (name) => {
  const file = join(examples, name);
  const graph = programGraph(createAnalyser(files), { file, text: readFileSync(file, 'utf8') });
  if (graph === undefined) throw new Error('no graph');
  for (const { from, to } of graph.edges) expect(from).toBeLessThan(to);
  const tree = boxTree(graph);
  for (const open of [openAtFirst(tree), allBoxes(tree)]) {
    const scene = sceneOf(graph, tree, new Set(open), { count: String });
    expect(overlaps(scene)).toEqual([]);
    expect(crossed(scene)).toEqual([]);
  }
});
