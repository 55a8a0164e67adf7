/** One item in the status bar while a run is alive; a click shows the run. */
import * as vscode from 'vscode';
import type { LiveRun } from '../run/live-run.ts';
import { checkedValue, nameInSentence, statusText } from '../run/run-label.ts';
import type { Runs } from '../run/runs.ts';

/** Ten times a second is more than anybody reads. */
const INTERVAL = 250;

export class Status implements vscode.Disposable {
  readonly #runs: Runs;
  readonly #item = vscode.window.createStatusBarItem('modelwright.run', vscode.StatusBarAlignment.Left, 50);
  readonly #subscription: vscode.Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Folder of the run that a click shows. */
  #leadsTo: string | undefined;

  constructor(runs: Runs) {
    this.#runs = runs;
    this.#item.name = vscode.l10n.t('Model: run');
    this.#subscription = runs.onDidChange(() => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#update();
      }, INTERVAL);
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #update(): void {
    const { alive } = this.#runs;
    void vscode.commands.executeCommand('setContext', 'modelwright.alive', alive.length > 0);
    const run = alive.at(-1);
    if (run === undefined) {
      this.#item.hide();
      return;
    }
    this.#item.text = textOf(run) + (alive.length > 1 ? ` +${alive.length - 1}` : '');
    this.#item.tooltip = nameInSentence(run.record);
    this.#leadTo(run.folder);
    this.#item.show();
  }

  /** A command with arguments is known to VS Code until it is replaced: a click meanwhile would find it gone. So only for another run. */
  #leadTo(folder: string): void {
    if (this.#leadsTo === folder) return;
    this.#leadsTo = folder;
    this.#item.command = {
      command: 'modelwright.openRun',
      title: vscode.l10n.t('Open Run'),
      arguments: [{ folder }],
    };
  }
}

function textOf(run: LiveRun): string {
  const started = run.run.started;
  const value = checkedValue(run.run);
  return statusText(run.record.title, run.state, run.progress, started?.epochs ?? 0, started?.steps ?? 0, value);
}
