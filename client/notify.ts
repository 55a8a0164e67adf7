/**
 * Notifications, and the only way to them: names of runs, files and classes stand in what is said, and come from files of
 * others, while VS Code makes links of `[text](command:…)` in every notification. No text of ours has a link.
 */
import * as vscode from 'vscode';
import { plain } from './plain.ts';

export function showError(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showErrorMessage(plain(message), ...buttons);
}

export function showWarning(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(plain(message), ...buttons);
}

export function showInformation(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(plain(message), ...buttons);
}

/** A question that is answered before anything else; true where the button was chosen. */
export async function askFirst(message: string, detail: string, button: string): Promise<boolean> {
  const options = { modal: true, detail: plain(detail) };
  return (await vscode.window.showWarningMessage(plain(message), options, button)) === button;
}
