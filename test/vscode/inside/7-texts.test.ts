/** Texts that open beside a program: the table of its shapes, the Keras program, the page about a problem. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { skip } from '../skip.ts';
import { command, screenshot, textOf, until, workbench } from '../window.ts';
import { errorsOf, inWorkspace, isBuilt, open } from '../workspace.ts';

describe('texts beside a program', () => {
  beforeEach(function () {
    if (!isBuilt('server.js')) skip(this, 'the language server is not built');
  });

  it('shows the shapes in a table that follows what is typed', async () => {
    const editor = await open('points.model');
    await command('Model: Show Shape Summary');
    const text = () => vscode.workspace.textDocuments.find((one) => one.uri.scheme === 'modelwright-shape')?.getText();
    await until('the table', async () => /\[16\]/.test(text() ?? ''));
    await screenshot('shape-summary');
    const at = editor.document.getText().indexOf('Dense(16');
    const start = editor.document.positionAt(at + 'Dense('.length);
    await editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, 2)), '24'));
    await until('the new size', async () => /\[24\]/.test(text() ?? ''));
    await editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, 2)), '16'));
    await editor.document.save();
    assert.match(editor.document.getText(), /Dense\(16/);
  });

  it('shows the model as a Keras program', async () => {
    await open('points.model');
    await command('Model: Show as Keras Program');
    await until('the program', async () =>
      vscode.workspace.textDocuments.some(
        (one) => one.uri.scheme === 'modelwright-keras' && /import keras/.test(one.getText()),
      ),
    );
    await screenshot('keras-program');
  });

  it('tells of each problem once, with the page that it leads to', async () => {
    const window = await workbench();
    const { document } = await open('residual.model');
    const [error] = await until('one error', async () => nonEmpty(errorsOf(document)));
    assert.equal(errorsOf(document).length, 1, 'pushed and asked for, but shown once');
    const code = error?.code;
    assert.ok(typeof code === 'object', 'the code leads to a page');
    assert.equal(code.target.scheme, 'modelwright-problem');
    await vscode.commands.executeCommand('vscode.open', code.target);
    await until('the page, rendered or as text', async () => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      const input = tab?.input;
      return input instanceof vscode.TabInputCustom && input.viewType === 'vscode.markdown.preview.editor';
    });
    const frame = window.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
    await frame.locator('h1', { hasText: 'shape/residual' }).waitFor();
    assert.match(await textOf(frame.locator('body')), /Fixed:/);
    await screenshot('problem-page');
  });

  it('tells above a model what it costs', async () => {
    const { document } = await open('points.model');
    await until('the lens', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        10,
      );
      return lenses.some((lens) => /^64 multiply-adds · .* at batch 20$/.test(lens.command?.title ?? ''));
    });
    await screenshot('cost');
  });

  it('knows the problems of programs that are not open', async () => {
    await open('points.model');
    await until('the error of a closed program', async () =>
      vscode.languages
        .getDiagnostics(inWorkspace('residual.model'))
        .some((one) => one.severity === vscode.DiagnosticSeverity.Error),
    );
  });
});

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
