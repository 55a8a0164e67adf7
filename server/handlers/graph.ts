/** The graph of a program, of its last check without errors; or of the plan of a run. */
import { PLAN_VERSION, type Plan, type ProgramGraph } from '../../language/index.ts';
import { GRAPH_REQUEST, type GraphParams, type GraphResult, isRecord } from '../../protocol/index.ts';
import { fileOf } from '../convert.ts';
import type { Session } from '../session.ts';

interface Known {
  readonly graph: ProgramGraph;
  readonly text: string;
  readonly revision: number;
  /** Of a text without errors. */
  readonly good: boolean;
}

/** Declarations whose graph is kept: as many as pages may be open. */
const KEPT = 12;

export function registerGraph(session: Session): void {
  const known = new Map<string, Known>();
  const count = { revisions: 0 };

  async function ofProgram({
    uri,
    declaration,
    known: has,
  }: Extract<GraphParams, { uri: string }>): Promise<GraphResult> {
    const file = fileOf(uri);
    const text = session.documents.get(uri)?.document.getText() ?? session.workspace.check(file)?.syntax.text;
    if (text === undefined) return { kind: 'none', message: session.tell('unreadable-program', { file }) };
    const answer = await session.study({ kind: 'graph', file, text, declaration });
    const key = `${uri} ${declaration ?? ''}`;
    const before = known.get(key);
    const broken = answer.broken === true;
    // With errors the last good graph stays; before there is one, what could be checked is better than nothing.
    const keep = before !== undefined && ((broken && before.good) || answer.graph === undefined);
    const now = keep ? before : answer.graph && kept(key, answer.graph, !broken);
    if (now === undefined) return { kind: 'none', message: session.tell('no-graph', { file }) };
    const stale = keep;
    if (has === now.revision) return { kind: 'unchanged', stale };
    return { kind: 'graph', graph: now.graph, revision: now.revision, stale };
  }

  /** Under the revision of before where it is the same. */
  function kept(key: string, graph: ProgramGraph, good: boolean): Known {
    const text = JSON.stringify(graph);
    const before = known.get(key);
    known.delete(key);
    const now = before?.text === text ? { ...before, good } : { graph, text, good, revision: ++count.revisions };
    known.set(key, now);
    for (const oldest of [...known.keys()].slice(0, Math.max(0, known.size - KEPT))) known.delete(oldest);
    return now;
  }

  session.wire.onRequest(GRAPH_REQUEST, async (params: GraphParams): Promise<GraphResult> => {
    if ('uri' in params) return ofProgram(params);
    const { plan } = params;
    const graph = isPlan(plan) ? await ofPlan(session, plan) : undefined;
    if (graph === undefined) return { kind: 'none', message: session.tell('no-plan-graph') };
    return { kind: 'graph', graph, revision: ++count.revisions, stale: false };
  });
}

/** Undefined: the plan is damaged, or of a version that is not understood. */
async function ofPlan(session: Session, plan: Plan): Promise<ProgramGraph | undefined> {
  try {
    return (await session.study({ kind: 'planGraph', plan })).graph;
  } catch (error) {
    session.wire.error(`graph of a plan: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function isPlan(value: unknown): value is Plan {
  return isRecord(value) && value.version === PLAN_VERSION && isRecord(value.graph) && Array.isArray(value.graph.nodes);
}
