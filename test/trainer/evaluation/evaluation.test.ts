/**
 * An evaluation from text to its files on a real engine: kinds of answers, slices by field and by condition against metrics of the
 * rows themselves, expectations, rows for people; the same files each time; a folder that cannot be written.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createFiles } from '../../../files/index.ts';
import { createAnalyser } from '../../../language/check/index.ts';
import { render } from '../../../language/messages/render.ts';
import { makePlan } from '../../../language/plan/make-plan.ts';
import { type EvaluateResult, findRows, isEvaluation, numberOf, parseRows } from '../../../protocol/index.ts';
import {
  evaluationCsv,
  evaluationMarkdown,
  isEvaluateResult,
  modelCard,
  ownRowsPlan,
  readEvaluation,
  readRun,
} from '../../../runs/index.ts';
import { type AnswerDeps, evaluate } from '../../../trainer/answer/evaluate.ts';
import { useExample } from '../../../trainer/answer/use-example.ts';
import { openUsed } from '../../../trainer/answer/use-open.ts';
import { useRows } from '../../../trainer/answer/use-rows.ts';
import { loadData } from '../../../trainer/data/prepare.ts';
import { createOnnxEngine } from '../../../trainer/engines/onnx/engine.ts';
import { catalogArithmetic } from '../../../trainer/run/arithmetic.ts';
import { realDisk } from '../../../trainer/run/disk.ts';
import { numbers } from '../../language/catalog/apply.ts';
import { fakeRun } from '../run-helper.ts';

const program = `
data People {
  source: csv("people.csv")
  traits: float32[3] = stack(age, income, height) -> Normalize
  town: int32 = city -> Index
  kind: int32 = kind -> Index
  bought: float32 = bought
  spent: float32 = spent
  test: 40%
}
model Person {
  input traits: float32[3]
  x = traits -> Dense(8, relu)
  output buys = x -> Dense(1) -> squeeze
  output kinds = x -> Dense(3, softmax)
  output spends = x -> Dense(1) -> squeeze
}
train Person on People {
  loss: binaryCrossEntropy(buys, bought) + crossEntropy(kinds, kind) + mse(spends, spent)
  metrics: [accuracy(buys, bought), accuracy(kinds, kind)]
  optimizer: Adam(0.01)
  batch: 16
  epochs: 8
}
evaluate Person on People {
  metrics: [accuracy(buys, bought), auc(buys, bought), accuracy(kinds, kind), f1(kinds, kind), mae(spends, spent), r2(spends, spent)]
  expect: [accuracy(buys, bought) > 5%, mae(spends, spent) < 0]
  slices: [town, traits[0] > 0]
  batch: 7
}`;

const folder = mkdtempSync(join(tmpdir(), 'mw-evaluation-'));
const ROWS = 200;
const draws = numbers(ROWS * 4, 5).map((value) => (value + 2) / 4);
const towns = ['Leeds', '<b>York</b>', 'Hull, "old"'];
const lines = Array.from({ length: ROWS }, (_, row) => {
  const [a = 0, b = 0, c = 0, d = 0] = draws.slice(row * 4, row * 4 + 4);
  const town = towns[row % 3] ?? '';
  const kind = a + b > 1 ? 'rich' : c > 0.5 ? 'tall' : 'plain';
  return [
    20 + 60 * a,
    1000 * b,
    150 + 50 * c,
    `"${town.replace(/"/g, '""')}"`,
    kind,
    a + 0.2 * d > 0.5 ? 1 : 0,
    b + c,
  ].join(',');
});
const file = join(folder, 'people.model');

function planOf(action: 'train' | 'evaluate') {
  const analyser = createAnalyser(createFiles({}));
  const answer = makePlan(analyser, { file, text: program, action });
  if (answer.kind === 'plan') return answer.plan;
  return expect.fail(answer.problems.map((one) => render(one.message)).join('\n'));
}

const deps: AnswerDeps = {
  disk: realDisk,
  openEngine: () => createOnnxEngine({ threads: 1 }),
  prepare: loadData,
  dataFolder: undefined,
  threads: 1,
  arithmetic: catalogArithmetic,
};
const around = { now: () => 1_700_000_000_000, say: () => undefined };

let run = '';
let result: EvaluateResult;
beforeAll(async () => {
  writeFileSync(join(folder, 'people.csv'), ['age,income,height,city,kind,bought,spent', ...lines, ''].join('\n'));
  writeFileSync(file, program);
  const trained = await fakeRun(planOf('train'), {
    deps: { openEngine: deps.openEngine, prepare: loadData, arithmetic: catalogArithmetic },
  });
  expect(trained.code).toBe(0);
  run = trained.folder;
  result = await evaluate(planOf('evaluate'), run, 'best', deps, around);
});

const textOf = (name: string) => readFileSync(join(run, 'eval', 'Person', name), 'utf8');

test('what is written is what is answered, and is an evaluation by its guard', () => {
  expect(isEvaluateResult(JSON.parse(JSON.stringify(result)))).toBe(true);
  const read = readEvaluation(run, 'Person');
  expect(isEvaluation(read)).toBe(true);
  expect(read).toEqual(JSON.parse(JSON.stringify(result.evaluation)));
  expect(read).toMatchObject({ part: 'test', examples: 80, notes: [] });
});

test('one answer for each output: yes or no, classes with their names, numbers', () => {
  expect(result.evaluation.answers.map(({ name, truth, kind }) => [name, truth, kind])).toEqual([
    ['buys', 'bought', 'yes-no'],
    ['kinds', 'kind', 'classes'],
    ['spends', 'spent', 'numbers'],
  ]);
  const kinds = result.evaluation.answers[1];
  expect(kinds).toMatchObject({ classes: ['plain', 'rich', 'tall'] });
});

test('every metric has the engine’s value, and an interval by the rows that holds it', () => {
  const { metrics } = result.evaluation;
  expect(Object.keys(metrics)).toEqual(['accuracy.buys', 'auc', 'accuracy.kinds', 'f1', 'mae', 'r2']);
  for (const [name, figure] of Object.entries(metrics)) {
    expect(figure.value, name).toBe(result.metrics[name]);
    expect(figure.method, name).toBeDefined();
    expect(Number(figure.low), name).toBeLessThanOrEqual(Number(figure.value));
    expect(Number(figure.high), name).toBeGreaterThanOrEqual(Number(figure.value));
  }
});

test('slices: the metrics of their rows alone, in whatever batches', () => {
  const rows = parseRows(textOf('rows.jsonl'), 0) ?? [];
  expect(rows).toHaveLength(80);
  const [town, condition] = result.evaluation.slices;
  expect(town).toMatchObject({ text: 'town', left: 0 });
  expect(town!.values.map(({ value }) => value).sort()).toEqual(['<b>York</b>', 'Hull, "old"', 'Leeds']);
  expect(condition).toMatchObject({ text: 'traits[0] > 0' });
  for (const slice of result.evaluation.slices) {
    const all = slice.values.reduce((sum, { examples: own }) => sum + own, 0);
    expect(all).toBe(80);
    const hits = slice.values.reduce(
      (sum, own) => sum + own.examples * numberOf(own.metrics['accuracy.buys']!.value),
      0,
    );
    const whole = rows.filter((entry) => entry !== null && Number(entry[1]) > 0.5 === (entry[0] === 1)).length;
    expect(hits).toBeCloseTo(whole, 3);
  }
});

test('expectations with their places', () => {
  expect(result.expect).toMatchObject([
    { text: 'accuracy(buys, bought) > 5%', held: true },
    { text: 'mae(spends, spent) < 0', held: false, place: { file } },
  ]);
});

test('rows for people are the rows that were measured', async () => {
  const classes = parseRows(textOf('rows.jsonl'), 1) ?? [];
  const wrong = findRows('classes', classes, { kind: 'mistakes', threshold: 0.5 });
  const kinds = result.evaluation.answers[1]!;
  if (kinds.kind !== 'classes') return expect.fail();
  expect(wrong).toHaveLength(kinds.mistakes);
  const wanted = [0, 7, 79];
  const used = await openUsed(run, deps);
  const { examples: shown } = await useRows({ name: 'Person', rows: [...wanted, 5000] }, used);
  expect((await useRows({ name: 'Person', rows: [7] }, used)).examples).toEqual([shown[1]]);
  await used.dispose();
  expect(shown.map(({ row }) => row)).toEqual(wanted);
  for (const { row, columns, where } of shown) {
    const cell = columns.find(({ name }) => name === 'kind')?.cell;
    expect(cell).toEqual({ kind: 'text', text: kinds.classes[Number(classes[row]![0])] });
    expect(where).toContain('people.csv');
  }
});

test('made once more, its files are the same to the byte', async () => {
  const before = ['evaluation.json', 'rows.jsonl', 'plan.json'].map(textOf);
  await evaluate(planOf('evaluate'), run, 'best', deps, around);
  expect(['evaluation.json', 'rows.jsonl', 'plan.json'].map(textOf)).toEqual(before);
});

test('reports: markup of the data stays text, formulas stay texts', () => {
  const text = evaluationMarkdown(result.evaluation);
  expect(text).not.toContain('<b>');
  expect(text).toContain('&#60;b&#62;York');
  expect(text).toContain('| `mae(spends, spent) < 0` |');
  const csv = evaluationCsv(result.evaluation);
  expect(csv.split('\n')[0]).toBe('section,item,figure,value,low,high,method');
  expect(csv).toContain('"Hull, ""old"""');
  const card = modelCard(readRun(run)!, '2026-03-14');
  for (const part of ['### Architecture', 'Person/Dense.0', 'mae(spends, spent) < 0', 'is not reached', 'SHA-256'])
    expect(card).toContain(part);
});

test('a folder that cannot be written costs the files, not the figures', async () => {
  const disk = {
    ...realDisk,
    replace: () => {
      throw new Error('EROFS: read-only file system');
    },
  };
  const again = await evaluate(planOf('evaluate'), run, 'best', { ...deps, disk }, around);
  expect(again.metrics).toEqual(result.metrics);
  expect(again.evaluation.notes).toEqual(["It could not be kept in the run's folder: EROFS: read-only file system"]);
});

test('without an `evaluate` block: on the rows that the run did not train on', async () => {
  const plan = ownRowsPlan(run);
  const own = await evaluate(plan ?? expect.fail(), run, 'best', deps, around);
  expect(own.evaluation).toMatchObject({ name: 'own-rows', part: 'test', examples: 80, expect: [] });
  expect(Object.keys(own.metrics)).toEqual(['loss', 'accuracy.buys', 'accuracy.kinds']);
  expect(own.metrics['accuracy.buys']).toBe(result.metrics['accuracy.buys']);
  expect(own.evaluation.answers.map(({ kind }) => kind)).toEqual(['yes-no', 'classes', 'numbers']);
});

test('an evaluation that is not there is told', async () => {
  const used = await openUsed(run, deps);
  const asked = useRows({ name: '../checkpoints', rows: [0] }, used);
  await expect(asked).rejects.toThrow('There is no evaluation `../checkpoints`');
  await used.dispose();
});

test('a warm model goes on answering where the folder of its run is deleted', async () => {
  const copy = `${run}-copy`;
  cpSync(run, copy, { recursive: true });
  const used = await openUsed(copy, deps);
  const before = await useExample({ index: 1 }, used);
  rmSync(copy, { recursive: true });
  expect(await used.refresh()).toBeUndefined();
  expect((await useExample({ index: 1 }, used)).outputs).toEqual(before.outputs);
  await used.dispose();
});
