/** In a workspace that is not trusted nothing is started; the user is told, and led to where trust is managed. */
import { beforeEach, expect, test, vi } from 'vitest';

const shown = vi.hoisted(() => ({
  trusted: false,
  answer: undefined as string | undefined,
  warnings: [] as string[],
  commands: [] as string[],
}));

vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  workspace: {
    get isTrusted() {
      return shown.trusted;
    },
  },
  window: {
    showWarningMessage: async (text: string) => {
      shown.warnings.push(text);
      return shown.answer;
    },
  },
  commands: {
    executeCommand: async (name: string) => {
      shown.commands.push(name);
    },
  },
}));

const { mayStart } = await import('../../client/commands/trust.ts');

beforeEach(() => {
  shown.trusted = false;
  shown.answer = undefined;
  shown.warnings = [];
  shown.commands = [];
});

test('a trusted workspace may start runs, and nothing is said', async () => {
  shown.trusted = true;
  expect(await mayStart()).toBe(true);
  expect(shown.warnings).toEqual([]);
});

test('one that is not trusted may not, and says why', async () => {
  expect(await mayStart()).toBe(false);
  expect(shown.warnings[0]).toMatch(/^This workspace is not trusted, so nothing is started/);
  expect(shown.commands).toEqual([]);
});

test('"Manage Trust" leads to the editor of trust, and still nothing starts', async () => {
  shown.answer = 'Manage Trust';
  expect(await mayStart()).toBe(false);
  expect(shown.commands).toEqual(['workbench.trust.manage']);
});
