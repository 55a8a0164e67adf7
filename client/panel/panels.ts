/** All open panels: one a run, opened beside without taking the focus, and restored after a restart of VS Code. */
import * as vscode from 'vscode';
import { PANEL_VERSION, readFromPanel, type ToPanel } from '../../protocol/index.ts';
import type { LiveRun } from '../run/live-run.ts';
import type { Runs } from '../run/runs.ts';
import { endModel, endModels } from '../use/warm-models.ts';
import { type PanelRequest, preparePage, RunPanel } from './run-panel.ts';

export const VIEW_TYPE = 'modelwright.run';

export class Panels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #runs: Runs;
  readonly #onRequest: (request: PanelRequest, panel: RunPanel) => void;
  readonly #panels = new Map<string, RunPanel>();
  readonly #registered: vscode.Disposable;

  constructor(
    context: vscode.ExtensionContext,
    runs: Runs,
    onRequest: (request: PanelRequest, panel: RunPanel) => void,
  ) {
    this.#context = context;
    this.#runs = runs;
    this.#onRequest = onRequest;
    this.#registered = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this);
  }

  /** Shows the run, on a tab where one is asked for; the focus stays where it is. */
  show(run: LiveRun, tab?: string): void {
    const known = this.#panels.get(run.folder);
    if (known === undefined) this.#open(run);
    else known.panel.reveal(undefined, true);
    if (tab !== undefined) this.#panels.get(run.folder)?.showTab(tab);
  }

  #open(run: LiveRun): void {
    const panel = vscode.window.createWebviewPanel(
      VIEW_TYPE,
      run.record.title,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, retainContextWhenHidden: false },
    );
    this.#adopt(panel, run);
  }

  /** Tells the panel of the run in that folder something; nothing where none is open. */
  tell(folder: string, message: ToPanel): void {
    this.#panels.get(folder)?.post(message);
  }

  /** Closes the panel of a run that is deleted. */
  close(folder: string): void {
    this.#panels.get(folder)?.panel.dispose();
  }

  /** The run of the panel that has the focus. */
  get active(): LiveRun | undefined {
    return [...this.#panels.values()].find((each) => each.panel.active)?.run;
  }

  /** True where the run can be seen at this moment. */
  isVisible(run: LiveRun): boolean {
    return vscode.window.state.focused && this.#panels.get(run.folder)?.panel.visible === true;
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const folder = readFolder(state);
    const run = folder === undefined ? undefined : await this.#runs.openFresh(folder);
    if (run === undefined) this.#showGone(panel, folder);
    else if (this.#panels.has(run.folder)) panel.dispose();
    else this.#adopt(panel, run);
  }

  dispose(): void {
    this.#registered.dispose();
    for (const each of this.#panels.values()) each.panel.dispose();
    endModels();
  }

  #adopt(panel: vscode.WebviewPanel, run: LiveRun): void {
    const made = new RunPanel(this.#context, panel, run, this.#onRequest);
    this.#panels.set(run.folder, made);
    panel.onDidDispose(() => {
      made.dispose();
      endModel(run.folder);
      this.#panels.delete(run.folder);
    });
  }

  #showGone(panel: vscode.WebviewPanel, folder: string | undefined): void {
    const message =
      folder === undefined
        ? vscode.l10n.t('This tab does not say which run it showed. Open the run from the view "Runs".')
        : vscode.l10n.t('The run in {0} is no longer there. It may have been deleted or moved.', folder);
    panel.webview.onDidReceiveMessage((data: unknown) => {
      if (readFromPanel(data)?.kind !== 'ready') return;
      void panel.webview.postMessage({ version: PANEL_VERSION, kind: 'gone', message });
    });
    preparePage(this.#context, panel.webview, panel.title);
  }
}

/** The panel keeps the folder of its run in its view state. */
function readFolder(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('folder' in state)) return undefined;
  return typeof state.folder === 'string' && state.folder !== '' ? state.folder : undefined;
}
