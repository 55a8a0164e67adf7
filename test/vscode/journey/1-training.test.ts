/** The journey, second part: the example is trained, steered, stopped, trained to its end and compared. */
import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { moves, panelIn } from '../panel.ts';
import { skip } from '../skip.ts';
import { calm } from '../tabs.ts';
import { appears, command, screenshot, textOf, until, webview, workbench } from '../window.ts';
import { isBuilt, open } from '../workspace.ts';
import { latest, readLatest } from './runs.ts';
import { openWalkthrough } from './walkthrough.ts';

const FILE = 'digits/digits.model';

describe('the journey 2: training', () => {
  before(async function () {
    for (const bundle of ['server.js', 'trainer.js', 'panel.js'])
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
    // VS Code ticks steps off from when the walkthrough was seen first.
    await openWalkthrough();
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
  });

  it('F5: the panel opens beside, the focus stays in the editor, the status bar tells of the run', async function () {
    this.timeout(180_000);
    const window = await workbench();
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    const { document } = await open(FILE);
    // Long enough to be steered on a machine that trains the five epochs in seconds.
    await setEpochs(5, 500);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await window.locator('.codelens-decoration a', { hasText: 'Train' }).first().waitFor();
    await window.keyboard.press('F5');
    const panel = await webview();
    await panel.locator('.badge.preparing, .badge.running').first().waitFor();
    await screenshot('journey-12-start');
    assert.equal(vscode.window.activeTextEditor?.document, document, 'the editor keeps the focus');
    await panelIn('running');
    await window.locator('.statusbar-item', { hasText: 'digits' }).first().waitFor();
    await moves(panel);
    await screenshot('journey-13-running');
  });

  it('the file may be edited while it runs', async () => {
    const window = await workbench();
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# changed\n'));
    await window.locator('.codelens-decoration', { hasText: 'edited since #' }).first().waitFor();
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, 1, 0)));
  });

  it('the learning rate is changed from the next step, and the run remembers it', async () => {
    const window = await workbench();
    const panel = await webview();
    await panel.getByRole('button', { name: 'More actions' }).click();
    await panel.getByRole('menuitem', { name: 'Change learning rate…' }).click();
    const box = window.locator('.quick-input-widget:visible', { hasText: 'Learning rate from the next step' });
    await box.waitFor();
    await box.locator('input').first().fill('3e-4');
    await window.keyboard.press('Enter');
    await box.waitFor({ state: 'hidden' });
    await until('the change among the events', () => /"changed"/.test(readLatest('events.jsonl')));
    const plot = panel.locator('[data-chart="loss"] .plot');
    await until('the mark in what is told of the chart', async () =>
      /Marked: rate 3(?:\.00)?e-4 \(step [\d,]+\)/.test((await plot.getAttribute('aria-label')) ?? ''),
    );
    await plot.focus();
    await window.keyboard.press('t');
    await panel.locator('#table-loss th', { hasText: /^[\d,]+ · rate 3(?:\.00)?e-4$/ }).waitFor();
    await window.keyboard.press('t');
    await panel.locator('#table-loss table').waitFor({ state: 'detached' });
    await screenshot('journey-14-rate');
  });

  it('pauses and goes on', async () => {
    const panel = await webview();
    await panel.getByRole('button', { name: 'Pause' }).click();
    await panelIn('paused');
    assert.match(await textOf(panel.locator('.health')), /[Pp]aused/);
    await screenshot('journey-15-paused');
    await panel.getByRole('button', { name: 'Resume' }).click();
    await panelIn('running');
  });

  it('goes on while the panel is closed; the status bar leads back', async () => {
    const window = await workbench();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await window.locator('iframe.webview').first().waitFor({ state: 'detached' });
    await window.locator('.statusbar-item', { hasText: 'digits' }).first().click();
    await moves(await panelIn('running'));
  });

  it('stops with a checkpoint', async () => {
    const panel = await webview();
    await panel.getByRole('button', { name: 'Stop', exact: true }).click();
    await panelIn('stopped');
    assert.ok(readdirSync(join(latest(), 'checkpoints')).length > 0);
    await screenshot('journey-16-stopped');
  });

  it('a second press ends a run that does not answer', async function () {
    this.timeout(120_000);
    if (process.platform === 'win32') skip(this, 'a process cannot be made silent on Windows');
    await open(FILE);
    await command('Model: Train Model');
    const panel = await panelIn('running');
    const { pid } = JSON.parse(readLatest('run.json'));
    process.kill(pid, 'SIGSTOP');
    await panel.getByRole('button', { name: 'Stop', exact: true }).click();
    await panel.getByRole('button', { name: 'Stop now' }).click();
    await panel.locator('.badge.stopped, .badge.interrupted').first().waitFor();
    await screenshot('journey-16-stopped-now');
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('is trained to its end, and says how good it is', async function () {
    this.timeout(600_000);
    await open(FILE);
    await setEpochs(500, 1);
    await command('Model: Train Model');
    const panel = await panelIn('finished', 500_000);
    assert.match(
      await textOf(panel.locator('.health')),
      /Finished in [\d:.]+( s)?\. Best validation accuracy: 9\d\.\d+% at epoch 1\./,
    );
  });

  it('is trained longer, and is the new best', async function () {
    this.timeout(600_000);
    const window = await workbench();
    await open(FILE);
    await setEpochs(1, 3);
    await command('Model: Train Model');
    const panel = await panelIn('finished', 500_000);
    await until('how good it is', async () =>
      /Finished in [\d:.]+( s)?\. Best validation accuracy: 9\d\.\d+% at epoch \d, new best \(\+[\d.]+ points against #3\)\./.test(
        await textOf(panel.locator('.health')),
      ),
    );
    assert.equal(await window.locator('.notification-toast').count(), 0, 'who sees the panel is not told again');
    await calm(panel);
    await window.mouse.move(0, 0);
    await screenshot('journey-19-finished');
  });

  it('the lens tells the best run, the tree its value, a hover what changed', async () => {
    const window = await workbench();
    await window
      .locator('.codelens-decoration', { hasText: /best #4 9\d/ })
      .first()
      .waitFor();
    await vscode.commands.executeCommand('modelwright.runs.focus');
    const row = await runRow(/^#4\s.*9\d\.\d+%/);
    const hover = window.locator('.monaco-hover:visible', { hasText: /Since #3: epochs 1 → 3/ }).first();
    await until('what changed', async () => {
      await window.mouse.move(0, 0);
      await row.hover();
      return appears(hover);
    });
    assert.match(await textOf(hover), /validation\.accuracy: 9\d\.\d+% \(epoch \d\)/);
    await screenshot('journey-20-tree');
  });

  it('two runs are ticked and compared: what changed as an editor of differences, and as Markdown', async () => {
    const window = await workbench();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const box = async (run: RegExp) => (await runRow(run)).locator('.custom-view-tree-node-item-checkbox');
    await (await box(/^#4\s/)).click();
    await (await box(/^#3\s/)).click();
    await command('Model: Compare Runs');
    const page = await webview();
    await page.locator('.runs tbody tr').nth(1).waitFor();
    assert.equal(await page.locator('.runs tbody tr').count(), 2);
    await page.locator('[data-chart] canvas').first().waitFor();
    const changes = page.locator('.setting-changes');
    await changes.waitFor();
    assert.match(await textOf(changes), /epochs 1 → 3/);
    await calm(page);
    await window.mouse.move(0, 0);
    await screenshot('journey-21-compare');
    await vscode.env.clipboard.writeText('');
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    const copied = await until('the table', async () => (await vscode.env.clipboard.readText()) || undefined);
    const rows = copied.split('\n').filter((line) => /^\| (★ )?#[34] /.test(line));
    assert.equal(rows.length, 2, copied);
    await page.getByRole('button', { name: 'Open the diff editor' }).click();
    const diff = window.locator('.monaco-diff-editor');
    await diff.locator('.original .view-line', { hasText: /epochs:\s1$/ }).waitFor();
    await diff.locator('.modified .view-line', { hasText: /epochs:\s3$/ }).waitFor();
    await screenshot('journey-21-diff');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

/** Writes another number of epochs into the shown program. */
async function setEpochs(from: number, to: number): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  const { document } = editor;
  const at = document.getText().indexOf(`epochs: ${from}\n`);
  assert.ok(at >= 0, `epochs: ${from}`);
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + `epochs: ${from}`.length));
  await editor.edit((edit) => edit.replace(range, `epochs: ${to}`));
  await document.save();
}

async function runRow(text: RegExp) {
  const row = (await workbench()).locator('.pane .monaco-list-row', { hasText: text }).first();
  await row.waitFor();
  return row;
}
