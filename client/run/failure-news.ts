/** One notification when a run fails: what happened, what is saved, and what can be done about it as buttons. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { isRecord, joined, type ProblemEvent } from '../../protocol/index.ts';
import { readJson } from '../../runs/index.ts';
import { useDevice } from '../commands/choose-device.ts';
import { applyRunFix, resumeWithRate } from '../commands/run-fix.ts';
import { showError } from '../notify.ts';
import type { Services } from '../services.ts';
import { type FailureAction, failureActions } from './failure-actions.ts';
import type { LiveRun } from './live-run.ts';
import { endText, problemText } from './problem-words.ts';
import type { ProgramEdit } from './run-edits.ts';
import { nameInSentence, runTitle } from './run-label.ts';
import { showPlace } from './run-problems.ts';

export async function tellFailed(services: Services, run: LiveRun, reason: string | undefined): Promise<void> {
  const problem = run.run.problems.filter((each) => each.severity === 'error').at(-1);
  const name = nameInSentence(run.record);
  const said = problem?.message ?? reason ?? vscode.l10n.t('The log says why.');
  const told = problem === undefined ? endText(said) : problemText(problem);
  const message = joined([told, leftText(run, said)]);
  const show = vscode.l10n.t('Show');
  const actions = problem === undefined ? [] : await actionsFor(run, problem);
  const titles = actions.map(titleOf);
  const chosen = await showError(`${name}: ${message}`, ...titles, show);
  if (chosen === show) services.panels.show(run);
  const action = actions[titles.indexOf(chosen ?? '')];
  if (action !== undefined && problem !== undefined) await carryOut(services, run, { action, problem });
}

/** What is left of the run; '' where its own words say it, or there was nothing to save yet. */
function leftText({ run }: LiveRun, said: string): string {
  if (run.step === 0 || /checkpoint/iu.test(said)) return '';
  const last = run.checkpoints.at(-1);
  return last === undefined
    ? vscode.l10n.t('Nothing is saved: there was no checkpoint yet.')
    : vscode.l10n.t('Everything up to step {0} is saved.', last.step);
}

async function actionsFor(run: LiveRun, problem: ProblemEvent): Promise<readonly FailureAction[]> {
  const program = await vscode.workspace.openTextDocument(vscode.Uri.file(run.record.file)).then(
    (document) => document.getText(),
    () => '',
  );
  return failureActions({
    problem,
    saved: run.run.checkpoints.at(-1)?.step,
    ring: readRing(run.folder).length,
    device: run.run.started?.engine.device ?? 'cpu',
    program,
  });
}

function titleOf(action: FailureAction): string {
  switch (action.kind) {
    case 'resumeWithRate':
      return vscode.l10n.t('Resume from {0} with lr {1}', action.step, action.rate);
    case 'showSteps':
      return vscode.l10n.t('Show the Last {0} Steps', action.steps);
    case 'batch':
      return vscode.l10n.t('Try batch {0}', action.batch);
    case 'accumulate':
      return vscode.l10n.t('Use Gradient Accumulation ×{0}', action.times);
    case 'size':
      return vscode.l10n.t('Change to {0}', action.size);
    case 'fix':
      return vscode.l10n.t('Fix in the Program');
    case 'cpu':
      return vscode.l10n.t('Train on the CPU');
    case 'reinstall':
      return vscode.l10n.t('Reinstall the Runtime');
    case 'install':
      return vscode.l10n.t('Install a Runtime…');
    case 'line':
      return vscode.l10n.t('Show the Line');
    default:
      return assertNever(action);
  }
}

async function carryOut(
  services: Services,
  run: LiveRun,
  { action, problem }: { readonly action: FailureAction; readonly problem: ProblemEvent },
): Promise<void> {
  switch (action.kind) {
    case 'resumeWithRate':
      return resumeWithRate(services, run, action.problem);
    case 'showSteps':
      return services.texts.show(`${run.record.title} ${runTitle(run.record)} steps`, ringText(readRing(run.folder)));
    case 'batch':
    case 'accumulate':
    case 'size':
      await changeProgram(run.record.file, action.edits);
      return trainAgain(run);
    case 'fix':
      return applyRunFix(run, action.problem);
    case 'cpu':
      await useDevice({ engine: 'auto', device: 'cpu' });
      return run.resumable
        ? void (await vscode.commands.executeCommand('modelwright.resumeRun', { folder: run.folder }))
        : trainAgain(run);
    case 'reinstall':
    case 'install':
      await vscode.commands.executeCommand('modelwright.installTensorFlow');
      return;
    case 'line':
      if (problem.place !== undefined) await showPlace(run.record.file, problem.place);
      return;
    default:
      return assertNever(action);
  }
}

/** Puts the edits into the program and leaves it unsaved: what stands in the editor is what trains. */
async function changeProgram(file: string, edits: readonly ProgramEdit[]): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const change = new vscode.WorkspaceEdit();
  for (const { start, end, text } of edits) {
    change.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  }
  await vscode.workspace.applyEdit(change);
}

async function trainAgain(run: LiveRun): Promise<void> {
  const { file, declaration } = run.record;
  await vscode.commands.executeCommand('modelwright.train', { uri: vscode.Uri.file(file).toString(), declaration });
}

/** The steps before the numbers of a run left the finite ones, as its folder keeps them. */
function readRing(folder: string): readonly Readonly<Record<string, unknown>>[] {
  const ring = readJson(join(folder, 'ring.json'));
  return isRecord(ring) && Array.isArray(ring.steps) ? ring.steps.filter(isRecord) : [];
}

function ringText(steps: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = ['step', 'epoch', 'loss', 'lr', 'gradientNorm'];
  const rows = steps.map((step) => columns.map((name) => String(step[name] ?? '')));
  const widths = columns.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) => cells.map((cell, i) => cell.padStart(widths[i] ?? 0)).join('  ');
  return `${[columns, ...rows].map(line).join('\n')}\n`;
}

function assertNever(value: never): never {
  throw new Error(`Unknown action: ${JSON.stringify(value)}`);
}
