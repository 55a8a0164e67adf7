/** The tools for assistants that start something in VS Code: programs of the workspace only, and only in a trusted one. VS Code is played. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { Services } from '../../client/services.ts';

const played = vi.hoisted(() => ({ trusted: true, folders: ['/w'] }));

vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  Uri: { file: (path: string) => ({ path, fsPath: path, toString: () => `file://${path}` }) },
  window: {},
  workspace: {
    get isTrusted() {
      return played.trusted;
    },
    get workspaceFolders() {
      return played.folders.map((fsPath) => ({ uri: { fsPath } }));
    },
    getWorkspaceFolder: ({ fsPath }: { fsPath: string }) =>
      played.folders.some((folder) => fsPath.startsWith(`${folder}/`)) ? {} : undefined,
  },
}));

const { evaluateTool, trainTool } = await import('../../client/assist/start-tools.ts');
const { listRuns, readRun } = await import('../../client/assist/run-tools.ts');

const asked: unknown[] = [];
const services = {
  server: {
    plan: async (request: unknown) => {
      asked.push(request);
      return { kind: 'problems', problems: [] };
    },
  },
  runs: { list: () => [] },
} as unknown as Services;
const token = { onCancellationRequested: () => ({ dispose: () => undefined }) } as never;

beforeEach(() => {
  played.trusted = true;
  played.folders = ['/w', '/other'];
  asked.length = 0;
});

test.each([
  ['../secret.model', 'outside the workspace'],
  ['/etc/passwd', 'is no .model program'],
  ['/x/y.model', 'outside the workspace'],
  ['.', 'is no .model program'],
  ['', 'is no .model program'],
  [3, 'is no .model program'],
  [{}, 'is no .model program'],
])('%j is refused, and nobody is asked for a plan', async (file, why) => {
  for (const tool of [trainTool, evaluateTool]) {
    expect(await tool(services, { file }, token)).toMatchObject({ ok: false, message: expect.stringContaining(why) });
  }
  expect(asked).toEqual([]);
});

test('a program of any folder of the workspace is planned', async () => {
  await trainTool(services, { file: 'a.model', set: '__proto__' }, token);
  await trainTool(services, { file: '/other/b.model' }, token);
  expect(asked).toMatchObject([{ uri: 'file:///w/a.model' }, { uri: 'file:///other/b.model' }]);
});

test('in a workspace that is not trusted nothing is planned', async () => {
  played.trusted = false;
  expect(await trainTool(services, { file: 'a.model' }, token)).toMatchObject({ ok: false });
  expect(asked).toEqual([]);
});

test('runs are named by number or name, whatever is given', () => {
  for (const run of ['../../etc', '/', '', 7, null, {}, 'latest']) {
    expect(readRun(services, { run })).toMatchObject({ ok: false });
  }
  expect(listRuns(services, { file: 3, limit: Number.NaN })).toEqual({ ok: true, value: { total: 0, runs: [] } });
});
