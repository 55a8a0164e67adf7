/** The Try it tab in VS Code: a digit drawn by hand is read by the model that was just trained, and by keyboard alone. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { panelStarted, pressTrain } from '../panel.ts';
import { skip } from '../skip.ts';
import { screenshot, textOf, until, webview, workbench } from '../window.ts';
import { isBuilt, open } from '../workspace.ts';

/** Strokes of a seven, in pixels of 28. */
const SEVEN = [
  [8, 7],
  [20, 7],
  [17, 13],
  [13, 22],
] as const;

describe('trying the digits', () => {
  before(async function () {
    this.timeout(600_000);
    for (const bundle of ['server.js', 'trainer.js', 'panel.js'])
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
    await open('digits/digits.model');
    await pressTrain();
    const running = await panelStarted();
    // While it trains there is a checkpoint to try already.
    await until('an epoch', async () => (await running.locator('.epochs tbody tr').count()) >= 1, 300_000);
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('a seven drawn with the mouse is a seven', async function () {
    this.timeout(120_000);
    const panel = await webview();
    await panel.getByRole('tab', { name: 'Try it' }).click();
    const canvas = panel.locator('.draw canvas');
    await canvas.waitFor({ timeout: 60_000 });
    const box = await canvas.boundingBox();
    assert.ok(box);
    const { mouse } = await workbench();
    for (const [i, [x, y]] of SEVEN.entries()) {
      await mouse.move(box.x + (x / 28) * box.width, box.y + (y / 28) * box.height, { steps: 8 });
      if (i === 0) await mouse.down();
    }
    await mouse.up();
    await panel.locator('.verdict b', { hasText: /^7$/ }).waitFor();
    assert.match(await textOf(panel.locator('.model-line').first()), /checkpoint of epoch \d/);
    await screenshot('try');
  });

  it('a one drawn by keyboard is a one', async () => {
    const panel = await webview();
    await panel.locator('.draw').focus();
    const { keyboard } = await workbench();
    await keyboard.press('Delete');
    for (let i = 0; i < 8; i++) await keyboard.press('ArrowUp');
    await keyboard.press('Space');
    for (let i = 0; i < 16; i++) await keyboard.press('ArrowDown');
    await keyboard.press('Space');
    await panel.locator('.verdict b', { hasText: /^1$/ }).waitFor();
  });

  it('shows a row of the data, and what it is', async () => {
    const panel = await webview();
    await panel.getByRole('button', { name: 'Random example' }).click();
    await panel.locator('.truth').waitFor();
    assert.match(await textOf(panel.locator('.truth')), /label is\s*\d\s*the model is (right|wrong)/);
  });

  it('is as it was left when the panel was hidden', async () => {
    const truth = await textOf((await webview()).locator('.truth'));
    const text = await vscode.workspace.openTextDocument({ content: 'in front of the panel' });
    await vscode.window.showTextDocument(text, { viewColumn: vscode.ViewColumn.Two });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const panel = await webview();
    await panel.locator('.truth').waitFor();
    assert.equal(await textOf(panel.locator('.truth')), truth);
  });
});
