/** A run from disk: opened from the tree, drawn, read as text, closed and opened again. Needs no trainer. */
import { strict as assert } from 'node:assert';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventLine, type RunEvent, type RunRecord } from '../../../protocol/index.ts';
import { goodRun, T0 } from '../../webview-ui/events.ts';
import { inkOf, panelIn } from '../panel.ts';
import { skip } from '../skip.ts';
import { screenshot, textOf, until, webview, workbench } from '../window.ts';
import { inWorkspace, isBuilt } from '../workspace.ts';

const id = '0900-quiet-heron';
const folder = () => inWorkspace(`.modelwright/runs/${id}`).fsPath;

const ended: RunEvent = {
  kind: 'ended',
  seq: 100_000,
  time: T0 + 60_000,
  state: 'finished',
  step: 400,
  epoch: 4,
  best: { epoch: 4, step: 400, metric: 'validation.accuracy', value: 0.9841 },
  reason: undefined,
};

const record: RunRecord = {
  version: 1,
  id,
  number: 900,
  title: 'mnist Digits',
  state: 'finished',
  file: '/home/ada/vision/mnist.model',
  declaration: 'Digits',
  model: 'Digits',
  created: T0,
  ended: T0 + 60_000,
  pid: undefined,
  engine: 'ONNX Runtime',
  device: 'cpu',
  threads: 2,
  seed: 0,
  parameters: 693_962,
  steps: 400,
  step: 400,
  best: ended.best,
  metrics: {},
  planHash: 'a',
  dataHash: 'b',
  modelwright: '0.1.0',
  reason: undefined,
};

function writeRun(): void {
  const events = [...goodRun({ steps: 400, epochs: 4, until: 400 }), ended];
  const lines = (steps: boolean) =>
    events
      .filter((event) => (event.kind === 'step') === steps)
      .map((event) => `${eventLine(event).trimEnd()}\n`)
      .join('');
  mkdirSync(folder(), { recursive: true });
  writeFileSync(join(folder(), 'metrics.jsonl'), lines(true));
  writeFileSync(join(folder(), 'events.jsonl'), lines(false));
  writeFileSync(join(folder(), 'run.json'), JSON.stringify(record));
}

describe('a finished run', () => {
  before(function () {
    if (!isBuilt('panel.js')) skip(this, 'the panel is not built');
    writeRun();
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder(), { recursive: true, force: true });
  });

  it('stands in the view "Runs" with its best value, and opens from there', async () => {
    const window = await workbench();
    await vscode.commands.executeCommand('modelwright.runs.focus');
    const row = window.locator('.pane .monaco-list-row', { hasText: '#900 quiet-heron' });
    await row
      .first()
      .waitFor()
      .catch(async (error: unknown) => {
        await screenshot('no-row');
        throw error;
      });
    assert.match(await textOf(row.first()), /98\.41 ?%/);
    await row.first().click();
    const panel = await panelIn('finished');
    await panel.locator('[data-chart="loss"] canvas').waitFor();
    await until('a drawn chart', async () => (await inkOf(panel.locator('[data-chart="loss"] canvas'))) > 2000);
    assert.match(await textOf(panel.locator('.health')), /Finished in [\d.:]+( s)?\. Best validation accuracy/);
    assert.equal(await panel.locator('.epochs tbody tr').count(), 4);
    await screenshot('finished-run');
  });

  it('is drawn again after it was hidden', async () => {
    const panel = await panelIn('finished');
    await panel.locator('select').selectOption('epoch');
    const document = await vscode.workspace.openTextDocument({ content: 'in front' });
    await vscode.window.showTextDocument(document, { viewColumn: tabOfRun().group.viewColumn });
    await until('a hidden panel', () => !tabOfRun().isActive);
    // VS Code takes its page away a moment later; shown again before that, it would not come back but still be there.
    const window = await workbench();
    await until('no page', async () => (await window.locator('iframe.webview').count()) === 0);
    await vscode.commands.executeCommand('modelwright.openRun', { folder: folder() });
    const again = await panelIn('finished');
    await until('a drawn chart', async () => (await inkOf(again.locator('[data-chart="loss"] canvas'))) > 2000);
    assert.equal(await again.locator('select').inputValue(), 'epoch');
  });

  it('can be read as text', async () => {
    await vscode.commands.executeCommand('modelwright.showText', { folder: folder() });
    const text = await until('the text', () =>
      vscode.workspace.textDocuments.find((each) => each.uri.scheme === 'modelwright')?.getText(),
    );
    assert.match(text, /mnist Digits #900 quiet-heron: finished/);
    assert.match(text, /^4 +400 /m);
  });

  it('closes, and opens by the command', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('modelwright.openRun', { folder: folder() });
    const panel = await webview();
    await panel.locator('h1', { hasText: '#900 quiet-heron' }).waitFor();
  });
});

function tabOfRun(): vscode.Tab {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const tab = tabs.find((each) => each.input instanceof vscode.TabInputWebview && each.label.includes('#900'));
  assert.ok(tab, tabs.map((each) => each.label).join());
  return tab;
}
