/**
 * Twenty kills (`npm run torture` makes a thousand): at random moments and in the middle of writes, over runs with dropout,
 * augmentation, balance, weights of rows, schedules, several batches in an update, averages, early stopping and `start:`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundleTorture } from '../../scripts/lib/torture.mjs';
import { findTensorFlow } from '../../trainer/engines/tensorflow/index.ts';
import { chances } from './chances.ts';
import { allAtOnce, difference, inPeace, runsFolder } from './lives.ts';
import { planOf, writeData } from './programs.ts';
import { torture } from './torture.ts';

const bundle = join(import.meta.dirname, '..', '.out', `torture-${process.pid}`);
const folder = mkdtempSync(join(tmpdir(), 'mw-torture-'));
afterAll(() => {
  for (const each of [bundle, folder]) rmSync(each, { recursive: true, force: true });
});

async function survives(engine: 'onnx' | 'tensorflow', kills: number): Promise<void> {
  const { trainer } = await bundleTorture(bundle);
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const runs = join(folder, engine);
  expect(await torture({ trainer, engine, chance: chances(11) }, { folder: runs, kills, say }), lines.join('\n')).toBe(
    true,
  );
}

test('twenty kills change nothing', () => survives('onnx', 20));

test('of several trainers that go on with a run at once, one does, and the others say who has it', {
  timeout: 300_000,
}, async () => {
  const { trainer } = await bundleTorture(bundle);
  const torturer = { trainer, engine: 'onnx', chance: chances(5) } as const;
  const place = join(folder, 'at once');
  const runs = runsFolder(join(place, 'runs'));
  writeData(place);
  const plan = planOf(place, 'listening');
  const peace = await inPeace(torturer, plan, runs);
  const { folder: run, ends } = await allAtOnce(torturer, { plan, runs, peace, trainers: 4 });
  const losers = ends.filter(({ code }) => code !== 0);
  // One that comes when the first is through finds a finished run.
  for (const { said } of losers) expect(said).toMatch(/train\/already-running|train\/finished/);
  expect(losers).toHaveLength(3);
  expect(difference(run, peace.folder)).toBeUndefined();
});

const tensorflow = (await findTensorFlow()).loaders.length > 0;
const why = tensorflow ? '' : ' (skipped: no TensorFlow here)';
test.skipIf(!tensorflow)(`four kills change nothing on TensorFlow${why}`, () => survives('tensorflow', 4));
