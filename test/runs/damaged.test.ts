/**
 * Run folders that are not whole: torn at any byte, of a later version, without their program, with hostile names, being
 * written, read-only, gone. They are shown as far as they can be, with what is wrong; nothing is changed, nothing is run.
 */
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createRunState, runsAsMarkdown } from '../../protocol/index.ts';
import {
  damageText,
  differenceOf,
  factsOf,
  listRuns,
  programOf,
  RunList,
  RunReader,
  readAnyRun,
  readEntry,
  runName,
  sourcesOf,
  writeNotes,
} from '../../runs/index.ts';
import { fakeRun, tinyPlan } from '../trainer/run-helper.ts';

let whole: string;
beforeAll(async () => {
  whole = (await fakeRun(tinyPlan({ epochs: 2 }))).folder;
});

/** A copy of the whole run, alone in a folder of runs. */
function copied(name = basename(whole)): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'mw-damaged-')), 'runs', name);
  cpSync(whole, folder, { recursive: true });
  return folder;
}

/** Every file with its contents: what reading must not change. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

test('run.json cut at any byte: what is left is put together from the events, and said to be so', () => {
  const folder = copied();
  const text = readFileSync(join(folder, 'run.json'), 'utf8');
  const record = listRuns(join(folder, '..'))[0]!.record;
  for (let end = 0; end < text.trimEnd().length; end++) {
    writeFileSync(join(folder, 'run.json'), text.slice(0, end));
    const entry = readEntry(folder);
    expect(entry).toMatchObject({ kind: 'run', damage: { kind: 'torn' } });
    if (entry.kind !== 'run') continue;
    expect(entry.run.state).toBe('finished');
    expect(entry.run.record).toMatchObject({
      number: 1,
      title: record.title,
      step: record.step,
      parameters: record.parameters,
    });
    expect(entry.run.record.metrics).toEqual(record.metrics);
  }
});

test.each(['plan.json', 'events.jsonl', 'metrics.jsonl', 'data.json', 'notes.json', 'fitted.json', 'lock'])(
  '%s cut anywhere, or other bytes in it: the run is listed, compared and read',
  (name) => {
    const folder = copied();
    writeNotes(folder, { name: 'a', tags: ['b'] });
    const bytes = readdirSync(folder).includes(name) ? readFileSync(join(folder, name)) : Buffer.from('{"version":1}');
    const ends = Array.from({ length: 40 }, (_, index) => Math.floor((bytes.length * index) / 40));
    const damaged = [
      ...ends.map((end) => bytes.subarray(0, end)),
      Buffer.from('[]'),
      Buffer.from('null\n'),
      Buffer.alloc(300, 255),
    ];
    for (const wrong of damaged) {
      writeFileSync(join(folder, name), wrong);
      const before = contents(folder);
      const entry = readEntry(folder);
      expect(entry.kind).toBe('run');
      if (entry.kind !== 'run') continue;
      const facts = factsOf(entry.run);
      expect(runsAsMarkdown([facts, facts])).toContain('#1');
      expect(differenceOf(facts, facts).settings).toEqual([]);
      new RunReader(folder).read(createRunState());
      expect(contents(folder)).toEqual(before);
    }
  },
);

test('a run of a later version is named with both versions, and not guessed at', () => {
  const folder = copied();
  const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...record, version: 2, modelwright: '9.1.0' }));
  const entry = readEntry(folder);
  expect(entry).toEqual({ kind: 'unreadable', folder, damage: { kind: 'newer', version: '2', modelwright: '9.1.0' } });
  expect(damageText(entry.damage!)).toContain('Modelwright 9.1.0');
  expect(new RunList().entries(join(folder, '..'))).toEqual([entry]);
});

test('without its program, its plan or its data: the rest is there', () => {
  const folder = copied();
  for (const name of ['source', 'plan.json', 'data.json', 'tb', 'checkpoints'])
    rmSync(join(folder, name), { recursive: true, force: true });
  const run = readAnyRun(folder)!;
  expect(factsOf(run)).toMatchObject({ settings: [], rows: undefined, number: 1 });
  expect(programOf(folder, run.record.file)).toBeUndefined();
  rmSync(join(folder, 'run.json'));
  // Neither record nor plan: there is nothing to put together.
  expect(readEntry(folder)).toMatchObject({ kind: 'unreadable', damage: { kind: 'missing' } });
});

test('names, tags and notes are text, whatever stands in them', () => {
  const folder = copied();
  const nasty = '<img src=x onerror=alert(1)>|[a](command:x)`\n# b';
  const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  writeFileSync(
    join(folder, 'run.json'),
    JSON.stringify({
      ...record,
      title: nasty,
      reason: nasty,
      file: `../../${nasty}`,
      metrics: { [nasty]: 1, __proto__: 2 },
    }),
  );
  writeNotes(folder, { name: nasty, tags: [nasty], notes: nasty });
  const facts = factsOf(readAnyRun(folder)!);
  const lines = runsAsMarkdown([facts, { ...facts, title: 'b' }])
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(line.replace(/\\./g, '')).not.toMatch(/<img|\]\(|`/);
});

test('links in the copies of the program lead nowhere', () => {
  const folder = copied();
  const secret = join(folder, '..', 'secret.txt');
  writeFileSync(secret, 'secret');
  symlinkSync(secret, join(folder, 'source', 'link.model'));
  mkdirSync(join(folder, 'source', 'folder.model'));
  expect([...sourcesOf(folder).keys()]).toEqual(['tiny.model']);
});

test('a run that is written at the moment is read as it stands, and the list follows', () => {
  const folder = copied();
  const home = join(folder, '..');
  const list = new RunList();
  expect(list.runs(home)[0]?.state).toBe('finished');
  const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  const replace = (change: object) => {
    writeFileSync(join(folder, 'next.json'), JSON.stringify({ ...record, ...change }));
    renameSync(join(folder, 'next.json'), join(folder, 'run.json'));
  };
  replace({ step: 3, state: 'running' });
  // Nobody holds the run: whoever wrote it is gone.
  expect(list.runs(home)[0]).toMatchObject({ state: 'interrupted', record: { step: 3 } });
  replace({ step: 7, state: 'stopped' });
  expect(list.runs(home)[0]).toMatchObject({ state: 'stopped', record: { step: 7 } });
  writeNotes(folder, { starred: true });
  expect(list.runs(home)[0]?.notes.starred).toBe(true);
  rmSync(folder, { recursive: true });
  expect(list.entries(home)).toEqual([]);
  expect(readEntry(folder)).toMatchObject({ kind: 'unreadable', damage: { kind: 'gone' } });
});

test('what is no run has no row: files, other folders, links to nothing', async () => {
  const home = join(copied(), '..');
  writeFileSync(join(home, runName(7)), 'a file of that name');
  mkdirSync(join(home, 'something'));
  mkdirSync(join(home, runName(8)));
  symlinkSync(join(home, 'nowhere'), join(home, runName(9)));
  const list = new RunList();
  await list.refresh([home, join(home, 'missing')]);
  expect(list.runs(home).map((run) => run.record.number)).toEqual([1]);
  expect(list.entries(home).map((entry) => entry.kind)).toEqual(['unreadable', 'run']);
});

describe.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('as a user who may not', () => {
  test('a folder that can only be read is read; its notes are refused and stay', () => {
    const folder = copied();
    chmodSync(folder, 0o500);
    expect(readEntry(folder).kind).toBe('run');
    expect(() => writeNotes(folder, { name: 'x' })).toThrow();
    chmodSync(folder, 0o700);
    expect(readEntry(folder)).toMatchObject({ run: { notes: { name: '' } } });
  });

  test('a record that may not be read is said to be so', () => {
    const folder = copied();
    chmodSync(join(folder, 'run.json'), 0);
    expect(readEntry(folder).damage).toEqual({ kind: 'denied', code: 'EACCES' });
  });
});

test('500 runs: listed and known again, each once', async () => {
  const home = join(copied(), '..');
  const record = JSON.parse(readFileSync(join(whole, 'run.json'), 'utf8'));
  for (let number = 2; number <= 500; number++) {
    const folder = join(home, runName(number));
    mkdirSync(folder);
    writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...record, id: runName(number), number }));
  }
  const list = new RunList();
  await list.refresh([home]);
  const first = list.runs(home);
  expect(first).toHaveLength(500);
  expect(first[0]?.record.number).toBe(500);
  // The very same objects: nothing was read again.
  const second = list.runs(home);
  expect(second.every((run, index) => run === first[index])).toBe(true);
});
