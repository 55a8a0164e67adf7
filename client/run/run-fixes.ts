/** Quick fixes for what a run has found, at its problems in the editor. */
import * as vscode from 'vscode';
import { type RunEdit, runEdits } from './run-edits.ts';
import { RUN_SOURCE } from './run-problems.ts';

/** Offers the edits that a run's own words propose. */
export function registerRunFixes(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { language: 'model' },
    {
      provideCodeActions(document, _range, context) {
        return context.diagnostics
          .filter(({ source }) => source === RUN_SOURCE)
          .flatMap((diagnostic) =>
            runEdits(document.getText(), diagnostic.message).map((edit) => actionOf(document, diagnostic, edit)),
          );
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function actionOf(document: vscode.TextDocument, diagnostic: vscode.Diagnostic, edit: RunEdit): vscode.CodeAction {
  const title =
    edit.kind === 'clip'
      ? vscode.l10n.t('Limit the gradients: clip: 1.0')
      : vscode.l10n.t('Try the learning rate {0}', edit.text);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(edit.start), document.positionAt(edit.end));
  action.edit.replace(document.uri, range, edit.text);
  return action;
}
