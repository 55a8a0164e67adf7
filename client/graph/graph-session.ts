/** One graph that is looked at: asked of the language server, laid out here, and where in it the editor's cursor stands. Knows no VS Code. */
import type { GraphAnswer, GraphCursor, GraphNode, GraphResult, ProgramGraph } from '../../protocol/index.ts';
import { type Box, boxesAround, boxTree, openAtFirst } from './boxes.ts';
import { type Laid, sceneOf } from './scene.ts';
import type { SceneTexts } from './shown.ts';

export interface GraphSource {
  /** The graph, unless it is of the revision that is known. */
  readonly ask: (known: number | undefined) => Promise<GraphResult>;
  /** Where the editor's cursor stands; undefined: elsewhere. */
  readonly cursor: (graph: ProgramGraph) => { readonly source: number; readonly at: number } | undefined;
}

/** Layouts that are kept before all are forgotten. */
const KEPT = 2000;

export class GraphSession {
  readonly #source: GraphSource;
  readonly #texts: SceneTexts;
  readonly #laid: Laid = new Map();
  #known: { readonly graph: ProgramGraph; readonly revision: number; readonly tree: Box } | undefined;

  constructor(source: GraphSource, texts: SceneTexts) {
    this.#source = source;
    this.#texts = texts;
  }

  get graph(): ProgramGraph | undefined {
    return this.#known?.graph;
  }

  /** Answers `graph`: `has` is the revision that the page has. Throws the reason where there is none. */
  async answerGraph(has: number | undefined): Promise<GraphAnswer> {
    const result = await this.#source.ask(this.#known?.revision);
    if (result.kind === 'none') throw new Error(result.message);
    if (result.kind === 'graph') {
      const { graph, revision } = result;
      if (this.#laid.size > KEPT) this.#laid.clear();
      this.#known = { graph, revision, tree: boxTree(graph) };
    }
    const known = this.#known;
    if (known === undefined)
      throw new Error('The language server says that the graph is unchanged, but it was never sent.');
    const { stale } = result;
    const common = { revision: known.revision, stale, cursor: this.cursor() };
    return has === known.revision ? { kind: 'unchanged', ...common } : { kind: 'graph', ...common, graph: known.graph };
  }

  /** Answers `layout`; of another revision than the latest there is none. */
  async answerLayout(
    revision: number,
    open: readonly string[] | undefined,
    show: number | undefined,
  ): Promise<GraphAnswer> {
    if (this.#known === undefined) await this.answerGraph(undefined);
    const known = this.#known;
    if (known === undefined) throw new Error('There is no graph to lay out.');
    const around = show === undefined ? [] : boxesAround(known.tree, show).map(({ id }) => id);
    const wanted = [...new Set([...(open ?? openAtFirst(known.tree)), ...around])];
    const scene = sceneOf(known.graph, known.tree, new Set(wanted), this.#texts, this.#laid);
    return { kind: 'layout', revision: known.revision === revision ? revision : known.revision, open: wanted, scene };
  }

  /** What stands at the cursor. */
  cursor(): GraphCursor {
    const graph = this.graph;
    const at = graph && this.#source.cursor(graph);
    return graph && at ? underCursor(graph, at) : { nodes: [], groups: [] };
  }
}

type Spot = GraphNode['place'];

/** The narrowest places around the cursor, of nodes, else of boxes; several where a block is used several times. */
export function underCursor(
  { nodes, groups }: ProgramGraph,
  { source, at }: { readonly source: number; readonly at: number },
): GraphCursor {
  const around = ({ place }: { readonly place: Spot }) =>
    place.source === source && place.start <= at && at <= place.end;
  const length = ({ place }: { readonly place: Spot }) => place.end - place.start;
  const all = [...nodes, ...groups].filter(around);
  if (all.length === 0) return { nodes: [], groups: [] };
  const least = Math.min(...all.map(length));
  const narrowest = <T extends { readonly place: Spot }>(list: readonly T[]) =>
    list.flatMap((each, index) => (around(each) && length(each) === least ? [index] : []));
  // What an output is made by stands in the same place, and says more.
  const found = narrowest(nodes);
  const operations = found.filter((index) => nodes[index]?.kind !== 'output');
  return { nodes: operations.length > 0 ? operations : found, groups: narrowest(groups) };
}
