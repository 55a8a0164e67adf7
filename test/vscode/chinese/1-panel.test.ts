/** A run for a reader of Simplified Chinese: the example is trained shortly and evaluated, and every tab is read. */
import { strict as assert } from 'node:assert';
import type { FrameLocator } from 'playwright-core';
import * as vscode from 'vscode';
import { panelIn, panelStarted } from '../panel.ts';
import { skip } from '../skip.ts';
import { calm, showTab, TABS, type TabName } from '../tabs.ts';
import { screenshot, textOf, until, workbench } from '../window.ts';
import { inWorkspace, isBuilt, open, useTheme } from '../workspace.ts';

const FILE = 'digits/digits.model';

/** Words that each tab must have, as the design fixed them. */
const WORDS: Readonly<Record<TabName, readonly string[]>> = {
  metrics: ['损失', '准确率', '学习率', '轮'],
  layers: ['梯度', '权重', '激活'],
  evaluate: ['混淆矩阵', '精确率', '召回率'],
  try: ['清除', '橡皮'],
  graph: ['参数'],
  compare: ['最佳', '已完成', '有什么变化'],
  log: ['轮', '步'],
};

/** Three words of English in a row, which no name or number has. */
const ENGLISH = /\b[a-z]{2,}(?: [a-z]{2,}){2,}\b/i;

describe('a run in Simplified Chinese', () => {
  before(function () {
    if (vscode.env.language !== 'zh-cn') skip(this, `VS Code speaks ${vscode.env.language}: no language pack`);
    for (const bundle of ['server.js', 'trainer.js', 'panel.js'])
      if (!isBuilt(bundle)) skip(this, `${bundle} is not built`);
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is trained to its end, and says how good it is', async function () {
    this.timeout(300_000);
    await useTheme('dark');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    const uri = inWorkspace(FILE);
    const text = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text.replace('epochs: 5', 'epochs: 2')));
    await open(FILE);
    await vscode.commands.executeCommand('modelwright.train', { uri: uri.toString() });
    await panelStarted();
    await screenshot('chinese-running');
    const panel = await panelIn('finished', 240_000);
    assert.match(
      await textOf(panel.locator('.health')),
      /^已完成，用时 .*。 ?验证集准确率最佳：9\d\.\d+%（第 \d 轮）。/,
    );
    // A second run, so that there is something to compare.
    await open(FILE);
    await vscode.commands.executeCommand('modelwright.train', { uri: uri.toString() });
    await panelIn('finished', 240_000);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('is evaluated', async function () {
    this.timeout(180_000);
    const panel = await panelIn('finished');
    await panel.locator('#tab-evaluate').click();
    await panel.getByRole('button', { name: '评估', exact: true }).click();
    await panel.locator('.matrix').waitFor({ timeout: 120_000 });
  });

  for (const tab of TABS) {
    it(`${tab}: its words are Chinese, and no sentence is English`, async function () {
      this.timeout(180_000);
      const panel = await panelIn('finished');
      if (tab === 'try') await draw(panel);
      await showTab(panel, tab);
      await (await workbench()).mouse.move(0, 0);
      await screenshot(`chinese-tab-${tab}`);
      const texts = await textsIn(panel);
      const all = texts.join('\n');
      for (const word of WORDS[tab]) assert.ok(all.includes(word), `${word} in ${all}`);
      assert.deepEqual(
        texts.filter((one) => ENGLISH.test(one)),
        [],
      );
    });
  }

  it('stands in the tree, in its hover and in the lens', async () => {
    const window = await workbench();
    await open(FILE);
    await vscode.commands.executeCommand('modelwright.runs.focus');
    const row = window.locator('.pane .monaco-list-row', { hasText: /^#2\s/ }).first();
    const hover = window.locator('.monaco-hover:visible', { hasText: /#1/ }).first();
    await until('the hover', async () => {
      await window.mouse.move(0, 0);
      await row.hover();
      return hover.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
    });
    assert.doesNotMatch(await textOf(hover), ENGLISH);
    assert.match(await textOf(hover), /[\u4e00-\u9fff]/);
    const lens = window.locator('.codelens-decoration', { hasText: '#' }).first();
    assert.doesNotMatch(await textOf(lens), ENGLISH);
    await screenshot('chinese-tree');
  });
});

/** A one, by keyboard. */
async function draw(panel: FrameLocator): Promise<void> {
  await panel.locator('#tab-try').click();
  await panel.locator('.draw canvas').waitFor({ timeout: 60_000 });
  await calm(panel);
  await panel.locator('.draw').focus();
  const { keyboard } = await workbench();
  for (let i = 0; i < 8; i++) await keyboard.press('ArrowUp');
  await keyboard.press('Space');
  for (let i = 0; i < 16; i++) await keyboard.press('ArrowDown');
  await keyboard.press('Space');
}

/** What is read in the page: texts that are seen, and names and titles of what has them; none of the program's own text. */
function textsIn(panel: FrameLocator): Promise<string[]> {
  return panel.locator('body').evaluate((body) => {
    const own = 'code, pre, .diff';
    const found: string[] = [];
    for (const element of body.querySelectorAll('*')) {
      if (element.getClientRects().length === 0 || element.closest(own) !== null) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext', 'alt']) {
        const text = element.getAttribute(name);
        if (text !== null) found.push(text);
      }
      const text = [...element.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent ?? '')
        .join(' ')
        .trim();
      if (text !== '') found.push(text);
    }
    return [...new Set(found)];
  });
}
