/** The programs of a folder: found, read, read again when they change; names and files behind paths in programs. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createPrograms, findFile, folderNames } from '../../files/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'programs-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): string {
  const full = join(folder, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, text);
  return full;
}

const a = write('a.model', 'model A {\n}\n');
const deep = write('deep/er/b.model', 'model B {\n}\n');
write('node_modules/x/c.model', 'model C {\n}\n');
write('.modelwright/runs/1/source/d.model', 'model D {\n}\n');
write('deep/points.csv', 'a,b\n1,2\n');
write('elsewhere/e.model', 'model E {\n}\n');
symlinkSync(join(folder, 'elsewhere'), join(folder, 'deep/link'));
const rules = { dataFolder: undefined, trusted: true, folders: [folder] };

test('programs of the folders: not those of packages, of runs, or behind links to folders', async () => {
  let now = 0;
  const programs = createPrograms(rules, () => now);
  expect(programs.paths()).toEqual([]);
  expect(await programs.refresh(5000)).toBe(true);
  expect(programs.paths()).toEqual([a, deep, join(folder, 'elsewhere/e.model')]);
  expect(programs.text(deep)).toBe('model B {\n}\n');
  // A walk counts for a while; then what changed is read again, and only that.
  write('a.model', 'model AA {\n}\n');
  utimesSync(a, 1, 1);
  expect(await programs.refresh(5000)).toBe(false);
  now = 10_000;
  expect(await programs.refresh(5000)).toBe(true);
  expect(programs.text(a)).toBe('model AA {\n}\n');
  now = 20_000;
  expect(await programs.refresh(5000)).toBe(false);
  rmSync(deep);
  programs.changed();
  expect(await programs.refresh(5000)).toBe(true);
  expect(programs.paths()).not.toContain(deep);
});

test('names in a folder, as a program writes it; the data folder counts as well', async () => {
  expect((await folderNames(a, 'deep/', rules)).map((one) => one.name)).toEqual(['er', 'points.csv']);
  const there = await folderNames(join(folder, 'elsewhere/e.model'), '', {
    ...rules,
    dataFolder: join(folder, 'deep'),
  });
  expect(there).toEqual([
    { name: 'e.model', folder: false },
    { name: 'er', folder: true },
    { name: 'points.csv', folder: false },
  ]);
  expect(await folderNames(a, 'nowhere/', rules)).toEqual([]);
  const untrusted = { ...rules, trusted: false };
  expect(await folderNames(a, '../', untrusted)).toEqual([]);
  expect((await folderNames(a, '', untrusted)).map((one) => one.name)).toContain('a.model');
});

test('the file that a path means, if it is there', async () => {
  expect(await findFile(a, 'deep/points.csv', 'data', rules)).toBe(join(folder, 'deep/points.csv'));
  const data = { ...rules, dataFolder: join(folder, 'deep') };
  expect(await findFile(a, 'points.csv', 'data', data)).toBe(join(folder, 'deep/points.csv'));
  expect(await findFile(a, 'points.csv', 'program', data)).toBeUndefined();
});
