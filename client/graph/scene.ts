/**
 * The picture of a graph with some boxes open: each open box is laid out by itself, once for all that are alike, and takes its
 * place in the box around it as a leaf of known size. Every value enters a box at one place of its border.
 */
import type { GraphScene, ProgramGraph, SceneItem, SceneLine } from '../../protocol/index.ts';
import type { Box } from './boxes.ts';
import { type LaidScope, layoutScope, type Point, type Scope, type ScopeItem } from './scope-layout.ts';
import {
  type BoxLine,
  DETAIL_SIZE,
  type Lines,
  linesOf,
  type SceneTexts,
  type Shown,
  shapeText,
  visibleTree,
} from './shown.ts';
import { textWidth } from './text-size.ts';

const LEAF_HEIGHT = 30;
const LABEL_HEIGHT = 14;
/** Of an open box: its title above, room around. */
const HEAD = 28;
const AROUND = 16;
const MARGIN = 24;

/** Layouts by what they are of, each with a number of its own: kept over several pictures of a graph. */
export type Laid = Map<string, { readonly number: number; readonly scope: LaidScope }>;

/** `open`: ids of the boxes that are open. */
export function sceneOf(
  graph: ProgramGraph,
  root: Box,
  open: ReadonlySet<string>,
  texts: SceneTexts,
  laid: Laid = new Map(),
): GraphScene {
  const tree = visibleTree(graph, root, open, texts);
  const lines = linesOf(graph, tree);
  const whole = layoutBox(tree, graph, lines, laid);
  const picture: Picture = { items: [], lines: [] };
  draw(whole, { x: MARGIN - whole.inset.x, y: MARGIN - whole.inset.y }, -1, picture);
  return {
    width: Math.ceil(whole.scope.width + 2 * MARGIN),
    height: Math.ceil(whole.scope.height + 2 * MARGIN),
    ...picture,
  };
}

/** An open box that was laid out. */
interface Done {
  readonly shown: Shown;
  readonly scope: LaidScope;
  readonly number: number;
  /** Values by the numbers that the scope gives them. */
  readonly values: ReadonlyMap<string, number>;
  readonly lines: readonly BoxLine[];
  readonly labels: readonly (string | undefined)[];
  readonly width: number;
  readonly height: number;
  /** Where the scope lies in the box. */
  readonly inset: Point;
  readonly inside: readonly (Done | undefined)[];
}

/** Innermost boxes first. */
function layoutBox(shown: Shown, graph: ProgramGraph, all: Lines, laid: Laid): Done {
  const children = shown.inside ?? [];
  const inside = children.map((child) => (child.inside ? layoutBox(child, graph, all, laid) : undefined));
  const lines = all.get(shown) ?? [];
  const values = new Map<string, number>();
  for (const { value } of lines) if (!values.has(value)) values.set(value, values.size);
  const numberOf = (value: string) => values.get(value) ?? 0;
  const labels = lines.map(({ own, edge }) => (own ? shapeText(graph.edges[edge]?.shape) : undefined));
  const items = children.map((child, index) => sized(child, inside[index], numberOf));
  const scope: Scope = {
    items,
    lines: lines.map(({ from, to, value }, index) => {
      const text = labels[index];
      const label = text === undefined ? undefined : { width: textWidth(text, DETAIL_SIZE), height: LABEL_HEIGHT };
      return { from, to, value: numberOf(value), label };
    }),
    enters: unique(lines.flatMap(({ from, value }) => (from < 0 ? [numberOf(value)] : []))),
    leaves: unique(lines.flatMap(({ to, value }) => (to < 0 ? [numberOf(value)] : []))),
  };
  const signature = signatureOf(scope);
  const found = laid.get(signature) ?? { number: laid.size, scope: layoutScope(scope) };
  laid.set(signature, found);
  return { shown, lines, labels, values, inside, ...found, ...framed(shown, scope, found.scope) };
}

