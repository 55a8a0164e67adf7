/** "Model: Evaluate": the metrics of an `evaluate` declaration on a finished run's weights, as a text document. */
import * as vscode from 'vscode';
import { type EvaluateResult, numberOf, TRAINER_VERSION } from '../../protocol/index.ts';
import { askTrainer, chooseRun, findRunsFolder, type RunSummary } from '../../runs/index.ts';
import { aligned } from '../run/metrics-text.ts';
import { runTitle, valueText } from '../run/run-label.ts';
import type { Services } from '../services.ts';
import { readSettings } from '../settings.ts';
import { findTrainer } from '../trainer-program.ts';
import { askPlan, type Plan } from './plan.ts';
import { programTarget } from './target.ts';
import { mayStart } from './trust.ts';

/** Evaluates, with a progress notification that can be cancelled. */
export async function evaluate(services: Services, argument: unknown): Promise<void> {
  const target = programTarget(argument);
  if (target === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a .model file to evaluate it.'));
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
    void vscode.window.showErrorMessage(chosen.message);
    return;
  }
  await ask(services, plan, chosen.run);
}

async function ask(services: Services, plan: Plan, run: RunSummary): Promise<void> {
  const trainer = await findTrainer(services.context, services.logs.main);
  if ('message' in trainer) {
    void vscode.window.showErrorMessage(trainer.message);
    return;
  }
  const abort = new AbortController();
  const answer = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      cancellable: true,
      title: vscode.l10n.t('Evaluating {0}', runTitle(run.record)),
    },
    (_progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      return askTrainer(
        trainer,
        {
          version: TRAINER_VERSION,
          kind: 'evaluate',
          plan,
          folder: run.folder,
          checkpoint: 'best',
          options: readSettings().options,
        },
        abort.signal,
      );
    },
  );
  if (abort.signal.aborted) return;
  if (!answer.ok) {
    services.problems.addError(plan.file, answer.error);
    void vscode.window.showErrorMessage(answer.error.message);
    return;
  }
  const result = answer.lines.find(isResult);
  if (result === undefined) return;
  noteExpectations(services, plan.file, result);
  await services.texts.show(`${plan.title} evaluation`, evaluationText(result));
}

function isResult(value: unknown): value is EvaluateResult {
  return typeof value === 'object' && value !== null && 'metrics' in value && 'expect' in value;
}

/** An `expect` that did not hold is a problem at its line. */
function noteExpectations(services: Services, program: string, result: EvaluateResult): void {
  services.problems.clear(program);
  for (const each of result.expect) {
    if (each.held) continue;
    services.problems.add(program, {
      code: 'train/expect',
      severity: 'error',
      message: vscode.l10n.t(
        'Expected {0}; it is {1}.',
        each.text,
        String(Number(numberOf(each.value).toPrecision(5))),
      ),
      place: each.place,
    });
  }
}

/** The result as a person reads it. */
export function evaluationText(result: EvaluateResult): string {
  const metrics = Object.entries(result.metrics).map(([name, value]) => [name, valueText(name, value)]);
  const expect = result.expect.map((each) => [
    each.held ? 'held' : 'FAILED',
    each.text,
    valueText(each.text, each.value),
  ]);
  const lines = [
    `${result.unit} on ${result.data}, ${result.examples} examples`,
    `run ${result.run}, checkpoint ${result.checkpoint}`,
    ...(result.skipped ?? []).map((each) => `${each}. Evaluated is ${result.checkpoint} instead.`),
    '',
    ...aligned(metrics),
    ...(expect.length === 0 ? [] : ['', 'expect', ...aligned(expect)]),
  ];
  return `${lines.join('\n')}\n`;
}
