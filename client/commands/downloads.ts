/** Fetches the files that a program names by addresses, before a plan that depends on them; progress stands in a notification. */
import * as vscode from 'vscode';
import { isRecord, type PlanResult, TRAINER_VERSION } from '../../protocol/index.ts';
import { askTrainer } from '../../runs/index.ts';
import { showError } from '../notify.ts';
import { plain } from '../plain.ts';
import type { Services } from '../services.ts';
import { findTrainer } from '../trainer-program.ts';

type Downloads = NonNullable<Extract<PlanResult, { kind: 'problems' }>['downloads']>;

/** Whether all of them are there now; else the user was told why not. */
export async function fetchDownloads(services: Services, downloads: Downloads): Promise<boolean> {
  if (!(await mayFetch(downloads))) return false;
  const trainer = await findTrainer(services.context, services.logs.main);
  if ('message' in trainer) {
    void showError(trainer.message);
    return false;
  }
  const abort = new AbortController();
  const answer = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t('Fetching data') },
    (progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      const request = { version: TRAINER_VERSION, kind: 'fetch', downloads } as const;
      return askTrainer(trainer, request, abort.signal, (line) => {
        if (!isRecord(line) || typeof line.said !== 'string') return;
        progress.report({ message: plain(line.said) });
        services.logs.main.info(line.said);
      });
    },
  );
  if (!answer.ok && !abort.signal.aborted) void showError(answer.error.message);
  return answer.ok;
}

/** What is fetched is said before it is, and from where. */
async function mayFetch(downloads: Downloads): Promise<boolean> {
  const hosts = [...new Set(downloads.map(({ url }) => hostOf(url)))].join(', ');
  const yes = { label: `$(cloud-download) ${vscode.l10n.t('Fetch from {0}', hosts)}`, yes: true };
  const no = { label: vscode.l10n.t('Cancel'), yes: false };
  const names = downloads.map(({ url }) => url.split('/').at(-1) ?? url).join(', ');
  const picked = await vscode.window.showQuickPick([yes, no], {
    title: vscode.l10n.t('The program needs data that are not here yet'),
    placeHolder: names,
  });
  return picked?.yes === true;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
