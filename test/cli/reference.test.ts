/** What a script gets of the published models: no problem from `check --json`, every count from `summary --json`. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { expected, languagePrograms } from '../language/reference-models/expected.ts';
import { bundleTrainer } from '../trainer/bundle.ts';

const root = join(import.meta.dirname, '..', '..');
let cli: string;
beforeAll(async () => {
  cli = join(dirname(await bundleTrainer()), 'cli.js');
});

function modelwright(...args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, MODELWRIGHT_DATA: '' },
  });
  return { status, stderr, lines: stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)])) };
}

test('check goes through folders and files: no error, no warning', () => {
  const { status, lines } = modelwright('check', 'examples', 'examples/digits/digits.model', '--json');
  const told = lines.filter(({ severity }) => severity === 'error' || severity === 'warning');
  expect(told.map(({ file, code, message }) => `${file} ${code}: ${message}`)).toEqual([]);
  expect(lines.at(-1)).toMatchObject({ summary: { errors: 0, warnings: 0 } });
  expect(lines.at(-1).summary.files).toBeGreaterThan(40);
  expect(status).toBe(0);
});

const rows = [
  ...expected.map((row) => ({ ...row, folder: 'reference' })),
  ...languagePrograms.map((row) => ({ ...row, folder: 'language' })),
];

test.each(rows)('summary of $folder/$file $unit', ({ folder, file, unit, parameters, trainable, outputs, sets }) => {
  const path = `examples/${folder}/${file}.model`;
  const more = Object.entries(sets ?? {}).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const { status, lines, stderr } = modelwright('summary', path, unit, ...more, '--json');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const [summary] = lines;
  expect(summary).toMatchObject({ unit, parameters, trainable: trainable ?? parameters });
  const shapes = Object.entries(summary.outputs).map(([name, value]) => [name, (value as { shape: unknown }).shape]);
  expect(Object.fromEntries(shapes)).toEqual(outputs);
});

test('sizes and shapes from outside', () => {
  const [sized] = modelwright(
    'summary',
    'examples/reference/31-gpt-2.model',
    '--set',
    'T=256',
    '--batch',
    '4',
    '--json',
  ).lines;
  expect(sized).toMatchObject({
    parameters: 124_439_808,
    outputs: { scores: { dtype: 'float32', shape: [256, 50_257] } },
    memory: { batch: 4, weights: 4 * 124_439_808, optimizer: 8 * 124_439_808 },
  });
  expect(sized.macs).toBeGreaterThan(256 * 124_439_808 * 0.9);
  const [block] = modelwright(
    'summary',
    'examples/reference/22-vae.model',
    'Encoder',
    '--input',
    'image=28,28,1',
    '--json',
  ).lines;
  expect(block).toMatchObject({ unit: 'Encoder', parameters: 69_076 });
  const wrong = modelwright('summary', 'examples/reference/31-gpt-2.model', '--set', 'contxt=9');
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain('`GPT2` has no parameter, size or input `contxt`. Did you mean `context`?');
});
