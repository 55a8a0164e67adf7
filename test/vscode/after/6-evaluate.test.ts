/** The Evaluate tab and the Testing view in VS Code: a model that was just trained is measured, its rows are seen, its expectations are tests. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { panelIn } from '../panel.ts';
import { skip } from '../skip.ts';
import { screenshot, textOf, until, webview, workbench } from '../window.ts';
import { inWorkspace, isBuilt, open } from '../workspace.ts';

const program = `data Points {
  source: csv("points.csv")
  point: float32[2] = stack(x, y)
  side: int32 = side
  validation: 25%
}

model Sides {
  input point: float32[2]

  output kind = point -> Dense(16, relu) -> Dense(2, softmax)
}

train Sides on Points {
  loss: crossEntropy(kind, side)
  metrics: accuracy(kind, side)
  optimizer: Adam(0.01)
  epochs: 30
  batch: 20
}

evaluate Sides on Points {
  expect: [accuracy(kind, side) > 60%, accuracy(kind, side) < 1%]
  slices: point[0] > 0
}
`;

describe('evaluating', () => {
  before(async function () {
    this.timeout(300_000);
    for (const bundle of ['server.js', 'trainer.js', 'panel.js'])
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
    await vscode.workspace.fs.writeFile(inWorkspace('evaluated.model'), Buffer.from(program));
    await open('evaluated.model');
    await vscode.commands.executeCommand('modelwright.train', { uri: inWorkspace('evaluated.model').toString() });
    await panelIn('finished', 200_000);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(inWorkspace('evaluated.model'));
  });

  it('from the tab: measured, and the rows of a cell are seen', async function () {
    this.timeout(120_000);
    const panel = await webview();
    await panel.getByRole('tab', { name: 'Evaluate' }).click();
    await panel.getByRole('button', { name: 'Evaluate', exact: true }).click();
    await panel.locator('.matrix').waitFor({ timeout: 60_000 });
    assert.match(
      await textOf(panel.locator('.evaluate-metrics').first()),
      /accuracy\s*[\d.]+ ?%\s*[\d.]+ ?% to [\d.]+ ?%/,
    );
    await panel.locator('[data-cell="0-0"]').click();
    await panel.getByRole('heading', { name: '0 predicted as 0' }).waitFor();
    await panel.locator('.rows-shown table tbody tr').first().waitFor({ timeout: 60_000 });
    assert.equal(await panel.locator('.slices tbody tr').count(), 2);
    await screenshot('evaluate');
  });

  it('an expectation that fails stands at its line', async () => {
    await until('the problem', async () =>
      vscode.languages
        .getDiagnostics(inWorkspace('evaluated.model'))
        .some(
          ({ message, range }) =>
            range.start.line === 22 && /Expected accuracy\(kind, side\) < 1%; it is/.test(message),
        ),
    );
  });

  it('expectations are tests: run all', async function () {
    this.timeout(120_000);
    await open('evaluated.model');
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    const window = await workbench();
    const row = window.locator('.test-explorer .monaco-list-row', { hasText: 'evaluated.model' }).first();
    await row.waitFor();
    // Not awaited: what is seen is what counts.
    void vscode.commands.executeCommand('testing.runAll');
    await row.locator('.codicon-testing-failed-icon').waitFor({ timeout: 90_000 });
    await screenshot('evaluate-tests');
  });
});
