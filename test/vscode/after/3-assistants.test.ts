/**
 * Assistants in the editor, through `vscode.lm.invokeTool`: a wrong program is checked, mended by the returned edits alone,
 * trained after the person has agreed in the window, and its result read.
 */
import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { mended, WRONG } from '../../assist/mend.ts';
import { skip } from '../skip.ts';
import { until, workbench } from '../window.ts';
import { inWorkspace, isBuilt } from '../workspace.ts';

async function ask(name: string, input: Record<string, unknown>): Promise<string> {
  const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

describe('assistants', () => {
  before(function () {
    for (const bundle of ['server.js', 'trainer.js']) {
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
    }
  });

  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('offers its tools to language models', () => {
    const names = vscode.lm.tools.map((tool) => tool.name).filter((name) => name.startsWith('modelwright_'));
    assert.equal(names.length, 8);
  });

  it('a wrong program is checked, mended, trained and read', async function () {
    this.timeout(240_000);
    const { text, codes } = await mended(WRONG, async (now) =>
      JSON.parse(await ask('modelwright_check', { text: now, file: 'digits/reader.model' })),
    );
    assert.ok(codes.includes('shape/missing-flatten'), codes.join(', '));
    const file = inWorkspace('digits/reader.model');
    writeFileSync(file.fsPath, text);

    const training = ask('modelwright_train', { file: 'digits/reader.model', wait: 120 });
    const window = await workbench();
    const button = window.locator('.notifications-toasts').getByRole('button', { name: 'Train Model' });
    await button.waitFor();
    await button.click();
    const run = JSON.parse(await training);
    assert.equal(run.state, 'finished', JSON.stringify(run));
    assert.ok(run.metrics['validation.accuracy'] > 0.8);

    const read = JSON.parse(await ask('modelwright_run', { run: String(run.number) }));
    assert.equal(read.run, run.run);
    const evaluated = JSON.parse(await ask('modelwright_evaluate', { file: 'digits/reader.model' }));
    assert.equal(evaluated.expect[0].held, true);
  });

  it('an open buffer wins over the file; a refusal starts nothing', async function () {
    this.timeout(60_000);
    const document = await vscode.workspace.openTextDocument(inWorkspace('digits/reader.model'));
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(document.positionAt(document.getText().indexOf('Dense(')), 'Dens(3) -> '));
    const now = await until('the change is seen', async () => {
      const answer = JSON.parse(await ask('modelwright_check', { file: 'digits/reader.model' }));
      return answer.errors > 0 ? answer : undefined;
    });
    assert.equal(now.problems[0].code, 'name/unknown');
    await vscode.commands.executeCommand('workbench.action.files.revert');

    const refused = ask('modelwright_train', { file: 'digits/reader.model' });
    const window = await workbench();
    const cancel = window.locator('.notifications-toasts').getByRole('button', { name: 'Cancel' });
    await cancel.waitFor();
    await cancel.click();
    assert.match(await refused, /did not agree/);
  });
});
