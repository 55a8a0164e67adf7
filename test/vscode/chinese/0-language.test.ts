/** The same window for a reader of Simplified Chinese: problems, fixes, hovers, lenses, commands and the panel's words. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { skip } from '../skip.ts';
import { appears, screenshot, textOf, until, workbench } from '../window.ts';
import { codeOf, isBuilt, open, problemsOf, useTheme } from '../workspace.ts';

const chinese = /[\u4e00-\u9fff]/;
/** Three English words in a row: a sentence that was left behind. */
const english = /\b[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}\b/;

describe('in Simplified Chinese', () => {
  before(function () {
    // A desktop gives the language only with the language pack of its gallery.
    if (vscode.env.language !== 'zh-cn') skip(this, `VS Code speaks ${vscode.env.language}: no language pack`);
    if (!isBuilt('server.js')) skip(this, 'the language server is not built');
  });

  it('says a problem, where its numbers came from, and how it is mended', async () => {
    await useTheme('light');
    const window = await workbench();
    const editor = await open('broken.model');
    const { document } = editor;
    const [problem] = await until('the problem', () => problemsOf(document).length > 0 && problemsOf(document));
    assert.ok(problem);
    assert.equal(codeOf(problem), 'shape/missing-flatten');
    for (const text of [problem.message, ...(problem.relatedInformation ?? []).map((one) => one.message)]) {
      assert.match(text, chinese);
      assert.doesNotMatch(text.replace(/`[^`]*`/g, ''), english);
    }
    editor.selection = new vscode.Selection(problem.range.start, problem.range.start);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await window.locator('.monaco-editor .squiggly-error').first().waitFor();
    const marker = window.locator('.monaco-hover:not(.hidden) .marker').first();
    await until('the hover', async () => {
      await vscode.commands.executeCommand('editor.action.showHover');
      return appears(marker);
    });
    assert.match(await textOf(marker), chinese);
    await screenshot('chinese-problem');
    await window.keyboard.press('Escape');
    const fix = window.locator('.action-widget .monaco-list-row', { hasText: 'Flatten' }).first();
    await until('the quick fix', async () => {
      await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
      await window.keyboard.press('ControlOrMeta+.');
      return appears(fix);
    });
    assert.match(await textOf(fix), chinese);
    await screenshot('chinese-fix');
    await fix.click();
    await until('the mended text', () => /-> Flatten\s*->/.test(document.getText()));
    await until('no problem', () => problemsOf(document).length === 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('has lenses and commands in Chinese', async () => {
    await useTheme('dark');
    const window = await workbench();
    await open('points.model');
    const lens = window.locator('.codelens-decoration a').first();
    await until('a lens', async () => chinese.test(await textOf(lens)));
    await window.keyboard.press('F1');
    const box = window.locator('.quick-input-widget:visible input').first();
    await box.fill('>modelwright');
    const row = window.locator('.quick-input-list .monaco-list-row').first();
    await box.fill('>训练模型');
    await row.waitFor();
    assert.match(await textOf(row), /训练模型/);
    await screenshot('chinese-commands');
    await window.keyboard.press('Escape');
  });
});
