/** What a command is about: its argument from a menu, a code lens or a tree row, else what is in front of the user. */
import * as vscode from 'vscode';
import { showInformation } from '../notify.ts';
import { plain } from '../plain.ts';
import type { LiveRun } from '../run/live-run.ts';
import { runTitle } from '../run/run-label.ts';
import type { Services } from '../services.ts';

export interface ProgramTarget {
  readonly uri: vscode.Uri;
  /** Undefined: not said. */
  readonly declaration: string | undefined;
  /** Where only runs of that model are meant. */
  readonly model?: string;
}

/** The program that is meant, or undefined where there is none. */
export function programTarget(argument: unknown): ProgramTarget | undefined {
  if (argument instanceof vscode.Uri) return { uri: argument, declaration: undefined };
  if (typeof argument === 'object' && argument !== null && 'uri' in argument && typeof argument.uri === 'string') {
    const declaration = 'declaration' in argument ? argument.declaration : undefined;
    const model = 'model' in argument ? argument.model : undefined;
    return {
      uri: vscode.Uri.parse(argument.uri),
      declaration: typeof declaration === 'string' ? declaration : undefined,
      ...(typeof model === 'string' ? { model } : {}),
    };
  }
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId === 'model') return { uri: document.uri, declaration: undefined };
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document.languageId === 'model');
  return visible === undefined ? undefined : { uri: visible.document.uri, declaration: undefined };
}

/** The run that is meant: the argument, the panel in front, the only one, or the one that the user picks. */
export async function runTarget(
  services: Services,
  argument: unknown,
  which: 'alive' | 'any',
): Promise<LiveRun | undefined> {
  const folder = folderOf(argument);
  if (folder !== undefined) return services.runs.openFresh(folder);
  const active = services.panels.active;
  if (active !== undefined && (which === 'any' || active.attached)) return active;
  const { alive } = services.runs;
  if (which === 'alive') return alive.length > 1 ? pickAlive(alive) : alive[0];
  return alive.length === 1 ? alive[0] : pickAny(services);
}

/** A tree row has the folder; so has a link of ours. */
function folderOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('folder' in argument)) return undefined;
  return typeof argument.folder === 'string' ? argument.folder : undefined;
}

async function pickAlive(runs: readonly LiveRun[]): Promise<LiveRun | undefined> {
  const picked = await vscode.window.showQuickPick(
    runs.map((run) => ({ label: plain(runTitle(run.record)), description: plain(run.record.title), run })),
    { title: vscode.l10n.t('Which run?') },
  );
  return picked?.run;
}

async function pickAny(services: Services): Promise<LiveRun | undefined> {
  const list = services.runs.list();
  if (list.length === 0) {
    void showInformation(vscode.l10n.t('There are no runs yet. Train a model first.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    list.map((run) => ({
      label: plain(runTitle(run.record)),
      description: plain(run.record.title),
      detail: run.state,
      folder: run.folder,
    })),
    { title: vscode.l10n.t('Which run?') },
  );
  return picked === undefined ? undefined : services.runs.openFresh(picked.folder);
}
