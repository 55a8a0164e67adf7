/** Rows of the view Runs: the best finished run of its program has a ★, a run starred by hand its own icon. VS Code is played. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Runs } from '../../client/run/runs.ts';
import type { RunStateName } from '../../protocol/index.ts';
import type { RunEntry } from '../../runs/index.ts';

vi.mock('vscode', () => {
  class TreeItem {
    label: string;
    constructor(label: string) {
      this.label = label;
    }
  }
  class ThemeIcon {
    id: string;
    constructor(id: string) {
      this.id = id;
    }
  }
  class MarkdownString {
    value = '';
    appendMarkdown(text: string) {
      this.value += text;
    }
    appendText(text: string) {
      this.value += text;
    }
  }
  return {
    l10n: { t: (text: string) => text },
    env: { language: 'en' },
    EventEmitter: class {
      event = () => undefined;
      fire = () => undefined;
    },
    MarkdownString,
    ThemeIcon,
    ThemeColor: ThemeIcon,
    TreeItem,
    TreeItemCheckboxState: { Checked: 1, Unchecked: 0 },
    TreeItemCollapsibleState: { Expanded: 2 },
    commands: { executeCommand: async () => undefined },
    window: { createTreeView: () => ({ onDidChangeCheckboxState: () => undefined }) },
  };
});
const { RunsTree } = await import('../../client/views/runs-tree.ts');

interface Given {
  readonly file?: string;
  readonly value: number;
  readonly metric?: string;
  readonly state?: RunStateName;
  readonly starred?: boolean;
}

function entryOf(
  number: number,
  { file = 'digits', value, metric = 'match', state = 'finished', starred }: Given,
): RunEntry {
  const folder = mkdtempSync(join(tmpdir(), 'mw-tree-'));
  const metrics = [
    { name: 'match', direction: 'max' },
    { name: 'gap', direction: 'min' },
  ];
  writeFileSync(join(folder, 'plan.json'), JSON.stringify({ metrics }));
  const record = {
    id: `00${number}-quiet-heron`,
    number,
    title: file,
    file: `/w/${file}.model`,
    declaration: 'train',
    created: number * 1000,
    ended: number * 1000 + 500,
    best: { epoch: 1, step: 1, metric: `validation.${metric}`, value },
    metrics: {},
    step: 10,
    steps: 10,
    engine: 'onnxruntime',
  };
  const notes = { version: 1, name: '', starred: starred === true, tags: [], notes: '' };
  const entry: unknown = { kind: 'run', folder, run: { folder, record, state, notes } };
  return entry as RunEntry;
}

interface Row {
  readonly number: string;
  readonly marked: boolean;
  readonly icon: string;
  readonly spoken: string;
  readonly tooltip: string;
}

async function rowsOf(...given: Given[]): Promise<readonly Row[]> {
  const entries = given.map((each, index) => entryOf(index + 1, each));
  const runs: unknown = { entries: async () => entries, list: () => [], onDidList: () => undefined };
  const tree = new RunsTree(runs as Runs, { get: () => undefined } as never);
  const top = await tree.getChildren();
  const nodes = (
    await Promise.all(top.map(async (node) => (node.row === 'run' ? [node] : tree.getChildren(node))))
  ).flat();
  const rows = nodes.map(async (node): Promise<Row> => {
    const item = await tree.resolveTreeItem(tree.getTreeItem(node), node);
    return {
      number: String(item.label).split(' ')[0] ?? '',
      marked: String(item.description).startsWith('★ '),
      icon: (item.iconPath as { id: string }).id,
      spoken: item.accessibilityInformation?.label ?? '',
      tooltip: (item.tooltip as { value: string }).value,
    };
  });
  return (await Promise.all(rows)).sort((a, b) => a.number.localeCompare(b.number));
}

const marked = (rows: readonly Row[]) => rows.filter((row) => row.marked).map((row) => row.number);

test('the best finished run of each program, by the direction in its plan', async () => {
  expect(marked(await rowsOf({ value: 0.7 }, { value: 0.9 }, { value: 0.8 }))).toEqual(['#2']);
  expect(marked(await rowsOf({ value: 0.7, metric: 'gap' }, { value: 0.9, metric: 'gap' }))).toEqual(['#1']);
  expect(marked(await rowsOf({ value: 0.7 }, { value: 0.9, state: 'stopped' }, { value: 0.8 }))).toEqual(['#3']);
  expect(marked(await rowsOf({ value: 0.7 }, { value: 0.6 }, { value: 0.2, file: 'prices', metric: 'gap' }))).toEqual([
    '#1',
    '#3',
  ]);
  expect(marked(await rowsOf({ value: 0.7, state: 'failed' }))).toEqual([]);
});

test('starred by hand is another sign', async () => {
  const [best, starred, both] = await rowsOf(
    { value: 0.9 },
    { value: 0.5, starred: true },
    { value: 0.1, file: 'prices', metric: 'gap', starred: true },
  );
  expect([best?.marked, best?.icon, starred?.marked, starred?.icon, both?.marked, both?.icon]).toEqual([
    true,
    'pass',
    false,
    'star-full',
    true,
    'star-full',
  ]);
  expect(best?.tooltip).toContain('★ the best finished run of its program');
  expect(best?.tooltip).not.toContain('starred by hand');
  expect(starred?.tooltip).toContain('starred by hand');
  expect(starred?.tooltip).not.toContain('★');
  expect(best?.spoken).toBe('#1 quiet-heron, finished, best, 0.9 · 0:01');
  expect(starred?.spoken).toContain(', finished, starred, 0.5');
});
