/** "Compare Runs": the ticked rows, else the selected ones, else those that are picked. */
import * as vscode from 'vscode';
import { MOST_COMPARED } from '../../protocol/index.ts';
import { foldersOf } from '../commands/run-summary.ts';
import { showInformation } from '../notify.ts';
import { runDescription, runTitle } from '../run/run-label.ts';
import type { Services } from '../services.ts';
import type { RunsTree } from '../views/runs-tree.ts';
import type { ComparePages } from './compare-pages.ts';

export async function compareRuns(
  services: Services,
  parts: { readonly tree: RunsTree; readonly pages: ComparePages },
  argument: unknown,
  all: unknown,
): Promise<void> {
  const rows = foldersOf(argument, all);
  const { ticked, selection } = parts.tree;
  const given = [rows, ticked, selection].find((folders) => folders.length >= 2);
  const folders = given ?? (await pick(services, ticked.length > 0 ? ticked : rows));
  if (folders === undefined) return;
  if (folders.length < 2) {
    void showInformation(vscode.l10n.t('Tick two to {0} runs to compare.', MOST_COMPARED));
    return;
  }
  await parts.pages.show(folders.slice(0, MOST_COMPARED));
}

async function pick(services: Services, picked: readonly string[]): Promise<readonly string[] | undefined> {
  const items = services.runs.list().map(({ folder, record, state }) => ({
    label: runTitle(record),
    description: runDescription(record, state),
    folder,
    picked: picked.includes(folder),
  }));
  const title = vscode.l10n.t('Which runs?');
  const chosen = await vscode.window.showQuickPick(items, { title, canPickMany: true });
  return chosen?.map(({ folder }) => folder);
}
