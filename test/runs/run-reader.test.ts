/** Reading a run quickly gives what the fold over its events gives: whatever the lines, in whatever pieces they came, cached or not. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRunState, eventLine, type RunEvent, type RunState, reduce } from '../../protocol/index.ts';
import { RunReader, readEvents } from '../../runs/index.ts';
import { fakeResume, fakeRun, tinyPlan } from '../trainer/run-helper.ts';
import { goodRun, started } from '../webview-ui/events.ts';

const fresh = () => mkdtempSync(join(tmpdir(), 'mw-reader-'));

/** What can be compared of a state: its columns by their rows. */
function plain(run: RunState) {
  const { columns, ...rest } = run;
  const rows = columns.length;
  const values = Object.fromEntries(
    [...columns.values]
      .map(([name, array]) => [name, [...array.slice(0, rows)]] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return {
    ...rest,
    rows,
    step: rest.step,
    steps: [...columns.step.slice(0, rows)],
    times: [...columns.time.slice(0, rows)],
    values,
  };
}

function slowly(folder: string): RunState {
  return readEvents(folder).reduce(reduce, createRunState());
}

function write(folder: string, events: readonly RunEvent[]): void {
  for (const name of ['metrics.jsonl', 'events.jsonl']) {
    const lines = events.filter((event) => (event.kind === 'step') === (name === 'metrics.jsonl')).map(eventLine);
    appendFileSync(join(folder, name), lines.join(''));
  }
}

test('a run of the trainer, resumed, reads as its events do', async () => {
  const { folder } = await fakeRun(tinyPlan({ epochs: 4 }));
  expect(plain(new RunReader(folder).read(createRunState()).run)).toEqual(plain(slowly(folder)));
  const text = readFileSync(join(folder, 'metrics.jsonl'), 'utf8');
  for (let end = 0; end <= text.length; end += 7) {
    writeFileSync(join(folder, 'metrics.jsonl'), text.slice(0, end));
    expect(plain(new RunReader(folder).read(createRunState()).run)).toEqual(plain(slowly(folder)));
  }
});

test('killed, resumed and resumed again', async () => {
  const first = await fakeRun(tinyPlan({ epochs: 6 }));
  const record = JSON.parse(readFileSync(join(first.folder, 'run.json'), 'utf8'));
  writeFileSync(join(first.folder, 'run.json'), JSON.stringify({ ...record, state: 'running' }));
  await fakeResume(first.folder).catch(() => undefined);
  expect(plain(new RunReader(first.folder).read(createRunState()).run)).toEqual(plain(slowly(first.folder)));
});

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom('NaN' as const, 'Infinity' as const, '-Infinity' as const),
);

const stepLine = fc.record({
  loss: number,
  accuracy: fc.option(number, { nil: undefined }),
  norm: fc.option(number, { nil: undefined }),
  machine: fc.option(
    fc.record({ cpu: fc.double({ min: 0, max: 1, noNaN: true }), memory: fc.nat(), memoryTotal: fc.nat() }),
    { nil: undefined },
  ),
  odd: fc.constantFrom('', '', '', '', '\n', '{"seq":3,"kind":"step"}\n', 'no json\n'),
});

test('any numbers, with and without parts, lines that are none between them, in any pieces', () => {
  fc.assert(
    fc.property(
      fc.array(stepLine, { minLength: 1, maxLength: 60 }),
      fc.array(fc.nat(4000), { maxLength: 4 }),
      (steps, cuts) => {
        const folder = fresh();
        let seq = 1;
        const lines = steps.map(({ loss, accuracy, norm, machine, odd }) => {
          seq += 1;
          const event: RunEvent = {
            seq,
            time: 1_795_533_903_890 + seq,
            kind: 'step',
            step: seq - 1,
            epoch: 1,
            loss,
            metrics: accuracy === undefined ? {} : { accuracy },
            lr: 0.001,
            ...(norm === undefined ? {} : { gradientNorm: norm }),
            ms: { data: 0.026, compute: 12.557 },
            ...(machine === undefined ? {} : { machine }),
          };
          return odd + eventLine(event);
        });
        write(folder, [started({ steps: 100, epochs: 1, until: 100 })]);
        const text = lines.join('');
        const reader = new RunReader(folder);
        let run = createRunState();
        let from = 0;
        for (const cut of [...cuts, text.length].sort((a, b) => a - b)) {
          appendFileSync(join(folder, 'metrics.jsonl'), text.slice(from, cut));
          from = Math.max(from, Math.min(cut, text.length));
          run = reader.read(run).run;
        }
        expect(plain(run)).toEqual(plain(slowly(folder)));
      },
    ),
    { numRuns: 150 },
  );
});

test('numbers that no trainer writes are taken or left as JSON leaves them', () => {
  const folder = fresh();
  const line = (seq: string, loss: string, step = seq) =>
    `{"seq":${seq},"time":5,"kind":"step","step":${step},"epoch":1,"loss":${loss},"metrics":{},"lr":0.1,"ms":{"data":1,"compute":2}}\n`;
  const losses = [
    '1',
    '1.5',
    '01',
    '1.',
    '.5',
    '+1',
    '-0',
    '1e5',
    '1E-7',
    '1e',
    '"nan"',
    '"NaN"',
    'null',
    '123456789012345678',
    '0.1234567890123456789',
    '-',
    '1e999',
    '2e-320',
  ];
  const text = [
    line('1', '1'),
    line('2', '1'),
    ...losses.map((loss, index) => line(String(index + 3), loss)),
    line('40', '1', '-1'),
    line('41', '1', '1.5'),
  ];
  writeFileSync(join(folder, 'metrics.jsonl'), text.join(''));
  expect(plain(new RunReader(folder).read(createRunState()).run)).toEqual(plain(slowly(folder)));
});

test('what a resumed run does again is told, and what stands before it is kept', () => {
  const folder = fresh();
  const run = goodRun({ steps: 300, epochs: 3, until: 300 });
  write(folder, run.slice(0, 250));
  const reader = new RunReader(folder);
  const before = reader.read(createRunState());
  const again = started({ steps: 300, epochs: 3, until: 300 }, { seq: 1000, resumedFrom: 100 });
  const rest = run.slice(101, 140).map((event, index) => ({ ...event, seq: 1001 + index }));
  write(folder, [again, ...rest]);
  const after = reader.read(before.run);
  expect(after.kept).toBe(100);
  expect(after.events[0]).toMatchObject({ kind: 'started', resumedFrom: 100 });
  expect(plain(after.run)).toEqual(plain(slowly(folder)));
});

test('columns that were kept are right, are read on from, and are left where the file is another one', async () => {
  const folder = fresh();
  const caches = join(folder, 'caches');
  const run = goodRun({ steps: 60_000, epochs: 3, until: 60_000 });
  write(folder, run.slice(0, 55_000));
  const first = new RunReader(folder, caches);
  first.read(createRunState());
  await first.kept;
  expect(readdirSync(caches)).toHaveLength(1);
  const again = () => new RunReader(folder, caches).read(createRunState()).run;
  const cached = again();
  expect(cached.columns.length).toBe(slowly(folder).columns.length);
  expect(plain(cached)).toEqual(plain(slowly(folder)));
  write(folder, run.slice(55_000));
  expect(plain(again())).toEqual(plain(slowly(folder)));
  // Another file of the same size, one byte of a value changed: the time tells.
  const path = join(folder, 'metrics.jsonl');
  const text = readFileSync(path, 'utf8');
  const other = text.replace('"lr":0.001', '"lr":0.002');
  writeFileSync(path, other);
  const reader = new RunReader(folder, caches);
  reader.read(createRunState());
  await reader.kept;
  truncateSync(path, statSync(path).size - 1000);
  expect(plain(again())).toEqual(plain(slowly(folder)));
  // What stands in the folder of caches is not believed.
  const [name = ''] = readdirSync(caches);
  for (const wrong of ['', '{}\n', 'no header']) {
    writeFileSync(join(caches, name), wrong);
    expect(again().columns.length).toBe(slowly(folder).columns.length);
  }
});

test('kept columns with a single changed byte, wherever it is, are read anew and kept again', async () => {
  const folder = fresh();
  const caches = join(folder, 'caches');
  write(folder, goodRun({ steps: 52_000, epochs: 3, until: 52_000 }));
  const read = async () => {
    const reader = new RunReader(folder, caches);
    const { run } = reader.read(createRunState());
    await reader.kept;
    return plain(run);
  };
  const right = await read();
  const path = join(caches, readdirSync(caches)[0] ?? '');
  const good = readFileSync(path);
  const header = good.indexOf(10);
  const inHeader = (key: string) => good.indexOf(`"${key}":`) + key.length + 3;
  const places = [inHeader('offset'), inHeader('last') + 7, header, header + 20, good.length >> 1, good.length - 40];
  for (const place of [...places, good.length - 1]) {
    const bad = Buffer.from(good);
    bad[place] = (bad[place] ?? 0) ^ 1;
    writeFileSync(path, bad);
    expect(await read(), `byte ${place}`).toEqual(right);
    expect(readFileSync(path).equals(good), `byte ${place}`).toBe(true);
  }
});

test('a folder without lines, or that may not be read, is an empty run', () => {
  const folder = fresh();
  expect(new RunReader(folder).read(createRunState()).run).toEqual(createRunState());
  mkdirSync(join(folder, 'metrics.jsonl'));
  expect(new RunReader(folder).read(createRunState()).run.columns.length).toBe(0);
});
