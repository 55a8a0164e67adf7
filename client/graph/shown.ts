/** What of a graph can be seen while some boxes are open, with its texts and sizes; and the lines in each open box. */
import { type ProgramGraph, shownName } from '../../protocol/index.ts';
import type { Item } from './boxes.ts';
import { textWidth } from './text-size.ts';

export interface SceneTexts {
  /** `1234567` → `1,234,567`, as the reader writes it. */
  readonly count: (value: number) => string;
}

export const NAME_SIZE = 13;
export const DETAIL_SIZE = 11;

export interface Shown {
  readonly item: Item;
  readonly title: string;
  readonly detail: string;
  readonly width: number;
  /** What is in it, where it is an open box. */
  readonly inside: readonly Shown[] | undefined;
}

/** The item with what is in it, as far as boxes are open. */
export function visibleTree(graph: ProgramGraph, item: Item, open: ReadonlySet<string>, texts: SceneTexts): Shown {
  if (item.kind === 'leaf') {
    const { name = '', detail = '', parameters = 0, kind, output } = graph.nodes[item.node] ?? {};
    const end = kind === 'input' || kind === 'output' ? (shapeText(output?.shape) ?? '') : '';
    const notes = [detail, end, countText(parameters, texts)].filter((text) => text !== '').join(' · ');
    return { item, title: name, detail: notes, width: leafWidth(name, notes), inside: undefined };
  }
  const isOpen = open.has(item.id) || item.id === '';
  const title = item.count > 1 ? `${item.title} ×${item.count}` : item.title;
  if (isOpen) {
    const inside = item.children.map((child) => visibleTree(graph, child, open, texts));
    return { item, title, detail: '', width: textWidth(shownName(title), NAME_SIZE) + 44, inside };
  }
  const parameters = item.nodes.map((node) => graph.nodes[node]?.parameters ?? 0);
  const total = parameters.every((each) => typeof each === 'number')
    ? parameters.reduce<number>((sum, each) => sum + Number(each), 0)
    : 0;
  const detail = countText(total, texts);
  return { item, title, detail, width: leafWidth(title, detail) + 16, inside: undefined };
}

function leafWidth(title: string, detail: string): number {
  const gap = detail === '' ? 0 : 6;
  return Math.max(64, textWidth(shownName(title), NAME_SIZE) + gap + textWidth(shownName(detail), DETAIL_SIZE) + 30);
}

function countText(count: number | string, texts: SceneTexts): string {
  if (typeof count === 'string') return count;
  return count === 0 ? '' : texts.count(count);
}

/** `26×26×32`; a single number has no shape to write. */
export function shapeText(shape: readonly (number | string)[] | undefined): string | undefined {
  if (shape === undefined) return '?';
  return shape.length === 0 ? undefined : shape.map((size) => (size === -1 ? 'N' : size)).join('×');
}

// ---- lines of each box

export interface BoxLine {
  /** Place among the children; −1: the border. */
  readonly from: number;
  readonly to: number;
  /** Key of the value in the whole graph. */
  readonly value: string;
  readonly edge: number;
  /** Both ends stand in this very box: here is the label. */
  readonly own: boolean;
}

export type Lines = ReadonlyMap<Shown, readonly BoxLine[]>;

/** Each edge becomes a line in the innermost open box around both ends, and one in each box that it enters or leaves. */
export function linesOf(graph: ProgramGraph, tree: Shown): Lines {
  const ways = new Map<number, readonly (readonly [Shown, number])[]>();
  const walk = (shown: Shown, way: readonly (readonly [Shown, number])[]): void => {
    for (const [index, child] of (shown.inside ?? []).entries()) {
      const next = [...way, [shown, index] as const];
      if (child.inside) walk(child, next);
      else for (const node of child.item.kind === 'leaf' ? [child.item.node] : child.item.nodes) ways.set(node, next);
    }
  };
  walk(tree, []);
  const lines = new Map<Shown, Map<string, BoxLine>>();
  const add = (box: Shown, line: BoxLine) => {
    const known = lines.get(box) ?? new Map<string, BoxLine>();
    lines.set(box, known);
    const key = `${line.from} ${line.to} ${line.value}`;
    if (!known.has(key)) known.set(key, line);
  };
  for (const [edge, { from, to, result }] of graph.edges.entries()) {
    const [a, b] = [ways.get(from) ?? [], ways.get(to) ?? []];
    let common = 0;
    while (a[common + 1]?.[0] !== undefined && a[common + 1]?.[0] === b[common + 1]?.[0]) common++;
    const box = a[common]?.[0];
    const [start, end] = [a[common]?.[1] ?? 0, b[common]?.[1] ?? 0];
    // Both in one closed box: not to be seen.
    if (box === undefined || (start === end && a.length === common + 1)) continue;
    const value = `${from} ${result}`;
    add(box, { from: start, to: end, value, edge, own: true });
    for (const [inner, index] of a.slice(common + 1)) add(inner, { from: index, to: -1, value, edge, own: false });
    for (const [inner, index] of b.slice(common + 1)) add(inner, { from: -1, to: index, value, edge, own: false });
  }
  return new Map([...lines].map(([box, known]) => [box, [...known.values()]]));
}
