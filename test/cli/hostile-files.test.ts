/**
 * Every command that takes a file, given what is none: bytes, endless lines, folders, pipes, devices, links in a circle, files
 * that may not be read. One clear line, a code that scripts understand, soon, and nothing written.
 */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runName } from '../../runs/index.ts';
import { folder as made, modelwright } from './run.ts';

let home: string;

/** A program whose data are in that file. */
const program = (source: string) => `data Rows {
  source: csv(${JSON.stringify(source)})
  x: float32[2] = stack(a, b)
  y: float32 = b
}

model Line {
  input x: float32[2]

  output y = x -> Dense(1) -> squeeze
}

train Line on Rows {
  loss: mse(Line.y, Rows.y)
  epochs: 1
}
`;

const MAKE: Readonly<Record<string, (path: string) => void>> = {
  bytes: (path) => writeFileSync(path, Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 37) % 256))),
  'zero bytes': (path) => writeFileSync(path, Buffer.alloc(4096)),
  empty: (path) => writeFileSync(path, ''),
  'one line of 100 MB': (path) => writeFileSync(path, Buffer.alloc(100 << 20, 'a')),
  'a gigabyte of nothing': (path) => {
    writeFileSync(path, '');
    truncateSync(path, 1 << 30);
  },
  folder: (path) => mkdirSync(path),
  pipe: (path) => execFileSync('mkfifo', [path]),
  'device without end': (path) => symlinkSync('/dev/zero', path),
  'link to itself': (path) => symlinkSync(path, path),
  'link to nothing': (path) => symlinkSync('/nowhere/at/all', path),
  nothing: () => undefined,
};
const KINDS = Object.keys(MAKE);
const fileOf = (kind: string, ending: string) => `${kind.replaceAll(' ', '-')}.${ending}`;

beforeAll(() => {
  if (process.platform === 'win32') return;
  home = mkdtempSync(join(tmpdir(), 'mw-hostile-files-'));
  for (const kind of KINDS) {
    MAKE[kind]?.(join(home, fileOf(kind, 'model')));
    MAKE[kind]?.(join(home, fileOf(kind, 'csv')));
    writeFileSync(join(home, `of-${fileOf(kind, 'model')}`), program(fileOf(kind, 'csv')));
  }
});

/** What a script and a person get. */
async function told(args: readonly string[], most: number) {
  const names = readdirSync(home);
  const { code, out, err } = await modelwright([...args], undefined, home);
  const said = out + err;
  expect(said).not.toMatch(/\n\s+at .+:\d+:\d+|Error:|failed in a way that it does not know|\[object Object\]/);
  expect(said).not.toMatch(/(?!\n)\p{Cc}/u);
  expect(said.split('\n').length).toBeLessThanOrEqual(most + 1);
  expect(said.length).toBeLessThan(5000);
  expect(readdirSync(home)).toEqual(names);
  return { code, said };
}

const COMMANDS: readonly (readonly string[])[] = [
  ['check'],
  ['format', '--check'],
  ['format'],
  ['summary'],
  ['data'],
  ['train'],
  ['evaluate'],
  ['test'],
];

describe.skipIf(process.platform === 'win32')('a program that is none', () => {
  const cases = COMMANDS.flatMap((command) =>
    KINDS.filter((kind) => kind !== 'empty' && kind !== 'folder').map((kind) => [command, kind] as const),
  );
  test.each(cases)('%j %s', async (command, kind) => {
    const file = fileOf(kind, 'model');
    const { code, said } = await told([...command, file], 2);
    expect([1, 2, 3], said).toContain(code);
    expect(said).toContain(file);
  });

  test.each(COMMANDS.map((command) => [command]))('%j an empty one, a folder', async (command) => {
    const empty = await told([...command, fileOf('empty', 'model')], 3);
    expect([0, 1, 2, 3], empty.said).toContain(empty.code);
    const folder = await told([...command, fileOf('folder', 'model')], 3);
    expect([0, 1, 2, 3], folder.said).toContain(folder.code);
    if (!['check', 'format', 'test'].includes(command[0] ?? '')) expect(folder.said).toMatch(/is not a file|folder/);
  });
});

describe.skipIf(process.platform === 'win32')('data that are none', () => {
  const cases = ['check', 'data', 'train'].flatMap((command) => KINDS.map((kind) => [command, kind] as const));
  test.each(cases)('%s %s', async (command, kind) => {
    const { code, said } = await told(
      [command, `of-${fileOf(kind, 'model')}`, ...(command === 'train' ? ['--runs', '/tmp'] : [])],
      14,
    );
    // While one writes, a file that is missing is no error.
    expect(command === 'check' ? [0, 1] : [1, 2, 3], said).toContain(code);
    if (code !== 0) expect(said).toMatch(/csv|column|line|row/);
  });
});

describe.skipIf(process.platform === 'win32')('runs that are none', () => {
  const words = [
    '1',
    '0001',
    'latest',
    '../..',
    '/etc',
    '/dev/zero',
    '-1',
    '1e9',
    '#',
    'a'.repeat(1000),
    '\u202e',
    '--',
  ];
  test.each(words)('%s', async (word) => {
    for (const args of [['card'], ['runs', 'show'], ['runs', 'delete'], ['runs', 'note', '--'], ['predict', '--run']]) {
      const { code, said } = await told([...args, word], 6);
      expect([1, 2, 3], `${args.join(' ')}: ${said}`).toContain(code);
    }
  });

  test('a folder of runs with whatever stands in it is listed', async () => {
    const runs = join(home, '.modelwright', 'runs');
    mkdirSync(runs, { recursive: true });
    for (const [at, kind] of KINDS.entries()) {
      const folder = join(runs, runName(at + 1));
      mkdirSync(folder);
      MAKE[kind]?.(join(folder, 'run.json'));
      MAKE[kind]?.(join(folder, 'events.jsonl'));
    }
    const { code, said } = await told(['runs'], KINDS.length);
    expect(code).toBe(0);
    expect(said.match(/cannot be read/g)).toHaveLength(KINDS.length);
    expect((await told(['runs', '--json'], KINDS.length)).code).toBe(0);
  });
});

test('the runs of others: names that steer a terminal do not', async () => {
  const trained = await modelwright(['train', 'kinds.model', '--runs', 'hostile', '--threads', '1']);
  expect(trained.code).toBe(0);
  const runs = join(made, 'hostile');
  const [name = ''] = readdirSync(runs);
  const nasty = '\u001b[31m\u001b]0;owned\u0007\u202e\r[a](command:x)';
  const copy = join(runs, runName(2));
  cpSync(join(runs, name), copy, { recursive: true });
  const record = JSON.parse(execFileSync('cat', [join(copy, 'run.json')], { encoding: 'utf8' }));
  const changed = { ...record, id: `0002-${nasty}`, number: 2, title: nasty, file: nasty, reason: nasty };
  writeFileSync(join(copy, 'run.json'), JSON.stringify({ ...changed, best: { ...record.best, metric: nasty } }));
  writeFileSync(
    join(copy, 'notes.json'),
    JSON.stringify({ version: 1, name: nasty, starred: true, tags: [nasty], notes: nasty }),
  );
  copyFileSync(join(copy, 'notes.json'), join(runs, name, 'notes.json'));
  for (const args of [['runs'], ['runs', 'show', '2'], ['runs', 'compare', '1', '2'], ['card', '2']]) {
    const { out, err } = await modelwright([...args, '--runs', 'hostile']);
    expect(`${args.join(' ')}: ${out}${err}`).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  }
});
