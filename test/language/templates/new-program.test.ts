/** New programs: of every family, for data that were made and for files as people have them, without a problem and laid out. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createFiles } from '../../../files/index.ts';
import {
  createAnalyser,
  exampleData,
  FAMILIES,
  type Family,
  format,
  makePlan,
  newProgram,
  render,
} from '../../../language/index.ts';

const root = join(import.meta.dirname, '..', '..', '..');

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mw-new-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** The program of a family for data beside it, checked: no errors, no warnings, laid out, and a run can be planned. */
function programFor(family: Family, folder: string, data: string, isFolder = false): string {
  const file = join(folder, 'new.model');
  const files = createFiles();
  const made = newProgram(files, { family, file, data, folder: isFolder });
  if (made.kind !== 'program') throw new Error(render(made.message));
  const analyser = createAnalyser(files);
  const { problems } = analyser.analyse(file, made.text);
  const told = problems
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ message, start }) => `${render(message)} (${made.text.slice(start, start + 40)})`);
  expect(told, made.text).toEqual([]);
  expect(format(made.text)).toBe(made.text);
  expect(makePlan(analyser, { file, text: made.text, action: 'train' }).kind).toBe('plan');
  return made.text;
}

test.each(FAMILIES)('%s, with data that are made for it', (family) => {
  const made = exampleData(family);
  const folder = folderWith(Object.fromEntries(made.files.map(({ path, content }) => [path, content])));
  programFor(family, folder, made.path, made.folder);
  expect(exampleData(family)).toEqual(made);
});

test('a table of houses: numbers, kinds, and a price that is counted in large units', () => {
  const text = programFor('table', root, 'examples/table/houses.csv');
  expect(text).toContain('target: float32 = price / 100_000');
  expect(text).toContain('district: float32[5] = district -> OneHot');
  expect(text).toContain('loss: mse(answer, target)');
});

test('columns with strange names, gaps, ids, yes and no', () => {
  const rows = Array.from({ length: 60 }, (_, i) =>
    [
      i,
      `name ${i}`,
      i % 7 === 0 ? '' : i * 1.5,
      i % 3 === 0 ? 'red' : i % 3 === 1 ? 'blue' : '',
      i % 2 === 0,
      i % 4 < 2 ? 'yes' : 'no',
    ].join(','),
  ); // prettier
  const csv = `id,name,"Sepal Length",test,model,class\n${rows.join('\n')}\n`;
  const text = programFor('table', folderWith({ 'my table.csv': csv }), 'my table.csv');
  expect(text).toContain('data MyTable {');
  expect(text).toContain('# Left out, since each row has its own or there are too many: id, name');
  expect(text).toContain('column("Sepal Length") -> fill(median) -> expand -> Normalize');
  expect(text).toContain('testValue: float32[3] = test -> fill("unknown") -> OneHot');
  expect(text).toContain('target: int32 = class -> Index');
});

test('a table that is separated by semicolons, and one as JSON lines', () => {
  const rows = Array.from({ length: 50 }, (_, i) => [i % 10, (i * 37) % 11, i % 2 === 0 ? 'a' : 'b']);
  const folder = folderWith({
    'wine.csv': `acid;sugar;kind\n${rows.map((row) => row.join(';')).join('\n')}\n`,
    'wine.jsonl': rows.map(([acid, sugar, kind]) => JSON.stringify({ acid, sugar, kind })).join('\n'),
  });
  for (const file of ['wine.csv', 'wine.jsonl']) {
    expect(programFor('table', folder, file)).toContain('numbers: float32[2] = stack(acid, sugar) -> Normalize');
  }
});

test('a table whose first line is a row: its columns get names', () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `a film that is ${i % 2 === 0 ? 'fine' : 'poor'} and took ${i} days to make\t${i % 2}`,
  );
  const text = programFor('sequence', folderWith({ 'films/train.tsv': `${rows.join('\n')}\n` }), 'films/train.tsv');
  expect(text).toContain('csv("films/train.tsv", columns: [text, label])');
  expect(text).toContain('data Films(');
  expect(text).toContain('tokens: int32[length] = text -> lower -> Words');
});

test('images of an IDX file find their labels by its name', () => {
  const text = programFor('image', root, 'examples/digits/train-images.idx.gz');
  expect(text).toContain('labels: "examples/digits/train-labels.idx.gz"');
  expect(text).toContain('classes: int = 10');
  programFor('vae', root, 'examples/digits/train-images.idx.gz');
});

test('a plain text: sign by sign', () => {
  for (const family of ['gpt', 'sequence'] as const) {
    expect(programFor(family, root, 'examples/gpt/tales.txt')).toMatch(/characters -> Index -> windows/);
  }
});

test('sounds whose words stand in the names of the files', () => {
  const { files } = exampleData('speech');
  const renamed = files.map(({ path, content }, i) => [`${path.split('/')[1]}_theo_${i}.wav`, content] as const);
  const folder = folderWith(Object.fromEntries(renamed.map(([path, content]) => [`takes/${path}`, content])));
  const text = programFor('speech', folder, 'takes', true);
  expect(text).toContain('files: "*.wav", parts: [word, second, third]');
  expect(text).toContain('label: int32 = word -> Index');
});

test.each([
  ['image', 'examples/table/houses.csv', 'csv'],
  ['gpt', 'examples/table/houses.csv', 'csv'],
  ['table', 'examples/gpt/tales.txt', 'text'],
  ['speech', 'examples/gpt/tales.txt', 'text'],
  ['recommender', 'examples/table/houses.csv', 'csv'],
  ['table', 'examples/none.csv', undefined],
] as const)('%s takes no %s', (family, data, found) => {
  const made = newProgram(createFiles(), { family, file: join(root, 'new.model'), data, folder: false });
  if (made.kind !== 'unfit') throw new Error('a program');
  expect(render(made.message)).toMatch(
    found === undefined ? /cannot be read/ : new RegExp(`read as ${found}\\) does not suit`),
  );
});
