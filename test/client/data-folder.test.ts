/** A missing data file: which folder serves, seen from the one that was chosen. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Services } from '../../client/services.ts';

const played = vi.hoisted(() => ({ answer: '', chosen: '', errors: [] as string[], updated: [] as unknown[][] }));

vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...values: unknown[]) => text.replace(/\{(\d)\}/g, (_all, at) => String(values[Number(at)])),
  },
  ConfigurationTarget: { Global: 1, Workspace: 2 },
  window: {
    showErrorMessage: async (text: string, ...buttons: string[]) => {
      played.errors.push(text);
      return buttons.find((each) => each === played.answer);
    },
    showOpenDialog: async () => (played.chosen === '' ? undefined : [{ fsPath: played.chosen }]),
  },
  workspace: {
    workspaceFolders: [{}],
    getConfiguration: () => ({ update: async (...words: unknown[]) => void played.updated.push(words) }),
  },
}));

const { chooseDataFolder, folderWith } = await import('../../client/commands/data-folder.ts');

const root = mkdtempSync(join(tmpdir(), 'mw-data-'));
mkdirSync(join(root, 'mnist/deep'), { recursive: true });
writeFileSync(join(root, 'mnist/train.gz'), '');

test('the folder itself, or one above it', () => {
  expect(folderWith(root, 'mnist/train.gz')).toBe(root);
  expect(folderWith(join(root, 'mnist'), 'mnist/train.gz')).toBe(root);
  expect(folderWith(join(root, 'mnist/deep'), 'mnist/train.gz')).toBe(root);
  expect(folderWith(root, 'cifar/train.gz')).toBeUndefined();
});

const at = { line: 0, character: 0 };
const problem = {
  uri: 'file:///a.model',
  code: 'data/missing-file',
  message: 'There is no file `mnist/train.gz`: check the name.',
  range: { start: at, end: at },
};

test('what is chosen is remembered for the workspace, and the server starts anew with it', async () => {
  let restarts = 0;
  const restart = async () => {
    restarts += 1;
  };
  const services = { server: { restart } } as unknown as Services;
  expect(await chooseDataFolder(services, problem, problem.message)).toBe(false);
  played.answer = 'Choose the Folder…';
  expect(await chooseDataFolder(services, problem, problem.message)).toBe(false);
  played.chosen = join(root, 'mnist');
  expect(await chooseDataFolder(services, problem, problem.message)).toBe(true);
  expect([played.updated, restarts]).toEqual([[['dataFolder', root, 2]], 1]);
  played.chosen = tmpdir();
  expect(await chooseDataFolder(services, problem, problem.message)).toBe(false);
  expect(played.errors.at(-1)).toBe(`There is no mnist/train.gz in ${tmpdir()}.`);
});
