/** "Model: Look at Data": rows of a data declaration as the model will see them, in a page beside the program. */
import * as vscode from 'vscode';
import { DataPanel } from '../data/data-panel.ts';
import { showInformation } from '../notify.ts';
import type { Services } from '../services.ts';
import { askDataPlan } from './plan.ts';
import { type ProgramTarget, programTarget } from './target.ts';
import { mayStart } from './trust.ts';

/** Open pages by program and declaration. */
const open = new Map<string, DataPanel>();

/** Opens the page, or reads the rows anew in the one that is open. */
export async function lookAtData(services: Services, argument: unknown): Promise<void> {
  const asked = programTarget(argument);
  if (asked === undefined) {
    void showInformation(vscode.l10n.t('Open a .model file to look at its data.'));
    return;
  }
  if (!(await mayStart())) return;
  const target = await withDeclaration(services, asked);
  if (target === undefined) return;
  const key = `${target.uri.toString()}#${target.declaration ?? ''}`;
  const known = open.get(key);
  if (known !== undefined) {
    known.panel.reveal(undefined, true);
    await known.refresh();
    return;
  }
  const panel = vscode.window.createWebviewPanel(
    'modelwright.data',
    target.declaration ?? vscode.l10n.t('Data'),
    { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
    { enableScripts: true, retainContextWhenHidden: true },
  );
  const made = new DataPanel(services, panel, () => askDataPlan(services, target));
  open.set(key, made);
  panel.onDidDispose(() => {
    made.dispose();
    open.delete(key);
  });
}

/** The data declaration at hand: the one asked for, the only one, or the one that the user picks. */
async function withDeclaration(services: Services, target: ProgramTarget): Promise<ProgramTarget | undefined> {
  if (target.declaration !== undefined) return target;
  const all = (await services.server.declarations(target.uri)).filter(({ kind }) => kind === 'data');
  if (all.length < 2) return { ...target, declaration: all[0]?.name };
  const picked = await vscode.window.showQuickPick(
    all.map(({ name, line }) => ({ label: name, description: vscode.l10n.t('line {0}', line + 1) })),
    { title: vscode.l10n.t('Look at which data?') },
  );
  return picked === undefined ? undefined : { ...target, declaration: picked.label };
}
