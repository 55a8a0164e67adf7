/** A data file that is missing: the folder that holds it is chosen, and remembered for the workspace. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { PlanProblem } from '../../protocol/index.ts';
import { showError } from '../notify.ts';
import type { Services } from '../services.ts';

/** Levels above the chosen folder that are tried as well. */
const LEVELS = 3;

/** Offers to choose a folder for the missing file; true where one was chosen that holds it, and the server knows. */
export async function chooseDataFolder(services: Services, problem: PlanProblem, message: string): Promise<boolean> {
  const choose = vscode.l10n.t('Choose the Folder…');
  if ((await showError(message, choose)) !== choose) return false;
  const missing = /`([^`]+)`/u.exec(problem.message)?.[1] ?? '';
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Use as Data Folder'),
    title: vscode.l10n.t('Folder that holds {0}', missing),
  });
  const [first] = chosen ?? [];
  if (first === undefined) return false;
  const folder = folderWith(first.fsPath, missing);
  if (folder === undefined) {
    const text = vscode.l10n.t('There is no {0} in {1}.', missing, first.fsPath);
    void showError(text);
    return false;
  }
  const { Workspace, Global } = vscode.ConfigurationTarget;
  const target = (vscode.workspace.workspaceFolders ?? []).length > 0 ? Workspace : Global;
  await vscode.workspace.getConfiguration('modelwright').update('dataFolder', folder, target);
  await services.server.restart();
  return true;
}

/** The chosen folder, or one above it, from which the path in the program leads to a file. */
export function folderWith(chosen: string, missing: string): string | undefined {
  let folder = chosen;
  for (let level = 0; level <= LEVELS; level++) {
    if (existsSync(join(folder, missing))) return folder;
    folder = dirname(folder);
  }
  return undefined;
}
