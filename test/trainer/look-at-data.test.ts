/** Rows of a data declaration as people look at them: raw, after each step, augmented; with statistics and counts. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makeDataPlan } from '../../language/index.ts';
import { type DataReport, type DataWindow, isDataReport, numberOf } from '../../protocol/index.ts';
import { lookAtData } from '../../trainer/answer/data.ts';
import { idxFile } from './files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mw-look-'));
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${i % 4 === 0 ? '' : i * 2},${['cat', 'dog', 'owl'][i % 3]}`);
  writeFileSync(join(folder, 'table.csv'), `a,b,kind\n${rows.join('\n')}\n`);
  const pixels = Array.from({ length: 10 * 16 * 16 }, (_, i) => i % 256);
  writeFileSync(join(folder, 'images.idx.gz'), idxFile([10, 16, 16], pixels));
});

const table = `data Table {
  source: csv("table.csv")
  x: float32[2] = stack(a, b -> fill(0)) -> Normalize
  kind: int32 = kind -> Index
  validation: 10%
  shuffle: false
}
`;

const pictures = `data Pictures {
  source: idx(images: "images.idx.gz")
  image: float32[16, 16, 1] = images -> expand -> scale(0..255, 0..1)
  augment: image -> flip -> shift(3)
}
`;

async function look(text: string, window: Partial<DataWindow> = {}): Promise<DataReport> {
  const file = join(folder, 'test.model');
  const answer = makeDataPlan(createAnalyser(createFiles({})), { file, text });
  if (answer.kind === 'problems') throw new Error(JSON.stringify(answer.problems));
  const { sources, data } = answer;
  const report = await lookAtData(
    { file, sources, data },
    { part: 'train', from: 0, count: 3, epoch: 1, ...window },
    undefined,
  );
  // It passes as JSON between processes.
  const passed: unknown = JSON.parse(JSON.stringify(report));
  expect(isDataReport(passed)).toBe(true);
  return report;
}

test('raw columns, each step in the words of the program, and the finished field', async () => {
  const report = await look(table);
  expect(report.rows).toEqual({ train: 36, validation: 4, test: 0 });
  expect(report.names).toEqual([
    'row 1 of "table.csv", column `a`',
    'row 2 of "table.csv", column `a`',
    'row 3 of "table.csv", column `a`',
  ]);
  const [x, kind] = report.fields;
  expect(x?.type).toBe('float32[2]');
  expect(x?.stages.map((stage) => stage.title)).toEqual([
    'column a',
    'column b',
    'fill(0)',
    'stack(a, b -> fill(0))',
    'Normalize',
  ]);
  expect(x?.stages.map((stage) => stage.cells[0])).toMatchObject([
    { kind: 'number', value: 0 },
    { kind: 'empty' },
    { kind: 'number', value: 0 },
    { kind: 'numbers', shape: [2], first: [0, 0] },
    { kind: 'numbers', shape: [2] },
  ]);
  expect(x?.stages[3]?.place).toMatchObject({ file: join(folder, 'test.model'), line: 3 });
  expect(kind?.stages.map((stage) => stage.cells[1])).toEqual([
    { kind: 'text', text: 'dog' },
    { kind: 'number', value: 1 },
  ]);
});

test('statistics over the part, and how often each value comes', async () => {
  const { fields } = await look(table);
  const statistics = fields[0]?.statistics;
  expect(statistics?.count).toBe(72);
  expect(numberOf(statistics?.mean ?? 'NaN')).toBeCloseTo(0, 5);
  expect(numberOf(statistics?.deviation ?? 'NaN')).toBeCloseTo(1, 5);
  expect(fields[0]?.classes).toBeUndefined();
  expect(fields[1]?.classes).toEqual([
    { value: 'cat (0)', count: 12 },
    { value: 'dog (1)', count: 12 },
    { value: 'owl (2)', count: 12 },
  ]);
});

test('a window beyond the end shows the last row; other parts are shown as they are', async () => {
  const beyond = await look(table, { from: 1000 });
  expect(beyond.window.from).toBe(35);
  expect(beyond.names).toHaveLength(1);
  const validation = await look(table, { part: 'validation', count: 500 });
  expect(validation.names).toHaveLength(4);
  const none = await look(table, { part: 'test' });
  expect(none.names).toEqual([]);
  expect(none.fields[0]?.statistics).toBeUndefined();
});

test('pictures are pictures; what augmentation makes of them changes with the epoch and comes again', async () => {
  const first = await look(pictures);
  const [image] = first.fields;
  expect(image?.stages.map((stage) => stage.title)).toEqual([
    'column images',
    'expand',
    'scale(0..255, 0..1)',
    'augmented',
  ]);
  const raw = image?.stages[0]?.cells[0];
  if (raw?.kind !== 'picture') throw new Error('The raw cell is no picture.');
  expect({ ...raw, pixels: [...Buffer.from(raw.pixels, 'base64').subarray(0, 3)] }).toEqual({
    kind: 'picture',
    shape: [16, 16],
    width: 16,
    height: 16,
    channels: 1,
    low: 0,
    high: 255,
    pixels: [0, 1, 2],
  });
  const augmented = (report: DataReport) => JSON.stringify(report.fields[0]?.stages.at(-1)?.cells);
  expect(augmented(await look(pictures, { epoch: 2 }))).not.toBe(augmented(first));
  expect(augmented(await look(pictures))).toBe(augmented(first));
});
