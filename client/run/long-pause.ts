/**
 * A run that pauses keeps its process and its memory. After ten minutes one is asked, once for each pause, whether to free
 * them: then the run ends with the checkpoint that was saved when it paused.
 */
import * as vscode from 'vscode';
import type { RunEvent } from '../../protocol/index.ts';
import { showInformation } from '../notify.ts';
import type { LiveRun } from './live-run.ts';
import { nameInSentence } from './run-label.ts';

const PATIENCE = 10 * 60 * 1000;

/** Runs that pause, each with what takes the question back. */
const waiting = new WeakMap<LiveRun, NodeJS.Timeout>();

/** Hears the events of a run. */
export function askAfterLongPause(run: LiveRun, event: RunEvent): void {
  if (event.kind === 'paused' && event.reason === 'asked') {
    const timer = setTimeout(() => void ask(run), Math.max(0, event.time + PATIENCE - Date.now()));
    // The editor may close meanwhile.
    timer.unref();
    clearTimeout(waiting.get(run));
    waiting.set(run, timer);
  }
  if (event.kind === 'resumed' || event.kind === 'ended') clearTimeout(waiting.get(run));
}

async function ask(run: LiveRun): Promise<void> {
  if (run.state !== 'paused' || !run.attached) return;
  const free = vscode.l10n.t('Free the Memory');
  const keep = vscode.l10n.t('Keep Paused');
  const gpu = run.run.started?.engine.device === 'gpu';
  const name = nameInSentence(run.record);
  const message = gpu
    ? vscode.l10n.t(
        '{0} has been paused for ten minutes. Free the GPU? The checkpoint is saved; Continue goes on from it.',
        name,
      )
    : vscode.l10n.t(
        '{0} has been paused for ten minutes. Free its memory? The checkpoint is saved; Continue goes on from it.',
        name,
      );
  const chosen = await showInformation(message, free, keep);
  if (chosen === free && run.state === 'paused') run.send({ kind: 'stop' });
}
