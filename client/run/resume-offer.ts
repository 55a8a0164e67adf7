/**
 * When a workspace is opened again: the newest run that stopped because VS Code was closed, or that was found dead, can be
 * taken up with one click. Each is offered once.
 */
import * as vscode from 'vscode';
import { UNWATCHED } from '../../protocol/index.ts';
import type { RunSummary } from '../../runs/index.ts';
import { showInformation } from '../notify.ts';
import type { Services } from '../services.ts';
import { nameInSentence } from './run-label.ts';

const OFFERED = 'modelwright.resumeOffered';
/** So many runs are remembered as offered. */
const REMEMBERED = 50;

export async function offerResume(services: Services): Promise<void> {
  const memory = services.context.workspaceState;
  const offered = memory.get<readonly string[]>(OFFERED, []);
  const found = toOffer(services.runs.list(), offered);
  if (found === undefined) return;
  await memory.update(OFFERED, [keyOf(found), ...offered].slice(0, REMEMBERED));
  const run = services.runs.open(found.folder);
  if (run?.resumable !== true) return;
  const { record, state } = found;
  const name = nameInSentence(record);
  const step = run.run.step;
  const message =
    state === 'interrupted'
      ? vscode.l10n.t('{0} was interrupted at step {1}. Its last checkpoint is saved.', name, step)
      : vscode.l10n.t('{0} stopped at step {1} when VS Code closed. A checkpoint is saved.', name, step);
  const resume = vscode.l10n.t('Resume');
  const show = vscode.l10n.t('Show');
  const chosen = await showInformation(message, resume, show);
  if (chosen === resume) await vscode.commands.executeCommand('modelwright.resumeRun', { folder: found.folder });
  if (chosen === show) services.panels.show(run);
}

/** The newest run of all, where it ended unasked and was not offered before: an older one is of no interest any more. */
export function toOffer(list: readonly RunSummary[], offered: readonly string[]): RunSummary | undefined {
  const [newest] = list;
  if (newest === undefined || offered.includes(keyOf(newest))) return undefined;
  const unasked = newest.state === 'interrupted' || (newest.state === 'stopped' && newest.record.reason === UNWATCHED);
  return unasked ? newest : undefined;
}

/** A run that was taken up and stopped again is another offer. */
function keyOf({ record }: RunSummary): string {
  return `${record.id} ${record.step}`;
}
