/** A run in other programs: its metrics as a file, its events in TensorBoard. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { METRICS_FILES, writeMetrics } from '../../runs/index.ts';
import { showError, showInformation, showWarning } from '../notify.ts';
import type { Services } from '../services.ts';
import { startTensorBoard } from '../tensorboard.ts';
import { runTarget } from './target.ts';
import { mayStart } from './trust.ts';

/** "Model: Export Metrics…": the steps of a run as CSV or Parquet. */
export async function exportMetrics(services: Services, argument: unknown): Promise<void> {
  const run = await runTarget(services, argument, 'any');
  if (run === undefined) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(run.folder);
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Metrics'),
    defaultUri: vscode.Uri.joinPath(folder, `${run.record.id}.csv`),
    filters: Object.fromEntries(METRICS_FILES.map((end) => [end.slice(1).toUpperCase(), [end.slice(1)]])),
  });
  if (target === undefined) return;
  const written = writeMetrics(run.folder, target.fsPath);
  if (!written.ok) {
    void showError(written.message);
    return;
  }
  const show = vscode.l10n.t('Show File');
  const said = vscode.l10n.t('{0} steps and {1} columns were written.', written.rows, written.columns);
  if ((await showInformation(said, show)) === show) {
    await vscode.commands.executeCommand('revealFileInOS', target);
  }
}

/** "Model: Open in TensorBoard": the run, where somebody has installed TensorBoard. */
export async function openTensorBoard(services: Services, argument: unknown): Promise<void> {
  const run = await runTarget(services, argument, 'any');
  if (run === undefined || !(await mayStart())) return;
  const setting = vscode.workspace.getConfiguration('modelwright').get<string>('tensorboard', '').trim();
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  const abort = new AbortController();
  const started = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      cancellable: true,
      title: vscode.l10n.t('Starting TensorBoard'),
    },
    (_progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      return startTensorBoard({ setting, folders, logs: join(run.folder, 'tb'), signal: abort.signal });
    },
  );
  if (abort.signal.aborted) return;
  if (started.ok) {
    services.context.subscriptions.push({ dispose: started.end });
    await vscode.env.openExternal(await vscode.env.asExternalUri(vscode.Uri.parse(started.address)));
    return;
  }
  services.logs.main.error(started.message);
  await offerInstall(started.message);
}

const INSTALL = 'pip install tensorboard';

async function offerInstall(message: string): Promise<void> {
  const copy = vscode.l10n.t('Copy the Command');
  const text = vscode.l10n.t('{0} The panel shows the same without it; to install it: {1}', message, INSTALL);
  if ((await showWarning(text, copy)) === copy) await vscode.env.clipboard.writeText(INSTALL);
}
