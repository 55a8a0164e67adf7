/**
 * What is told of a run outside its panel: findings at their lines, one notification when it fails, and one when it ends
 * while nobody looks.
 */
import * as vscode from 'vscode';
import { lastFinite, type RunEvent } from '../../protocol/index.ts';
import { SILENCE } from '../../runs/index.ts';
import { showError, showInformation, showWarning } from '../notify.ts';
import type { Services } from '../services.ts';
import { tellFailed } from './failure-news.ts';
import type { LiveRun } from './live-run.ts';
import { askAfterLongPause } from './long-pause.ts';
import { nameInSentence, valueText } from './run-label.ts';

/** Hears the events of a run as they come. */
export function tellNews(services: Services, run: LiveRun, event: RunEvent | undefined): void {
  if (event === undefined) {
    if (run.state === 'interrupted') void tellInterrupted(services, run);
    if (!run.silent) told.delete(run);
    else if (!told.has(run)) void tellSilent(services, run);
    return;
  }
  if (event.kind !== 'step') services.logs.follow(run);
  askAfterLongPause(run, event);
  if (event.kind === 'problem') services.problems.add(run.record.file, event, event.seq);
  if (event.kind === 'settled') services.problems.settle(run.record.file, event.problem);
  if (event.kind !== 'ended') return;
  if (event.state === 'failed') void tellFailed(services, run, event.reason);
  else if (event.state === 'finished' && !services.panels.isVisible(run)) void tellFinished(services, run);
}

/** Runs whose silence was told of. */
const told = new WeakSet<LiveRun>();

/** It may compute one very long step, or hang: who sits there decides. */
async function tellSilent(services: Services, run: LiveRun): Promise<void> {
  told.add(run);
  const wait = vscode.l10n.t('Wait');
  const stop = vscode.l10n.t('Stop Now');
  const log = vscode.l10n.t('Show Log');
  const message = vscode.l10n.t(
    'No sign of life from {0} for {1} seconds: it computes one very long step, or it hangs.',
    nameInSentence(run.record),
    SILENCE / 1000,
  );
  const chosen = await showWarning(message, wait, stop, log);
  // A trainer that hangs does not hear it: the second one kills it (`LiveRun.send`).
  if (chosen === stop) {
    run.send({ kind: 'stop' });
    run.send({ kind: 'stop' });
  }
  if (chosen === wait) told.delete(run);
  if (chosen === log) services.logs.show(run);
}

async function tellInterrupted(services: Services, run: LiveRun): Promise<void> {
  if (run.endedByHand) return;
  const resume = vscode.l10n.t('Resume');
  const log = vscode.l10n.t('Show Log');
  const saved = run.run.checkpoints.at(-1);
  const killed = run.signal === 'SIGKILL' ? ` ${killedText(run)}` : '';
  const message =
    saved === undefined
      ? vscode.l10n.t(
          '{0} ended without a word at step {1}, before its first checkpoint.',
          nameInSentence(run.record),
          run.run.step,
        )
      : vscode.l10n.t(
          '{0} ended without a word at step {1}. Everything up to step {2} is saved.',
          nameInSentence(run.record),
          run.run.step,
          saved.step,
        );
  const chosen = await showError(`${message}${killed}`, ...(saved === undefined ? [log] : [resume, log]));
  if (chosen === resume) await vscode.commands.executeCommand('modelwright.resumeRun', { folder: run.folder });
  if (chosen === log) services.logs.show(run);
}

/** Nobody says why the system killed it; how full its memory was shortly before tells most often. */
function killedText({ run }: LiveRun): string {
  const [used, total] = [lastFinite(run.columns, 'machine.memory'), lastFinite(run.columns, 'machine.memoryTotal')];
  const share = used === undefined || total === undefined ? undefined : Math.round((100 * used) / total);
  return share === undefined
    ? vscode.l10n.t(
        'It was killed by the system (signal 9), most often because memory had run out: try a smaller batch.',
      )
    : vscode.l10n.t(
        'It was killed by the system (signal 9); it had {0}% of the memory. Where memory had run out, try a smaller batch.',
        share,
      );
}

async function tellFinished(services: Services, run: LiveRun): Promise<void> {
  const settings = vscode.workspace.getConfiguration('modelwright');
  if (!settings.get<boolean>('notifyFinished', true)) return;
  const show = vscode.l10n.t('Show');
  const evaluate = vscode.l10n.t('Evaluate');
  const quiet = vscode.l10n.t('Don’t Show Again');
  const best = run.run.ended?.best;
  const message =
    best === undefined
      ? vscode.l10n.t('{0} is finished.', nameInSentence(run.record))
      : vscode.l10n.t(
          '{0} is finished. Best {1}: {2}.',
          nameInSentence(run.record),
          best.metric,
          valueText(best.metric, best.value),
        );
  const chosen = await showInformation(message, show, evaluate, quiet);
  if (chosen === show) services.panels.show(run);
  if (chosen === evaluate) {
    const uri = vscode.Uri.file(run.record.file).toString();
    await vscode.commands.executeCommand('modelwright.evaluate', { uri, model: run.record.model });
  }
  if (chosen === quiet) await settings.update('notifyFinished', false, vscode.ConfigurationTarget.Global);
}
