/** Texts about a program that open beside it: the table of its shapes and its Keras program (made by the server), the page about a problem. */
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { KERAS_SCHEME, PROBLEM_SCHEME, SHAPE_SCHEME } from '../protocol/index.ts';
import { programTarget } from './commands/target.ts';
import { showInformation } from './notify.ts';

/** Opens the table of shapes of a program; it follows what is typed. */
export async function showShapes(argument: unknown): Promise<void> {
  await showBeside(argument, (name) => ({
    scheme: SHAPE_SCHEME,
    path: `/${vscode.l10n.t('{0} shapes', name)}.txt`,
  }));
}

/** Opens the program as a Keras program, to read. */
export async function showKeras(argument: unknown): Promise<void> {
  await showBeside(argument, (name) => ({ scheme: KERAS_SCHEME, path: `/${name}.py` }));
}

async function showBeside(
  argument: unknown,
  address: (name: string) => { readonly scheme: string; readonly path: string },
): Promise<void> {
  const target = programTarget(argument);
  if (target === undefined) {
    void showInformation(vscode.l10n.t('Open a `.model` file first.'));
    return;
  }
  const name = target.uri.path.split('/').at(-1) ?? '';
  const uri = vscode.Uri.from({ ...address(name), query: target.uri.toString() });
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, {
    preview: true,
    preserveFocus: true,
    viewColumn: vscode.ViewColumn.Beside,
  });
}

/**
 * The pages about problems under an address of their own, which problems link to. `package.json` says that they open as
 * rendered Markdown; a command as the link would not be carried out everywhere.
 */
export function problemPages(context: vscode.ExtensionContext): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(PROBLEM_SCHEME, {
    async provideTextDocumentContent(uri) {
      const [area, file] = uri.path.split('/').slice(1);
      const known = /^[a-z]+$/.test(area ?? '') && /^[a-z0-9-]+\.md$/.test(file ?? '');
      const path = context.asAbsolutePath(`docs/problems/${area}/${file}`);
      const text = known ? await readFile(path, 'utf8').catch(() => undefined) : undefined;
      return text ?? vscode.l10n.t('There is no page about this problem: {0}', uri.path.slice(1));
    },
  });
}
