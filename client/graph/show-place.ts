/** From a node or a box to its line, and from a page to a picture in a file. */
import * as vscode from 'vscode';
import type { GraphAsk, ProgramGraph } from '../../protocol/index.ts';

type Reveal = Extract<GraphAsk, { kind: 'reveal' }>;
type Save = Extract<GraphAsk, { kind: 'save' }>;

/** The place that is meant, in its source. */
export function placeOf(
  graph: ProgramGraph | undefined,
  { of, index }: Reveal,
): ProgramGraph['nodes'][number]['place'] | undefined {
  return of === 'node' ? graph?.nodes[index]?.place : graph?.groups[index]?.place;
}

/** Selects it where the document is open, else opens it; the graph keeps the focus, so that its keys go on. */
export async function showSpan(
  document: vscode.TextDocument,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<void> {
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  await vscode.window.showTextDocument(document, {
    viewColumn: open?.viewColumn ?? vscode.ViewColumn.One,
    preserveFocus: true,
    selection: new vscode.Range(document.positionAt(start), document.positionAt(end)),
  });
}

/** Asks where to, and writes. */
export async function savePicture({ format, data }: Save, name: string, beside: vscode.Uri): Promise<void> {
  const file = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(beside, '..', `${name}.${format}`),
    filters: format === 'svg' ? { SVG: ['svg'] } : { PNG: ['png'] },
  });
  if (file === undefined) return;
  await vscode.workspace.fs.writeFile(file, Buffer.from(data, format === 'svg' ? 'utf8' : 'base64'));
}

/** Numbers as VS Code's language writes them. */
export const sceneTexts = {
  count: (value: number): string => new Intl.NumberFormat(vscode.env.language).format(value),
};
