/** "Model: Try Model": the tab Try it of a run. */
import * as vscode from 'vscode';
import { showInformation } from '../notify.ts';
import type { Services } from '../services.ts';
import { startModel } from '../use/warm-models.ts';
import { runTarget } from './target.ts';

/** Of the run that is meant, else of the newest one that has learned something. */
export async function tryIt(services: Services, argument: unknown): Promise<void> {
  const run = argument === undefined ? newest(services) : await runTarget(services, argument, 'any');
  if (run === undefined) {
    void showInformation(vscode.l10n.t('There is no trained model yet. Train one first.'));
    return;
  }
  // While the page is made, the model is opened.
  if (run.run.checkpoints.length > 0) startModel(services, run.folder);
  services.panels.show(run, 'try');
}

function newest(services: Services) {
  const { active } = services.panels;
  if (active !== undefined) return active;
  const all = services.runs.list();
  const found = all.find(({ state }) => state === 'finished') ?? all.find(({ record }) => record.step > 0);
  return found === undefined ? undefined : services.runs.open(found.folder);
}
