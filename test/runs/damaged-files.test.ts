/**
 * Each file of a finished run's folder, cut, with single bytes changed, empty, or with something else in its place: whatever
 * reads runs gives what it can, says what is wrong, never throws, never waits, and changes nothing.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createRunState,
  PANEL_VERSION,
  type RowFilter,
  readToPanel,
  rowsHeadLine,
  runsAsMarkdown,
} from '../../protocol/index.ts';
import {
  briefOf,
  briefOfEvaluation,
  chooseRun,
  damageText,
  differenceOf,
  evaluationCsv,
  evaluationMarkdown,
  factsOf,
  findEvaluatedRows,
  listEvaluations,
  listRuns,
  modelCard,
  ownRowsPlan,
  programOf,
  RunList,
  RunReader,
  readEntry,
  readLayers,
  rowsCsv,
  runLine,
  runName,
  runStory,
  whyNoRun,
  whyNotDelete,
  writeMetrics,
  writeNotes,
} from '../../runs/index.ts';
import { fakeRun, tinyPlan } from '../trainer/run-helper.ts';
import { digitsPlayed } from '../webview-ui/evaluations.ts';
import { noise } from '../webview-ui/events.ts';

const EVALUATED = join('eval', 'Digits');
const FILES = [
  'run.json',
  'plan.json',
  'events.jsonl',
  'metrics.jsonl',
  'data.json',
  'notes.json',
  'fitted.json',
  'ring.json',
  'lock',
  join('source', 'tiny.model'),
  join(EVALUATED, 'evaluation.json'),
  join(EVALUATED, 'rows.jsonl'),
  join(EVALUATED, 'plan.json'),
];

let whole: string;
/** Where exports go. */
let out: string;
beforeAll(async () => {
  whole = (await fakeRun(tinyPlan({ epochs: 2 }))).folder;
  out = mkdtempSync(join(tmpdir(), 'mw-damaged-out-'));
  writeNotes(whole, { name: 'kept', tags: ['a'], notes: 'note' });
  writeFileSync(join(whole, 'ring.json'), '{"version":1,"steps":[{"step":1,"loss":2}]}\n');
  writeFileSync(join(whole, 'lock'), '{"version":1,"pid":1,"address":"/nowhere","token":"x","time":0}\n');
  const { evaluation, entries } = digitsPlayed();
  const few = entries.slice(0, 40);
  mkdirSync(join(whole, EVALUATED), { recursive: true });
  writeFileSync(join(whole, EVALUATED, 'evaluation.json'), JSON.stringify({ ...evaluation, name: 'Digits' }));
  const head = rowsHeadLine([{ name: 'digit', kind: 'classes' }]);
  writeFileSync(join(whole, EVALUATED, 'rows.jsonl'), head + few.map((row) => `${JSON.stringify([row])}\n`).join(''));
  writeFileSync(join(whole, EVALUATED, 'plan.json'), '{"version":1,"whole":true,"part":"test","plan":{}}\n');
});

/** A copy of the whole run, alone in a folder of runs. */
function copied(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'mw-damaged-')), 'runs', basename(whole));
  cpSync(whole, folder, { recursive: true });
  return folder;
}

/** Every file with its size and time: what reading must not change. */
function stamps(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names.map((name) => {
      const { size, mtimeMs, mode } = lstatSync(join(folder, name));
      return [name, `${size} ${mtimeMs} ${mode}`];
    }),
  );
}

const FILTERS: readonly RowFilter[] = [
  { kind: 'mistakes', threshold: 0.5 },
  { kind: 'cell', is: 3, said: 5, threshold: 0.5 },
];

/** A message of the host with what was read: the panel takes it. */
function taken(topic: string, body: unknown): void {
  expect(readToPanel({ version: PANEL_VERSION, kind: 'answer', request: 1, topic, body })).toBeDefined();
}

