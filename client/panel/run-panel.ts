/** One panel of one run: the webview, its page, and what it asks to be done. */
import * as vscode from 'vscode';
import { type FromPanel, PANEL_VERSION, readFromPanel, type ToPanel } from '../../protocol/index.ts';
import type { LiveRun } from '../run/live-run.ts';
import { runTitle } from '../run/run-label.ts';
import { followGraph } from './answer-graph.ts';
import { followLayers } from './answer-layers.ts';
import { PanelFeed } from './panel-feed.ts';
import { prepareWebview } from './webview.ts';

/** What a panel wants done by others: a command, a report of its own failure, a tab's question. */
export type PanelRequest = Extract<FromPanel, { kind: 'command' | 'failed' | 'ask' }>;

export class RunPanel implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly run: LiveRun;
  readonly #feed: PanelFeed;
  readonly #subscriptions: vscode.Disposable[] = [];
  #disposed = false;
  /** The page has said so; a page that was hidden says it again when it is shown. */
  #ready = false;
  #tab: string | undefined;

  constructor(
    context: vscode.ExtensionContext,
    panel: vscode.WebviewPanel,
    run: LiveRun,
    onRequest: (request: PanelRequest, panel: RunPanel) => void,
  ) {
    this.panel = panel;
    this.run = run;
    this.#feed = new PanelFeed(run, {
      post: (message) => this.post(message),
      later: (milliseconds, then) => {
        const timer = setTimeout(then, milliseconds);
        return () => clearTimeout(timer);
      },
      now: () => performance.now(),
    });
    panel.title = `${run.record.title} #${run.record.number}`;
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'run.svg');
    this.#subscriptions.push(
      panel.webview.onDidReceiveMessage((data: unknown) => {
        const message = readFromPanel(data);
        if (message === undefined) return;
        if (message.kind === 'ready') {
          this.#ready = true;
          this.#sendTexts();
          this.#sendTab();
        }
        if (this.#feed.receive(message)) return;
        if (message.kind === 'command' || message.kind === 'failed' || message.kind === 'ask') onRequest(message, this);
      }),
      panel.onDidChangeViewState(() => this.#seen(panel.visible)),
      run.onDidChange(() => this.#feed.changed()),
      followGraph(run, (message) => this.#tell(message)),
      followLayers(run, (message) => this.#tell(message)),
    );
    preparePage(context, panel.webview, `${run.record.title} ${runTitle(run.record)}`);
  }

  /** VS Code has disposed the panel: nothing may touch its webview any more. */
  dispose(): void {
    this.#disposed = true;
    this.#feed.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Sends it, unless the panel is gone. A hidden panel gets no messages, by VS Code's rule. */
  post(message: ToPanel): void {
    if (!this.#disposed) void this.panel.webview.postMessage(message);
  }

  /** A hidden panel's page is thrown away; the next one says anew that it is ready. */
  #seen(visible: boolean): void {
    this.#feed.setVisible(visible);
    if (!visible) this.#ready = false;
  }

  /** Sends what counts only while somebody sees it: a page that comes back asks for all of it. */
  #tell(message: ToPanel): void {
    if (this.panel.visible) this.post(message);
  }

  /** Shows a tab: at once where the page is there, else as soon as it is. */
  showTab(tab: string): void {
    this.#tab = tab;
    this.#sendTab();
  }

  #sendTab(): void {
    if (this.#tab === undefined || !this.#ready || !this.panel.visible) return;
    this.post({ version: PANEL_VERSION, kind: 'tab', tab: this.#tab });
    this.#tab = undefined;
  }

  #sendTexts(): void {
    this.post({
      version: PANEL_VERSION,
      kind: 'texts',
      locale: vscode.env.language,
      texts: vscode.l10n.bundle ?? {},
    });
  }
}

/** Puts the page of runs into a webview. */
export function preparePage(context: vscode.ExtensionContext, webview: vscode.Webview, title: string): void {
  prepareWebview(context, webview, { bundle: 'panel', title });
}
