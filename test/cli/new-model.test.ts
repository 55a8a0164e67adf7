/** `modelwright new`: each family's program is made with example data and trains; what cannot be done is said and writes nothing. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { FAMILIES } from '../../language/index.ts';
import { bundleTrainer } from '../trainer/bundle.ts';

let cli: string;
beforeAll(async () => {
  cli = join(dirname(await bundleTrainer()), 'cli.js');
});

const newFolder = () => mkdtempSync(join(tmpdir(), 'mw-new-'));

function modelwright(folder: string, ...args: string[]) {
  return spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
}

test.each(FAMILIES)('%s trains two steps on its example data', (family) => {
  const folder = newFolder();
  const made = modelwright(folder, 'new', family, '-o', 'own.model');
  expect([made.status, made.stdout]).toEqual([0, 'own.model\n']);
  const name = family === 'bert' ? ['pretrained'] : [];
  const shorter = readFileSync(join(folder, 'own.model'), 'utf8').replaceAll(
    /^ {2}(?:epochs|steps): \d+$/gm,
    '  steps: 2',
  );
  writeFileSync(join(folder, 'own.model'), shorter);
  const trained = modelwright(folder, 'train', 'own.model', ...name, '--json', '--runs', join(folder, 'runs'));
  const lines = trained.stdout.trim().split('\n');
  const last: { kind: string; state: string; step: number } = JSON.parse(lines.at(-1) ?? '{}');
  expect(last, trained.stderr).toMatchObject({ kind: 'ended', state: 'finished', step: 2 });
});

test('data of one’s own: the program names them from where it stands', () => {
  const folder = newFolder();
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${i % 2 === 0 ? 'a' : 'b'}`);
  writeFileSync(join(folder, 'points.csv'), `x,kind\n${rows.join('\n')}\n`);
  const made = modelwright(folder, 'new', 'table', 'points.csv', '--out', 'models/points.model');
  expect(made.status).toBe(0);
  expect(readFileSync(join(folder, 'models/points.model'), 'utf8')).toContain('csv("../points.csv")');
  expect(modelwright(folder, 'check', 'models').status).toBe(0);
});

test.each([
  [['tabel'], /There is no template `tabel`.*\n.*table {8}Table, dense network; it takes a table/],
  [['table', 'none.csv'], /`none.csv` is not there/],
  [['image', 'text.txt'], /`text.txt` \(read as text\) does not suit this template, which takes images with labels/],
  [['table', '-o', 'there.model'], /`there.model` is there already/],
  [['table', '-o', 'program.txt'], /no name of a program/],
] as const)('%j is refused', (args, message) => {
  const folder = newFolder();
  writeFileSync(join(folder, 'text.txt'), 'only words\n');
  writeFileSync(join(folder, 'there.model'), '');
  const { status, stderr } = modelwright(folder, 'new', ...args);
  expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect(readdirSync(folder).sort()).toEqual(['text.txt', 'there.model']);
  expect(existsSync(join(folder, 'plants.csv'))).toBe(false);
});
