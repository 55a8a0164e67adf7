/**
 * Topic `graph`: the graph of a program. The host has it from the language server and lays it out; the page draws what can be
 * seen. Nodes and boxes are named by their index in the graph of one `revision`.
 */
import type { ProgramGraph } from '../language/index.ts';
import { type Check, isCount, isFlag, isNumber, isOneOf, isRecord, isText, listOf, optional, shaped } from './guard.ts';

export type { GraphEdge, GraphGroup, GraphKind, GraphNode, GraphValue, ProgramGraph } from '../language/index.ts';

export type GraphAsk =
  /** The graph, unless it is still that of the revision which is known. */
  | { readonly kind: 'graph'; readonly known: number | undefined }
  /** Where everything stands, with these boxes open (undefined: as at first), and this node to be seen. */
  | {
      readonly kind: 'layout';
      readonly revision: number;
      readonly open: readonly string[] | undefined;
      readonly show: number | undefined;
    }
  /** Shows the line of a node, or of a box. */
  | { readonly kind: 'reveal'; readonly of: 'node' | 'group'; readonly index: number }
  /** Saves a picture where the user says: SVG as text, PNG as base64. */
  | { readonly kind: 'save'; readonly format: 'svg' | 'png'; readonly data: string };

export type GraphAnswer =
  | {
      readonly kind: 'graph';
      readonly revision: number;
      readonly graph: ProgramGraph;
      /** The program has errors now: the graph is that of before. */
      readonly stale: boolean;
      readonly cursor: GraphCursor;
    }
  | {
      readonly kind: 'unchanged';
      readonly revision: number;
      readonly stale: boolean;
      readonly cursor: GraphCursor;
    }
  | { readonly kind: 'layout'; readonly revision: number; readonly open: readonly string[]; readonly scene: GraphScene }
  | { readonly kind: 'done' };

/** What stands in the editor at the cursor. */
export interface GraphCursor {
  readonly nodes: readonly number[];
  readonly groups: readonly number[];
}

export type GraphTell =
  /** The program has changed: ask again. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'cursor'; readonly cursor: GraphCursor }
  /** To a page of its own: what it is of, to be kept so that it can be restored. */
  | { readonly kind: 'page'; readonly uri: string; readonly declaration: string | undefined };

/** Everything that can be seen, in pixels from the left upper corner. */
export interface GraphScene {
  readonly width: number;
  readonly height: number;
  /** Boxes stand before what is in them. */
  readonly items: readonly SceneItem[];
  readonly lines: readonly SceneLine[];
}

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Index of the item that it stands in; −1: none. */
  readonly parent: number;
  readonly title: string;
  readonly detail: string;
}

/** Longer names are cut where they are drawn; what is told of an item has them whole. */
const LONGEST_SHOWN = 40;

/** A name or note as a box of the picture has it. */
export function shownName(text: string): string {
  const letters = [...text];
  return letters.length <= LONGEST_SHOWN ? text : `${letters.slice(0, LONGEST_SHOWN - 1).join('')}…`;
}

export type SceneItem =
  | (Placed & { readonly kind: 'node'; readonly node: number })
  | (Placed & {
      readonly kind: 'box';
      /** As `open` of a question calls it. */
      readonly id: string;
      readonly open: boolean;
      /** How many equal blocks are folded into it; 1: it is a block itself. */
      readonly count: number;
      /** Boxes of the graph that it stands for. */
      readonly groups: readonly number[];
      /** Nodes in it, however deep. */
      readonly nodes: readonly number[];
    });

export interface SceneLine {
  /** Index of the edge whose value it carries. */
  readonly edge: number;
  /** Items at its ends; −1: the border of the box around. */
  readonly from: number;
  readonly to: number;
  /** x and y by turns. */
  readonly points: readonly number[];
  /** The middle of its label; missing where another piece of the same way has it. */
  readonly label: { readonly x: number; readonly y: number; readonly text: string } | undefined;
}

const isCountOrText: Check = (value) => isText(value) || isNumber(value);

const valueMembers = {
  dtype: isText,
  shape: optional(listOf(isCountOrText)),
  perExample: isFlag,
};

const isPlace = shaped({ source: isCount, start: isCount, end: isCount, line: isCount, column: isCount });

/** An index, or −1. */
const isIndex: Check = (value) => value === -1 || isCount(value);

export const isProgramGraph: Check = shaped({
  unit: isText,
  nodes: listOf(
    shaped({
      kind: isOneOf('input', 'output', 'weights', 'norm', 'activation', 'combine', 'other'),
      name: isText,
      detail: isText,
      layer: isText,
      group: isIndex,
      output: optional(shaped(valueMembers)),
      parameters: isCountOrText,
      macs: optional(isNumber),
      place: isPlace,
    }),
  ),
  edges: listOf(shaped({ ...valueMembers, from: isCount, to: isCount, result: isCount, input: isText })),
  groups: listOf(shaped({ path: isText, title: isText, round: optional(isCount), parent: isIndex, place: isPlace })),
  parameters: isCountOrText,
  macs: optional(isNumber),
  batch: optional(isCount),
  sources: listOf(isText),
});

const isCursor = shaped({ nodes: listOf(isCount), groups: listOf(isCount) });

const placedMembers = {
  x: isNumber,
  y: isNumber,
  width: isNumber,
  height: isNumber,
  parent: isIndex,
  title: isText,
  detail: isText,
};

const ITEMS: Readonly<Record<SceneItem['kind'], Check>> = {
  node: shaped({ ...placedMembers, node: isCount }),
  box: shaped({
    ...placedMembers,
    id: isText,
    open: isFlag,
    count: isCount,
    groups: listOf(isCount),
    nodes: listOf(isCount),
  }),
};

const isScene = shaped({
  width: isNumber,
  height: isNumber,
  items: listOf((value) => byKind(ITEMS, value)),
  lines: listOf(
    shaped({
      edge: isCount,
      from: isIndex,
      to: isIndex,
      points: listOf(isNumber),
      label: optional(shaped({ x: isNumber, y: isNumber, text: isText })),
    }),
  ),
});

const ASKS: Readonly<Record<GraphAsk['kind'], Check>> = {
  graph: shaped({ known: optional(isCount) }),
  layout: shaped({ revision: isCount, open: optional(listOf(isText)), show: optional(isCount) }),
  reveal: shaped({ of: isOneOf('node', 'group'), index: isCount }),
  save: shaped({ format: isOneOf('svg', 'png'), data: isText }),
};

const ANSWERS: Readonly<Record<GraphAnswer['kind'], Check>> = {
  graph: shaped({ revision: isCount, graph: isProgramGraph, stale: isFlag, cursor: isCursor }),
  unchanged: shaped({ revision: isCount, stale: isFlag, cursor: isCursor }),
  layout: shaped({ revision: isCount, open: listOf(isText), scene: isScene }),
  done: isRecord,
};

const TELLS: Readonly<Record<GraphTell['kind'], Check>> = {
  changed: isRecord,
  cursor: shaped({ cursor: isCursor }),
  page: shaped({ uri: isText, declaration: optional(isText) }),
};

export const isGraphAsk: Check = (value) => byKind(ASKS, value);
export const isGraphAnswer: Check = (value) => byKind(ANSWERS, value);
export const isGraphTell: Check = (value) => byKind(TELLS, value);

function byKind(checks: Readonly<Record<string, Check>>, value: unknown): boolean {
  if (!isRecord(value) || typeof value.kind !== 'string') return false;
  return Object.hasOwn(checks, value.kind) && checks[value.kind]?.(value) === true;
}
