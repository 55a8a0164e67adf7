/** "Delete Run…": to the bin, after a question; where there is no bin, after another one. A living run is refused. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { whyNotDelete } from '../../runs/index.ts';
import { askFirst, showWarning } from '../notify.ts';
import type { Services } from '../services.ts';
import { foldersOf, summaryTarget } from './run-summary.ts';

export async function deleteRuns(services: Services, argument: unknown, all: unknown): Promise<void> {
  const given = foldersOf(argument, all);
  const folders = given.length > 0 ? given : await one(services, argument);
  const refused = folders.flatMap((folder) => whyNotDelete(folder) ?? []);
  if (refused[0] !== undefined) {
    void showWarning(refused[0]);
    return;
  }
  if (folders.length === 0 || !(await sure(folders))) return;
  for (const folder of folders) {
    if (await remove(folder)) {
      services.panels.close(folder);
      services.runs.forget(folder);
    }
  }
  services.runs.noteChange();
}

async function one(services: Services, argument: unknown): Promise<string[]> {
  const run = await summaryTarget(services, argument);
  return run === undefined ? [] : [run.folder];
}

async function sure(folders: readonly string[]): Promise<boolean> {
  const bin = vscode.l10n.t('Move to the Bin');
  const message =
    folders.length === 1
      ? vscode.l10n.t('Delete the run {0} with its checkpoints?', basename(folders[0] ?? ''))
      : vscode.l10n.t('Delete {0} runs with their checkpoints?', folders.length);
  const detail = vscode.l10n.t('They can be taken back from the bin.');
  return askFirst(message, detail, bin);
}

/** True where it is gone. */
async function remove(folder: string): Promise<boolean> {
  const uri = vscode.Uri.file(folder);
  try {
    await vscode.workspace.fs.delete(uri, { recursive: true, useTrash: true });
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const question = vscode.l10n.t('{0} could not be moved to the bin.', basename(folder));
    if (!(await askFirst(question, why, vscode.l10n.t('Delete for Ever')))) return false;
  }
  await vscode.workspace.fs.delete(uri, { recursive: true, useTrash: false });
  return true;
}
