/** Writing a program by hand: suggestions, settings, sizes, names in two files, and code that is moved. */
import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { skip } from '../skip.ts';
import { appears, screenshot, textOf, until, workbench } from '../window.ts';
import { inWorkspace, isBuilt, open, problemsOf, useTheme } from '../workspace.ts';

const images = `model Images {
  input image: float32[28, 28, 1]
  output y = image -> Conv2D(8, 3, relu)
    -> MaxPool2D(2)
    -> Flatten -> Dense(10, softmax)
}
`;

describe('writing a program', () => {
  before(function () {
    if (!isBuilt('server.js')) skip(this, 'the language server is not built');
  });
  after(() => useTheme('dark'));

  it('suggests what fits first, and writes it', async () => {
    await useTheme('dark');
    const editor = await openText(
      'typed.model',
      `${images.split('\n').slice(0, 2).join('\n')}\n  output y = image \n}\n`,
    );
    const window = await workbench();
    await at(editor, 2, '  output y = image '.length);
    await window.keyboard.type('-> Con', { delay: 30 });
    const rows = window.locator('.suggest-widget.visible .monaco-list-row');
    await rows.first().waitFor();
    await until('Conv2D before the other convolutions', async () => /^Conv2D/.test(await textOf(rows.first())));
    await screenshot('typed-completion');
    await window.keyboard.press('Enter');
    await until('the layer in the text', () => /-> Conv2D\(/.test(editor.document.lineAt(2).text));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('shows the settings of the call at the cursor, the one to come in bold', async () => {
    await useTheme('light');
    const editor = await openText('signature.model', images);
    const window = await workbench();
    await at(editor, 2, editor.document.lineAt(2).text.indexOf('8, 3') + 3);
    await vscode.commands.executeCommand('editor.action.triggerParameterHints');
    const hint = window.locator('.parameter-hints-widget.visible');
    await hint.waitFor();
    assert.match(await textOf(hint.locator('.signature')), /Conv2D\(.*filters.*kernel/);
    assert.match(await textOf(hint.locator('.parameter.active').first()), /kernel/);
    await screenshot('signature');
    await window.keyboard.press('Escape');
  });

  it('tells on hover which sum gave a size', async () => {
    const editor = await openText('sum.model', images);
    const window = await workbench();
    await at(editor, 3, editor.document.lineAt(3).text.indexOf('MaxPool2D') + 2);
    const hover = window.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: 'MaxPool2D' }).first();
    await until('the hover', async () => {
      await vscode.commands.executeCommand('editor.action.showHover');
      return appears(hover);
    });
    assert.match(await textOf(window.locator('.monaco-hover:not(.hidden)').first()), /13 = \(26 − 2\) \/\/ 2 \+ 1/);
    await screenshot('sum');
    await window.keyboard.press('Escape');
  });

  it('writes a size into the text where its hint is double-clicked', async () => {
    await useTheme('dark');
    const editor = await openText('hint.model', images);
    const window = await workbench();
    const line = window.locator('.view-line', { hasText: 'MaxPool2D' });
    await until('the hint', async () => /\[13, 13, 8\]/.test(await textOf(line)));
    await screenshot('hint');
    await line
      .locator('span', { hasText: /\[13,\s*13,\s*8\]/ })
      .last()
      .dblclick();
    await until('the size in the text', () => /MaxPool2D\(2\)\s*: \[13, 13, 8\]$/.test(editor.document.lineAt(3).text));
    await until('no problem', () => problemsOf(editor.document).length === 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('renames a block in the file that has it and in the file that imports it', async () => {
    await useTheme('light');
    const part = 'block Part(units: int) {\n  input x: [n]\n  output x -> Dense(units, relu)\n}\n';
    const use = `import Part from "./part.model"\n\nmodel Uses {\n  input x: float32[4]\n  output y = x -> Part(8) -> Part(2)\n}\n`;
    writeFileSync(inWorkspace('uses.model').fsPath, use);
    const editor = await openText('part.model', part);
    const window = await workbench();
    await at(editor, 0, 'block Pa'.length);
    const box = window.locator('.rename-box input');
    await until('the box for the name', async () => {
      await window.keyboard.press('F2');
      return appears(box);
    });
    await box.fill('Layer');
    await screenshot('rename');
    await window.keyboard.press('Enter');
    await until('the new name here', () => /^block Layer\(/.test(editor.document.getText()));
    const there = await vscode.workspace.openTextDocument(inWorkspace('uses.model'));
    const after = await until('the new name there', () => there.getText().includes('Layer') && there.getText());
    assert.equal(after, use.replaceAll('Part', 'Layer'));
  });

  it('makes a block of the chosen stages', async () => {
    await useTheme('dark');
    const editor = await openText('extract.model', images);
    const window = await workbench();
    const line = editor.document.lineAt(2).text;
    await at(editor, 2, line.indexOf('Conv2D'));
    editor.selection = new vscode.Selection(2, line.indexOf('Conv2D'), 3, editor.document.lineAt(3).text.length);
    // The key for it reloads the page where VS Code is one.
    void vscode.commands.executeCommand('editor.action.refactor');
    const choice = window.locator('.action-widget .monaco-list-row', { hasText: 'Extract into a block' }).first();
    await choice.waitFor();
    await screenshot('refactor');
    await choice.click();
    await until('the block', () => /^block \w+/m.test(editor.document.getText()));
    const end = window.locator('.rename-box input');
    if (await appears(end)) await window.keyboard.press('Escape');
    await until('no problem', () => problemsOf(editor.document).length === 0);
    await screenshot('extracted');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});

/** Writes a file of the workspace and opens it. */
async function openText(name: string, text: string): Promise<vscode.TextEditor> {
  writeFileSync(inWorkspace(name).fsPath, text);
  const editor = await open(name);
  const window = await workbench();
  await window.locator('.monaco-editor .view-line').first().waitFor();
  return editor;
}

/** Puts the cursor there, and waits until the window has followed. */
async function at(editor: vscode.TextEditor, line: number, character: number): Promise<void> {
  editor.selection = new vscode.Selection(line, character, line, character);
  await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  const window = await workbench();
  const place = `Ln ${line + 1}, Col ${character + 1}`;
  await window.locator('.statusbar-item', { hasText: place }).first().waitFor();
}
