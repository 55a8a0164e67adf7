/** In a workspace that is not trusted, programs are checked and shown; nothing is started. */
import * as vscode from 'vscode';
import { showWarning } from '../notify.ts';

/** True where processes may be started; else the user is told what to do. */
export async function mayStart(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t('Manage Trust');
  const chosen = await showWarning(
    vscode.l10n.t(
      'This workspace is not trusted, so nothing is started: a run reads files and starts processes. The program is checked and shown as usual.',
    ),
    manage,
  );
  if (chosen === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}
