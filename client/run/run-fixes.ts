/** Quick fixes for what a run has found, at its problems in the editor. */
import * as vscode from 'vscode';
import { memoryEdits } from './memory-edits.ts';
import { rangeEdit } from './range-edits.ts';
import { type ProgramEdit, type RunEdit, runEdits } from './run-edits.ts';
import { RUN_SOURCE, writtenMessage } from './run-problems.ts';

/** Offers the edits that a run's own words propose. */
export function registerRunFixes(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { language: 'model' },
    {
      provideCodeActions(document, _range, context) {
        return context.diagnostics
          .filter(({ source }) => source === RUN_SOURCE)
          .flatMap((diagnostic) => [
            ...runEdits(document.getText(), writtenMessage(diagnostic)).map((edit) =>
              actionOf(document, diagnostic, { title: titleOf(edit), edits: [edit] }),
            ),
            ...memoryActions(document, diagnostic),
            ...rangeActions(document, diagnostic),
          ]);
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function titleOf(edit: RunEdit): string {
  return edit.kind === 'clip'
    ? vscode.l10n.t('Limit the gradients: clip: 1.0')
    : vscode.l10n.t('Try the learning rate {0}', edit.text);
}

function memoryActions(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): vscode.CodeAction[] {
  const found = memoryEdits(document.getText(), writtenMessage(diagnostic));
  if (found === undefined) return [];
  const { batch, accumulate, smaller, same } = found;
  return [
    actionOf(document, diagnostic, { title: vscode.l10n.t('Try batch {0}', batch), edits: smaller }),
    actionOf(document, diagnostic, {
      title: vscode.l10n.t('Use Gradient Accumulation ×{0}', accumulate),
      edits: same,
    }),
  ];
}

function rangeActions(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): vscode.CodeAction[] {
  if (diagnostic.code !== 'data/label-range') return [];
  const place = {
    start: document.offsetAt(diagnostic.range.start),
    end: document.offsetAt(diagnostic.range.end),
  };
  const edit = rangeEdit(document.getText(), writtenMessage(diagnostic), place);
  if (edit === undefined) return [];
  return [actionOf(document, diagnostic, { title: vscode.l10n.t('Change to {0}', edit.size), edits: [edit] })];
}

function actionOf(
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
  { title, edits }: { readonly title: string; readonly edits: readonly ProgramEdit[] },
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.edit = new vscode.WorkspaceEdit();
  for (const { start, end, text } of edits) {
    action.edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  }
  return action;
}
