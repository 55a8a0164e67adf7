/** The examples that run: no errors, in our own format, their data made again byte for byte, and the digits learned. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, format, makePlan } from '../../language/index.ts';
import { bundleTrainer } from '../trainer/bundle.ts';

const root = join(import.meta.dirname, '..', '..');
const examples = join(root, 'examples');
const programs = ['digits/digits.model', 'mnist/mnist.model', 'table/houses.model', 'gpt/tales.model'];

test.each(programs)('%s has no error and is laid out', (path) => {
  const file = join(examples, path);
  const text = readFileSync(file, 'utf8');
  const { problems } = createAnalyser(createFiles()).analyse(file, text);
  // The files of MNIST may be missing here: that is information, not a mistake.
  expect(problems.filter(({ code }) => code !== 'data/missing-file')).toEqual([]);
  expect(format(text)).toBe(text);
});

test('the digits program is the network that it is said to be', () => {
  const file = join(examples, 'digits/digits.model');
  const answer = makePlan(createAnalyser(createFiles()), { file, text: readFileSync(file, 'utf8'), action: 'train' });
  if (answer.kind !== 'plan') throw new Error('no plan');
  const sizes = answer.plan.graph.weights.map((weight) => weight.shape.reduce((a, b) => a * b, 1));
  expect(sizes.reduce((a, b) => a + b, 0)).toBe(693_962);
});

test('tables and tales are made again byte for byte', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mw-examples-'));
  for (const [script, example] of [
    ['make-houses.mjs', 'table/houses.csv'],
    ['make-tales.mjs', 'gpt/tales.txt'],
  ] as const) {
    const made = join(folder, script);
    execFileSync(process.execPath, [join(root, 'scripts', script), made]);
    expect(readFileSync(made).equals(readFileSync(join(examples, example)))).toBe(true);
  }
});

test('the digits come to less than 3 MB', () => {
  const files = readdirSync(join(examples, 'digits')).filter((name) => name.endsWith('.gz'));
  expect(files).toHaveLength(4);
  const bytes = files.reduce((sum, name) => sum + readFileSync(join(examples, 'digits', name)).length, 0);
  expect(bytes).toBeLessThan(3_000_000);
});

let cli: string;
beforeAll(async () => {
  cli = join(dirname(await bundleTrainer()), 'cli.js');
});

test('the digits are learned: more than 95 % of those never seen', () => {
  const runs = mkdtempSync(join(tmpdir(), 'mw-digits-'));
  const modelwright = (...args: string[]) =>
    spawnSync(process.execPath, [cli, ...args, '--runs', runs], { cwd: root, encoding: 'utf8' });
  const trained = modelwright('train', 'examples/digits/digits.model', '--set', 'epochs=2');
  expect(trained.stderr).toContain('epoch 2/2');
  expect(trained.status).toBe(0);
  const evaluated = modelwright('evaluate', 'examples/digits/digits.model', '--json');
  const result = JSON.parse(evaluated.stdout);
  expect(result).toMatchObject({ examples: 2000, data: 'Digits("test")', expect: [{ held: true }] });
  expect(result.metrics.accuracy).toBeGreaterThan(0.95);
  expect(evaluated.status).toBe(0);
});
