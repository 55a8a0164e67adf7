/**
 * "Model: Open an Example": copies an example with its data into a folder, so that it can be changed and trained. And what
 * the walkthrough does with it: a shape is broken on purpose, to be mended.
 */
import * as vscode from 'vscode';
import type { Services } from '../services.ts';

/** Examples that are part of the extension, by folder. */
const EXAMPLES = [
  { folder: 'digits', program: 'digits.model' },
  { folder: 'table', program: 'houses.model' },
  { folder: 'gpt', program: 'tales.model' },
] as const;

type Example = (typeof EXAMPLES)[number];

function titleOf(example: Example): { readonly label: string; readonly description: string } {
  switch (example.folder) {
    case 'digits':
      return {
        label: vscode.l10n.t('Digits'),
        description: vscode.l10n.t('handwritten digits, a convolutional network, 3 minutes'),
      };
    case 'table':
      return { label: vscode.l10n.t('Houses'), description: vscode.l10n.t('prices from a table, a dense network') };
    case 'gpt':
      return { label: vscode.l10n.t('Tales'), description: vscode.l10n.t('text sign by sign, a small GPT') };
  }
}

/** Copies one and opens it. An argument `digits` chooses it, as the links of the welcome view do. */
export async function openExample(services: Services, argument: unknown): Promise<void> {
  const named = EXAMPLES.find((each) => each.folder === argument);
  const example = named ?? (await pickExample());
  if (example === undefined) return;
  const home = await pickHome();
  if (home === undefined) return;
  const target = vscode.Uri.joinPath(home, example.folder);
  const source = vscode.Uri.joinPath(services.context.extensionUri, 'examples', example.folder);
  for (const [name] of await vscode.workspace.fs.readDirectory(source)) {
    // What is there may have been changed: it stays.
    const copy = vscode.Uri.joinPath(target, name);
    const there = await vscode.workspace.fs.stat(copy).then(
      () => true,
      () => false,
    );
    if (!there) await vscode.workspace.fs.copy(vscode.Uri.joinPath(source, name), copy);
  }
  await vscode.window.showTextDocument(vscode.Uri.joinPath(target, example.program), { preview: false });
}

async function pickExample(): Promise<Example | undefined> {
  const picked = await vscode.window.showQuickPick(
    EXAMPLES.map((example) => ({ ...titleOf(example), example })),
    { title: vscode.l10n.t('Open an Example') },
  );
  return picked?.example;
}

/** The workspace's folder, or one that is chosen. */
async function pickHome(): Promise<vscode.Uri | undefined> {
  const [only, ...more] = vscode.workspace.workspaceFolders ?? [];
  if (only !== undefined && more.length === 0) return only.uri;
  if (only !== undefined) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Copy the Example Here'),
  });
  return chosen?.[0];
}

/**
 * Takes the first `Flatten` out of the program in front (of the digits example, where there is none), and leads to the error
 * that follows. One undo brings it back; so does the quick fix.
 */
export async function breakShape(services: Services): Promise<void> {
  const document = await programWithFlatten(services);
  if (document === undefined) return;
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const found = /[ \t]*(?:\r?\n[ \t]*)?-> Flatten\b/u.exec(document.getText());
  if (found === null) return;
  const range = new vscode.Range(document.positionAt(found.index), document.positionAt(found.index + found[0].length));
  await editor.edit((edit) => edit.delete(range));
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(new vscode.Range(range.start, range.start), vscode.TextEditorRevealType.InCenter);
}

async function programWithFlatten(services: Services): Promise<vscode.TextDocument | undefined> {
  const open = [
    vscode.window.activeTextEditor?.document,
    ...vscode.workspace.textDocuments.filter((each) => each.uri.path.endsWith('digits.model')),
  ];
  const known = open.find((each) => each?.languageId === 'model' && /-> Flatten\b/u.test(each.getText()));
  if (known !== undefined) return known;
  await openExample(services, 'digits');
  return vscode.window.activeTextEditor?.document;
}

/** "Model: Learn the Language": its first page, rendered. */
export async function showLanguage(services: Services): Promise<void> {
  const page = vscode.Uri.joinPath(services.context.extensionUri, 'docs', 'language', 'README.md');
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
