/** The graph beside a program is there again when the window was loaded again, with the boxes open that were open. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { skip } from '../skip.ts';
import { command, disconnect, openFile, screenshot, webview, workbench } from '../window.ts';

const extension = process.env.MODELWRIGHT_TEST_EXTENSION ?? '';
const program = join(process.env.MODELWRIGHT_TEST_WORKSPACE ?? '', 'nested.model');
const text = `block Layer {
  input x: [n]
  output x -> residual { Dense(n, relu) }
}

model Nested {
  input x: float32[8]
  output y = x -> Layer -> Layer
}
`;

describe('a window with a graph loaded again', () => {
  before(function () {
    for (const bundle of ['server.js', 'study-worker.js', 'graph-page.js']) {
      if (!existsSync(join(extension, 'dist', bundle))) skip(this, `${bundle} is not built`);
    }
  });
  after(() => {
    rmSync(program, { force: true });
    return disconnect();
  });

  it('shows the graph of the same program', async () => {
    const window = await workbench();
    await command('View: Close All Editors');
    writeFileSync(program, text);
    await openFile('nested.model');
    await command('Model: Show Graph');
    const box = async () => (await webview()).locator('[role=treeitem][aria-expanded]').first();
    await (await box()).waitFor({ timeout: 60_000 });
    const open = await (await box()).getAttribute('aria-expanded');
    await (await box()).focus();
    await window.keyboard.press('Enter');
    const turned = open === 'true' ? 'false' : 'true';
    await (await webview()).locator(`[role=treeitem][aria-expanded=${turned}]`).first().waitFor();
    await command('Developer: Reload Window');
    await window.waitForEvent('domcontentloaded');
    await window.locator('.monaco-workbench').waitFor();
    await (await webview()).locator(`[role=treeitem][aria-expanded=${turned}]`).first().waitFor({ timeout: 60_000 });
    await screenshot('graph-reloaded');
  });
});
