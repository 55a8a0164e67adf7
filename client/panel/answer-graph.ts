/** Answers the Graph tab of a run: the graph of its plan, the way to its lines, and where in it the editor's cursor stands. */
import * as vscode from 'vscode';
import {
  type GraphAnswer,
  type GraphAsk,
  PANEL_VERSION,
  type ProgramGraph,
  type ToPanel,
} from '../../protocol/index.ts';
import { readPlan } from '../../runs/index.ts';
import { GraphSession } from '../graph/graph-session.ts';
import { placeOf, savePicture, sceneTexts, showSpan } from '../graph/show-place.ts';
import type { LiveRun } from '../run/live-run.ts';
import type { Services } from '../services.ts';
import type { AskContext } from './answers.ts';
import { sourceFiles } from './layer-lines.ts';

/** A run's plan never changes, so it is asked for once. */
const sessions = new WeakMap<LiveRun, GraphSession>();

export async function answerGraph(ask: GraphAsk, { run, services }: AskContext): Promise<GraphAnswer> {
  const session = sessions.get(run) ?? sessionOf(run, services);
  sessions.set(run, session);
  switch (ask.kind) {
    case 'graph':
      return session.answerGraph(ask.known);
    case 'layout':
      return session.answerLayout(ask.revision, ask.open, ask.show);
    case 'reveal': {
      const place = placeOf(session.graph, ask);
      if (session.graph && place) await showSpan(await documentOf(run, session.graph, place.source), place);
      return { kind: 'done' };
    }
    case 'save':
      await savePicture(ask, session.graph?.unit ?? run.record.title, vscode.Uri.file(run.record.file));
      return { kind: 'done' };
    default:
      return assertNever(ask);
  }
}

/** Tells a panel what stands at the editor's cursor, once it has asked for the graph. */
export function followGraph(run: LiveRun, post: (message: ToPanel) => void): vscode.Disposable {
  let told = '';
  return vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
    const session = sessions.get(run);
    if (session?.graph === undefined || sourceOf(run, session.graph, textEditor.document) < 0) return;
    const cursor = session.cursor();
    const key = JSON.stringify(cursor);
    if (key === told) return;
    told = key;
    post({ version: PANEL_VERSION, kind: 'tell', topic: 'graph', body: { kind: 'cursor', cursor } });
  });
}

function sessionOf(run: LiveRun, services: Services): GraphSession {
  return new GraphSession(
    {
      ask: async (known) => {
        if (known !== undefined) return { kind: 'unchanged', stale: false };
        return services.server.graph({ plan: readPlan(run.folder) });
      },
      cursor: (graph) => {
        const editor = vscode.window.activeTextEditor;
        const source = editor === undefined ? -1 : sourceOf(run, graph, editor.document);
        return editor && source >= 0 ? { source, at: editor.document.offsetAt(editor.selection.active) } : undefined;
      },
    },
    sceneTexts,
  );
}

function textless({ sources }: ProgramGraph) {
  return sources.map((path) => ({ path, text: '' }));
}

function sourceOf(run: LiveRun, graph: ProgramGraph, document: vscode.TextDocument): number {
  const path = document.uri.fsPath;
  return sourceFiles(textless(graph), run.record.file, run.folder).findIndex(
    ({ file, copy }) => file === path || copy === path,
  );
}

/** The file while it says what it said when the run was made, else the run's copy of it. */
async function documentOf(run: LiveRun, graph: ProgramGraph, source: number): Promise<vscode.TextDocument> {
  const files = sourceFiles(textless(graph), run.record.file, run.folder)[source];
  const [file, copy] = await Promise.all([opened(files?.file), opened(files?.copy)]);
  const found = file && (copy === undefined || copy.getText() === file.getText()) ? file : copy;
  if (found === undefined) {
    throw new Error(
      vscode.l10n.t('Neither {0} nor the copy of it in the run’s folder can be opened.', files?.file ?? ''),
    );
  }
  return found;
}

async function opened(path: string | undefined): Promise<vscode.TextDocument | undefined> {
  if (path === undefined) return undefined;
  try {
    return await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  } catch {
    return undefined;
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown question: ${JSON.stringify(value)}`);
}
