/** "Look at Data": from the lens over a data declaration to its rows, another part, and the line behind a step. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { inkOf } from '../panel.ts';
import { skip } from '../skip.ts';
import { screenshot, textOf, until, webview, workbench } from '../window.ts';
import { isBuilt, open, useTheme } from '../workspace.ts';

describe('looking at data', () => {
  before(function () {
    for (const bundle of ['server.js', 'trainer.js', 'data-page.js']) {
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
    }
  });

  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('the lens opens the rows; parts and steps lead on', async function () {
    this.timeout(240_000);
    const window = await workbench();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    const { document } = await open('digits/digits.model');
    const lens = window.locator('.codelens-decoration a', { hasText: 'Look at data' }).first();
    await lens.waitFor();
    await lens.click();
    const page = await webview();
    await page.locator('canvas').first().waitFor({ timeout: 60_000 });
    await until('a drawn digit', async () => (await inkOf(page.locator('canvas').first())) > 100);
    assert.match(await textOf(page.locator('header p')), /^Rows 1 to 20 of /);
    assert.equal(await page.locator('tbody tr').first().locator('canvas').count(), 2);
    for (const name of ['dark', 'light'] as const) {
      await useTheme(name);
      await page.locator(`body.vscode-${name}`).waitFor();
      await screenshot(`data-${name}`);
    }
    await page.getByRole('button', { name: /^Validation/ }).click();
    await page.getByRole('button', { name: /^Validation/, pressed: true }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Every step' }).click();
    await page.locator('th.stage button', { hasText: 'scale' }).first().click();
    await until('the step in the editor', () => {
      const editor = vscode.window.visibleTextEditors.find((each) => each.document.uri.path === document.uri.path);
      return Promise.resolve(editor !== undefined && document.getText(editor.selection).includes('scale'));
    });
    await screenshot('data-step');
  });
});
