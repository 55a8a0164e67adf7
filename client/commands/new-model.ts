/** "Model: New Model…": a template, some data, a name; the program that is opened is filled from the header of the data. */
import { relative } from 'node:path';
import * as vscode from 'vscode';
import type { TemplateBrief } from '../../protocol/index.ts';
import { showError } from '../notify.ts';
import type { Services } from '../services.ts';

/** Of the workspace's files some are offered as data. */
const HIDDEN = '**/{node_modules,.*}/**';
const MOST_OFFERED = 30;
/** Labels lie beside their images and are found by themselves. */
const LABELS = /labels|[-_]y\./iu;

type Data = { readonly kind: 'example' } | { readonly kind: 'there'; readonly uri: vscode.Uri };

export async function newModel(services: Services): Promise<void> {
  const template = await pickTemplate(await services.server.templates());
  if (template === undefined) return;
  const folder = await pickFolder();
  if (folder === undefined) return;
  for (;;) {
    const data = await pickData(template);
    if (data === undefined) return;
    const file = await askName(folder, template, data);
    if (file === undefined) return;
    const named = data.kind === 'example' ? await writeExample(services, template, file) : nameOf(data.uri, file);
    if (named === undefined) return;
    const made = await services.server.newProgram({ family: template.family, uri: file.toString(), ...(await named) });
    if (made.kind === 'program') return open(file, made.text);
    const other = vscode.l10n.t('Choose Other Data');
    if ((await showError(made.message, other)) !== other) return;
  }
}

async function pickTemplate(templates: readonly TemplateBrief[]): Promise<TemplateBrief | undefined> {
  const picked = await vscode.window.showQuickPick(
    templates.map((template) => ({ label: template.title, detail: template.takes, template })),
    { title: stepTitle(1), placeHolder: vscode.l10n.t('What should the model do?'), matchOnDetail: true },
  );
  return picked?.template;
}

/** The folder of the workspace; without one, a folder that is chosen. */
async function pickFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 1) return folders[0]?.uri;
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Put the Model Here'),
  });
  return chosen?.[0];
}

async function pickData(template: TemplateBrief): Promise<Data | undefined> {
  const { endings } = template;
  const found =
    endings.length === 0
      ? []
      : await vscode.workspace.findFiles(
          `**/*{${endings.map((ending) => `.${ending}`).join(',')}}`,
          HIDDEN,
          MOST_OFFERED,
        );
  const fileItem = { label: `$(file) ${vscode.l10n.t('Choose a file…')}`, choose: 'file' as const };
  const folderItem = { label: `$(folder) ${vscode.l10n.t('Choose a folder…')}`, choose: 'folder' as const };
  const picked = await vscode.window.showQuickPick<
    vscode.QuickPickItem & { readonly choose?: 'file' | 'folder' | 'example'; readonly uri?: vscode.Uri }
  >(
    [
      {
        label: `$(sparkle) ${vscode.l10n.t('Example data')}`,
        description: vscode.l10n.t('small, made beside the program'),
        choose: 'example',
      },
      ...(template.choose === 'folder' ? [] : [fileItem]),
      ...(template.choose === 'file' ? [] : [folderItem]),
      ...found
        .filter((uri) => !LABELS.test(uri.path))
        .sort((a, b) => (a.path < b.path ? -1 : 1))
        .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri })),
    ],
    { title: stepTitle(2), placeHolder: vscode.l10n.t('It takes {0}', template.takes) },
  );
  if (picked === undefined) return undefined;
  if (picked.choose === 'example') return { kind: 'example' };
  if (picked.uri !== undefined) return { kind: 'there', uri: picked.uri };
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: picked.choose === 'file',
    canSelectFolders: picked.choose === 'folder',
    openLabel: vscode.l10n.t('Use as Data'),
  });
  return chosen?.[0] === undefined ? undefined : { kind: 'there', uri: chosen[0] };
}

/** The file's name; one that is there is not overwritten. */
async function askName(folder: vscode.Uri, template: TemplateBrief, data: Data): Promise<vscode.Uri | undefined> {
  const stem = data.kind === 'example' ? template.family : stemOf(data.uri);
  const name = await vscode.window.showInputBox({
    title: stepTitle(3),
    prompt: vscode.l10n.t('File name of the program'),
    value: await freeName(folder, stem),
    validateInput: async (value) => {
      if (!/^[^\\:*?"<>|]+\.model$/u.test(value))
        return vscode.l10n.t('"{0}" is no name of a program: it ends in .model.', value);
      return (await isThere(vscode.Uri.joinPath(folder, value)))
        ? vscode.l10n.t('"{0}" is there already.', value)
        : undefined;
    },
  });
  return name === undefined ? undefined : vscode.Uri.joinPath(folder, name);
}

function stemOf(uri: vscode.Uri): string {
  const name = uri.path.split('/').at(-1) ?? '';
  return name.replace(/\.gz$/u, '').replace(/\.[^.]+$/u, '') || 'model';
}

async function freeName(folder: vscode.Uri, stem: string): Promise<string> {
  for (let count = 1; ; count++) {
    const name = `${stem}${count === 1 ? '' : `-${count}`}.model`;
    if (!(await isThere(vscode.Uri.joinPath(folder, name)))) return name;
  }
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

interface Named {
  readonly data: string;
  readonly folder: boolean;
}

/** Data as the program will name them: relative to it. */
async function nameOf(uri: vscode.Uri, file: vscode.Uri): Promise<Named> {
  const { type } = await vscode.workspace.fs.stat(uri);
  const near = relative(vscode.Uri.joinPath(file, '..').fsPath, uri.fsPath).replaceAll('\\', '/');
  // What lies elsewhere is named by its whole path.
  const data = near.startsWith('../../../') ? uri.fsPath.replaceAll('\\', '/') : near;
  return { data, folder: (type & vscode.FileType.Directory) !== 0 };
}

/** Writes the example data beside the program; files that are there stay as they are. */
async function writeExample(services: Services, template: TemplateBrief, file: vscode.Uri): Promise<Named | undefined> {
  const { path, folder, files } = await services.server.exampleData(template.family);
  for (const each of files) {
    const uri = vscode.Uri.joinPath(file, '..', each.path);
    if (!(await isThere(uri))) await vscode.workspace.fs.writeFile(uri, Buffer.from(each.content, 'base64'));
  }
  return { data: path, folder };
}

async function open(file: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(file, Buffer.from(text));
  await vscode.window.showTextDocument(file, { preview: false });
}

function stepTitle(step: number): string {
  return vscode.l10n.t('New Model ({0} of 3)', step);
}
