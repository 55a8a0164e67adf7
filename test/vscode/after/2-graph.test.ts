/** The graph beside a program: from the lens to its operations, cursor and operation found both ways, and what is typed. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { skip } from '../skip.ts';
import { screenshot, until, webview, workbench } from '../window.ts';
import { isBuilt, open, useTheme } from '../workspace.ts';

describe('the graph', () => {
  before(function () {
    for (const bundle of ['server.js', 'study-worker.js', 'graph-page.js']) {
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
    }
  });

  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('the lens opens it; cursor and operations lead to each other; it follows what is typed', async function () {
    this.timeout(240_000);
    const window = await workbench();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    const { document } = await open('digits/digits.model');
    const lens = window.locator('.codelens-decoration a', { hasText: 'Graph' }).first();
    await lens.waitFor();
    await lens.click();
    const page = await webview();
    const item = (name: string | RegExp) => page.getByRole('treeitem', { name }).first();
    await item(/^Flatten/).waitFor({ timeout: 60_000 });
    for (const name of ['dark', 'light'] as const) {
      await useTheme(name);
      await page.locator(`body.vscode-${name}`).waitFor();
      await screenshot(`graph-${name}`);
    }
    const editor = () => vscode.window.visibleTextEditors.find((each) => each.document === document);

    await item(/^Flatten/).click();
    await until('the line of Flatten in the editor', async () => {
      const shown = editor();
      return shown !== undefined && document.getText(shown.selection) === 'Flatten';
    });

    const dense = document.positionAt(document.getText().indexOf('Dense(classes') + 2);
    const shown = await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
    shown.selection = new vscode.Selection(dense, dense);
    await until('the operation at the cursor', async () => {
      return /^Dense, 10/.test((await page.locator('[aria-selected=true]').first().getAttribute('aria-label')) ?? '');
    });
    await screenshot('graph-cursor');

    const replace = async (from: string, to: string) => {
      const start = document.positionAt(document.getText().indexOf(from));
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(start, start.translate(0, from.length)), to);
      assert.ok(await vscode.workspace.applyEdit(edit));
    };
    await replace('Dense(128, relu)', 'Dense(96, relu)');
    await item(/^Dense, 96/).waitFor();
    await replace('Dense(96, relu)', 'Dens(96, relu)');
    await page.getByText('this is the graph from before them').waitFor();
    await item(/^Dense, 96/).waitFor();
    await screenshot('graph-stale');
    await replace('Dens(96, relu)', 'Dense(128, relu)');
    await item(/^Dense, 128/).waitFor();
    await page.getByText('this is the graph from before them').waitFor({ state: 'detached' });
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
