/** What a person writes about a run: its name, star, tags, note. They stand in its `notes.json`, where the command line reads them too. */
import * as vscode from 'vscode';
import type { RunNotes } from '../../protocol/index.ts';
import { type RunSummary, readNotes, writeNotes } from '../../runs/index.ts';
import { showError } from '../notify.ts';
import { nameInSentence } from '../run/run-label.ts';
import type { Services } from '../services.ts';
import { foldersOf, summaryTarget } from './run-summary.ts';

/** "Rename Run…": beside the number and the two words, which stay. */
export async function renameRun(services: Services, argument: unknown): Promise<void> {
  const run = await summaryTarget(services, argument);
  if (run === undefined) return;
  const name = await ask(run, run.notes.name, vscode.l10n.t('A name of your own; leave it empty for none.'));
  if (name !== undefined) write(services, [run.folder], () => ({ name: name.trim() }));
}

/** "Star Run" and "Remove Star": of all selected rows. */
export async function starRun(services: Services, argument: unknown, all: unknown, starred: boolean): Promise<void> {
  const folders = foldersOf(argument, all);
  const run = folders.length > 0 ? undefined : await summaryTarget(services, argument);
  write(services, run === undefined ? folders : [run.folder], () => ({ starred }));
}

/** "Tag Run…": the tags that are in use, and new ones. */
export async function tagRun(services: Services, argument: unknown): Promise<void> {
  const run = await summaryTarget(services, argument);
  if (run === undefined) return;
  const text = await ask(
    run,
    run.notes.tags.join(', '),
    vscode.l10n.t('Tags, separated by commas. In use: {0}', tagsInUse(services).join(', ') || '–'),
  );
  if (text === undefined) return;
  const tags = [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
  write(services, [run.folder], () => ({ tags }));
}

/** Every tag of the workspace's runs. */
export function tagsInUse(services: Services): string[] {
  return [...new Set(services.runs.list().flatMap((run) => run.notes.tags))].sort();
}

/** "Note on Run…" */
export async function noteRun(services: Services, argument: unknown): Promise<void> {
  const run = await summaryTarget(services, argument);
  if (run === undefined) return;
  const notes = await ask(run, run.notes.notes, vscode.l10n.t('A note: what was tried, what came of it.'));
  if (notes !== undefined) write(services, [run.folder], () => ({ notes }));
}

function ask(run: RunSummary, value: string, prompt: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({ title: nameInSentence(run.record), value, prompt });
}

function write(
  services: Services,
  folders: readonly string[],
  change: (notes: RunNotes) => Partial<Omit<RunNotes, 'version'>>,
): void {
  try {
    for (const folder of folders) writeNotes(folder, change(readNotes(folder)));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void showError(vscode.l10n.t('The notes of the run could not be written: {0}. They are as they were.', why));
  }
  services.runs.noteChange();
}
