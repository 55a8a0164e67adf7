/** The workspace under test, by the API. */
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import * as vscode from 'vscode';

export const EXTENSION = 'modelwright.modelwright';

/** Address of a file of the workspace. */
export function inWorkspace(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the workspace is open');
  return vscode.Uri.file(join(folder.uri.fsPath, name));
}
