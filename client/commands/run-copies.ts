/** What is made of a run's copies: its program as it was, a new program of it, a table to paste, its folder. */
import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import * as vscode from 'vscode';
import { runsAsMarkdown } from '../../protocol/index.ts';
import { factsOf, programOf, type RunSummary, readAnyRun } from '../../runs/index.ts';
import { showWarning } from '../notify.ts';
import type { Services } from '../services.ts';
import { foldersOf, summaryTarget } from './run-summary.ts';

/** "Show Program of Run": the copy that the run was made of; the file itself may have changed since. */
export async function showRunProgram(services: Services, argument: unknown): Promise<void> {
  const run = await summaryTarget(services, argument);
  const copy = run && programCopy(run);
  if (copy === undefined) return;
  await vscode.window.showTextDocument(vscode.Uri.file(copy.path), { viewColumn: vscode.ViewColumn.One });
}

/** "Duplicate as New Program": the copy as a new file beside the program, under a name that is free. */
export async function duplicateRun(services: Services, argument: unknown): Promise<void> {
  const run = await summaryTarget(services, argument);
  const copy = run && programCopy(run);
  if (run === undefined || copy === undefined) return;
  const path = freeName(folderFor(run), basename(copy.path), run.record.number);
  // Never over a file that came in the meantime.
  writeFileSync(path, copy.text, { flag: 'wx' });
  await vscode.window.showTextDocument(vscode.Uri.file(path), { viewColumn: vscode.ViewColumn.One });
}

/** Beside the program, where its data are found by the same names; else in the workspace. */
function folderFor({ record, folder }: RunSummary): string {
  const beside = dirname(record.file);
  if (existsSync(beside)) return beside;
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? folder;
}

/** `mnist-14.model`, `mnist-14-2.model` … */
export function freeName(folder: string, name: string, number: number): string {
  const extension = extname(name);
  const stem = `${basename(name, extension)}-${number}`;
  for (let count = 1; ; count++) {
    const path = join(folder, `${stem}${count === 1 ? '' : `-${count}`}${extension}`);
    if (!existsSync(path)) return path;
  }
}

function programCopy(run: RunSummary) {
  const copy = programOf(run.folder, run.record.file);
  if (copy === undefined) {
    void showWarning(vscode.l10n.t('The run folder {0} holds no copy of its program.', run.folder));
  }
  return copy;
}

/** "Copy Run as Markdown": a table of the selected runs. */
export async function copyRuns(services: Services, argument: unknown, all: unknown): Promise<void> {
  const given = foldersOf(argument, all).flatMap((folder) => readAnyRun(folder) ?? []);
  const asked = given.length > 0 ? undefined : await summaryTarget(services, argument);
  const runs = asked === undefined ? given : [asked];
  if (runs.length === 0) return;
  await vscode.env.clipboard.writeText(runsAsMarkdown(runs.map(factsOf)));
  void vscode.window.setStatusBarMessage(vscode.l10n.t('Copied as a Markdown table: {0} run(s)', runs.length), 4000);
}

/** "Open Run Folder", of runs that cannot be read as well. */
export async function showRunFolder(services: Services, argument: unknown): Promise<void> {
  const [folder] = foldersOf(argument);
  const path = folder ?? (await summaryTarget(services, argument))?.folder;
  if (path === undefined) return;
  const inside = existsSync(join(path, 'run.json')) ? join(path, 'run.json') : path;
  await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(inside));
}
