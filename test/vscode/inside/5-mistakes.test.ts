/** Mistakes that people make, as the window shows them: underlined, told on hover, mended by the lamp. */
import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { type Mistake, mistakes } from '../mistakes.ts';
import { skip } from '../skip.ts';
import { appears, screenshot, textOf, until, workbench } from '../window.ts';
import { codeOf, inWorkspace, isBuilt, open, problemsOf, useTheme } from '../workspace.ts';

describe('mistakes in the editor', () => {
  before(function () {
    if (!isBuilt('server.js')) skip(this, 'the language server is not built');
  });
  after(() => useTheme('dark'));

  mistakes.forEach((mistake, at) => {
    it(`${mistake.name}: said, and mended`, async () => {
      await useTheme(at % 2 === 0 ? 'dark' : 'light');
      const file = `mistake-${at}.model`;
      writeFileSync(inWorkspace(file).fsPath, mistake.program);
      const editor = await open(file);
      const problem = await isSaid(mistake, editor.document);
      await isSeen(mistake, editor, problem, `mistake-${at}`);
      await isMended(mistake, editor.document);
      await editor.document.save();
    });
  });
});

/** The one problem of the document, with its code, place and related places. */
async function isSaid(mistake: Mistake, document: vscode.TextDocument): Promise<vscode.Diagnostic> {
  const [problem, ...others] = await until('the problem', () => nonEmpty(problemsOf(document)));
  assert.ok(problem);
  assert.deepEqual(others.map(codeOf), [], 'one mistake, one message');
  assert.equal(codeOf(problem), mistake.code);
  assert.equal(vscode.DiagnosticSeverity[problem.severity]?.toLowerCase(), mistake.severity);
  assert.ok(problem.message.includes(mistake.says), problem.message);
  assert.ok(document.getText(problem.range).startsWith(mistake.at), document.getText(problem.range));
  const related = (problem.relatedInformation ?? []).map((one) => one.message);
  const { because } = mistake;
  if (because !== undefined) {
    assert.ok(
      related.some((message) => message.includes(because)),
      related.join(' | '),
    );
  }
  return problem;
}

/** The message in the hover of the place, opened by keyboard. */
async function isSeen(
  mistake: Mistake,
  editor: vscode.TextEditor,
  problem: vscode.Diagnostic,
  picture: string,
): Promise<void> {
  const window = await workbench();
  editor.selection = new vscode.Selection(problem.range.start, problem.range.start);
  await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  await window.locator(`.monaco-editor .squiggly-${mistake.severity}`).first().waitFor();
  const marker = window.locator('.monaco-hover:not(.hidden) .marker').first();
  await until('the hover', async () => {
    await vscode.commands.executeCommand('editor.action.showHover');
    return appears(marker);
  });
  const told = await textOf(marker);
  assert.ok(told.includes(mistake.says), told);
  await screenshot(picture);
  await window.keyboard.press('Escape');
}

/** The fix, chosen from the lamp's menu; after it the file has no problem. */
async function isMended(mistake: Mistake, document: vscode.TextDocument): Promise<void> {
  const window = await workbench();
  await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  const fix = window.locator('.action-widget .monaco-list-row', { hasText: mistake.fix }).first();
  await until(`the fix, ${mistake.fix}`, async () => {
    await window.keyboard.press('ControlOrMeta+.');
    return appears(fix);
  });
  await fix.click();
  await until(`the mended text, ${mistake.after}`, () => document.getText().includes(mistake.after));
  await until('no problem', () => problemsOf(document).length === 0);
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
