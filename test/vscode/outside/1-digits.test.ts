/** The first example as people meet it: opened, trained, watched to its end. Its pictures are those of the documentation. */
import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inkOf, panelIn, pressTrain } from '../panel.ts';
import { skip } from '../skip.ts';
import { command, disconnect, openFile, screenshot, textOf, until, workbench } from '../window.ts';

const extension = process.env.MODELWRIGHT_TEST_EXTENSION ?? '';

describe('the digits example', () => {
  before(function () {
    for (const bundle of ['server.js', 'trainer.js', 'panel.js']) {
      if (!existsSync(join(extension, 'dist', bundle))) skip(this, `${bundle} is not built`);
    }
  });
  after(disconnect);

  it('has no mistake, trains, and is good at its end', async function () {
    this.timeout(900_000);
    const window = await workbench();
    await command('View: Close All Editors');
    await openFile('digits.model');
    await until('shapes in the program', async () => /: \[/.test(await textOf(window.locator('.view-lines').first())));
    assert.equal(await window.locator('.monaco-editor .squiggly-error').count(), 0);
    await command('View: Toggle Primary Side Bar Visibility');
    await pressTrain();
    const running = await panelIn('running');
    await until('two epochs', async () => (await running.locator('.epochs tbody tr').count()) >= 2, 300_000);
    await until('a drawn chart', async () => (await inkOf(running.locator('canvas').first())) > 2000);
    for (const [name, theme] of Object.entries({ dark: 'Dark Modern', light: 'Light Modern' })) {
      await useTheme(theme, name === 'dark');
      await running.locator(`body.vscode-${name}`).waitFor();
      await screenshot(`digits-${name}`);
    }
    const done = await panelIn('finished', 600_000);
    const best = /validation accuracy\s*([\d.]+)/.exec(await textOf(done.locator('main')));
    assert.ok(Number(best?.[1]) > 95, `validation accuracy above 95 %, in the panel: ${best?.[0]}`);
    await screenshot('digits-finished');
  });
});

/** By the palette, as people do: nothing outside the window can change its settings while it is open. */
async function useTheme(theme: string, dark: boolean): Promise<void> {
  const window = await workbench();
  await command('Preferences: Color Theme');
  const rows = window.locator('.quick-input-list .monaco-list-row');
  await rows
    .filter({ hasText: /Light|Dark/ })
    .first()
    .waitFor();
  // The list draws what is in sight only.
  await window.locator('.quick-input-widget:visible input').first().fill(theme);
  const row = rows.filter({ hasText: theme }).first();
  await row.waitFor();
  await row.click();
  await window.locator(dark ? '.monaco-workbench.vs-dark' : '.monaco-workbench.vs').waitFor();
}
