/** What a finding of a run proposes, done: the program is changed, or the run goes on with another learning rate. */
import * as vscode from 'vscode';
import { numberOf, type ProblemEvent } from '../../protocol/index.ts';
import { showInformation } from '../notify.ts';
import type { LiveRun } from '../run/live-run.ts';
import { problemText } from '../run/problem-words.ts';
import { proposedRate, runEdits } from '../run/run-edits.ts';
import type { Services } from '../services.ts';
import { factorOf, tell } from './control.ts';
import { resumeRun } from './train.ts';

/** Puts what the finding proposes into the program, and shows it there. */
export async function applyRunFix(run: LiveRun, seq: number | undefined): Promise<void> {
  const problem = problemOf(run, seq);
  if (problem === undefined) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(run.record.file));
  const edits = runEdits(document.getText(), problem.message);
  const [first] = edits;
  if (first === undefined) {
    const message = vscode.l10n.t(
      'The program no longer stands as the finding supposes, so nothing was changed: {0}',
      problemText(problem),
    );
    void showInformation(message);
    return;
  }
  const change = new vscode.WorkspaceEdit();
  for (const edit of edits) change.replace(document.uri, rangeOf(document, edit), edit.text);
  await vscode.workspace.applyEdit(change);
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.One,
    selection: new vscode.Range(document.positionAt(first.start), document.positionAt(first.start)),
  });
}

/** Goes on from the last checkpoint with the learning rate that the finding proposes. */
export async function resumeWithRate(services: Services, run: LiveRun, seq: number | undefined): Promise<void> {
  const problem = problemOf(run, seq);
  const rate = problem === undefined ? undefined : proposedRate(problem.message);
  const before = numberOf(run.progress.latest.lr ?? 'NaN');
  const factor = factorOf(run);
  await resumeRun(services, { folder: run.folder });
  const again = services.runs.open(run.folder);
  if (rate !== undefined && before > 0 && again?.attached)
    tell(again, { kind: 'rate', factor: (factor * rate) / before });
}

function problemOf(run: LiveRun, seq: number | undefined): ProblemEvent | undefined {
  return run.run.problems.find((each) => each.seq === seq);
}

function rangeOf(document: vscode.TextDocument, place: { readonly start: number; readonly end: number }): vscode.Range {
  return new vscode.Range(document.positionAt(place.start), document.positionAt(place.end));
}
