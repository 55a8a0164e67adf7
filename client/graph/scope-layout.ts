/**
 * Lays out what stands in one box: items of known size, and the lines between them and to the border. Where a single value
 * passes, the box is cut into pieces that are laid out by themselves and put below each other, so that a chain is a straight
 * line and costs nothing; what is left is done by dagre.
 */
import { Graph, layout } from '@dagrejs/dagre';

export interface ScopeItem {
  readonly width: number;
  readonly height: number;
  /** Where a value enters and leaves, from its left border; the middle unless said. */
  readonly enters?: ReadonlyMap<number, number>;
  readonly leaves?: ReadonlyMap<number, number>;
}

export interface ScopeLine {
  /** Index of an item; −1: the box's upper border. */
  readonly from: number;
  /** Index of an item; −1: the box's lower border. */
  readonly to: number;
  /** Number of the value that it carries. */
  readonly value: number;
  /** Size of its label; undefined: it has none. */
  readonly label: { readonly width: number; readonly height: number } | undefined;
}

export interface Scope {
  /** In the order in which they are computed. */
  readonly items: readonly ScopeItem[];
  readonly lines: readonly ScopeLine[];
  /** Values that enter at the upper border, and leave at the lower one. */
  readonly enters: readonly number[];
  readonly leaves: readonly number[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface LaidScope {
  readonly width: number;
  readonly height: number;
  /** Left upper corners. */
  readonly items: readonly Point[];
  readonly lines: readonly { readonly points: readonly Point[]; readonly label: Point | undefined }[];
  /** Where values enter and leave, from the left. */
  readonly enters: ReadonlyMap<number, number>;
  readonly leaves: ReadonlyMap<number, number>;
}

const GAP = 26;
const BESIDE = 26;
const LABEL_GAP = 8;

/** Deterministic: the same scope gives the same picture. */
export function layoutScope(scope: Scope): LaidScope {
  const pieces = cutIntoPieces(scope);
  const laid = pieces.map((piece) => layoutPiece(scope, piece));
  // Each piece stands so that the value which comes down enters it straight.
  let y = 0;
  let centre = 0;
  let least = 0;
  let most = 0;
  const places = laid.map((piece, index): Point => {
    const through = index === 0 ? undefined : pieces[index]?.enters[0];
    const x = through === undefined ? 0 : centre - (piece.enters.get(through) ?? piece.width / 2);
    if (index > 0) y += gapAbove(scope, pieces, index);
    const at = { x, y };
    y += piece.height;
    least = Math.min(least, x);
    most = Math.max(most, x + piece.width);
    const out = pieces[index]?.leaves[0];
    centre = x + ((out === undefined ? undefined : piece.leaves.get(out)) ?? piece.width / 2);
    return at;
  });
  const moved = places.map(({ x, y: top }) => ({ x: x - least, y: top }));
  return compose(scope, pieces, laid, moved, { width: most - least, height: y });
}

interface Piece {
  readonly from: number;
  /** Behind its last item. */
  readonly to: number;
  readonly enters: readonly number[];
  readonly leaves: readonly number[];
}

/** Where exactly one value passes from what stands before to what stands behind. */
function cutIntoPieces({ items, lines, enters, leaves }: Scope): readonly Piece[] {
  const count = items.length;
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  const fed = new Set<number>();
  for (const { from, to, value } of lines) {
    if (!first.has(value)) first.set(value, from);
    last.set(value, Math.max(last.get(value) ?? -1, to < 0 ? count : to));
    if (to >= 0) fed.add(to);
  }
  // How many values pass behind each item, and the sum of their numbers: of a single one, its number.
  const passing = new Array<number>(count + 1).fill(0);
  const numbers = new Array<number>(count + 1).fill(0);
  const add = (at: number, by: number, value: number) => {
    passing[at] = (passing[at] ?? 0) + by;
    numbers[at] = (numbers[at] ?? 0) + by * value;
  };
  for (const [value, from] of first) {
    const to = last.get(value) ?? -1;
    if (to <= from) continue;
    add(Math.max(from, 0), 1, value);
    add(Math.min(to, count), -1, value);
  }
  const cuts: { readonly behind: number; readonly value: number }[] = [];
  let through = 0;
  let sum = 0;
  for (let at = 0; at < count - 1; at++) {
    through += passing[at] ?? 0;
    sum += numbers[at] ?? 0;
    if (through === 1) cuts.push({ behind: at, value: sum });
  }
  // A line that leads back belongs to no order: such a box is left to dagre.
  if (lines.some(({ from, to }) => to >= 0 && from > to)) cuts.length = 0;
  // What comes from nowhere stands beside what it meets, not below what was before.
  const sources = items.flatMap((_, index) => (fed.has(index) ? [] : [index]));
  const kept = cuts.filter(({ behind }, index) => {
    const next = cuts[index + 1]?.behind ?? count - 1;
    return !sources.some((source) => source > behind && source <= next);
  });
  return [...kept, undefined].map((cut, index): Piece => {
    const before = kept[index - 1];
    return {
      from: before === undefined ? 0 : before.behind + 1,
      to: cut === undefined ? count : cut.behind + 1,
      enters: before === undefined ? enters : [before.value],
      leaves: cut === undefined ? leaves : [cut.value],
    };
  });
}

function gapAbove(scope: Scope, pieces: readonly Piece[], index: number): number {
  const value = pieces[index]?.enters[0];
  const start = pieces[index]?.from ?? 0;
  const labelled = scope.lines.some(
    ({ value: one, label, from, to }) =>
      one === value && label !== undefined && from < start && (to < 0 || to >= start),
  );
  return labelled ? GAP + 14 : GAP;
}

// ---- one piece

type LaidPiece = Omit<LaidScope, 'lines'> & {
  /** By line of the scope, the part of it that lies in this piece. */
  readonly parts: ReadonlyMap<number, { readonly points: readonly Point[]; readonly label: Point | undefined }>;
};

function layoutPiece(scope: Scope, piece: Piece): LaidPiece {
  const [only] = scope.items.slice(piece.from, piece.to);
  const single = piece.to - piece.from === 1 && piece.enters.length <= 1 && piece.leaves.length <= 1;
  return single && only ? layoutSingle(scope, piece, only) : layoutByDagre(scope, piece);
}

/** An item by itself; a line that only passes needs dagre. */
function layoutSingle(scope: Scope, piece: Piece, item: ScopeItem): LaidPiece {
  const [enter] = piece.enters;
  const [leave] = piece.leaves;
  if (enter !== undefined && enter === leave) return layoutByDagre(scope, piece);
  const top = { x: portOf(item, item.enters, enter), y: 0 };
  const bottom = { x: portOf(item, item.leaves, leave), y: item.height };
  const parts = new Map<number, { points: readonly Point[]; label: undefined }>();
  for (const [index, line] of scope.lines.entries()) {
    if (line.to === piece.from && line.value === enter) parts.set(index, { points: [top], label: undefined });
    if (line.from === piece.from && line.value === leave) parts.set(index, { points: [bottom], label: undefined });
  }
  return {
    width: item.width,
    height: item.height,
    items: [{ x: 0, y: 0 }],
    parts,
    enters: new Map(enter === undefined ? [] : [[enter, top.x]]),
    leaves: new Map(leave === undefined ? [] : [[leave, bottom.x]]),
  };
}

function portOf(item: ScopeItem, ports: ReadonlyMap<number, number> | undefined, value: number | undefined): number {
  return (value === undefined ? undefined : ports?.get(value)) ?? item.width / 2;
}

/** Ports are small nodes that dagre keeps at the top and at the bottom. */
const TIGHT = 1000;

function layoutByDagre(scope: Scope, piece: Piece): LaidPiece {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: BESIDE, edgesep: 12, ranksep: GAP, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  const within = (index: number) => index >= piece.from && index < piece.to;
  for (let index = piece.from; index < piece.to; index++) {
    const { width = 0, height = 0 } = scope.items[index] ?? {};
    graph.setNode(`i${index}`, { width, height });
  }
  const port = (name: string, end: 'top' | 'bottom') => {
    graph.setNode(name, { width: 2, height: 0 });
    graph.setNode(end, { width: 0, height: 0 });
    if (end === 'top') graph.setEdge(end, name, { weight: TIGHT, minlen: 1 }, 'port');
    else graph.setEdge(name, end, { weight: TIGHT, minlen: 1 }, 'port');
  };
  for (const value of piece.enters) port(`e${value}`, 'top');
  for (const value of piece.leaves) port(`l${value}`, 'bottom');
  const ends = new Map<number, readonly [string, string]>();
  for (const [index, { from, to, value, label }] of scope.lines.entries()) {
    const begin = within(from)
      ? `i${from}`
      : piece.enters.includes(value) && isBefore(from, piece)
        ? `e${value}`
        : undefined;
    const end = within(to) ? `i${to}` : piece.leaves.includes(value) && isBehind(to, piece) ? `l${value}` : undefined;
    if (begin === undefined || end === undefined) continue;
    ends.set(index, [begin, end]);
    const size = within(from) && within(to) && label ? { ...label, labelpos: 'r', labeloffset: LABEL_GAP } : {};
    graph.setEdge(begin, end, { minlen: 1, weight: 1, width: 0, height: 0, ...size }, `${index}`);
  }
  layout(graph);
  return readPiece(scope, piece, graph, ends);
}

function isBefore(from: number, piece: Piece): boolean {
  return from < piece.from;
}

function isBehind(to: number, piece: Piece): boolean {
  return to < 0 || to >= piece.to;
}

function readPiece(
  scope: Scope,
  piece: Piece,
  graph: Graph,
  ends: ReadonlyMap<number, readonly [string, string]>,
): LaidPiece {
  const boxes = Array.from({ length: piece.to - piece.from }, (_, index) => {
    const { width = 0, height = 0 } = scope.items[piece.from + index] ?? {};
    const { x = 0, y = 0 } = graph.node(`i${piece.from + index}`) ?? {};
    return { x: x - width / 2, y: y - height / 2, width, height };
  });
  const enters = new Map(piece.enters.map((value) => [value, Number(graph.node(`e${value}`)?.x ?? 0)]));
  const leaves = new Map(piece.leaves.map((value) => [value, Number(graph.node(`l${value}`)?.x ?? 0)]));
  const tops = [...boxes.map(({ y }) => y), ...piece.enters.map((value) => Number(graph.node(`e${value}`)?.y ?? 0))];
  const bottoms = [
    ...boxes.map(({ y, height }) => y + height),
    ...piece.leaves.map((value) => Number(graph.node(`l${value}`)?.y ?? 0)),
  ];
  const top = Math.min(...tops);
  const parts = new Map<number, { points: readonly Point[]; label: Point | undefined }>();
  let [left, right] = [Math.min(...boxes.map(({ x }) => x)), Math.max(...boxes.map(({ x, width }) => x + width))];
  for (const [index, [begin, end]] of ends) {
    const line = scope.lines[index];
    const found = graph.edge(begin, end, `${index}`);
    if (line === undefined || found === undefined) continue;
    const way = (found.points ?? []).map((point: Point) => ({ x: point.x, y: point.y - top }));
    for (const { x } of way) [left, right] = [Math.min(left, x), Math.max(right, x)];
    const label = found.width ? { x: Number(found.x), y: Number(found.y) - top } : undefined;
    const points = label === undefined ? way : besideLabel(way, label.y, Number(found.height));
    if (label) right = Math.max(right, label.x + Number(found.width) / 2);
    parts.set(index, { points: fastened(points, line, scope, piece, boxes, top), label });
  }
  const shift = ({ x, y }: Point): Point => ({ x: x - left, y });
  return {
    width: right - left,
    height: Math.max(...bottoms) - top,
    items: boxes.map(({ x, y }) => ({ x: x - left, y: y - top })),
    parts: new Map(
      [...parts].map(([index, part]) => [
        index,
        { points: part.points.map(shift), label: part.label && shift(part.label) },
      ]),
    ),
    enters: new Map([...enters].map(([value, x]) => [value, x - left])),
    leaves: new Map([...leaves].map(([value, x]) => [value, x - left])),
  };
}

/** The label stands to the right of a line's bend: what leads to the right comes or goes above or below it. */
function besideLabel(way: readonly Point[], middle: number, height: number): readonly Point[] {
  const half = height / 2 + 2;
  return way.flatMap((point, index) => {
    const [before, after] = [way[index - 1], way[index + 1]];
    if (before === undefined || after === undefined || Math.abs(point.y - middle) > half) return [point];
    const above = before.x > point.x + 1 ? [{ x: point.x, y: Math.max(before.y, middle - half) }] : [];
    const below = after.x > point.x + 1 ? [{ x: point.x, y: Math.min(after.y, middle + half) }] : [];
    return above.length + below.length === 0 ? [point] : [...above, ...below];
  });
}

/** Ends of a line at the ports of the boxes that it joins. */
function fastened(
  points: readonly Point[],
  { from, to, value }: ScopeLine,
  scope: Scope,
  piece: Piece,
  boxes: readonly (Point & { readonly width: number; readonly height: number })[],
  top: number,
): readonly Point[] {
  const result = [...points];
  const source = boxes[from - piece.from];
  const target = boxes[to - piece.from];
  const leave = scope.items[from]?.leaves?.get(value);
  const enter = scope.items[to]?.enters?.get(value);
  if (source && leave !== undefined) result[0] = { x: source.x + leave, y: source.y + source.height - top };
  if (target && enter !== undefined) result[result.length - 1] = { x: target.x + enter, y: target.y - top };
  return result;
}

// ---- all pieces

function compose(
  scope: Scope,
  pieces: readonly Piece[],
  laid: readonly LaidPiece[],
  places: readonly Point[],
  size: { readonly width: number; readonly height: number },
): LaidScope {
  const labelled = new Set<string>();
  const lines = scope.lines.map((line, index) => {
    const points: Point[] = [];
    let label: Point | undefined;
    for (const [at, piece] of laid.entries()) {
      const part = piece.parts.get(index);
      const { x = 0, y = 0 } = places[at] ?? {};
      if (part === undefined) continue;
      points.push(...part.points.map((point) => ({ x: point.x + x, y: point.y + y })));
      if (part.label) label = { x: part.label.x + x, y: part.label.y + y };
    }
    const cut = pieces.findIndex((piece, at) => at > 0 && piece.enters[0] === line.value && piece.from > line.from);
    const gap = cut > 0 && line.label && !label ? `${cut}` : undefined;
    if (gap !== undefined && line.label && !labelled.has(gap)) {
      labelled.add(gap);
      const above = laid[cut]?.enters.get(line.value) ?? 0;
      const { x = 0, y = 0 } = places[cut] ?? {};
      const middle = y - gapAbove(scope, pieces, cut) / 2;
      label = { x: x + above + LABEL_GAP + line.label.width / 2, y: middle };
    }
    return { points, label };
  });
  return {
    ...size,
    items: laid.flatMap((piece, at) =>
      piece.items.map(({ x, y }) => ({ x: x + (places[at]?.x ?? 0), y: y + (places[at]?.y ?? 0) })),
    ),
    lines,
    enters: portsOf(scope.enters, laid[0]?.enters, places[0]),
    leaves: portsOf(scope.leaves, laid.at(-1)?.leaves, places.at(-1)),
  };
}

function portsOf(
  values: readonly number[],
  ports: ReadonlyMap<number, number> | undefined,
  place: Point | undefined,
): ReadonlyMap<number, number> {
  return new Map(values.map((value) => [value, (ports?.get(value) ?? 0) + (place?.x ?? 0)]));
}
