/** "Model: Install TensorFlow Runtime…": fetches, proves and removes a TensorFlow for this user, with a report to copy. */
import * as vscode from 'vscode';
import { type InstallProgress, type InstallReport, isRecord, TRAINER_VERSION } from '../../protocol/index.ts';
import { askTrainer, type TrainerProgram } from '../../runs/index.ts';
import { showError, showInformation } from '../notify.ts';
import { plain } from '../plain.ts';
import type { Services } from '../services.ts';
import { findTrainer } from '../trainer-program.ts';
import { mayStart } from './trust.ts';

interface Choice extends vscode.QuickPickItem {
  readonly what: 'cpu' | 'gpu' | 'folder' | 'remove';
}

/** Asks what to install, does it with progress that can be cancelled, and shows what was done. */
export async function installTensorFlow(services: Services): Promise<void> {
  if (!(await mayStart())) return;
  const trainer = await findTrainer(services.context, services.logs.main);
  if ('message' in trainer) {
    void showError(trainer.message);
    return;
  }
  const choice = await vscode.window.showQuickPick(choices(), {
    title: vscode.l10n.t('Install TensorFlow Runtime'),
    placeHolder: vscode.l10n.t('Without Python, for you alone; the default engine trains without it'),
  });
  if (choice === undefined) return;
  if (choice.what === 'remove') await remove(services, trainer);
  else await install(services, trainer, choice.what);
}

function choices(): Choice[] {
  return [
    {
      what: 'cpu',
      label: vscode.l10n.t('For the CPU'),
      detail: vscode.l10n.t('A TensorFlow that is there is used; else about 250 MB are fetched, 850 MB on disk'),
    },
    {
      what: 'gpu',
      label: vscode.l10n.t('For an NVIDIA GPU'),
      detail: vscode.l10n.t('With its CUDA libraries: about 3 GB are fetched, 6 GB on disk. Linux only'),
    },
    {
      what: 'folder',
      label: vscode.l10n.t('From a folder…'),
      detail: vscode.l10n.t('Wheels or an unpacked libtensorflow that you fetched yourself'),
    },
    {
      what: 'remove',
      label: vscode.l10n.t('Remove'),
      detail: vscode.l10n.t('Removes what this command has installed, and nothing else'),
    },
  ];
}

async function install(services: Services, trainer: TrainerProgram, what: Choice['what']): Promise<void> {
  const from = what === 'folder' ? await folder() : '';
  if (from === undefined) return;
  const abort = new AbortController();
  let report: InstallReport | undefined;
  const answer = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      cancellable: true,
      title: vscode.l10n.t('Installing TensorFlow'),
    },
    (progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      const request = { kind: 'install', gpu: what === 'gpu', fetch: false, from } as const;
      return askTrainer(trainer, { version: TRAINER_VERSION, ...request }, abort.signal, (line) => {
        if (isReport(line)) report = line;
        else if (isProgress(line)) progress.report({ message: plain(progressText(line)) });
      });
    },
  );
  if (abort.signal.aborted) return;
  if (!answer.ok) {
    await services.texts.show('TensorFlow installation', `${answer.error.message}\n`);
    void showError(vscode.l10n.t('TensorFlow could not be installed. The reason is shown beside.'));
    return;
  }
  if (report !== undefined) await services.texts.show('TensorFlow installation', reportText(report));
}

async function remove(services: Services, trainer: TrainerProgram): Promise<void> {
  const answer = await askTrainer(trainer, { version: TRAINER_VERSION, kind: 'uninstall' });
  if (!answer.ok) {
    void showError(answer.error.message);
    return;
  }
  const [first] = answer.lines;
  const lines = isRecord(first) && Array.isArray(first.lines) ? first.lines.map(String) : [];
  if (lines.length > 0) await services.texts.show('TensorFlow installation', `${lines.join('\n')}\n`);
  else void showInformation(vscode.l10n.t('Modelwright has installed no TensorFlow here.'));
}

async function folder(): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    title: vscode.l10n.t('Folder with wheels or with libtensorflow'),
  });
  return chosen?.[0]?.fsPath;
}

function progressText({ progress, done, total }: InstallProgress): string {
  if (total <= 0) return progress;
  return `${progress}: ${Math.floor((100 * done) / total)}% / ${(total / 1e6).toFixed(0)} MB`;
}

/** The report as a person reads and copies it. */
export function reportText({ folder, lines }: InstallReport): string {
  return `${[...lines, '', `TensorFlow is ready: ${folder}`].join('\n')}\n`;
}

function isProgress(line: unknown): line is InstallProgress {
  return isRecord(line) && typeof line.progress === 'string' && typeof line.done === 'number';
}

function isReport(line: unknown): line is InstallReport {
  return isRecord(line) && typeof line.folder === 'string' && Array.isArray(line.lines);
}
