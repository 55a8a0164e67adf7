/** The window is loaded again while a run is alive: nothing is lost, and the panel is back. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { moves, panelIn, pressTrain, stepOf } from '../panel.ts';
import { skip } from '../skip.ts';
import { command, disconnect, openFile, screenshot, until, webview, workbench } from '../window.ts';

const workspace = process.env.MODELWRIGHT_TEST_WORKSPACE ?? '';
const extension = process.env.MODELWRIGHT_TEST_EXTENSION ?? '';

describe('a window loaded again', () => {
  before(function () {
    for (const bundle of ['server.js', 'trainer.js', 'panel.js']) {
      if (!existsSync(join(extension, 'dist', bundle))) skip(this, `${bundle} is not built`);
    }
  });
  after(disconnect);

  it('finds its run again, still training, and draws the panel', async () => {
    const window = await workbench();
    await openFile('points.model');
    await pressTrain();
    const panel = await panelIn('running');
    await moves(panel);
    const before = await stepOf(panel);
    await command('Developer: Reload Window');
    await window.waitForEvent('domcontentloaded');
    await window.locator('.monaco-workbench').waitFor();
    const again = await panelIn('running');
    await until('the steps from before', async () => (await stepOf(again)) > before);
    await moves(again);
    await screenshot('reloaded');
    await (await webview()).getByRole('button', { name: 'Stop' }).click();
    await panelIn('stopped');
    const runs = readdirSync(join(workspace, '.modelwright', 'runs')).filter((name) => /^\d+-/.test(name));
    if (runs.length !== 1) throw new Error(`one run was expected, there are ${runs.join(', ')}`);
  });
});
