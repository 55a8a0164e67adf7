/** What the language server gives, as it is seen in the window. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { skip } from '../skip.ts';
import { appears, command, screenshot, textOf, until, workbench } from '../window.ts';
import { codeOf, errorsOf, isBuilt, open } from '../workspace.ts';

describe('the language in the editor', () => {
  beforeEach(function () {
    if (!isBuilt('server.js')) skip(this, 'the language server is not built');
  });

  it('underlines a missing Flatten at the Dense, and says where the numbers came from', async () => {
    const window = await workbench();
    const { document } = await open('broken.model');
    const [error] = await until('one error', () => nonEmpty(errorsOf(document)));
    assert.equal(codeOf(error), 'shape/missing-flatten');
    assert.match(document.getText(error?.range), /^Dense/);
    assert.equal(
      document
        .lineAt(error?.range.start.line ?? 0)
        .text.trim()
        .startsWith('x = image'),
      true,
    );
    assert.ok((error?.relatedInformation ?? []).length > 0, 'related places');
    await window.locator('.monaco-editor .squiggly-error').first().waitFor();
    await screenshot('missing-flatten');
  });

  it('underlines a wrong residual shape, and says where the numbers came from', async () => {
    const window = await workbench();
    const { document } = await open('residual.model');
    const [error] = await until('one error', () => nonEmpty(errorsOf(document)));
    assert.match(codeOf(error), /^shape\//);
    assert.ok((error?.relatedInformation ?? []).length > 0, 'related places');
    await window.locator('.monaco-editor .squiggly-error').first().waitFor();
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    const rows = window.locator('.markers-panel .monaco-list-row');
    await until('the error with its places', async () => (await rows.count()) >= 3);
    await screenshot('residual');
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  it('explains a layer on hover', async () => {
    const window = await workbench();
    await open('points.model');
    const line = window.locator('.view-line', { hasText: 'Dense(16' });
    const name = line.locator('span', { hasText: /^Dense/ }).last();
    const hover = window.locator('.monaco-hover:not(.hidden) .hover-contents').first();
    // A pointer that comes before the server is ready is answered by nothing: come again.
    await until('the hover', async () => {
      await window.mouse.move(0, 0);
      await name.hover();
      return appears(hover);
    });
    assert.match(await textOf(hover), /Dense/);
    await screenshot('hover');
    await window.keyboard.press('Escape');
  });

  it('shows the shape where it changes', async () => {
    const window = await workbench();
    const { document } = await open('points.model');
    const hints = await until('inlay hints', async () => {
      const all = new vscode.Range(0, 0, document.lineCount, 0);
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        all,
      );
      return nonEmpty(found ?? []);
    });
    assert.ok(
      hints.some((hint) => labelOf(hint).includes('16')),
      hints.map(labelOf).join(' | '),
    );
    const line = window.locator('.view-line', { hasText: 'Dense(16' });
    await until('a hint in the line', async () => /: \[16\]/.test(await textOf(line)));
    await screenshot('inlay-hints');
  });

  it('completes with what fits', async () => {
    const window = await workbench();
    const editor = await open('small.model');
    const at = new vscode.Position(3, editor.document.lineAt(3).text.indexOf('-> Dense(8') + 3);
    editor.selection = new vscode.Selection(at, at);
    await window.locator('.monaco-editor .view-line').first().waitFor();
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    const rows = window.locator('.suggest-widget.visible .monaco-list-row');
    await rows.first().waitFor();
    await until('a layer among them', async () => (await rows.allTextContents()).some((row) => /Dense/.test(row)));
    await screenshot('completion');
    await window.keyboard.press('Escape');
  });

  it('mends a missing Flatten by its quick fix', async () => {
    const window = await workbench();
    const editor = await open('broken.model');
    const { document } = editor;
    const [error] = await until('one error', () => nonEmpty(errorsOf(document)));
    assert.ok(error);
    editor.selection = new vscode.Selection(error.range.start, error.range.start);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    const position = `Ln ${error.range.start.line + 1}, Col ${error.range.start.character + 1}`;
    await window.locator('.statusbar-item', { hasText: position }).first().waitFor();
    await window.locator('[class*="lightbulb"], .lightBulbWidget').first().waitFor();
    await window.keyboard.press('ControlOrMeta+.');
    const fix = window.locator('.action-widget .monaco-list-row', { hasText: 'Flatten' }).first();
    await fix.waitFor();
    await screenshot('quick-fix');
    await fix.click();
    await until('the mended text', () => /MaxPool2D\(2\)\s*->\s*Flatten\s*->\s*Dense/.test(document.getText()));
    await until('no shape error', () => errorsOf(document).every((one) => !codeOf(one).startsWith('shape/')));
    await command('Revert File');
    await until('the file as it was', () => !document.isDirty);
  });

  it('formats', async () => {
    const { document } = await open('small.model');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, document.lineAt(1).range, 'input    x:float32[ 4 ]');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('editor.action.formatDocument');
    await until('the formatted line', () => document.lineAt(1).text === '  input x: float32[4]');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

function labelOf(hint: vscode.InlayHint): string {
  return typeof hint.label === 'string' ? hint.label : hint.label.map((part) => part.value).join('');
}
