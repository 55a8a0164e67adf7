/** Training from the editor: the button, the panel, what can be done with a run, and what is left of it. */
import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { inkOf, moves, panelIn, pressTrain } from '../panel.ts';
import { skip } from '../skip.ts';
import { command, screenshot, until, webview, workbench } from '../window.ts';
import { errorsOf, inWorkspace, isBuilt, open, useTheme } from '../workspace.ts';

interface Recorded {
  readonly state: string;
  readonly pid?: number;
  readonly step: number;
}

const runsFolder = () => inWorkspace('.modelwright/runs').fsPath;
const runs = () =>
  existsSync(runsFolder())
    ? readdirSync(runsFolder())
        .filter((name) => /^\d+-/.test(name))
        .sort()
    : [];
const latest = () => join(runsFolder(), runs().at(-1) ?? '');
const record = (): Recorded => JSON.parse(readFileSync(join(latest(), 'run.json'), 'utf8'));

describe('training', () => {
  beforeEach(function () {
    for (const bundle of ['server.js', 'trainer.js', 'panel.js'])
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
  });

  it('refuses a program with errors and shows the first', async () => {
    const window = await workbench();
    await open('broken.model');
    await pressTrain();
    const toast = window.locator('.notification-toast').first();
    await toast.waitFor();
    await screenshot('refused');
    assert.deepEqual(runs(), []);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('trains from the title button and shows a panel that moves', async () => {
    await open('points.model');
    await pressTrain();
    const panel = await panelIn('running');
    await moves(panel);
    await until('a drawn chart', async () => (await inkOf(panel.locator('canvas').first())) > 100);
    await screenshot('panel-light');
    assert.equal(runs().length, 1);
  });

  it('pauses and goes on', async () => {
    const panel = await webview();
    await panel.getByRole('button', { name: 'Pause' }).click();
    await panelIn('paused');
    await panel.getByRole('button', { name: 'Resume' }).click();
    await panelIn('running');
    await moves(panel);
  });

  it('goes on while its panel is closed, and is shown again', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await (await workbench()).locator('iframe.webview').first().waitFor({ state: 'detached' });
    await command('Model: Open Run');
    const rows = (await workbench()).locator('.quick-input-list .monaco-list-row', { hasText: 'points' });
    const frame = (await workbench()).locator('iframe.webview.ready');
    const answer = await until('the run, or a choice of runs', async () => {
      if (await frame.count()) return 'shown';
      return (await rows.first().isVisible()) && 'choice';
    });
    if (answer === 'choice') await rows.first().click();
    const panel = await panelIn('running');
    await moves(panel);
  });

  it('stops with a checkpoint', async () => {
    const panel = await webview();
    await panel.getByRole('button', { name: 'Stop' }).click();
    await panelIn('stopped');
    await screenshot('panel-stopped');
    await until('the run on disk', () => record().state === 'stopped');
    assert.ok(readdirSync(join(latest(), 'checkpoints')).length > 0, 'a checkpoint');
    assert.equal(existsSync(join(latest(), 'lock')), false);
  });

  it('trains a program that a quick fix has mended', async () => {
    const { document } = await open('broken.model');
    const [error] = await until('its error', () => (errorsOf(document).length > 0 ? errorsOf(document) : undefined));
    assert.ok(error);
    const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      error.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = fixes.find((one) => one.isPreferred);
    assert.ok(fix?.edit, `a preferred fix among ${fixes.map((one) => one.title).join(', ')}`);
    await vscode.workspace.applyEdit(fix.edit);
    await until('no error', () => errorsOf(document).length === 0);
    await pressTrain();
    const panel = await panelIn('running');
    await moves(panel);
    await panel.getByRole('button', { name: 'Stop' }).click();
    await panelIn('stopped');
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('runs to its end', async () => {
    await open('short.model');
    await pressTrain();
    const panel = await panelIn('finished');
    assert.ok((await panel.locator('.epochs tbody tr').count()) >= 3, 'three epochs in the table');
    assert.equal(record().state, 'finished');
  });

  it('says when the child was killed, and what is left', async () => {
    await open('points.model');
    await pressTrain();
    const panel = await panelIn('running');
    await moves(panel);
    const { pid } = record();
    assert.ok(pid);
    process.kill(pid, 'SIGKILL');
    await panelIn('interrupted');
    await screenshot('panel-interrupted');
  });

  it('shows its panel in a dark theme', async () => {
    await useTheme('dark');
    const panel = await webview();
    await panel.locator('body.vscode-dark').waitFor();
    await screenshot('panel-dark');
    await useTheme('light');
  });
});
