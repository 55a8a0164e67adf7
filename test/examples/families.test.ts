/**
 * The families of models: laid out, without an error on their real data, and trained: the tables to the end, of the others two
 * steps. Where the public data is missing (`npm run data`, MODELWRIGHT_DATA), only what needs none is tested.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { format } from '../../language/index.ts';
import { type Family, families } from '../../scripts/lib/families.mjs';
import { bundleTrainer } from '../trainer/bundle.ts';

const root = join(import.meta.dirname, '..', '..');
const own = join(root, 'examples', 'families');
const data = process.env.MODELWRIGHT_DATA ?? own;
const isThere = (family: Family) =>
  family.needs.every((file) => existsSync(join(own, file)) || existsSync(join(data, file)));
const there = families.filter(isThere);
const missing = families.filter((family) => !isThere(family)).map((family) => family.name);
if (missing.length > 0)
  console.log(`Public data is missing (MODELWRIGHT_DATA): ${missing.join(', ')} are not trained.`);

let cli = '';
beforeAll(async () => {
  if (there.length > 0) cli = join(dirname(await bundleTrainer()), 'cli.js');
});

function modelwright(...args: string[]) {
  const env = { ...process.env, MODELWRIGHT_DATA: data };
  return spawnSync(process.execPath, [cli, ...args], { cwd: root, encoding: 'utf8', env });
}

test.each(families.map(({ name }) => name))('%s is laid out', (name) => {
  const text = readFileSync(join(own, `${name}.model`), 'utf8');
  expect(format(text)).toBe(text);
});

test.each(there.map((family) => [family.name, family] as const))(
  '%s trains on its data',
  (name, family) => {
    const runs = mkdtempSync(join(tmpdir(), 'mw-families-'));
    const program = join('examples', 'families', `${name}.model`);
    const machine = ['--runs', runs, '--engine', 'onnx', '--threads', '1'];
    const checked = modelwright('check', program);
    expect(checked.stdout).toBe('');
    const whole = family.needs[0]?.startsWith('tabular/') === true;
    for (const { train, evaluate } of family.runs) {
      const named = (block: string | undefined) => (block === undefined ? [] : [block]);
      const less = whole ? [] : ['--set', 'steps=2'];
      const trained = modelwright('train', program, ...named(train), ...less, ...machine);
      expect(trained.status, trained.stderr).toBe(0);
      if (!whole || evaluate !== undefined) continue;
      const evaluated = modelwright('evaluate', program, ...machine, '--json');
      expect(JSON.parse(evaluated.stdout).expect).toMatchObject([{ held: true }]);
    }
  },
  120_000,
);
