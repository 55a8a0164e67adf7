/** The scripts' own parts: stamps, tables, and native packages that work without `node_modules`. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { figure, sectionText, tableText } from '../../scripts/lib/bench-text.mjs';
import { filesBelow, hashOf, isStamped, stamp } from '../../scripts/lib/stamp.mjs';

const root = resolve(import.meta.dirname, '../..');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'modelwright-scripts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a stamp holds for the same names and contents only', () => {
  const file = join(folder, 'a.txt');
  writeFileSync(file, 'one');
  const first = hashOf({ files: filesBelow(folder) });
  stamp(join(folder, 'dist', '.stamp'), first);
  expect(isStamped(join(folder, 'dist', '.stamp'), hashOf({ files: filesBelow(folder) }))).toBe(true);
  writeFileSync(file, 'two');
  expect(isStamped(join(folder, 'dist', '.stamp'), hashOf({ files: filesBelow(folder) }))).toBe(false);
});

test('files below a folder leave out what is built, and a file stands for itself', () => {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', 'x.js'), '');
  writeFileSync(join(folder, 'b.ts'), '');
  writeFileSync(join(folder, 'a.ts'), '');
  expect(filesBelow(folder)).toEqual([join(folder, 'a.ts'), join(folder, 'b.ts')]);
  expect(filesBelow(join(folder, 'a.ts'))).toEqual([join(folder, 'a.ts')]);
  expect(filesBelow(join(folder, 'nothing'))).toEqual([]);
});

test('figures have three significant digits', () => {
  expect([0.012345, 1.2345, 123.45, 1234, 45678.9, Number.NaN, 'text'].map(figure)).toEqual([
    '0.0123',
    '1.23',
    '123',
    '1,234',
    '45,679',
    'NaN',
    'text',
  ]);
});

test('tables are Markdown, aligned', () => {
  expect(
    tableText({
      columns: ['model', 'ms'],
      rows: [
        ['digits', 12.345],
        ['gpt', 1],
      ],
    }),
  ).toBe(['| model  |   ms |', '| ------ | ---: |', '| digits | 12.3 |', '| gpt    |    1 |'].join('\n'));
});

test('a missed target is said', () => {
  const text = sectionText({
    title: 'Engines',
    tables: [],
    targets: [{ what: 'mean', wanted: '≥ 0.85', measured: '0.8', held: false }],
    notes: ['One thread.'],
  });
  expect(text).toContain('| mean   | ≥ 0.85 |      0.8 | MISSED |');
  expect(text.endsWith('One thread.')).toBe(true);
});

const native = join(root, 'dist', 'native');

test('native packages load from a folder without node_modules', (context) => {
  if (!existsSync(join(native, 'onnxruntime.js'))) context.skip('dist/native is not built: npm run build');
  cpSync(native, join(folder, 'native'), { recursive: true });
  const program = `
    const { InferenceSession, env } = require(${JSON.stringify(join(folder, 'native', 'onnxruntime.js'))});
    const koffi = require(${JSON.stringify(join(folder, 'native', 'koffi.js'))});
    console.log(typeof InferenceSession.create, env.versions.node !== undefined, koffi.sizeof('int32'));
  `;
  const said = execFileSync(process.execPath, ['-e', program], { cwd: folder, encoding: 'utf8' });
  expect(said.trim()).toBe('function true 4');
});
