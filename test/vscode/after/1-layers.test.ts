/** The Layers tab of a real run: the map, the way to the line and back, and what is inside of the trained model. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { inkOf, panelIn, pressTrain } from '../panel.ts';
import { skip } from '../skip.ts';
import { screenshot, textOf, until, webview } from '../window.ts';
import { isBuilt, open } from '../workspace.ts';

describe('the layers of a run', () => {
  before(async function () {
    this.timeout(300_000);
    for (const bundle of ['server.js', 'trainer.js', 'panel.js'])
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
    await open('short.model');
    await pressTrain();
    await panelIn('finished');
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('are drawn over time, and a row leads to its line', async () => {
    const panel = await webview();
    await panel.getByRole('tab', { name: 'Layers' }).click();
    await until('a drawn map', async () => (await inkOf(panel.locator('.heat canvas'))) >= 6);
    assert.match(await textOf(panel.locator('.heat .rows')), /Dense\.0.*:13.*Dense\.1.*:14/s);
    const cells = panel.locator('.cells');
    await cells.click();
    await cells.press('ArrowUp');
    await cells.press('Enter');
    const editor = await until('the program', () => vscode.window.activeTextEditor);
    assert.match(editor.document.fileName, /short\.model$/);
    await until('its line', () => editor.selection.active.line === 12);
  });

  it('follow the cursor of the editor', async () => {
    const panel = await webview();
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const place = new vscode.Position(13, 10);
    editor.selection = new vscode.Selection(place, place);
    await panel.locator('[data-card="layer"] h2', { hasText: 'Dense.1' }).waitFor();
  });

  it('are looked into: distributions, and what counts for a score', async function () {
    this.timeout(120_000);
    const panel = await webview();
    await panel.locator('.histogram').first().waitFor({ timeout: 60_000 });
    assert.ok((await panel.locator('.histogram').count()) >= 5, 'weights, gradients and activations');
    await panel.locator('[data-card="saliency"] .counts tbody tr').first().waitFor({ timeout: 60_000 });
    const rows = await textOf(panel.locator('[data-card="saliency"] .counts tbody'));
    assert.match(rows, /x/);
    assert.match(rows, /y/);
    await screenshot('layers');
  });
});
