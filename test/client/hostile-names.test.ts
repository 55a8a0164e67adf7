/**
 * Names from run folders and programs of others, in everything that VS Code itself draws: notifications, modal questions, the
 * status bar, tooltips of runs. VS Code is played.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { LiveRun } from '../../client/run/live-run.ts';
import type { Runs } from '../../client/run/runs.ts';
import type { Services } from '../../client/services.ts';
import { type ProblemEvent, UNWATCHED } from '../../protocol/index.ts';
import type { RunSummary } from '../../runs/index.ts';

const said = vi.hoisted(() => ({ messages: [] as unknown[][] }));

vi.mock('vscode', () => {
  const show = async (...words: unknown[]) => void said.messages.push(words);
  class Emitter {
    event = () => ({ dispose: () => undefined });
    fire = () => undefined;
    dispose = () => undefined;
  }
  class MarkdownString {
    value = '';
    isTrusted: unknown;
    supportHtml: unknown;
    appendMarkdown(text: string) {
      this.value += text;
      return this;
    }
    appendText(text: string) {
      // As VS Code does it.
      this.value += text.replace(/[\\`*_{}[\]()#+\-!~]/g, '\\$&').replace(/\n/g, '\n\n');
      return this;
    }
  }
  return {
    l10n: {
      t: (text: string, ...values: unknown[]) => text.replace(/\{(\d)\}/g, (_all, at) => String(values[Number(at)])),
    },
    env: { language: 'en' },
    EventEmitter: Emitter,
    MarkdownString,
    Uri: { file: (path: string) => ({ fsPath: path }) },
    commands: { executeCommand: async () => undefined },
    window: {
      showErrorMessage: show,
      showWarningMessage: show,
      showInformationMessage: show,
      createTreeView: () => ({
        dispose: () => undefined,
        onDidChangeCheckboxState: () => ({ dispose: () => undefined }),
      }),
    },
    workspace: {
      openTextDocument: () => Promise.reject(new Error('no editor')),
      getConfiguration: () => ({ get: (_name: string, otherwise: unknown) => otherwise }),
    },
  };
});

const { askFirst } = await import('../../client/notify.ts');
const { plain } = await import('../../client/plain.ts');
const { offerResume } = await import('../../client/run/resume-offer.ts');
const { statusText } = await import('../../client/run/run-label.ts');
const { tellNews } = await import('../../client/run/run-news.ts');
const { RunsTree } = await import('../../client/views/runs-tree.ts');

/** How VS Code finds links in notifications and hints. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const UNSEEN = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]/u;

const NAMES = {
  command: '[Update now](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%22%7D)',
  address: '[docs](https://example.org "title")',
  'split by what is taken out': '[a]\u202e(command:x) [b]\u0000(command:x) [c]\ud800(command:x)',
  direction: 'gnp.\u202eelif\u2066\u0007\u001b[31m',
  icons: '$(trash) $(loading~spin)',
  'the half of a pair': '\ud83d\udc68\ud800',
  long: 'W'.repeat(10_000),
};
const names = Object.entries(NAMES);

beforeEach(() => {
  said.messages = [];
});

function harmless(): void {
  expect(said.messages.length).toBeGreaterThan(0);
  for (const [message] of said.messages) {
    expect(message).not.toMatch(LINK);
    expect(message).not.toMatch(UNSEEN);
    // VS Code cuts messages at 1,000 characters: what is said stands behind the name.
    expect(String(message).length).toBeLessThan(1000);
  }
}

const settle = () => new Promise((done) => setImmediate(done));
const problem = (message: string): ProblemEvent => ({
  kind: 'problem',
  seq: 3,
  time: 0,
  code: 'train/not-finite',
  severity: 'error',
  message,
  step: 3,
  place: undefined,
});

function played(name: string, state: string, more: object = {}): LiveRun {
  const made: unknown = {
    folder: '/w/runs/0014-quiet-heron',
    record: { title: name, id: `0014-${name}`, number: 14, file: `/w/${name}.model`, model: name },
    run: { step: 9, checkpoints: [], problems: [], columns: { length: 0, values: new Map() }, ended: undefined },
    state,
    silent: false,
    ...more,
  };
  return made as LiveRun;
}

const services = {
  logs: { follow: () => undefined, show: () => undefined },
  panels: { isVisible: () => false, show: () => undefined },
  problems: { add: () => undefined, settle: () => undefined },
} as unknown as Services;

test.each(names)('news of a run: %s', async (_title, name) => {
  const ended = { kind: 'ended', seq: 9, time: 0, step: 9, epoch: 1, reason: name.slice(0, 300) } as const;
  tellNews(services, played(name, 'interrupted'), undefined);
  tellNews(services, played(name, 'running', { silent: true }), undefined);
  tellNews(services, played(name, 'failed'), { ...ended, state: 'failed', best: undefined });
  const best = { metric: name.slice(0, 300), value: 0.5, epoch: 1, step: 9 };
  const run = { ...played(name, 'finished').run, ended: { ...ended, state: 'finished', best } };
  tellNews(services, played(name, 'finished', { run }), { ...ended, state: 'finished', best });
  const broken = { ...played(name, 'failed').run, problems: [problem(`Loss became ${name.slice(0, 300)}.`)] };
  tellNews(services, played(name, 'failed', { run: broken }), { ...ended, state: 'failed', best: undefined });
  await settle();
  expect(said.messages).toHaveLength(5);
  harmless();
});

/** What is offered when the workspace is opened again, for a run of that name. */
async function offered(name: string, state: string): Promise<void> {
  const record = { title: name, id: `0014-${name}`, number: 14, step: 5, reason: UNWATCHED };
  const found = { folder: '/w/runs/0014', record, state, notes: {} };
  const memory = { get: (_key: string, otherwise: unknown) => otherwise, update: async () => undefined };
  await offerResume({
    ...services,
    context: { workspaceState: memory },
    runs: { list: () => [found], open: () => ({ resumable: true, run: { step: 5 } }) },
  } as unknown as Services);
}

