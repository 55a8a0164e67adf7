/** What the editor tells the server beyond the protocol, and what it does for the server: the cursor's line, lists of uses. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  CURSOR_NOTIFICATION,
  type CursorParams,
  type LinePosition,
  SHOW_REFERENCES_COMMAND,
  type ShowReferencesArgument,
} from '../protocol/index.ts';

/** Tells the server when the cursor comes to another line, so that what is unfinished there is only hinted at until it leaves. */
export function followCursor(client: LanguageClient): vscode.Disposable {
  let last = '';
  const tell = (editor: vscode.TextEditor | undefined) => {
    if (editor?.document.languageId !== 'model') return;
    const params: CursorParams = { uri: editor.document.uri.toString(), line: editor.selection.active.line };
    const key = `${params.uri} ${params.line}`;
    if (key === last) return;
    last = key;
    void client.sendNotification(CURSOR_NOTIFICATION, params);
  };
  return vscode.window.onDidChangeTextEditorSelection((event) => tell(event.textEditor));
}

/** The lens "3 uses" opens the editor's list of references, which wants the editor's own types. */
export function showReferences(): vscode.Disposable {
  return vscode.commands.registerCommand(SHOW_REFERENCES_COMMAND, (argument: ShowReferencesArgument) => {
    const position = (p: LinePosition) => new vscode.Position(p.line, p.character);
    const locations = argument.locations.map(
      ({ uri, range }) =>
        new vscode.Location(vscode.Uri.parse(uri), new vscode.Range(position(range.start), position(range.end))),
    );
    return vscode.commands.executeCommand(
      'editor.action.showReferences',
      vscode.Uri.parse(argument.uri),
      position(argument.position),
      locations,
    );
  });
}
