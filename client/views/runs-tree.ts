/** The runs of the workspace, newest first, each with its state and its best value. */
import * as vscode from 'vscode';
import type { RunStateName } from '../../protocol/index.ts';
import type { RunSummary } from '../../runs/index.ts';
import { isAlive, runDescription, runTitle, valueText } from '../run/run-label.ts';
import type { Runs } from '../run/runs.ts';

/** A row: what its commands get. */
export interface RunRow {
  readonly folder: string;
}

export class RunsTree implements vscode.TreeDataProvider<RunSummary>, vscode.Disposable {
  readonly #runs: Runs;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscription: vscode.Disposable;

  constructor(runs: Runs) {
    this.#runs = runs;
    this.#subscription = runs.onDidList(() => this.#changed.fire());
  }

  getChildren(element?: RunSummary): RunSummary[] {
    return element === undefined ? this.#runs.list() : [];
  }

  getTreeItem({ folder, record, state, notes }: RunSummary): vscode.TreeItem {
    const item = new vscode.TreeItem(notes.name === '' ? runTitle(record) : `${runTitle(record)} ${notes.name}`);
    item.id = folder;
    item.description = runDescription(record, state);
    item.iconPath = notes.starred ? new vscode.ThemeIcon('star-full') : iconOf(state);
    item.contextValue = contextOf(state);
    item.tooltip = tooltip({ folder, record, state, notes });
    item.command = {
      command: 'modelwright.openRun',
      title: vscode.l10n.t('Open Run'),
      arguments: [{ folder } satisfies RunRow],
    };
    return item;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

/** What the menus of a row are chosen by. */
function contextOf(state: RunStateName): string {
  if (state === 'paused') return 'run.paused';
  if (isAlive(state)) return 'run.running';
  return state === 'finished' ? 'run.finished' : 'run.resumable';
}

function iconOf(state: RunStateName): vscode.ThemeIcon {
  switch (state) {
    case 'preparing':
    case 'running':
      return new vscode.ThemeIcon('loading~spin');
    case 'paused':
      return new vscode.ThemeIcon('debug-pause');
    case 'finished':
      return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    case 'stopped':
      return new vscode.ThemeIcon('debug-stop');
    case 'failed':
    case 'interrupted':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
    default:
      return assertNever(state);
  }
}

function tooltip({ record, state }: RunSummary): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown(`**${record.title}** ${runTitle(record)}: ${state}\n\n`);
  if (record.best !== undefined) {
    const best = valueText(record.best.metric, record.best.value);
    text.appendMarkdown(`${record.best.metric}: ${best} (${vscode.l10n.t('epoch {0}', record.best.epoch)})\n\n`);
  }
  text.appendMarkdown(`${vscode.l10n.t('step {0} of {1}', record.step, record.steps)} · ${record.engine}\n\n`);
  if (record.reason !== undefined) text.appendText(record.reason);
  return text;
}

function assertNever(value: never): never {
  throw new Error(`Unknown state: ${JSON.stringify(value)}`);
}
