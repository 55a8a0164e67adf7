/** The first example as people meet it: opened, trained, watched to its end. Its pictures are those of the documentation. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { inkOf, panelIn, panelStarted, pressTrain } from '../panel.ts';
import { skip } from '../skip.ts';
import { screenshot, textOf, until, workbench } from '../window.ts';
import { errorsOf, isBuilt, open, useTheme } from '../workspace.ts';

describe('the digits example', () => {
  before(function () {
    for (const bundle of ['server.js', 'trainer.js', 'panel.js']) {
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
    }
  });

  it('has no mistake, trains, and is good at its end', async function () {
    this.timeout(900_000);
    const window = await workbench();
    const { document } = await open('digits/digits.model');
    await until('shapes in the program', async () => /: \[/.test(await textOf(window.locator('.view-lines').first())));
    assert.deepEqual(errorsOf(document), []);
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await pressTrain();
    const running = await panelStarted();
    await until('two epochs', async () => (await running.locator('.epochs tbody tr').count()) >= 2, 300_000);
    await until('a drawn chart', async () => (await inkOf(running.locator('canvas').first())) > 2000);
    for (const name of ['dark', 'light'] as const) {
      await useTheme(name);
      await running.locator(`body.vscode-${name}`).waitFor();
      await screenshot(`digits-${name}`);
    }
    const done = await panelIn('finished', 600_000);
    const best = /validation accuracy\s*([\d.]+)/i.exec(await textOf(done.locator('main')));
    assert.ok(Number(best?.[1]) > 95, `validation accuracy above 95 %, in the panel: ${best?.[0]}`);
    await screenshot('digits-finished');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