function sized(child: Shown, open: Done | undefined, numberOf: (value: string) => number): ScopeItem {
  if (open === undefined) return { width: child.width, height: LEAF_HEIGHT };
  const ports = (list: ReadonlyMap<number, number>) =>
    new Map(
      [...open.values].flatMap(([value, inner]): [number, number][] => {
        const x = list.get(inner);
        return x === undefined ? [] : [[numberOf(value), x + open.inset.x]];
      }),
    );
  return { width: open.width, height: open.height, enters: ports(open.scope.enters), leaves: ports(open.scope.leaves) };
}

/** Everything that a layout depends on. */
function signatureOf({ items, lines, enters, leaves }: Scope): string {
  const ports = (map: ScopeItem['enters']) => [...(map ?? [])].flat().join(' ');
  return [
    ...items.map((item) => `${item.width} ${item.height} ${ports(item.enters)} | ${ports(item.leaves)}`),
    ...lines.map(({ from, to, value, label }) => `${from} ${to} ${value} ${label?.width ?? ''}`),
    `${enters.join(' ')} | ${leaves.join(' ')}`,
  ].join('\n');
}

/** With room around and the title above; a single value enters and leaves in the middle. */
function framed(shown: Shown, { enters, leaves }: Scope, scope: LaidScope): Pick<Done, 'width' | 'height' | 'inset'> {
  const [port] =
    enters.length === 1
      ? [scope.enters.get(enters[0] ?? -1)]
      : leaves.length === 1
        ? [scope.leaves.get(leaves[0] ?? -1)]
        : [];
  const middle = port ?? scope.width / 2;
  const half = Math.max(middle, scope.width - middle, shown.width / 2);
  return {
    width: 2 * half + 2 * AROUND,
    height: scope.height + HEAD + AROUND + (enters.length > 0 ? 0 : 6),
    inset: { x: half - middle + AROUND, y: HEAD },
  };
}

function unique(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)];
}

// ---- the picture

interface Picture {
  readonly items: SceneItem[];
  readonly lines: SceneLine[];
}

/** What is in an open box whose left upper corner is at `at`; `parent` is the item that the box itself is. */
function draw(box: Done, at: Point, parent: number, picture: Picture): void {
  const { shown, scope, inset } = box;
  const origin = { x: at.x + inset.x, y: at.y + inset.y };
  const indices = (shown.inside ?? []).map((child, index) => {
    const { x = 0, y = 0 } = scope.items[index] ?? {};
    const corner = { x: origin.x + x, y: origin.y + y };
    const inner = box.inside[index];
    picture.items.push(itemOf(child, inner, corner, parent));
    const own = picture.items.length - 1;
    if (inner) draw(inner, corner, own, picture);
    return own;
  });
  for (const [index, { from, to, edge }] of box.lines.entries()) {
    const way = scope.lines[index];
    if (way === undefined || way.points.length === 0) continue;
    const points = way.points.map(({ x, y }) => ({ x: origin.x + x, y: origin.y + y }));
    // From and to the border of the box, through its margins.
    const [first] = points;
    const last = points.at(-1);
    if (from < 0 && first) points.unshift({ x: first.x, y: at.y });
    if (to < 0 && last) points.push({ x: last.x, y: at.y + box.height });
    const text = box.labels[index];
    picture.lines.push({
      edge,
      from: from < 0 ? -1 : (indices[from] ?? -1),
      to: to < 0 ? -1 : (indices[to] ?? -1),
      points: points.flatMap(({ x, y }) => [rounded(x), rounded(y)]),
      label:
        way.label && text !== undefined
          ? { x: rounded(origin.x + way.label.x), y: rounded(origin.y + way.label.y), text }
          : undefined,
    });
  }
}

function itemOf(
  { item, title, detail, width }: Shown,
  open: Done | undefined,
  { x, y }: Point,
  parent: number,
): SceneItem {
  const size = { width: rounded(open?.width ?? width), height: rounded(open?.height ?? LEAF_HEIGHT) };
  const placed = { x: rounded(x), y: rounded(y), ...size, parent, title, detail };
  if (item.kind === 'leaf') return { kind: 'node', ...placed, node: item.node };
  const { id, count, groups, nodes } = item;
  return { kind: 'box', ...placed, id, open: open !== undefined, count, groups, nodes };
}

/** Halves of pixels are enough, and short to send. */
function rounded(value: number): number {
  return Math.round(value * 2) / 2;
}
