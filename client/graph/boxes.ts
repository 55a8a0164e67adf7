/**
 * The tree of boxes of a graph, as people want to see it: a box that holds a single box is that box, and three or more equal
 * blocks in a row are folded into one.
 */
import type { ProgramGraph } from '../../protocol/index.ts';

export type Item = Leaf | Box;

export interface Leaf {
  readonly kind: 'leaf';
  readonly node: number;
}

export interface Box {
  readonly kind: 'box';
  /** As no other box of the graph. */
  readonly id: string;
  readonly title: string;
  /** More than 1: so many equal blocks, which are its children. */
  readonly count: number;
  /** Boxes of the graph that it stands for. */
  readonly groups: readonly number[];
  readonly children: readonly Item[];
  /** All nodes in it. */
  readonly nodes: readonly number[];
}

/** Blocks from so many on are folded. */
const FOLDED_FROM = 3;

/** The whole graph as a box. */
export function boxTree(graph: ProgramGraph): Box {
  const children = new Map<number, Item[]>([[-1, []]]);
  const building = new Map<number, Item[]>();
  const place = (group: number, item: Item): void => {
    const list = children.get(group) ?? [];
    children.set(group, list);
    list.push(item);
  };
  // A box stands where its first node stands.
  const enter = (group: number): void => {
    if (group < 0 || building.has(group)) return;
    const parent = graph.groups[group]?.parent ?? -1;
    enter(parent);
    const inside: Item[] = [];
    building.set(group, inside);
    children.set(group, inside);
    place(parent, { kind: 'box', id: '', title: '', count: 1, groups: [group], children: inside, nodes: [] });
  };
  for (const [node, { group }] of graph.nodes.entries()) {
    enter(group);
    place(group, { kind: 'leaf', node });
  }
  const alike = createSignatures(graph);
  const root: Box = {
    kind: 'box',
    id: '',
    title: graph.unit,
    count: 1,
    groups: [],
    children: (children.get(-1) ?? []).map((item) => finished(item, graph, alike)),
    nodes: graph.nodes.map((_, index) => index),
  };
  return { ...root, children: opened(folded(root.children, alike, graph), graph) };
}

function finished(item: Item, graph: ProgramGraph, alike: Signatures): Item {
  if (item.kind === 'leaf') return item;
  const [group = -1] = item.groups;
  const known = graph.groups[group];
  const inside = item.children.map((child) => finished(child, graph, alike));
  const children = opened(folded(inside, alike, graph), graph);
  const nodes = children.flatMap((child) => (child.kind === 'leaf' ? [child.node] : child.nodes));
  const [only] = children;
  // `repeat` around one block is that block.
  if (only?.kind === 'box' && children.length === 1 && only.count === 1) {
    return { ...only, id: known?.path ?? only.id, groups: [group, ...only.groups] };
  }
  return {
    kind: 'box',
    id: known?.path ?? '',
    title: known?.title ?? '',
    count: 1,
    groups: [group],
    children,
    nodes,
  };
}

/** A round of `repeat` with a single layer in it is that layer, unless it was folded with others. */
function opened(items: readonly Item[], graph: ProgramGraph): readonly Item[] {
  return items.map((item) => {
    const [only] = item.kind === 'box' ? item.children : [];
    if (item.kind === 'leaf' || item.children.length !== 1 || only?.kind !== 'leaf') return item;
    const group = graph.groups[item.groups[0] ?? -1];
    return group?.round !== undefined || group?.title === 'forward' || group?.title === 'backward' ? only : item;
  });
}

function folded(items: readonly Item[], alike: Signatures, graph: ProgramGraph): readonly Item[] {
  const result: Item[] = [];
  let run: Box[] = [];
  const flush = () => {
    const [first] = run;
    if (first === undefined) return;
    if (run.length < FOLDED_FROM) result.push(...run);
    else {
      result.push({
        kind: 'box',
        id: `${first.id} ×${run.length}`,
        title: alike.title(first),
        count: run.length,
        groups: run.flatMap(({ groups }) => groups.slice(0, 1)),
        children: opened(run, graph),
        nodes: run.flatMap(({ nodes }) => nodes),
      });
    }
    run = [];
  };
  for (const item of items) {
    const [first] = run;
    if (item.kind === 'leaf' || item.count > 1) {
      flush();
      result.push(item);
      continue;
    }
    if (first !== undefined && alike.of(first) !== alike.of(item)) flush();
    run.push(item);
  }
  flush();
  return result;
}

interface Signatures {
  /** Equal numbers: blocks that look alike inside. */
  of(box: Box): number;
  title(box: Box): string;
}

function createSignatures(graph: ProgramGraph): Signatures {
  const numbers = new Map<string, number>();
  const known = new WeakMap<Box, number>();
  const incoming: number[][] = graph.nodes.map(() => []);
  for (const { from, to } of graph.edges) incoming[to]?.push(from);

  const number = (text: string): number => {
    const before = numbers.get(text);
    if (before !== undefined) return before;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };

  function of(box: Box): number {
    const before = known.get(box);
    if (before !== undefined) return before;
    const places = new Map(box.nodes.map((node, place) => [node, place]));
    const lines = box.nodes.map((node) => {
      const { name = '', detail = '', kind = '', output } = graph.nodes[node] ?? {};
      const from = (incoming[node] ?? []).map((each) => places.get(each) ?? '-');
      return `${kind} ${name} ${detail} ${output?.dtype} ${output?.shape?.join('×')} < ${from.join(' ')}`;
    });
    const inner = box.children.map((child) => (child.kind === 'leaf' ? '.' : of(child)));
    const made = number([box.title, inner.join(','), ...lines].join('\n'));
    known.set(box, made);
    return made;
  }

  return {
    of,
    title(box) {
      const [only] = box.children;
      return only?.kind === 'leaf' && box.children.length === 1
        ? (graph.nodes[only.node]?.name ?? box.title)
        : box.title;
    },
  };
}

/** So many items are shown at first, if it can be. */
const FIRST_ITEMS = 40;

/** What is open at first: everything in a small graph, else as many levels as are easily read; never what was folded. */
export function openAtFirst(root: Box): readonly string[] {
  const open: string[] = [];
  let level: readonly Box[] = boxesIn(root);
  let shown = root.children.length;
  while (level.length > 0) {
    const more = level.reduce((sum, box) => sum + box.children.length, 0);
    if (shown + more > FIRST_ITEMS) break;
    shown += more;
    open.push(...level.map(({ id }) => id));
    level = level.flatMap(boxesIn);
  }
  return open;
}

function boxesIn({ children }: Box): readonly Box[] {
  return children.flatMap((child) => (child.kind === 'box' && child.count === 1 ? [child] : []));
}

/** Boxes around a node, outermost first. */
export function boxesAround(root: Box, node: number): readonly Box[] {
  for (const child of root.children) {
    if (child.kind === 'leaf' || !child.nodes.includes(node)) continue;
    return [child, ...boxesAround(child, node)];
  }
  return [];
}
