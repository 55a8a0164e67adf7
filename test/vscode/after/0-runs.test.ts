/**
 * Runs from disk, by their commands: noted, filtered, compared, duplicated, deleted; one that is damaged and one of a later
 * version stand in the tree with the reason. Needs no trainer.
 */
import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventLine, type RunEvent, type RunRecord } from '../../../protocol/index.ts';
import { goodRun, T0 } from '../../webview-ui/events.ts';
import { skip } from '../skip.ts';
import { screenshot, until, webview, workbench } from '../window.ts';
import { inWorkspace, isBuilt } from '../workspace.ts';

const names = ['0910-quiet-heron', '0911-bright-elm', '0912-amber-fox', '0913-slow-river'] as const;
const folderOf = (name: string) => inWorkspace(`.modelwright/runs/${name}`).fsPath;
const row = (name: string) => ({ folder: folderOf(name) });
const run = (command: string, ...args: unknown[]) => vscode.commands.executeCommand(`modelwright.${command}`, ...args);

function recordOf(name: string, number: number, best: number): RunRecord {
  return {
    version: 1,
    id: name,
    number,
    title: 'compared Digits',
    state: 'finished',
    file: inWorkspace('compared.model').fsPath,
    declaration: 'Digits',
    model: 'Digits',
    created: T0 + number * 1000,
    ended: T0 + number * 1000 + 64_000,
    pid: undefined,
    engine: 'onnx',
    device: 'cpu',
    threads: 2,
    seed: 0,
    parameters: 693_962,
    steps: 400,
    step: 400,
    best: { epoch: 4, step: 400, metric: 'validation.accuracy', value: best },
    metrics: { loss: 0.1, accuracy: 0.98, 'validation.loss': 0.2, 'validation.accuracy': best },
    planHash: name,
    dataHash: 'b',
    modelwright: '0.1.0',
    reason: undefined,
  };
}

function programOf(batch: number): string {
  return `train Digits on Mnist {\n  loss: crossEntropy(digit, label)\n  batch: ${batch}\n}\n`;
}

function planOf(batch: number): string {
  const optimizer = { call: 'optimizer/Adam', settings: { lr: 0.001 } };
  return JSON.stringify({
    version: 1,
    file: '',
    model: { name: 'Digits', args: {} },
    train: { epochs: 4, batch, optimizer },
  });
}

function writeRun(name: string, number: number, batch: number): void {
  const events: RunEvent[] = goodRun({ steps: 400, epochs: 4, until: 400 });
  const lines = (steps: boolean) =>
    events
      .filter((event) => (event.kind === 'step') === steps)
      .map(eventLine)
      .join('');
  mkdirSync(join(folderOf(name), 'source'), { recursive: true });
  writeFileSync(join(folderOf(name), 'source', 'compared.model'), programOf(batch));
  writeFileSync(join(folderOf(name), 'plan.json'), planOf(batch));
  writeFileSync(join(folderOf(name), 'metrics.jsonl'), lines(true));
  writeFileSync(join(folderOf(name), 'events.jsonl'), lines(false));
  writeFileSync(join(folderOf(name), 'run.json'), JSON.stringify(recordOf(name, number, 0.9 + number / 100_000)));
}

const notesOf = (name: string) => JSON.parse(readFileSync(join(folderOf(name), 'notes.json'), 'utf8'));

describe('runs and their commands', () => {
  before(function () {
    if (!isBuilt('panel.js')) skip(this, 'the panel is not built');
    writeRun(names[0], 910, 32);
    writeRun(names[1], 911, 64);
    writeRun(names[2], 912, 64);
    writeFileSync(join(folderOf(names[2]), 'run.json'), '{"version": 1, "id": "0912');
    mkdirSync(folderOf(names[3]), { recursive: true });
    writeFileSync(join(folderOf(names[3]), 'run.json'), JSON.stringify({ version: 7, modelwright: '9.0.0' }));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of names) rmSync(folderOf(name), { recursive: true, force: true });
  });

  it('stand in the tree: best value and time, a star, tags; damaged ones with a sign', async () => {
    const window = await workbench();
    await vscode.commands.executeCommand('modelwright.runs.focus');
    const rowNamed = (text: string) => window.locator('.pane .monaco-list-row', { hasText: text });
    await rowNamed('#911 bright-elm').waitFor();
    await run('starRun', row(names[1]));
    assert.equal(notesOf(names[1]).starred, true);
    await rowNamed('#911 bright-elm').locator('.codicon-star-full').first().waitFor();
    await rowNamed('#911 bright-elm').filter({ hasText: '1:04' }).waitFor();
    await rowNamed('#912 amber-fox').locator('.codicon-warning').first().waitFor();
    await rowNamed(names[3]).filter({ hasText: 'cannot be read' }).waitFor();
    await screenshot('runs-tree');
  });

  it('are compared on a page of their own', async () => {
    await run('compareRuns', row(names[1]), [row(names[0]), row(names[1])]);
    const page = await webview();
    await page.locator('.runs tbody tr').nth(1).waitFor();
    await page.locator('[data-chart="validation.accuracy"] canvas').waitFor();
    const changed = page.locator('.diff .added');
    await changed.waitFor();
    assert.match((await changed.textContent()) ?? '', /batch: 64/);
    assert.match((await page.locator('.setting-changes').textContent()) ?? '', /batch 32 → 64/);
    await screenshot('compare-runs');
    await page.getByRole('button', { name: 'Open the diff editor' }).click();
    await until('the diff editor is open', () =>
      vscode.window.tabGroups.all.some((group) =>
        group.tabs.some((tab) => tab.input instanceof vscode.TabInputTextDiff && tab.label.includes('compared.model')),
      ),
    );
    await run('copyRun', row(names[0]), [row(names[0]), row(names[1])]);
    assert.match(await vscode.env.clipboard.readText(), /\| #911 bright-elm \||\| ★ #911 bright-elm \|/);
  });

  it('become a new program beside the old one', async () => {
    writeFileSync(inWorkspace('compared.model').fsPath, programOf(128));
    await run('duplicateRun', row(names[0]));
    const path = inWorkspace('compared-910.model').fsPath;
    assert.equal(readFileSync(path, 'utf8'), programOf(32));
    await until('it is open', () => vscode.window.activeTextEditor?.document.uri.fsPath === path);
    for (const file of [path, inWorkspace('compared.model').fsPath]) rmSync(file);
  });

  it('that is deleted while it is open says so, and keeps what was read', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await run('openRun', row(names[0]));
    const panel = await webview();
    await panel.locator('[data-chart="loss"] canvas').waitFor();
    rmSync(folderOf(names[0]), { recursive: true });
    await panel.locator('.damage').waitFor();
    assert.match((await panel.locator('.damage').textContent()) ?? '', /not there any more/);
    assert.equal(await panel.locator('[data-chart="loss"] canvas').count(), 1);
    assert.equal(existsSync(folderOf(names[0])), false);
  });
});
