/**
 * What is told of a run outside its panel: findings at their lines, one notification when it fails, and one when it ends
 * while nobody looks.
 */
import * as vscode from 'vscode';
import type { RunEvent } from '../../protocol/index.ts';
import { SILENCE } from '../../runs/index.ts';
import type { Services } from '../services.ts';
import type { LiveRun } from './live-run.ts';
import { askAfterLongPause } from './long-pause.ts';
import { runTitle, valueText } from './run-label.ts';
import { showPlace } from './run-problems.ts';

const QUIET = 'modelwright.noNewsOfFinishedRuns';

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
  const stop = vscode.l10n.t('Stop');
  const log = vscode.l10n.t('Show Log');
  const message = vscode.l10n.t(
    'No sign of life from {0} for {1} seconds: it computes one very long step, or it hangs.',
    name(run),
    SILENCE / 1000,
  );
  const chosen = await vscode.window.showWarningMessage(message, stop, log);
  // A trainer that hangs does not hear it: a second stop kills it (`LiveRun.send`).
  if (chosen === stop) run.send({ kind: 'stop' });
  if (chosen === log) services.logs.show(run);
}

async function tellFailed(services: Services, run: LiveRun, reason: string | undefined): Promise<void> {
  const problem = run.run.problems.filter((each) => each.severity === 'error').at(-1);
  const show = vscode.l10n.t('Show');
  const line = vscode.l10n.t('Show the Line');
  const message = problem?.message ?? reason ?? vscode.l10n.t('The log says why.');
  const chosen = await vscode.window.showErrorMessage(
    `${run.record.title} ${runTitle(run.record)}: ${message}`,
    ...(problem?.place === undefined ? [show] : [show, line]),
  );
  if (chosen === show) services.panels.show(run);
  if (chosen === line && problem?.place !== undefined) await showPlace(run.record.file, problem.place);
}

async function tellInterrupted(services: Services, run: LiveRun): Promise<void> {
  const resume = vscode.l10n.t('Resume');
  const log = vscode.l10n.t('Show Log');
  const saved = run.run.checkpoints.at(-1);
  const killed =
    run.signal === 'SIGKILL'
      ? ` ${vscode.l10n.t('It was killed by the system (signal 9), most often because memory had run out: try a smaller batch.')}`
      : '';
  const message =
    saved === undefined
      ? vscode.l10n.t('{0} ended without a word at step {1}, before its first checkpoint.', name(run), run.run.step)
      : vscode.l10n.t(
          '{0} ended without a word at step {1}. Everything up to step {2} is saved.',
          name(run),
          run.run.step,
          saved.step,
        );
  const chosen = await vscode.window.showErrorMessage(
    `${message}${killed}`,
    ...(saved === undefined ? [log] : [resume, log]),
  );
  if (chosen === resume) await vscode.commands.executeCommand('modelwright.resumeRun', { folder: run.folder });
  if (chosen === log) services.logs.show(run);
}

async function tellFinished(services: Services, run: LiveRun): Promise<void> {
  const memory = services.context.globalState;
  if (memory.get(QUIET) === true) return;
  const show = vscode.l10n.t('Show');
  const quiet = vscode.l10n.t('Don’t Show Again');
  const best = run.run.ended?.best;
  const message =
    best === undefined
      ? vscode.l10n.t('{0} is finished.', name(run))
      : vscode.l10n.t('{0} is finished. Best {1}: {2}.', name(run), best.metric, valueText(best.metric, best.value));
  const chosen = await vscode.window.showInformationMessage(message, show, quiet);
  if (chosen === show) services.panels.show(run);
  if (chosen === quiet) await memory.update(QUIET, true);
}

function name(run: LiveRun): string {
  return `${run.record.title} ${runTitle(run.record)}`;
}
