/** A process that holds a model warm answers as `predict` does, bit for bit, and takes a newer checkpoint when there is one. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  numberOf,
  parseUseLine,
  TRAINER_VERSION,
  type UseLine,
  type UseOutput,
  type UsePredictAnswer,
} from '../../../protocol/index.ts';
import { bundleTrainer } from '../bundle.ts';

const examples = join(import.meta.dirname, '..', '..', '..', 'examples');
const work = mkdtempSync(join(tmpdir(), 'mw-use-'));
const runs = join(work, 'runs');
const children: ChildProcess[] = [];
let trainer = '';
let cli = '';
let houses = '';

beforeAll(async () => {
  trainer = await bundleTrainer();
  cli = join(dirname(trainer), 'cli.js');
  houses = train(join(examples, 'table', 'houses.model'), 'epochs=2');
}, 120_000);

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(work, { recursive: true, force: true });
});

function modelwright(...args: string[]): string[] {
  const machine = ['--runs', runs, '--engine', 'onnx', '--threads', '1', '--json'];
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args, ...machine], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout.trim().split('\n');
}

/** The run's folder. */
function train(file: string, ...settings: string[]): string {
  modelwright('train', file, ...settings.flatMap((each) => ['--set', each]));
  return join(runs, readdirSync(runs).sort().at(-1)!);
}

function warm(folder: string) {
  const child = spawn(process.execPath, [trainer], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const say = (value: unknown) => child.stdin.write(`${JSON.stringify(value)}\n`);
  const options = { engine: 'onnx', device: 'cpu', threads: 1 };
  say({ version: TRAINER_VERSION, kind: 'use', folder, options });
  const hear = async (): Promise<UseLine> => {
    const next = await lines.next();
    if (next.done === true) throw new Error('The process has ended.');
    return parseUseLine(next.value) ?? Promise.reject(new Error(next.value));
  };
  const exited = new Promise<number | null>((done) => child.once('exit', done));
  return { say, hear, end: () => child.stdin.end(), exited };
}

const HOUSE = { area: 120, rooms: 4, built: 1990, floor: 1, distance: 5, district: 'north', garden: 'yes' };

function row(values: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { kind: 'value', value }]));
}

function asked(): Readonly<Record<string, unknown>> {
  const [head = '', first = ''] = readFileSync(join(examples, 'table', 'houses.csv'), 'utf8').split('\n');
  const cells = first.split(',');
  const names = head.trim().split(',');
  const values = names.map((name, i) => [name, Number.isNaN(Number(cells[i])) ? cells[i]?.trim() : Number(cells[i])]);
  return Object.fromEntries(values.filter(([name]) => String(name) in HOUSE));
}

function answerOf(line: UseLine): UsePredictAnswer {
  if (line.kind !== 'answer') throw new Error(JSON.stringify(line));
  return line.body as UsePredictAnswer;
}

function valueOf(output: UseOutput | undefined): number {
  return output?.kind === 'cell' && output.cell.kind === 'number' ? numberOf(output.cell.value) : Number.NaN;
}

test('a row of a table gives what `predict` gives, with what the model sees of it', async () => {
  const one = warm(houses);
  expect(await one.hear()).toMatchObject({ kind: 'ready', checkpoint: { skipped: [] } });
  const values = asked();
  one.say({ id: 1, kind: 'predict', ask: { inputs: row(values) } });
  const answer = answerOf(await one.hear());
  const given = Object.entries(values).flatMap(([name, value]) => ['--input', `${name}=${JSON.stringify(value)}`]);
  const [plain = ''] = modelwright('predict', houses.split('/').at(-1)!, ...given);
  expect(valueOf(answer.outputs[0])).toBe(JSON.parse(plain).outputs.price[0]);
  expect(answer.seen.map(({ name }) => name)).toEqual(['numbers', 'place', 'green']);
  expect(answer.seen[0]?.stages.map(({ title }) => title)).toContain('column area');
  one.end();
  expect(await one.exited).toBe(0);
});

test('what cannot be answered is told, and the next question is answered', async () => {
  const one = warm(houses);
  await one.hear();
  one.say({ id: 1, kind: 'paint', ask: {} });
  expect(await one.hear()).toMatchObject({ kind: 'failed', id: 1, error: { code: 'train/request' } });
  one.say({ id: 2, kind: 'predict', ask: { inputs: row({ area: 'large' }) } });
  expect(await one.hear()).toMatchObject({ kind: 'failed', id: 2, cancelled: false });
  one.say({ id: 3, kind: 'predict', ask: { inputs: row({ ...asked(), district: 'Atlantis' }) } });
  const refused = await one.hear();
  expect(refused.kind === 'failed' ? refused.error.message : '').toContain('Atlantis');
  one.say({ id: 4, kind: 'predict', ask: { inputs: row(asked()) } });
  one.say({ id: 5, kind: 'predict', ask: { inputs: row(asked()) } });
  one.say({ id: 5, kind: 'cancel' });
  expect(await one.hear()).toMatchObject({ kind: 'answer', id: 4 });
  expect(await one.hear()).toMatchObject({ kind: 'failed', id: 5, cancelled: true });
  one.end();
});

test('a newer checkpoint answers from then on', async () => {
  const folder = train(join(examples, 'table', 'houses.model'), 'epochs=6');
  const steps = readdirSync(join(folder, 'checkpoints'))
    .map(Number)
    .sort((a, b) => a - b);
  // The run as it was before its last checkpoint: what was written later comes back below.
  const later = join(work, 'later');
  cpSync(folder, later, { recursive: true });
  const newest = String(steps.at(-1));
  rmSync(join(folder, 'checkpoints', newest), { recursive: true });
  const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...record, best: undefined }));
  const one = warm(folder);
  const ready = await one.hear();
  expect(ready).toMatchObject({ kind: 'ready', checkpoint: { step: steps.at(-2) } });
  one.say({ id: 1, kind: 'predict', ask: { inputs: row(asked()) } });
  const before = valueOf(answerOf(await one.hear()).outputs[0]);
  cpSync(join(later, 'checkpoints', newest), join(folder, 'checkpoints', newest), { recursive: true });
  one.say({ id: 2, kind: 'predict', ask: { inputs: row(asked()) } });
  expect(await one.hear()).toMatchObject({ kind: 'checkpoint', checkpoint: { step: steps.at(-1) } });
  expect(valueOf(answerOf(await one.hear()).outputs[0])).not.toBe(before);
  one.end();
}, 60_000);

test('a run without a checkpoint is refused in words', async () => {
  const folder = join(runs, '9999-empty');
  cpSync(houses, folder, { recursive: true });
  rmSync(join(folder, 'checkpoints'), { recursive: true });
  const { stdout } = spawnSync(process.execPath, [trainer], {
    encoding: 'utf8',
    input: `${JSON.stringify({ version: TRAINER_VERSION, kind: 'use', folder, options: { engine: 'onnx', device: 'cpu', threads: 1 } })}\n`,
  });
  expect(JSON.parse(stdout).error.code).toBe('train/no-checkpoint');
});