/** Reads the folder in every way that list, panel, command line and assistants do. */
function readAll(folder: string): void {
  const home = dirname(folder);
  const entry = readEntry(folder);
  if (entry.damage !== undefined) expect(damageText(entry.damage)).toMatch(/^it(?:s| was) /);
  new RunList().entries(home);
  listRuns(home).map(runLine);
  whyNotDelete(folder);
  expect(whyNoRun(home, '77')).toContain('77');
  whyNoRun(home, '1');
  chooseRun(home, { model: 'Tiny', file: undefined, args: {}, declaration: undefined, word: undefined });
  readLayers(folder);
  ownRowsPlan(folder);
  new RunReader(folder, join(out, 'caches')).read(createRunState());
  writeMetrics(folder, join(out, 'metrics.csv'));
  for (const evaluation of listEvaluations(folder)) {
    briefOfEvaluation(evaluation);
    evaluationCsv(evaluation);
    evaluationMarkdown(evaluation);
    taken('evaluation', { kind: 'read', evaluation });
    for (const filter of FILTERS) {
      const rows = findEvaluatedRows(folder, evaluation, 0, filter);
      taken('evaluation', { kind: 'find', total: rows.length, rows: rows.slice(0, 50) });
      const [answer] = evaluation.answers;
      if (answer !== undefined) rowsCsv(answer, rows);
    }
  }
  if (entry.kind !== 'run') return;
  const facts = factsOf(entry.run);
  taken('runs', { kind: 'list', runs: [briefOf(entry.run)] });
  taken('compare', { kind: 'facts', runs: [facts], missing: [] });
  taken('compare', { kind: 'difference', difference: differenceOf(facts, factsOf(readWhole())) });
  expect(runsAsMarkdown([facts, facts]).split('\n')).toHaveLength(5);
  JSON.stringify(runStory(entry.run));
  modelCard(entry.run, '2026-01-15');
  programOf(folder, entry.run.record.file);
}

function readWhole() {
  const entry = readEntry(whole);
  if (entry.kind !== 'run') throw new Error('The whole run is whole.');
  return entry.run;
}

/** Reads it, and looks whether it is what it was. */
function unchanged(folder: string): void {
  const before = stamps(folder);
  readAll(folder);
  expect(stamps(folder)).toEqual(before);
}

test('the whole one reads without damage', () => {
  const folder = copied();
  unchanged(folder);
  expect(readEntry(folder)).toMatchObject({ kind: 'run', damage: undefined });
  expect(listEvaluations(folder)).toHaveLength(1);
});

describe.each(FILES)('%s', (name) => {
  const bytesOf = () => readFileSync(join(whole, name));

  test('cut at many places', () => {
    const folder = copied();
    const bytes = bytesOf();
    const ends = new Set(Array.from({ length: 24 }, (_, at) => Math.floor((bytes.length * at) / 24)));
    for (const end of [...ends, bytes.length - 1, bytes.length - 2]) {
      writeFileSync(join(folder, name), bytes.subarray(0, Math.max(0, end)));
      unchanged(folder);
    }
  });

  test('single bytes changed', () => {
    const folder = copied();
    const bytes = bytesOf();
    const random = noise(name.length * 7919 + bytes.length);
    // What keeps the text JSON most often: other digits, signs, letters; then any byte.
    const likely = [...'0123456789-+.eE"[]{},:null'].map((letter) => letter.charCodeAt(0));
    for (let at = 0; at < 80; at++) {
      const changed = Buffer.from(bytes);
      const by = at % 2 === 0 ? likely[Math.floor(random() * likely.length)]! : Math.floor(random() * 256);
      changed[Math.floor(random() * bytes.length)] = by;
      writeFileSync(join(folder, name), changed);
      unchanged(folder);
    }
  });

  test('numbers that no file of ours has', () => {
    const folder = copied();
    const text = bytesOf().toString();
    const numbers = [...text.matchAll(/-?\d+(?:\.\d+)?/g)];
    const random = noise(text.length);
    for (const wrong of ['1e308', '-1', '1e999', '9007199254740993', '0.5', '"NaN"', 'null', '[]']) {
      for (let at = 0; at < 6; at++) {
        const found = numbers[Math.floor(random() * numbers.length)];
        if (found === undefined) continue;
        const { index, 0: old } = found;
        writeFileSync(join(folder, name), text.slice(0, index) + wrong + text.slice(index + old.length));
        unchanged(folder);
      }
    }
  });

  const INSTEAD: Readonly<Record<string, (path: string) => void>> = {
    'an empty file': (path) => writeFileSync(path, ''),
    'a folder': (path) => mkdirSync(path),
    'a link to itself': (path) => symlinkSync(path, path),
    'a link to what never ends': (path) => symlinkSync('/dev/zero', path),
    'a pipe that nobody writes to': (path) => execFileSync('mkfifo', [path]),
    'a gigabyte of nothing': (path) => {
      writeFileSync(path, '');
      truncateSync(path, 1 << 30);
    },
    'a tower of brackets': (path) => writeFileSync(path, `${'['.repeat(200_000)}${']'.repeat(200_000)}\n`),
    'names of prototypes': (path) =>
      writeFileSync(path, '{"version":1,"__proto__":{"version":1},"constructor":1,"metrics":{"__proto__":1}}\n'),
    'a later version': (path) => writeFileSync(path, '{"version":99,"modelwright":"9.0.0"}\n'),
    nothing: () => undefined,
  };

  test.skipIf(process.platform === 'win32').each(Object.keys(INSTEAD))('%s in its place', (instead) => {
    const folder = copied();
    const path = join(folder, name);
    rmSync(path);
    INSTEAD[instead]?.(path);
    // What waits for ever ends by the test's own time.
    unchanged(folder);
    if (name !== 'run.json') expect(readEntry(folder).kind).toBe('run');
    else expect(readEntry(folder).damage).toBeDefined();
    rmSync(dirname(folder), { recursive: true });
  });
});

