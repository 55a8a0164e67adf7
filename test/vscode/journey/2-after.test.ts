/** The journey, third part: the trained example is evaluated and tried, seen in every theme, tested, run as a task. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { panelIn } from '../panel.ts';
import { skip } from '../skip.ts';
import { calm, pictureTabs } from '../tabs.ts';
import { screenshot, textOf, until, webview, workbench } from '../window.ts';
import { inWorkspace, isBuilt, open } from '../workspace.ts';
import { latest } from './runs.ts';
import { openWalkthrough, ticked } from './walkthrough.ts';

const FILE = 'digits/digits.model';
const THEMES = { dark: 'Dark Modern', light: 'Light Modern', hc: 'Default High Contrast' } as const;

/** A seven, in pixels of 28. */
const SEVEN = [
  [8, 7],
  [20, 7],
  [17, 13],
  [13, 22],
] as const;

describe('the journey 3: what comes after', () => {
  before(function () {
    for (const bundle of ['server.js', 'trainer.js', 'panel.js'])
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
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
    await calm(panel);
    await screenshot('journey-22-evaluate');
  });

  it('reads a digit drawn by mouse, and one drawn by keyboard', async function () {
    this.timeout(120_000);
    const panel = await webview();
    await panel.getByRole('tab', { name: 'Try it' }).click();
    const canvas = panel.locator('.draw canvas');
    await canvas.waitFor({ timeout: 60_000 });
    await calm(panel);
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
      await pictureTabs(panel, name);
    }
    await window.setViewportSize({ width: 568, height: 900 });
    await pictureTabs(panel, 'narrow');
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

  it('the walkthrough: what was trained and compared is ticked off, and trying by its button', async function () {
    this.timeout(120_000);
    const window = await workbench();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await openWalkthrough();
    await ticked('Train');
    await ticked('Compare two runs');
    const step = window.locator('.getting-started-step', { hasText: 'Try your own digit' }).first();
    await step.click();
    await step.getByRole('button', { name: 'Try It' }).click();
    const panel = await panelIn('finished');
    await panel.locator('#tab-try[aria-selected=true]').waitFor();
    await panel.locator('.draw canvas').waitFor({ timeout: 60_000 });
    await calm(panel);
    await openWalkthrough();
    await ticked('Try your own digit');
    await screenshot('journey-03-walkthrough-done');
  });

  it('a task of tasks.json runs in a terminal: plain lines, an exit code, its problems', async function () {
    this.timeout(180_000);
    const window = await workbench();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const tasks = [
      { type: 'modelwright', task: 'check', file: 'residual.model', label: 'check the residual' },
      { type: 'modelwright', task: 'train', file: 'short.model', label: 'train the points' },
    ];
    await vscode.workspace.fs.createDirectory(inWorkspace('.vscode'));
    const text = JSON.stringify({ version: '2.0.0', tasks });
    await vscode.workspace.fs.writeFile(inWorkspace('.vscode/tasks.json'), Buffer.from(text));
    assert.equal(await runTask('check the residual'), 1);
    const lines = window.locator('.terminal-wrapper.active .xterm-rows');
    await until('how many errors', async () => /1 file: 1 error, 0 warnings/.test(await textOf(lines)));
    await until('its problem, read by the matcher', () =>
      vscode.languages.getDiagnostics(inWorkspace('residual.model')).some(({ source }) => source === 'modelwright'),
    );
    await screenshot('journey-26-check');
    assert.equal(await runTask('train the points'), 0);
    await until('its end', async () => /finished at step \d+/.test(await textOf(lines)));
    await screenshot('journey-26-train');
    await vscode.workspace.fs.delete(inWorkspace('.vscode/tasks.json'));
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });
});

/** Runs a task of `tasks.json` and gives its exit code. */
async function runTask(label: string): Promise<number | undefined> {
  const task = await until(`the task ${label}`, async () =>
    (await vscode.tasks.fetchTasks()).find(({ name }) => name === label),
  );
  const ended = new Promise<number | undefined>((done) => {
    const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== label) return;
      listener.dispose();
      done(exitCode);
    });
  });
  await vscode.tasks.executeTask(task);
  return ended;
}
