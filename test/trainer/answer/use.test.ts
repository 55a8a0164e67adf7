/** A process that holds a model warm answers as `predict` does, bit for bit, and takes a newer checkpoint when there is one. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pngOf } from '../../../cli/png.ts';
import {
  numberOf,
  parseUseLine,
  TRAINER_VERSION,
  type UseLine,
  type UseOutput,
  type UsePredictAnswer,
} from '../../../protocol/index.ts';
import { decodePng } from '../../../trainer/data/image/png.ts';
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
});

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

/** What is said where it fails. */
function modelwrightFails(...args: string[]): string {
  const { stderr, status } = spawnSync(process.execPath, [cli, ...args, '--runs', runs, '--engine', 'onnx'], {
    encoding: 'utf8',
  });
  expect(status).toBeGreaterThan(0);
  return stderr;
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
  const doings: string[] = [];
  const hear = async (): Promise<Exclude<UseLine, { kind: 'doing' }>> => {
    for (;;) {
      const next = await lines.next();
      if (next.done === true) throw new Error('The process has ended.');
      const line = parseUseLine(next.value);
      if (line === undefined) throw new Error(next.value);
      if (line.kind !== 'doing') return line;
      doings.push(line.what);
    }
  };
  const exited = new Promise<number | null>((done) => child.once('exit', done));
  return { say, hear, doings, end: () => child.stdin.end(), exited };
}

const NAMES = `
data Names(length: int = 8) {
  source: text("names.txt")
  letters: int32[length + 1] = lines -> characters(length: length + 1, start: true, end: true) -> Index
  before: int32[length] = letters[..-1]
  next: int32[length] = letters[1..]
}
model Letters {
  input before: int32[T]
  output scores = before -> Embedding(10, 8) -> LSTM(24, sequences: true) -> Dense(10)
}
train Letters on Names { loss: crossEntropy(scores, next, where: next != 0); optimizer: Adam(0.02); epochs: 12; batch: 16 }
`;

/** A decoder that is asked without an image once the place that the encoder gives is drawn by chance. */
const dreamer = `
import Digits from "${join(examples, 'digits', 'digits.model').replaceAll('\\', '/')}"
model Dreamer(latent: int = 4) {
  input image: float32[28, 28, 1]
  h = image -> Flatten -> Dense(32, relu)
  mean = h -> Dense(latent)
  logvar = h -> Dense(latent)
  z = mean + exp(0.5 * logvar) * gaussian([latent])
  output drawn = z -> Dense(32, relu) -> Dense(784, sigmoid) -> reshape([28, 28, 1])
  output kl = -0.5 * sum(1 + logvar - mean ** 2 - exp(logvar))
}
train Dreamer on Digits {
  loss: binaryCrossEntropy(drawn, image, reduce: sum) + kl
  epochs: 1
  batch: 128
}
`;

const PICTURES = `
data Shades {
  source: folder("pictures", files: "*.png")
  image: float32[8, 8, 3] = file -> decodeImage -> resize(8, 8) -> scale(0..255, 0..1)
  kind: int32 = folder -> Index
}
model Shade {
  input image: float32[8, 8, 3]
  output label = image -> Flatten -> Dense(2, softmax)
}
train Shade on Shades { loss: crossEntropy(label, kind); epochs: 2; batch: 4 }
`;

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

function numberIn(output: UseOutput | undefined): number {
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
  expect(numberIn(answer.outputs[0])).toBe(JSON.parse(plain).outputs.price[0]);
  expect(answer.seen.map(({ name }) => name)).toEqual(['numbers', 'place', 'green']);
  expect(answer.seen[0]?.stages.map(({ title }) => title)).toContain('column area');
  one.end();
  expect(await one.exited).toBe(0);
});

