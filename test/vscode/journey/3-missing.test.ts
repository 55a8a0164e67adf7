/** The journey, fourth part: what training needs is missing. The data: their folder is chosen, or they are fetched. The engine: another is taken. */
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { panelIn } from '../panel.ts';
import { skip } from '../skip.ts';
import { appears, command, screenshot, textOf, until, webview, workbench } from '../window.ts';
import { inWorkspace, isBuilt, open } from '../workspace.ts';

const settings = () => vscode.workspace.getConfiguration('modelwright');

describe('the journey 4: what training needs is missing', () => {
  before(function () {
    for (const bundle of ['server.js', 'trainer.js', 'panel.js'])
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
  });
  beforeEach(() => vscode.commands.executeCommand('notifications.clearAll'));
  after(async () => {
    for (const name of ['dataFolder', 'device'])
      await settings().update(name, undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('the data: the message names the file, a folder is chosen, and training goes on', async function () {
    this.timeout(180_000);
    const window = await workbench();
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    const program = Buffer.from(await vscode.workspace.fs.readFile(inWorkspace('short.model'))).toString('utf8');
    await vscode.workspace.fs.writeFile(
      inWorkspace('elsewhere/moved.model'),
      Buffer.from(program.replace('points.csv', 'moons.csv')),
    );
    await vscode.workspace.fs.copy(inWorkspace('points.csv'), inWorkspace('far/moons.csv'), { overwrite: true });
    await open('elsewhere/moved.model');
    await command('Model: Train Model');
    const toast = window.locator('.notification-toast', { hasText: 'moons.csv' }).first();
    await toast.waitFor();
    await screenshot('journey-11-no-data');
    const box = window.locator('.quick-input-widget:visible', { hasText: 'Folder that holds moons.csv' });
    const input = box.locator('input').first();
    const wanted = `${inWorkspace('far').fsPath}/`;
    const finished = (await webview()).locator('.badge.finished');
    // The dialog writes its own path a moment after it is there: typed again until what was typed stays.
    await until('training with the chosen folder', async () => {
      if (await box.isHidden()) {
        await toast.getByRole('button', { name: 'Choose the Folder…' }).click();
        await box.waitFor();
        await screenshot('journey-11-folder');
      }
      await input.fill(wanted);
      await appears(box.locator('.monaco-list-row', { hasText: 'moons.csv' }));
      if ((await input.inputValue()) !== wanted) return false;
      await window.keyboard.press('Enter');
      return finished.waitFor({ timeout: 20_000 }).then(
        () => true,
        () => false,
      );
    });
    await panelIn('finished');
    assert.equal(settings().get('dataFolder'), inWorkspace('far').fsPath);
  });

  it('the data of an address: what is fetched, and from where, is said before it is', async function () {
    this.timeout(180_000);
    const window = await workbench();
    const rows = Buffer.from(await vscode.workspace.fs.readFile(inWorkspace('points.csv')));
    const server = createServer((_request, answer) => answer.end(rows));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      const sum = createHash('sha256').update(rows).digest('hex');
      const program = Buffer.from(await vscode.workspace.fs.readFile(inWorkspace('short.model'))).toString('utf8');
      const source = `download("http://${host}/points.csv", sha256: "${sum}")`;
      await vscode.workspace.fs.writeFile(
        inWorkspace('fetched.model'),
        Buffer.from(program.replace('"points.csv"', source)),
      );
      await open('fetched.model');
      await command('Model: Train Model');
      const choice = window.locator('.quick-input-widget:visible', { hasText: 'data that are not here yet' });
      const yes = choice.locator('.monaco-list-row', { hasText: `Fetch from ${host}` });
      await yes.waitFor();
      await screenshot('journey-11-fetch');
      await yes.click();
      await panelIn('finished');
    } finally {
      server.close();
    }
  });

  it('the GPU: the message offers a runtime and the CPU, and the CPU trains', async function () {
    this.timeout(180_000);
    const window = await workbench();
    await settings().update('device', 'gpu', vscode.ConfigurationTarget.Workspace);
    await open('short.model');
    await command('Model: Train Model');
    const toast = window.locator('.notification-toast', { hasText: 'No GPU was found' }).first();
    const finished = (await webview()).locator('.badge.finished');
    const first = await until('an end', async () => {
      if (await toast.isVisible()) return 'told';
      return (await finished.isVisible()) && 'trained';
    });
    if (first === 'trained') skip(this, 'this machine has a GPU');
    await screenshot('journey-11-no-gpu');
    const buttons = await toast.getByRole('button').allTextContents();
    assert.ok(
      buttons.some((text) => text.includes('Install a Runtime…')),
      buttons.join(' | '),
    );
    await toast.getByRole('button', { name: /CPU/ }).click();
    const panel = await panelIn('finished');
    assert.match(await textOf(panel.locator('.where.engine')), /CPU/);
    assert.equal(settings().get('device'), 'cpu');
  });
});
