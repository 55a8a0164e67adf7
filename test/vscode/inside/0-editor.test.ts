/** The extension is there, and a `.model` file is a file of its language. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { screenshot, textOf, workbench } from '../window.ts';
import { EXTENSION, open } from '../workspace.ts';

describe('the editor', () => {
  it('opens a .model file in the language "model" and activates the extension', async () => {
    const extension = vscode.extensions.getExtension(EXTENSION);
    assert.ok(extension, `${EXTENSION} is installed`);
    const editor = await open('small.model');
    assert.equal(editor.document.languageId, 'model');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('runs from where it should: the package when the package is tested', () => {
    const extension = vscode.extensions.getExtension(EXTENSION);
    const installed = process.env.MODELWRIGHT_TEST_INSTALLED === '1';
    assert.equal(extension?.extensionPath.includes('extensions'), installed, extension?.extensionPath);
  });

  it('shows the program in the window', async () => {
    const window = await workbench();
    const line = window.locator('.view-line', { hasText: 'Small' }).first();
    await line.waitFor();
    assert.match(await textOf(line), /^model Small/);
    await screenshot('editor');
  });
});
