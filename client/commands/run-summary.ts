/** The run that a command is about, without reading its steps: the row, the selected rows, the panel in front, or one that is picked. */
import * as vscode from 'vscode';
import { type RunSummary, readAnyRun } from '../../runs/index.ts';
import { showInformation, showWarning } from '../notify.ts';
import { plain } from '../plain.ts';
import { runDescription, runTitle } from '../run/run-label.ts';
import type { Services } from '../services.ts';

/** Tree rows come as the row and all selected ones. */
export function foldersOf(argument: unknown, all?: unknown): string[] {
  const rows = Array.isArray(all) && all.length > 0 ? all : [argument];
  return rows.flatMap((row: unknown) => {
    if (typeof row !== 'object' || row === null || !('folder' in row)) return [];
    return typeof row.folder === 'string' && row.folder !== '' ? [row.folder] : [];
  });
}

/** One run; undefined where nobody picks one. */
export async function summaryTarget(services: Services, argument: unknown): Promise<RunSummary | undefined> {
  const [folder] = foldersOf(argument);
  const path = folder ?? services.panels.active?.folder ?? (await pick(services));
  if (path === undefined) return undefined;
  const run = readAnyRun(path);
  if (run === undefined) {
    void showWarning(
      vscode.l10n.t('There is no run in {0} any more: it was deleted, moved or damaged. Choose another one.', path),
    );
  }
  return run;
}

async function pick(services: Services): Promise<string | undefined> {
  const list = services.runs.list();
  if (list.length === 0) {
    void showInformation(vscode.l10n.t('There are no runs yet. Train a model first.'));
    return undefined;
  }
  const items = list.map(({ folder, record, state }) => ({
    label: plain(runTitle(record)),
    description: plain(runDescription(record, state)),
    folder,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which run?') }))?.folder;
}
