/** The surfaces around a program: the view of models, lenses, new programs, examples, tasks, the language status. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { skip } from '../skip.ts';
import { command, screenshot, until, workbench } from '../window.ts';
import { EXTENSION, errorsOf, inWorkspace, isBuilt, open } from '../workspace.ts';

const made = ['surfaces.model', 'plants.csv', 'digits'];

describe('surfaces', () => {
  before(function () {
    for (const bundle of ['server.js', 'cli.js', 'trainer.js'])
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    for (const name of made) {
      if (name === 'digits' && !copied) continue;
      await vscode.workspace.fs.delete(inWorkspace(name), { recursive: true }).then(undefined, () => undefined);
    }
  });

  let copied = false;

  const lensesOf = async (uri: vscode.Uri): Promise<string[]> => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 50);
    return lenses.map((lens) => lens.command?.title ?? '');
  };

  it('the view of models: programs with errors, declarations that lead to their lines', async () => {
    const window = await workbench();
    await vscode.commands.executeCommand('workbench.view.extension.modelwright');
    const rows = window.locator('.pane-body .monaco-list-row');
    const row = (text: string) => rows.filter({ hasText: text });
    await row('broken.model').filter({ hasText: '1 ✗' }).first().waitFor();
    await row('points.model').first().waitFor();
    await row('Sides').filter({ hasText: 'parameters' }).first().waitFor();
    await screenshot('models-view');
    await row('Points').filter({ hasText: 'data' }).first().click();
    await until('the line of the data', () => {
      const editor = vscode.window.activeTextEditor;
      const text = editor?.document.lineAt(editor.selection.active.line).text ?? '';
      return text.startsWith('data Points');
    });
  });

  it('lenses with the device; the status behind the language', async () => {
    const { document } = await open('short.model');
    const titles = await until('the lenses', async () => {
      const all = await lensesOf(document.uri);
      return all.some((title) => title.startsWith('Device:')) ? all : undefined;
    });
    assert.ok(titles.includes('Device: automatic'), titles.join(' | '));
    await screenshot('lenses');
  });

  it('New Model: a template, example data, a name; the program has no errors', async () => {
    const window = await workbench();
    await command('Model: New Model…');
    const input = window.locator('.quick-input-widget:visible input').first();
    const pick = async (text: string) => {
      const found = window.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
      await found.waitFor();
      await screenshot(`new-model-${text.split(',')[0]?.toLowerCase().replace(/\W+/g, '-')}`);
      await found.click();
    };
    await pick('Table, dense network');
    await pick('Example data');
    await window.locator('.quick-input-widget:visible', { hasText: 'File name of the program' }).waitFor();
    await input.fill('surfaces.model');
    await window.keyboard.press('Enter');
    const document = await until('the new program', () =>
      vscode.workspace.textDocuments.find((each) => each.uri.path.endsWith('surfaces.model')),
    );
    assert.ok(existsSync(inWorkspace('plants.csv').fsPath), 'its data');
    await until('its lenses', async () => (await lensesOf(document.uri)).length > 0);
    assert.deepEqual(errorsOf(document), []);
    await screenshot('new-model');
  });

  it('an example is copied, a shape in it is broken on purpose, and mended', async () => {
    copied = !existsSync(inWorkspace('digits/digits.model').fsPath);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('modelwright.openExample', 'digits');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.ok(document.uri.path.endsWith('digits/digits.model'));
    await vscode.commands.executeCommand('modelwright.breakShape');
    assert.ok(!document.getText().includes('Flatten'));
    await until('its error', () => errorsOf(document).length === 1);
    await screenshot('broken-on-purpose');
    await vscode.commands.executeCommand('undo');
    assert.ok(document.getText().includes('Flatten'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  const runTask = async (definition: { task: string; file: string; declaration?: string; args?: string[] }) => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'modelwright' });
    const task = tasks.find(({ definition: each }) => each.task === definition.task && each.file === definition.file);
    assert.ok(task, `the task ${JSON.stringify(definition)} among ${tasks.map(({ name }) => name).join(', ')}`);
    const ended = new Promise<number | undefined>((done) => {
      const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== task.name) return;
        listener.dispose();
        done(exitCode);
      });
    });
    await vscode.tasks.executeTask(task);
    return ended;
  };

  it('tasks are offered for every program', async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'modelwright' });
    const names = tasks.map(({ name }) => name);
    assert.ok(names.includes('check broken.model') && names.includes('train short.model Sides'), names.join(', '));
  });

  it('tasks: a check that finds errors ends with 1, a training with 0', async function () {
    this.timeout(120_000);
    assert.equal(await runTask({ task: 'check', file: 'broken.model' }), 1);
    await until('its problem, read by the matcher', () =>
      vscode.languages
        .getDiagnostics(inWorkspace('broken.model'))
        .some(({ source, message }) => source === 'modelwright' && message.length > 0),
    );
    await screenshot('task-check');
    assert.equal(await runTask({ task: 'train', file: 'short.model' }), 0);
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  it('a run of the command line is known: best value in the lens, and that the program was edited since', async () => {
    const extension = vscode.extensions.getExtension(EXTENSION);
    assert.ok(extension);
    const cli = join(extension.extensionPath, 'dist', 'cli.js');
    const cwd = inWorkspace('.').fsPath;
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    await promisify(execFile)(process.execPath, [cli, 'train', 'short.model'], { cwd, env });
    const editor = await open('short.model');
    const { document } = editor;
    const has = (start: string) => async () => (await lensesOf(document.uri)).some((title) => title.startsWith(start));
    await until('the best run', has('best #'));
    assert.equal(await has('edited since')(), false);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# changed\n'));
    await until('the edit', has('edited since #'));
    await screenshot('edited-since');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    assert.ok(readFileSync(document.uri.fsPath, 'utf8').startsWith('##'));
  });

  it('the walkthrough opens with its five steps', async () => {
    const window = await workbench();
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'modelwright.modelwright#start', false);
    const steps = window.locator('.getting-started-step');
    await until('five steps', async () => (await steps.count()) === 5);
    await screenshot('walkthrough');
  });
});