test.each(names)('the offer to resume: %s', async (_title, name) => {
  await offered(name, 'interrupted');
  expect(said.messages).toHaveLength(1);
  harmless();
});

test('the offer to resume says where the run is and what is saved', async () => {
  await offered('digits', 'stopped');
  await offered('digits', 'interrupted');
  expect(said.messages).toEqual([
    ['digits #14 digits stopped at step 5 when VS Code closed. A checkpoint is saved.', 'Resume', 'Show'],
    ['digits #14 digits was interrupted at step 5. Its last checkpoint is saved.', 'Resume', 'Show'],
  ]);
});

test.each(names)('a question before anything is deleted: %s', async (_title, name) => {
  const shown = name.slice(0, 200);
  expect(await askFirst(`Delete the run ${shown}?`, shown, 'Delete')).toBe(false);
  harmless();
  expect(said.messages.map(([, options]) => String((options as { detail: string }).detail))[0]).not.toMatch(UNSEEN);
});

test.each(names)('the status bar: %s', (_title, name) => {
  const progress = { step: 5, epoch: 1, left: 30 } as Parameters<typeof statusText>[2];
  for (const state of ['preparing', 'running', 'paused'] as const) {
    const text = statusText(name, state, progress, 3, 10);
    expect(text.replace(/^\$\(.*?\) /, '')).not.toMatch(/\$\(/);
    expect(text).not.toMatch(UNSEEN);
    expect(text.length).toBeLessThan(150);
  }
});

test.each(names)('the tooltip of a run: %s', async (_title, name) => {
  const best = { metric: name, value: 1, epoch: 1, step: 1 };
  const record = {
    title: name,
    id: name,
    number: 14,
    file: name,
    best,
    metrics: { [name]: 1 },
    step: 1,
    steps: 2,
    engine: name,
    created: 0,
    reason: name,
  };
  const notes = { name, tags: [name], notes: name, starred: false };
  const run = { folder: '/w/runs/none', record, state: 'failed', notes } as unknown as RunSummary;
  const before = { ...run, folder: '/w/runs/before', record: { ...record, number: 13, created: -1 } };
  const runs = { list: () => [run, before], onDidList: () => ({ dispose: () => undefined }) } as unknown as Runs;
  const tree = new RunsTree(runs, { get: () => undefined } as never);
  const item = await tree.resolveTreeItem({} as never, { row: 'run', kind: 'run', folder: '/w', run } as never);
  const tooltip = item.tooltip as { value: string; isTrusted: unknown; supportHtml: unknown };
  expect([tooltip.isTrusted, tooltip.supportHtml]).toEqual([undefined, undefined]);
  const unescaped = tooltip.value.replace(/\\./g, '').replace(/\*\*/g, '');
  expect(unescaped).not.toMatch(/[[\]<>`]/);
});

test('what people write themselves stays as it is', () => {
  for (const text of ['模型 №3 (β) [v2]', 'a [b] (c)', 'قطة', '👨‍👩‍👧', 'costs $5']) expect(plain(text)).toBe(text);
});

test('nothing else opens notifications, and Markdown of ours is never trusted', () => {
  const root = join(import.meta.dirname, '..', '..', 'client');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const opening = sources.filter((name) =>
    /show(Error|Warning|Information)Message/.test(readFileSync(join(root, name), 'utf8')),
  );
  expect(opening).toEqual(['notify.ts']);
  expect(sources.filter((name) => /isTrusted = |supportHtml = /.test(readFileSync(join(root, name), 'utf8')))).toEqual(
    [],
  );
});
