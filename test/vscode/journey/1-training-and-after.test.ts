/** The journey, second part: the example is trained, steered, stopped, trained to its end, compared, evaluated and tried. */
import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import * as vscode from 'vscode';
import { moves, panelIn } from '../panel.ts';
import { skip } from '../skip.ts';
import { command, screenshot, textOf, until, webview, workbench } from '../window.ts';
import { inWorkspace, isBuilt, open } from '../workspace.ts';

const FILE = 'digits/digits.model';
const TABS = ['Metrics', 'Layers', 'Evaluate', 'Try it', 'Graph', 'Compare', 'Log'] as const;
const THEMES = { dark: 'Dark Modern', light: 'Light Modern', hc: 'Default High Contrast' } as const;

/** A seven, in pixels of 28. */
const SEVEN = [
  [8, 7],
  [20, 7],
  [17, 13],
  [13, 22],
] as const;

describe('the journey 2: training and after', () => {
  before(function () {
    for (const bundle of ['server.js', 'trainer.js', 'panel.js'])
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
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
    await until('the change among the events', () => /"changed"/.test(readLatest('events.jsonl')));
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
    await command('Model: Train');
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
    const window = await workbench();
    await open(FILE);
    await setEpochs(500, 5);
    await command('Model: Train');
    const panel = await panelIn('finished', 500_000);
    assert.match(await textOf(panel.locator('.health')), /Finished in .*Best validation accuracy: 9\d/);
    assert.equal(await window.locator('.notification-toast').count(), 0, 'who sees the panel is not told again');
    await screenshot('journey-19-finished');
  });

  it('the lens tells the best run, the tree its value, a hover what changed', async () => {
    const window = await workbench();
    await window
      .locator('.codelens-decoration', { hasText: /best #\d+ 9\d/ })
      .first()
      .waitFor();
    await vscode.commands.executeCommand('modelwright.runs.focus');
    const row = await runRow(/9\d\.\d+ %/);
    await row.hover();
    await window
      .locator('.monaco-hover:visible', { hasText: /accuracy/ })
      .first()
      .waitFor();
    await screenshot('journey-20-tree');
  });

  it('two runs are ticked and compared', async () => {
    const window = await workbench();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const boxes = window
      .locator('.pane .monaco-list-row', { hasText: '#' })
      .locator('.custom-view-tree-node-item-checkbox');
    await boxes.nth(0).click();
    await boxes.nth(2).click();
    await command('Model: Compare');
    const page = await webview();
    await page.locator('.runs tbody tr').nth(1).waitFor();
    assert.equal(await page.locator('.runs tbody tr').count(), 2);
    await page.locator('[data-chart] canvas').first().waitFor();
    await screenshot('journey-21-compare');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is evaluated: a cell of the matrix shows its pictures', async function () {
    this.timeout(180_000);
    await vscode.commands.executeCommand('modelwright.openRun', { folder: latest() });
    const panel = await panelIn('finished');
    await panel.getByRole('tab', { name: 'Evaluate' }).click();
    await panel.getByRole('button', { name: 'Evaluate', exact: true }).click();
    await panel.locator('.matrix').waitFor({ timeout: 90_000 });
    await panel.locator('[data-cell="3-3"]').click();
    await panel.getByRole('heading', { name: '3 predicted as 3' }).waitFor();
    await panel.locator('.rows-shown canvas, .rows-shown img').first().waitFor({ timeout: 60_000 });
    await screenshot('journey-22-evaluate');
  });

  it('reads a digit drawn by mouse, and one drawn by keyboard', async function () {
    this.timeout(120_000);
    const panel = await webview();
    await panel.getByRole('tab', { name: 'Try it' }).click();
    const canvas = panel.locator('.draw canvas');
    await canvas.waitFor({ timeout: 60_000 });
    const box = await canvas.boundingBox();
    assert.ok(box);
    const { mouse, keyboard } = await workbench();
    for (const [i, [x, y]] of SEVEN.entries()) {
      await mouse.move(box.x + (x / 28) * box.width, box.y + (y / 28) * box.height, { steps: 8 });
      if (i === 0) await mouse.down();
    }
    await mouse.up();
    await panel.locator('.verdict b', { hasText: /^7$/ }).waitFor();
    await screenshot('journey-23-try');
    await panel.locator('.draw').focus();
    await keyboard.press('Delete');
    for (let i = 0; i < 8; i++) await keyboard.press('ArrowUp');
    await keyboard.press('Space');
    for (let i = 0; i < 16; i++) await keyboard.press('ArrowDown');
    await keyboard.press('Space');
    await panel.locator('.verdict b', { hasText: /^1$/ }).waitFor();
  });

  it('every tab is seen in each theme, and narrow', async function () {
    this.timeout(240_000);
    const window = await workbench();
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    const configuration = () => vscode.workspace.getConfiguration('workbench');
    const before = configuration().get('colorTheme');
    const panel = await webview();
    for (const [name, theme] of Object.entries(THEMES)) {
      await configuration().update('colorTheme', theme, vscode.ConfigurationTarget.Global);
      const body = { dark: '.vscode-dark', light: '.vscode-light', hc: '.vscode-high-contrast' }[name];
      await panel.locator(`body${body}`).waitFor();
      await eachTab(panel, name);
    }
    await window.setViewportSize({ width: 568, height: 900 });
    await eachTab(panel, 'narrow');
    await window.setViewportSize({ width: 1440, height: 900 });
    await configuration().update('colorTheme', before, vscode.ConfigurationTarget.Global);
  });

  it('the expectation of the file is a test, and passes', async function () {
    this.timeout(120_000);
    const window = await workbench();
    await open(FILE);
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await vscode.commands.executeCommand('testing.refreshTests');
    const row = window.locator('.test-explorer .monaco-list-row', { hasText: 'digits/digits.model' }).first();
    await row.waitFor();
    await vscode.commands.executeCommand('testing.runCurrentFile');
    await row.locator('.codicon-testing-passed-icon').waitFor({ timeout: 90_000 });
    await screenshot('journey-26-tests');
  });

  it('a task of tasks.json is known', async () => {
    const text = JSON.stringify({
      version: '2.0.0',
      tasks: [{ type: 'modelwright', task: 'check', file: FILE, label: 'check the digits' }],
    });
    await vscode.workspace.fs.createDirectory(inWorkspace('.vscode'));
    await vscode.workspace.fs.writeFile(inWorkspace('.vscode/tasks.json'), Buffer.from(text));
    await until('the task', async () =>
      (await vscode.tasks.fetchTasks()).some(({ name }) => name === 'check the digits'),
    );
    await vscode.workspace.fs.delete(inWorkspace('.vscode/tasks.json'));
  });
});

async function eachTab(panel: FrameLocator, name: string): Promise<void> {
  for (const tab of TABS) {
    const button = panel.getByRole('tab', { name: tab });
    await button.click();
    await panel.locator(`[role=tab][aria-selected=true]`, { hasText: tab }).waitFor();
    await panel.locator('[role=tabpanel]:visible').first().waitFor();
    await screenshot(`tab-${tab.toLowerCase().replace(' ', '-')}-${name}`);
  }
}

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

const runsFolder = () => inWorkspace('digits/.modelwright/runs').fsPath;

/** The folder of the newest run. */
function latest(): string {
  const folder = existsSync(runsFolder()) ? runsFolder() : inWorkspace('.modelwright/runs').fsPath;
  const names = readdirSync(folder).filter((name) => /^\d+-/.test(name));
  return join(folder, names.sort().at(-1) ?? '');
}

function readLatest(name: string): string {
  return readFileSync(join(latest(), name), 'utf8');
}

async function runRow(text: RegExp) {
  const row = (await workbench()).locator('.pane .monaco-list-row', { hasText: text }).first();
  await row.waitFor();
  return row;
}
