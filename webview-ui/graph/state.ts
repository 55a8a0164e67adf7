/** What the graph shows and how: the graph and its picture as the host sends them, what is chosen, and where one looks. */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type {
  GraphAnswer,
  GraphAsk,
  GraphCursor,
  GraphScene,
  GraphTell,
  ProgramGraph,
  SceneItem,
} from '../../protocol/index.ts';
import { asFlag, asNumber, asOneOf, asShape, asText, asTexts, type Kept } from '../kept.ts';

/** The way to the host, of a run's panel or of a page of its own. */
export interface GraphLink {
  ask(body: GraphAsk): Promise<GraphAnswer>;
  listen(heard: (body: GraphTell) => void): () => void;
  failed(error: unknown): void;
  /** The latest norms of gradients by layer, where there is a run. */
  readonly gradients: ReadonlySignal<Gradients | undefined>;
}

export interface Gradients {
  readonly step: number;
  readonly norms: ReadonlyMap<string, number>;
}

export const COLOURS = ['kind', 'parameters', 'macs', 'gradient'] as const;
export type ColourBy = (typeof COLOURS)[number];

/** A point of the picture stands at `scale` times it plus x and y. */
export interface Look {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface GraphState {
  readonly link: GraphLink;
  readonly graph: Signal<ProgramGraph | undefined>;
  /** The program has errors: this is the graph of before. */
  readonly stale: Signal<boolean>;
  /** Why there is nothing (new) to show. */
  readonly trouble: Signal<string>;
  readonly scene: Signal<GraphScene | undefined>;
  readonly open: Signal<readonly string[]>;
  /** Key of the chosen item (`keyOf`). */
  readonly chosen: Signal<string>;
  readonly cursor: Signal<GraphCursor>;
  /** The place of the cursor that was brought into sight last. */
  readonly followed: Signal<string>;
  /** Undefined: to be fitted into the page. */
  readonly look: Signal<Look | undefined>;
  readonly colourBy: Signal<ColourBy>;
  readonly query: Signal<string>;
  readonly table: Signal<boolean>;
  /** Asks for the graph, and for its picture where it is new. */
  refresh(): Promise<void>;
  /** Opens a closed box and closes an open one; it stays where it is on the screen. */
  toggle(item: SceneItem): Promise<void>;
  openAll(all: boolean): Promise<void>;
  /** Opens what is around the node, and chooses it. */
  show(node: number): Promise<void>;
  /** Chooses the item; its line is shown in the editor. */
  choose(item: SceneItem | undefined, reveal: boolean): void;
  listen(): () => void;
}

/** Names an item in whatever picture it stands. */
export function keyOf(item: SceneItem): string {
  return item.kind === 'node' ? `node ${item.node}` : `box ${item.id}`;
}

const NOTHING: GraphCursor = { nodes: [], groups: [] };

const asLook = asShape<Look>({ x: asNumber, y: asNumber, scale: asNumber });
const asColourBy = asOneOf(COLOURS);

/** Nothing is asked for yet. `kept`: how the page was looked at when it was seen last. */
export function createGraphState(link: GraphLink, kept: Kept): GraphState {
  const graph = signal<ProgramGraph | undefined>(undefined);
  const stale = signal(false);
  const trouble = signal('');
  const scene = signal<GraphScene | undefined>(undefined);
  const openBefore = kept.signal<readonly string[] | undefined>('graph.open', undefined, asTexts);
  const open = signal<readonly string[]>([]);
  const chosen = kept.signal('graph.chosen', '', asText);
  const cursor = signal(NOTHING);
  const look = kept.signal<Look | undefined>('graph.look', undefined, asLook);
  let revision: number | undefined;
  let asked = 0;
  let first = openBefore.peek();

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      trouble.value = '';
    } catch (error) {
      trouble.value = error instanceof Error ? error.message : String(error);
    }
  };

  /** `anchor`: what stays where it is on the screen. */
  const layout = async (wanted: readonly string[] | undefined, show?: number, anchor?: string): Promise<void> => {
    if (revision === undefined) return;
    asked += 1;
    const mine = asked;
    const answer = await link.ask({ kind: 'layout', revision, open: wanted, show });
    // Another picture was asked for meanwhile.
    if (answer.kind !== 'layout' || mine !== asked) return;
    if (answer.revision !== revision) return refreshNow();
    const before = anchor === undefined ? undefined : scene.value?.items.find((item) => keyOf(item) === anchor);
    const after = anchor === undefined ? undefined : answer.scene.items.find((item) => keyOf(item) === anchor);
    batch(() => {
      open.value = answer.open;
      openBefore.value = answer.open;
      scene.value = answer.scene;
      if (before && after && look.value) look.value = moved(look.value, before, after);
    });
  };

  const refreshNow = async (): Promise<void> => {
    const answer = await link.ask({ kind: 'graph', known: revision });
    if (answer.kind !== 'graph' && answer.kind !== 'unchanged') return;
    stale.value = answer.stale;
    cursor.value = answer.cursor;
    if (answer.kind === 'unchanged') return;
    const before = graph.value?.unit;
    const other = before !== answer.graph.unit;
    revision = answer.revision;
    graph.value = answer.graph;
    if (other && before !== undefined) look.value = undefined;
    await layout(other ? first : open.value);
    first = undefined;
  };

  const itemOfNode = (node: number) => scene.value?.items.find((item) => item.kind === 'node' && item.node === node);

  return {
    link,
    graph,
    stale,
    trouble,
    scene,
    open,
    chosen,
    cursor,
    look,
    followed: kept.signal('graph.followed', '', asText),
    colourBy: kept.signal<ColourBy>('graph.colours', 'kind', asColourBy),
    query: signal(''),
    table: kept.signal('graph.table', false, asFlag),
    refresh: () => attempt(refreshNow),
    toggle: (item) =>
      attempt(async () => {
        if (item.kind !== 'box') return;
        const others = open.value.filter((id) => id !== item.id);
        await layout(item.open ? others : [...others, item.id], undefined, keyOf(item));
      }),
    openAll: (all) =>
      attempt(async () => {
        look.value = undefined;
        if (!all) return layout([]);
        // Level by level, since what a closed box holds is not known here.
        for (let before = -1; before < open.value.length; ) {
          before = open.value.length;
          const closed = (scene.value?.items ?? []).flatMap((item) =>
            item.kind === 'box' && !item.open ? [item.id] : [],
          );
          if (closed.length > 0) await layout([...open.value, ...closed]);
        }
        look.value = undefined;
      }),
    show: (node) =>
      attempt(async () => {
        if (itemOfNode(node) === undefined) await layout(open.value, node);
        const item = itemOfNode(node);
        if (item) chosen.value = keyOf(item);
      }),
    choose(item, reveal) {
      chosen.value = item === undefined ? '' : keyOf(item);
      if (item === undefined || !reveal) return;
      const [group] = item.kind === 'box' ? item.groups : [];
      const ask: GraphAsk | undefined =
        item.kind === 'node'
          ? { kind: 'reveal', of: 'node', index: item.node }
          : group === undefined
            ? undefined
            : { kind: 'reveal', of: 'group', index: group };
      if (ask) link.ask(ask).catch(link.failed);
    },
    listen: () =>
      link.listen((told) => {
        if (told.kind === 'changed') void attempt(refreshNow);
        if (told.kind === 'cursor') cursor.value = told.cursor;
      }),
  };
}

/** So that the middle of the item's upper border stays where it is. */
function moved(look: Look, before: SceneItem, after: SceneItem): Look {
  const dx = before.x + before.width / 2 - (after.x + after.width / 2);
  return { ...look, x: look.x + dx * look.scale, y: look.y + (before.y - after.y) * look.scale };
}
