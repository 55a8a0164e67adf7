/** Pause, resume, stop, and what else a run can be told while it is alive. */
import * as vscode from 'vscode';
import { numberOf, type TrainerCommand } from '../../protocol/index.ts';
import { showInformation, showWarning } from '../notify.ts';
import type { LiveRun } from '../run/live-run.ts';
import type { Services } from '../services.ts';
import { runTarget } from './target.ts';

/** Tells the run that is meant. */
export async function control(
  services: Services,
  argument: unknown,
  kind: 'pause' | 'resume' | 'stop' | 'evaluate',
): Promise<void> {
  const run = await runTarget(services, argument, 'alive');
  if (run === undefined) {
    void showInformation(vscode.l10n.t('Nothing is training.'));
    return;
  }
  tell(run, { kind });
}

/** Tells that run, or the user that nobody listens. */
export function tell(run: LiveRun, command: TrainerCommand): void {
  if (run.send(command)) return;
  void showWarning(vscode.l10n.t('The run {0} is not training, so it can’t be told anything.', run.record.id));
}

/** Asks for a new learning rate. The trainer takes a factor on the schedule of the program. */
export async function changeRate(run: LiveRun): Promise<void> {
  const current = numberOf(run.progress.latest.lr ?? 'NaN');
  if (!(current > 0)) {
    void showInformation(vscode.l10n.t('The learning rate is not known before the first step.'));
    return;
  }
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Learning rate from the next step'),
    value: String(Number(current.toPrecision(3))),
    prompt: vscode.l10n.t('The schedule of the program goes on from there, multiplied by the same factor.'),
    validateInput: (value) =>
      Number(value) > 0 ? undefined : vscode.l10n.t('"{0}" is not a number above 0, for example 3e-4.', value),
  });
  if (text === undefined) return;
  tell(run, { kind: 'rate', factor: (factorOf(run) * Number(text)) / current });
}

/** The factor that is in force: of the last change. */
export function factorOf(run: LiveRun): number {
  return run.events.reduce((factor, event) => (event.kind === 'changed' ? event.factor : factor), 1);
}
