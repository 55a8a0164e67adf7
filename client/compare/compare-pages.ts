/** The page that shows several runs side by side: one for the window, with the runs that were ticked last; restored after a restart. */
import * as vscode from 'vscode';
import { type FromPanel, PANEL_VERSION, readFromPanel, type ToPanel } from '../../protocol/index.ts';
import { answerCompare, comparedRuns, keepCompared } from '../panel/answer-compare.ts';
import { answered } from '../panel/answers.ts';
import { prepareWebview } from '../panel/webview.ts';
import type { Services } from '../services.ts';

const VIEW_TYPE = 'modelwright.compare';

type Body<M> = M extends { readonly version: unknown } ? Omit<M, 'version'> : never;

export class ComparePages implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #services: Services;
  readonly #subscriptions: vscode.Disposable[];
  #panel: vscode.WebviewPanel | undefined;

  constructor(services: Services) {
    this.#services = services;
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this),
      services.runs.onDidList(() => this.#post({ kind: 'tell', topic: 'compare', body: { kind: 'changed' } })),
    ];
  }

  /** Shows these runs. */
  async show(folders: readonly string[]): Promise<void> {
    await keepCompared(this.#services.context, folders);
    if (this.#panel !== undefined) {
      this.#panel.reveal();
      this.#tellRuns();
      return;
    }
    const title = vscode.l10n.t('Compare Runs');
    this.#adopt(vscode.window.createWebviewPanel(VIEW_TYPE, title, vscode.ViewColumn.Active, { enableScripts: true }));
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#adopt(panel);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#panel?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    panel.iconPath = vscode.Uri.joinPath(this.#services.context.extensionUri, 'media', 'run.svg');
    const heard = panel.webview.onDidReceiveMessage((data: unknown) => {
      const message = readFromPanel(data);
      if (message !== undefined) void this.#receive(message);
    });
    panel.onDidDispose(() => {
      heard.dispose();
      if (this.#panel === panel) this.#panel = undefined;
    });
    prepareWebview(this.#services.context, panel.webview, {
      bundle: 'panel',
      title: panel.title,
      shows: 'compare',
    });
  }

  async #receive(message: FromPanel): Promise<void> {
    switch (message.kind) {
      case 'ready':
        this.#post({ kind: 'texts', locale: vscode.env.language, texts: vscode.l10n.bundle ?? {} });
        return;
      case 'failed':
        this.#services.logs.main.error(`compare page, ${message.where}: ${message.message}`);
        return;
      case 'ask':
        // A page of several runs has none of its own: it asks about runs that it names.
        if (message.topic === 'compare') {
          const { body } = message;
          const services = this.#services;
          const answer = await answered(message, services, () => answerCompare(body, { services }));
          void this.#panel?.webview.postMessage(answer);
        }
        return;
      case 'ack':
      case 'range':
      case 'command':
        return;
      default:
        assertNever(message);
    }
  }

  #tellRuns(): void {
    const folders = comparedRuns(this.#services.context);
    this.#post({ kind: 'tell', topic: 'compare', body: { kind: 'runs', folders } });
  }

  /** A hidden page gets no messages, by VS Code's rule: it asks when it is made again. */
  #post(body: Body<ToPanel>): void {
    void this.#panel?.webview.postMessage({ version: PANEL_VERSION, ...body });
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown message: ${JSON.stringify(value)}`);
}
