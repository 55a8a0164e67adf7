/** "Model: Evaluate": an `evaluate` declaration on a finished run's weights; what it found is shown in the tab Evaluate of the run. */
import * as vscode from 'vscode';
import { chooseRun, evaluationMarkdown, findRunsFolder, type RunSummary } from '../../runs/index.ts';
import { showError, showInformation } from '../notify.ts';
import { plain } from '../plain.ts';
import { runTitle } from '../run/run-label.ts';
import type { Services } from '../services.ts';
import { readSettings } from '../settings.ts';
import { askPlan, type Plan } from './plan.ts';
import { programTarget } from './target.ts';
import { mayStart } from './trust.ts';

/** Evaluates, with a progress notification that can be cancelled. */
export async function evaluate(services: Services, argument: unknown): Promise<void> {
  const target = programTarget(argument);
  if (target === undefined) {
    void showInformation(vscode.l10n.t('Open a .model file to evaluate it.'));
    return;
  }
  if (!(await mayStart())) return;
  const plan = await askPlan(services, target, 'evaluate');
  if (plan === undefined) return;
  const settings = readSettings(target.uri);
  const runs = findRunsFolder(plan.file, {
    workspace: vscode.workspace.getWorkspaceFolder(target.uri)?.uri.fsPath,
    override: settings.runsFolder,
  });
  const chosen = chooseRun(runs, {
    model: plan.model.name,
    file: plan.file,
    args: plan.model.args,
    declaration: plan.run,
    word: undefined,
  });
  if (!chosen.ok) {
    void showError(chosen.message);
    return;
  }
  await ask(services, plan, chosen.run);
}

async function ask(services: Services, plan: Plan, run: RunSummary): Promise<void> {
  const outcome = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      cancellable: true,
      title: plain(vscode.l10n.t('Evaluating {0}', runTitle(run.record))),
    },
    (_progress, token) => {
      token.onCancellationRequested(() => services.evaluations.cancel(run.folder));
      return services.evaluations.make(plan, run.folder);
    },
  );
  switch (outcome.kind) {
    case 'cancelled':
      return;
    case 'failed':
      void showError(outcome.error.message);
      return;
    case 'done': {
      const opened = await services.runs.openFresh(run.folder);
      if (opened === undefined) {
        await services.texts.show(`${plan.title} evaluation`, evaluationMarkdown(outcome.result.evaluation));
      } else services.panels.show(opened, 'evaluate');
      return;
    }
    default:
      assertNever(outcome);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown outcome: ${JSON.stringify(value)}`);
}