test('moments beyond all dates, counts beyond all counts, rows that are no numbers', () => {
  const folder = copied();
  const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  for (const created of [1e308, -1e300, 8.65e15]) {
    writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...record, created, ended: created }));
    unchanged(folder);
    expect(runLine(listRuns(dirname(folder))[0]!).started).toBe(String(created));
  }
  writeFileSync(join(folder, 'data.json'), '{"rows":{"train":1e999,"validation":-1,"test":0.5}}');
  expect(factsOf(listRuns(dirname(folder))[0]!).rows).toBeUndefined();
  unchanged(folder);
});

describe('the folder of runs', () => {
  test.skipIf(process.platform === 'win32')('links in a circle, links to other runs and to folders above', () => {
    const folder = copied();
    const home = dirname(folder);
    symlinkSync(home, join(home, runName(8)));
    symlinkSync(join(home, runName(9)), join(home, runName(9)));
    symlinkSync(folder, join(home, runName(10)));
    symlinkSync('.', join(folder, 'eval', 'again'));
    symlinkSync('..', join(folder, 'source', 'up'));
    const list = new RunList();
    const found = list.entries(home).map(({ kind, folder: at }) => [kind, basename(at)]);
    expect(found).toContainEqual(['run', basename(folder)]);
    expect(found).not.toContainEqual(['run', runName(8)]);
    for (const name of readdirSync(home)) readAll(join(home, name));
    expect(existsSync(join(home, runName(9)))).toBe(false);
  });

  test('a run that is deleted or comes back between the list and the reading', async () => {
    const folder = copied();
    const home = dirname(folder);
    const list = new RunList();
    await list.refresh([home]);
    const [entry] = list.entries(home);
    if (entry?.kind !== 'run') throw new Error('It was there.');
    renameSync(folder, `${folder}.away`);
    expect(factsOf(entry.run)).toMatchObject({ settings: [], rows: undefined });
    expect(runStory(entry.run)).toMatchObject({ epochs: [], checkpoints: [] });
    readAll(folder);
    expect(list.entries(home)).toEqual([]);
    renameSync(`${folder}.away`, folder);
    expect(list.entries(home)).toHaveLength(1);
  });

  test('read while it is written, a byte at a time: never less than was whole, never a line that is not', () => {
    const folder = copied();
    const path = join(folder, 'events.jsonl');
    const bytes = readFileSync(path);
    writeFileSync(path, '');
    const reader = new RunReader(folder);
    let run = createRunState();
    let before = 0;
    for (let end = 0; end <= bytes.length; end += 7) {
      writeFileSync(path, bytes.subarray(0, end));
      const reading = reader.read(run);
      run = reading.run;
      expect(run.epochs.length).toBeGreaterThanOrEqual(before);
      before = run.epochs.length;
    }
    writeFileSync(path, bytes);
    expect(reader.read(run).run.ended?.state).toBe('finished');
  });
});
