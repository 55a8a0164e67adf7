/** A program in a terminal of the editor: its lines, its exit code, Ctrl-C once and twice. VS Code is played. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { taskWords } from '../../client/task-words.ts';
import { bundleTrainer } from '../trainer/bundle.ts';

vi.mock('vscode', () => ({
  EventEmitter: class<T> {
    readonly #listeners: ((value: T) => void)[] = [];
    readonly event = (listener: (value: T) => void) => this.#listeners.push(listener);
    fire(value: T) {
      for (const listener of this.#listeners) listener(value);
    }
  },
}));

const { TaskTerminal } = await import('../../client/task-terminal.ts');

function played(script: string) {
  const terminal = new TaskTerminal(async () => ({
    file: process.execPath,
    args: ['-e', script],
    cwd: process.cwd(),
    env: process.env,
  }));
  let written = '';
  const lines: (() => void)[] = [];
  terminal.onDidWrite((text) => {
    written += text;
    for (const go of lines.splice(0)) go();
  });
  const ended = new Promise<number>((done) => {
    terminal.onDidClose(done);
  });
  const said = (text: string) =>
    new Promise<void>((done) => {
      const look = () => (written.includes(text) ? done() : lines.push(look));
      look();
    });
  terminal.open();
  return { terminal, ended, said, text: () => written };
}

test('both streams are shown, line ends as terminals want them, and the exit code is the task’s', async () => {
  const { ended, text } = played('console.log("one\\ntwo"); console.error("three"); process.exitCode = 3');
  expect(await ended).toBe(3);
  expect(text()).toContain('one\r\ntwo\r\n');
  expect(text()).toContain('three\r\n');
});

test('Ctrl-C interrupts, and the program says how it ends', async () => {
  const { terminal, ended, said } = played(
    'process.on("SIGINT", () => process.exit(130)); setInterval(() => {}, 1000); console.log("on")',
  );
  await said('on');
  terminal.handleInput('x');
  terminal.handleInput('\u0003');
  expect(await ended).toBe(130);
});

test('the second one ends a program that does not listen', async () => {
  const { terminal, ended, said } = played(
    'process.on("SIGINT", () => console.log("no")); setInterval(() => {}, 1000); console.log("on")',
  );
  await said('on');
  terminal.handleInput('\u0003');
  await said('no');
  terminal.close();
  expect(await ended).toBe(1);
});

test('what cannot be started is said', async () => {
  const terminal = new TaskTerminal(() => Promise.reject(new Error('no Node here')));
  const heard: string[] = [];
  terminal.onDidWrite((text) => heard.push(text));
  const ended = new Promise((done) => terminal.onDidClose(done));
  terminal.open();
  expect(await ended).toBe(1);
  expect(heard).toEqual(['no Node here\r\n']);
});

test('the command line in it: a check that finds errors ends with 1, in lines that the problem matcher reads', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mw-task-'));
  writeFileSync(join(folder, 'wrong.model'), 'model M {\n  input x: float32[4]\n  output y = x -> Dens(2)\n}\n');
  const words = taskWords({ task: 'check', file: 'wrong.model' });
  const cli = join(dirname(await bundleTrainer()), 'cli.js');
  const terminal = new TaskTerminal(async () => ({
    file: process.execPath,
    args: [cli, ...(words?.args ?? [])],
    cwd: folder,
    env: process.env,
  }));
  let written = '';
  terminal.onDidWrite((text) => {
    written += text;
  });
  const ended = new Promise((done) => terminal.onDidClose(done));
  terminal.open();
  expect(await ended).toBe(1);
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  const pattern = new RegExp(manifest.contributes.problemMatchers[0].pattern.regexp);
  const found = written.split('\r\n').flatMap((line) => (pattern.test(line) ? [line] : []));
  expect(found).toEqual([expect.stringContaining('wrong.model:3:19: error:')]);
});