test('a dropped picture gives what `predict` gives for its file, whatever its size', async () => {
  const folder = join(work, 'pictures');
  for (const kind of ['bright', 'dark']) mkdirSync(join(folder, kind), { recursive: true });
  for (let i = 0; i < 12; i++) {
    const level = i % 2 === 0 ? 200 : 40;
    const pixels = Uint8Array.from({ length: 14 * 12 * 3 }, (_, at) => level + ((at * 7 + i) % 40));
    writeFileSync(join(folder, i % 2 === 0 ? 'bright' : 'dark', `${i}.png`), pngOf(pixels, 14, 12, 3));
  }
  writeFileSync(join(work, 'pictures.model'), PICTURES);
  const run = train(join(work, 'pictures.model'));
  const file = join(work, 'new.png');
  writeFileSync(
    file,
    pngOf(
      Uint8Array.from({ length: 30 * 20 * 3 }, (_, i) => (i * 13) % 256),
      30,
      20,
      3,
    ),
  );
  const one = warm(run);
  await one.hear();
  one.say({ id: 1, kind: 'form', ask: {} });
  const form = await one.hear();
  expect(form.kind === 'answer' && form.body).toMatchObject({
    inputs: [{ kind: 'picture', name: 'file', shape: [8, 8, 3], sized: true }],
  });
  const given = { kind: 'file', name: '../../new.png', bytes: readFileSync(file).toString('base64') };
  one.say({ id: 2, kind: 'predict', ask: { inputs: { file: given } } });
  const { seen, outputs } = answerOf(await one.hear());
  expect(outputs[0]).toMatchObject({ kind: 'classes', classes: ['bright', 'dark'] });
  const [plain = ''] = modelwright('predict', run.split('/').at(-1)!, '--input', `file=${file}`);
  expect(outputs[0]?.kind === 'classes' && outputs[0].chances).toEqual(JSON.parse(plain).outputs.label[0]);
  expect(seen[0]?.cell).toMatchObject({ kind: 'picture', width: 8, height: 8, channels: 3 });
  // Where it lies meanwhile is nobody's business.
  expect(JSON.stringify(seen)).not.toContain('modelwright-use-');
  one.say({ id: 3, kind: 'predict', ask: { inputs: { file: { ...given, bytes: 'PGI+' } } } });
  const refused = await one.hear();
  expect(refused.kind === 'failed' && refused.error.message).toMatch(/no picture/);
  one.say({ id: 4, kind: 'example', ask: { part: 'train', index: 13 } });
  const example = await one.hear();
  expect(example.kind === 'answer' && example.body).toMatchObject({
    part: 'train',
    rows: 12,
    index: 1,
    truth: [{ name: 'kind' }],
    given: { file: { kind: 'file' } },
  });
  expect(one.doings).toEqual(['checkpoint', 'engine', 'model', 'data', 'answer']);
  one.end();
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
  const before = numberIn(answerOf(await one.hear()).outputs[0]);
  cpSync(join(later, 'checkpoints', newest), join(folder, 'checkpoints', newest), { recursive: true });
  one.say({ id: 2, kind: 'predict', ask: { inputs: row(asked()) } });
  expect(await one.hear()).toMatchObject({ kind: 'checkpoint', checkpoint: { step: steps.at(-1) } });
  expect(numberIn(answerOf(await one.hear()).outputs[0])).not.toBe(before);
  one.end();
});

test('text from the command line: the same seed writes the same, a row that ends ends', () => {
  const file = join(work, 'names.model');
  writeFileSync(
    join(work, 'names.txt'),
    Array.from({ length: 300 }, (_, i) => ['anna', 'ben', 'hannah'][i % 3]).join('\n'),
  );
  writeFileSync(file, NAMES);
  const run = train(file).split('/').at(-1)!;
  const write = (...args: string[]) => JSON.parse(modelwright('generate', run, ...args)[0]!);
  const first = write('--prompt', 'a', '--seed', '3');
  expect(first).toMatchObject({ kind: 'text', notes: [] });
  expect(first.text).toMatch(/^a[anbeh]*$/);
  expect(write('--prompt', 'a', '--seed', '3')).toEqual(first);
  expect(write('--prompt', 'b', '--temperature', '0')).toMatchObject({ text: 'ben', ended: 'itself' });
  expect(write('--prompt', 'aZ').notes).toHaveLength(1);
  const long = modelwrightFails('generate', run, '--prompt', 'annaannaanna');
  expect(long).toContain('Shorten it');
  expect(modelwrightFails('generate', run, '--length', '0')).toContain('Length is 1 to');
  expect(modelwrightFails('generate', houses.split('/').at(-1)!)).toContain('makes nothing by itself');
});

test('pictures from the command line: PNG files that the project reads again', () => {
  const file = join(work, 'dreamer.model');
  writeFileSync(file, dreamer);
  const run = train(file).split('/').at(-1)!;
  const to = join(work, 'made');
  const { stdout, status } = spawnSync(
    process.execPath,
    [cli, 'generate', run, '--count', '3', '--to', to, '--runs', runs, '--engine', 'onnx', '--threads', '1'],
    { encoding: 'utf8' },
  );
  expect(status).toBe(0);
  expect(stdout.trim().split('\n')).toEqual(['01', '02', '03'].map((name) => join(to, `${name}.png`)));
  const picture = decodePng(readFileSync(join(to, '02.png')));
  expect(picture).toMatchObject({ height: 28, width: 28, channels: 1 });
  expect(new Set(picture?.data).size).toBeGreaterThan(5);
});

test('a run without a checkpoint is refused in words', async () => {
  const folder = join(runs, '9999-empty');
  cpSync(houses, folder, { recursive: true });
  rmSync(join(folder, 'checkpoints'), { recursive: true });
  const { stdout } = spawnSync(process.execPath, [trainer], {
    encoding: 'utf8',
    input: `${JSON.stringify({ version: TRAINER_VERSION, kind: 'use', folder, options: { engine: 'onnx', device: 'cpu', threads: 1 } })}\n`,
  });
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '').error.code).toBe('train/no-checkpoint');
});
