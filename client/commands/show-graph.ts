/** "Model: Show Graph": the graph of a program on a page beside it. */
import * as vscode from 'vscode';
import { GRAPH_VIEW, GraphPage, type GraphTarget } from '../graph/graph-page.ts';
import { showInformation } from '../notify.ts';
import type { Services } from '../services.ts';
import { programTarget } from './target.ts';

let open: GraphPage | undefined;

/** Opens the page, or shows another program in the one that is open. */
export async function showGraph(services: Services, argument: unknown): Promise<void> {
  const target = programTarget(argument);
  if (target === undefined) {
    void showInformation(vscode.l10n.t('Open a `.model` file first.'));
    return;
  }
  if (open !== undefined) {
    open.show(target);
    open.panel.reveal(undefined, true);
    return;
  }
  const panel = vscode.window.createWebviewPanel(
    GRAPH_VIEW,
    vscode.l10n.t('Graph'),
    { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
    { enableScripts: true, retainContextWhenHidden: false },
  );
  adopt(services, panel, target);
}

/** Brings the page back after a restart of VS Code. */
export function restoreGraph(services: Services): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(GRAPH_VIEW, {
    async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
      const target = programTarget(state);
      if (target === undefined || open !== undefined) panel.dispose();
      else adopt(services, panel, target);
    },
  });
}

function adopt(services: Services, panel: vscode.WebviewPanel, target: GraphTarget): void {
  const page = new GraphPage(services, panel, target);
  open = page;
  panel.onDidDispose(() => {
    page.dispose();
    if (open === page) open = undefined;
  });
}
