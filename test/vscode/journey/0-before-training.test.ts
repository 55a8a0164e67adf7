/** The journey, first part: from a folder that is opened to a program that is ready to train. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { skip } from '../skip.ts';
import { appears, screenshot, textOf, until, webview, workbench } from '../window.ts';
import { codeOf, errorsOf, inWorkspace, isBuilt, open } from '../workspace.ts';
import { openWalkthrough, ticked } from './walkthrough.ts';

const FILE = 'digits/digits.model';

describe('the journey 1: before training', () => {
  before(function () {
    for (const bundle of ['server.js', 'trainer.js', 'panel.js'])
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('a folder is opened: nothing pops up, there is an icon of the view and one of the file', async () => {
    const window = await workbench();
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.view.explorer');
    await vscode.commands.executeCommand('revealInExplorer', inWorkspace(FILE));
    const file = window.locator('.explorer-folders-view .monaco-icon-label.model-lang-file-icon', {
      hasText: 'digits.model',
    });
    await file.first().waitFor();
    const icon = window.locator('.activitybar .action-item', { has: window.locator('[aria-label^="Model"]') });
    assert.equal(await icon.count(), 1, 'one icon in the activity bar');
    assert.equal(await window.locator('.notification-toast').count(), 0);
    await screenshot('journey-01-folder');
  });

  it('the view of a folder without models says what to do', async () => {
    const window = await workbench();
    const files = await vscode.workspace.findFiles('**/*.model', '**/.*/**');
    const away = (uri: vscode.Uri) => uri.with({ path: `${uri.path}-away` });
    for (const uri of files) await vscode.workspace.fs.rename(uri, away(uri));
    try {
      await vscode.commands.executeCommand('workbench.view.extension.modelwright');
      const welcome = window.locator('.welcome-view-content', { hasText: 'No models here yet' });
      await welcome.waitFor();
      await welcome.getByText('New Model…').waitFor();
      await welcome.getByText('Open an example: digits, 3 minutes').waitFor();
      await welcome.getByText('Learn the language').waitFor();
      await screenshot('journey-02-empty');
    } finally {
      for (const uri of files) await vscode.workspace.fs.rename(away(uri), uri);
    }
    await window.locator('.pane-body .monaco-list-row', { hasText: 'DigitReader' }).first().waitFor();
  });

  it('the walkthrough opens the example and breaks a shape: both steps tick off', async () => {
    const window = await workbench();
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await openWalkthrough();
    const example = window.locator('.getting-started-step', { hasText: 'Open the example' }).first();
    await example.click();
    await example.getByRole('button', { name: 'Open the Example' }).click();
    await until('the example', () => vscode.window.activeTextEditor?.document.uri.path.endsWith(FILE));
    await openWalkthrough();
    await ticked('Open the example');
    const shape = window.locator('.getting-started-step', { hasText: 'Break a shape and fix it' }).first();
    await shape.click();
    await shape.getByRole('button', { name: 'Break a Shape' }).click();
    const document = await until('the example', () => {
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.uri.path.endsWith(FILE) && shown.isDirty ? shown : undefined;
    });
    assert.ok(!document.getText().includes('Flatten'));
    await openWalkthrough();
    await ticked('Break a shape and fix it');
    await screenshot('journey-03-walkthrough');
  });

  it('an error: one red wave, and the message says what it needs, got, and where it came from', async () => {
    const window = await workbench();
    const { document } = await shown();
    const [error, ...others] = await until('the error', () => errorsOf(document).length > 0 && errorsOf(document));
    assert.ok(error);
    assert.equal(others.length, 0, 'nothing follows from it');
    assert.equal(codeOf(error), 'shape/missing-flatten');
    assert.match(document.getText(error.range), /^Dense/);
    assert.match(error.message, /13.*13.*32/s);
    await window.locator('.monaco-editor .squiggly-error').first().waitFor();
    await screenshot('journey-06-error');
  });

  it('training is refused at the error, and the light bulb mends it', async () => {
    const window = await workbench();
    const editor = await shown();
    await window.locator('.editor-actions .action-label[aria-label*="Train Model"]').first().click();
    const toast = window.locator('.notification-toast').first();
    await toast.waitFor();
    assert.match(await textOf(toast), /error/);
    await screenshot('journey-11-refused');
    await vscode.commands.executeCommand('notifications.clearAll');
    const [error] = errorsOf(editor.document);
    assert.ok(error);
    editor.selection = new vscode.Selection(error.range.start, error.range.start);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    const fix = window.locator('.action-widget .monaco-list-row', { hasText: 'Flatten' }).first();
    await until('the fixes', async () => {
      await window.keyboard.press('ControlOrMeta+.');
      return appears(fix);
    });
    await screenshot('journey-07-fix');
    await fix.click();
    await until('no error', () => errorsOf(editor.document).length === 0);
    assert.ok(/->\s*Flatten\s*->/.test(editor.document.getText()));
    // Training had saved the broken text.
    await editor.document.save();
  });

  it('the file shows its lens, its shapes and the total', async () => {
    const window = await workbench();
    const { document } = await open(FILE);
    assert.deepEqual(errorsOf(document), []);
    const lens = (name: string | RegExp) => window.locator('.codelens-decoration', { hasText: name }).first();
    for (const name of ['Train', 'Graph', 'Device:']) await lens(name).waitFor();
    const lines = window.locator('.view-lines').first();
    await until('the shape behind the layers', async () => /: \[128\]/.test(await textOf(lines)));
    await lens('693,962 parameters').waitFor();
    await screenshot('journey-04-lens');
  });

  it('what is typed is completed, and its shape appears', async () => {
    const window = await workbench();
    const editor = await shown();
    const row = editor.document
      .getText()
      .split('\n')
      .findIndex((line) => line.includes('Dense(128, relu)'));
    const end = editor.document.lineAt(row).range.end;
    editor.selection = new vscode.Selection(end, end);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await window.keyboard.type(' -> Dens');
    const suggestion = window.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'Dense' }).first();
    await suggestion.waitFor();
    await screenshot('journey-05-completion');
    await window.keyboard.press('Enter');
    await until('a layer', () => /-> Dense\(/.test(editor.document.lineAt(row).text.slice(end.character)));
    await window.keyboard.type('32');
    const line = window.locator('.view-line', { hasText: 'Conv2D(32' }).first();
    await until('its shape', async () => /: \[32\]/.test(await textOf(line)));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('a hover says how many weights, and why', async () => {
    const window = await workbench();
    await open(FILE);
    const name = window
      .locator('.view-line', { hasText: 'Dense(128' })
      .locator('span', { hasText: /^Dense/ })
      .last();
    const hover = window.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: '692,352' }).first();
    await until('the hover', async () => {
      await window.mouse.move(0, 0);
      await name.hover();
      return appears(hover);
    });
    assert.match(await textOf(hover), /692,352 parameters \(5408×128 \+ 128, 2\.6 MiB\)/);
    await screenshot('journey-08-hover');
    await window.keyboard.press('Escape');
  });

  it('the graph stands beside it and leads to the line', async function () {
    this.timeout(120_000);
    const window = await workbench();
    const { document } = await shown();
    await window.locator('.codelens-decoration a', { hasText: 'Graph' }).first().click();
    const item = (await webview()).getByRole('treeitem', { name: /^MaxPool2D/ }).first();
    await item.waitFor({ timeout: 60_000 });
    await item.click();
    await until('the line', () => {
      const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
      return editor !== undefined && document.getText(editor.selection).startsWith('MaxPool2D');
    });
    await screenshot('journey-09-graph');
  });

  it('the lens leads to the choice of a device', async function () {
    this.timeout(240_000);
    const window = await workbench();
    await open(FILE);
    await window.locator('.codelens-decoration a', { hasText: 'Device:' }).first().click();
    const rows = window.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'Automatic' }).first().waitFor({ timeout: 120_000 });
    await rows.filter({ hasText: 'ONNX Runtime' }).first().waitFor();
    await rows.filter({ hasText: 'Check the setup' }).first().waitFor();
    await screenshot('journey-10-device');
    await rows.filter({ hasText: 'Automatic' }).first().click();
    await window.locator('.codelens-decoration a', { hasText: 'Device: automatic' }).first().waitFor();
  });
});

/** The example in the editor, and nothing else. */
async function shown(): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(inWorkspace(FILE));
  return vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.One });
}
