/** The workspace under test, by the editor's API. */
import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { workbench } from './window.ts';

export const EXTENSION = 'modelwright.modelwright';

/** Address of a file of the workspace. */
export function inWorkspace(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the workspace is open');
  return vscode.Uri.file(join(folder.uri.fsPath, name));
}

/** Opens a file of the workspace alone in the first column. */
export async function open(name: string): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const document = await vscode.workspace.openTextDocument(inWorkspace(name));
  return vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.One });
}

/** Whether a bundle of the extension was built. */
export function isBuilt(bundle: string): boolean {
  const extension = vscode.extensions.getExtension(EXTENSION);
  return extension !== undefined && existsSync(join(extension.extensionPath, 'dist', bundle));
}

/** The errors of a document, as VS Code has them now. */
export function errorsOf(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter((one) => one.severity === vscode.DiagnosticSeverity.Error);
}

/** The errors and warnings of a document, as VS Code has them now. */
export function problemsOf(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter((one) => one.severity <= vscode.DiagnosticSeverity.Warning);
}

/** The code of a problem, with or without a page that it leads to. */
export function codeOf(diagnostic: vscode.Diagnostic | undefined): string {
  const code = diagnostic?.code;
  return String(typeof code === 'object' ? code.value : code);
}

/** Shows the window in a theme. */
export async function useTheme(name: 'dark' | 'light'): Promise<void> {
  const theme = name === 'dark' ? 'Dark Modern' : 'Light Modern';
  await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, vscode.ConfigurationTarget.Global);
  const window = await workbench();
  await window.locator(name === 'dark' ? '.monaco-workbench.vs-dark' : '.monaco-workbench.vs').waitFor();
}
