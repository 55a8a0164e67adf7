/**
 * The page of a graph beside the editor: it follows the program that is edited, shows the graph of its last check without
 * errors, and finds the cursor in it. There is one; it is restored after a restart of VS Code.
 */
import * as vscode from 'vscode';
import {
  type Ask,
  type GraphAnswer,
  type GraphAsk,
  type GraphTell,
  PANEL_VERSION,
  readFromPanel,
  type ToPanel,
} from '../../protocol/index.ts';
import { prepareWebview } from '../panel/webview.ts';
import type { Services } from '../services.ts';
import { GraphSession } from './graph-session.ts';
import { placeOf, savePicture, sceneTexts, showSpan } from './show-place.ts';

export const GRAPH_VIEW = 'modelwright.graph';

/** What a page is of. */
export interface GraphTarget {
  readonly uri: vscode.Uri;
  readonly declaration: string | undefined;
}

/** So long a program rests before its graph is asked for, in milliseconds. */
const REST = 300;

type Body<M> = M extends { readonly version: unknown } ? Omit<M, 'version'> : never;

export class GraphPage implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly #services: Services;
  readonly #session: GraphSession;
  readonly #subscriptions: vscode.Disposable[] = [];
  #target: GraphTarget;
  #rest: NodeJS.Timeout | undefined;
  #told = '';
  /** It changed while it could not be seen. */
  #outdated = false;
  #disposed = false;

  constructor(services: Services, panel: vscode.WebviewPanel, target: GraphTarget) {
    this.panel = panel;
    this.#services = services;
    this.#target = target;
    this.#session = new GraphSession(
      {
        ask: (known) => {
          const { uri, declaration } = this.#target;
          return services.server.graph({ uri: uri.toString(), declaration, known });
        },
        cursor: (graph) => {
          const editor = vscode.window.activeTextEditor;
          const source = graph.sources.indexOf(editor?.document.uri.fsPath ?? '');
          return editor && source >= 0 ? { source, at: editor.document.offsetAt(editor.selection.active) } : undefined;
        },
      },
      sceneTexts,
    );
    panel.iconPath = vscode.Uri.joinPath(services.context.extensionUri, 'media', 'graph.svg');
    this.#subscriptions.push(
      panel.webview.onDidReceiveMessage((data: unknown) => this.#receive(data)),
      panel.onDidChangeViewState(() => {
        if (panel.visible && this.#outdated) this.#changed();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === 'model') this.#soon();
      }),
      vscode.window.onDidChangeTextEditorSelection(() => this.#tellCursor()),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document.languageId !== 'model') return;
        if (editor.document.uri.toString() === this.#target.uri.toString()) this.#tellCursor();
        else this.show({ uri: editor.document.uri, declaration: undefined });
      }),
    );
    prepareWebview(services.context, panel.webview, { bundle: 'graph-page', title: panel.title });
    this.#entitle();
  }

  /** Shows another program, or another unit of it. */
  show(target: GraphTarget): void {
    this.#target = target;
    this.#entitle();
    this.#tellTarget();
    this.#changed();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#rest);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #entitle(): void {
    const file = this.#target.uri.path.split('/').at(-1) ?? '';
    this.panel.title = vscode.l10n.t('Graph of {0}', this.#target.declaration ?? file);
  }

  /** An answer may come after the page was closed: then nothing may touch its webview any more. */
  #post(message: Body<ToPanel>): void {
    if (this.#disposed) return;
    void this.panel.webview.postMessage({ version: PANEL_VERSION, ...message });
  }

  #tell(body: GraphTell): void {
    this.#post({ kind: 'tell', topic: 'graph', body });
  }

  #tellTarget(): void {
    this.#tell({ kind: 'page', uri: this.#target.uri.toString(), declaration: this.#target.declaration });
  }

  #soon(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#changed(), REST);
  }

  #changed(): void {
    this.#outdated = !this.panel.visible;
    if (this.panel.visible) this.#tell({ kind: 'changed' });
  }

  #tellCursor(): void {
    const cursor = this.#session.cursor();
    const key = JSON.stringify(cursor);
    if (key === this.#told || !this.panel.visible) return;
    this.#told = key;
    this.#tell({ kind: 'cursor', cursor });
  }

  #receive(data: unknown): void {
    const message = readFromPanel(data);
    if (message?.kind === 'ready') {
      this.#post({ kind: 'texts', locale: vscode.env.language, texts: vscode.l10n.bundle ?? {} });
      this.#tellTarget();
    }
    if (message?.kind === 'failed') this.#services.logs.main.error(`graph: ${message.message}`);
    if (message?.kind === 'ask') void this.#answer(message);
  }

  async #answer(ask: Ask): Promise<void> {
    if (ask.topic !== 'graph') return;
    const { request, topic } = ask;
    try {
      this.#post({ kind: 'answer', request, topic, body: await this.#answered(ask.body) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#services.logs.main.debug(`graph: ${message}`);
      this.#post({ kind: 'refused', request, message });
    }
  }

  async #answered(ask: GraphAsk): Promise<GraphAnswer> {
    switch (ask.kind) {
      case 'graph':
        return this.#session.answerGraph(ask.known);
      case 'layout':
        return this.#session.answerLayout(ask.revision, ask.open, ask.show);
      case 'reveal': {
        const { graph } = this.#session;
        const place = placeOf(graph, ask);
        const file = place && graph?.sources[place.source];
        if (place && file !== undefined) await showSpan(await documentOf(file, this.#target.uri), place);
        return { kind: 'done' };
      }
      case 'save':
        await savePicture(ask, this.#session.graph?.unit ?? 'graph', this.#target.uri);
        return { kind: 'done' };
      default:
        return assertNever(ask);
    }
  }
}

/** The program itself may be an unsaved document, which has no file. */
function documentOf(file: string, program: vscode.Uri): Thenable<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(file === program.fsPath ? program : vscode.Uri.file(file));
}

function assertNever(value: never): never {
  throw new Error(`Unknown question: ${JSON.stringify(value)}`);
}
