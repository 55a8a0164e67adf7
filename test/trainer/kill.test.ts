/**
 * `kill -9` at ten random moments of a real run, each time resumed: weights, losses and metrics must be those of a run that
 * was never disturbed, byte for byte. Dropout and the order of rows come from counters, so nothing has to be remembered.
 */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { RunEvent } from '../../protocol/index.ts';
import { RunConnection, readEvents, readLock, readRun, startTrainer } from '../../runs/index.ts';
import { findTensorFlow } from '../../trainer/engines/tensorflow/index.ts';
import { dense, planMaker } from '../compiler/plans.ts';
import { bundleTrainer } from './bundle.ts';
import { withData } from './data-plan.ts';
import { idxFile } from './files.ts';

let script: string;
let folder: string;
beforeAll(async () => {
  script = await bundleTrainer();
  folder = mkdtempSync(join(tmpdir(), 'mw-kill-'));
  let state = 1;
  const byte = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 24;
  };
  writeFileSync(join(folder, 'images.gz'), idxFile([450, 6, 6], Array.from({ length: 450 * 36 }, byte)));
  writeFileSync(
    join(folder, 'labels.gz'),
    idxFile(
      [450],
      Array.from({ length: 450 }, () => byte() % 5),
    ),
  );
});

/** 450 rows, a tenth for validation: 13 steps an epoch, the last batch smaller; dropout inside. */
function killPlan() {
  const p = planMaker('Kill');
  const image = p.input('image', [6, 6, 1]);
  const flat = p.node('model/Flatten', { x: image }, [36]);
  const hidden = dense(p, flat, 16, 'relu');
  const dropped = p.node('model/Dropout', { x: hidden }, [16], { settings: { rate: 0.3 } });
  const scores = dense(p, dropped, 5, 'softmax');
  p.output('scores', scores);
  const label = p.field('label', [], 'int32');
  p.metric('accuracy', 'metric/accuracy', { prediction: scores, truth: label });
  const loss = p.node('loss/crossEntropy', { prediction: scores, truth: label }, [], {
    settings: { smoothing: 0, classWeights: null, reduce: 'mean' },
  });
  const plan = p.finish(loss, { batch: 32, epochs: 12, save: [{ kind: 'every', steps: 5 }], seed: 3 });
  return withData(
    plan,
    {
      source: 'idx',
      files: { images: 'images.gz', labels: 'labels.gz' },
      nodes: [
        { op: 'column', settings: { name: 'images' } },
        { op: 'data/expand', inputs: [0], settings: { axis: -1 } },
        { op: 'data/scale', inputs: [1], settings: { from: [0, 255], to: [0, 1] } },
        { op: 'column', settings: { name: 'labels' } },
      ],
      fields: { image: { node: 2, dtype: 'float32', shape: [6, 6, 1] }, label: { node: 3, dtype: 'int32' } },
      validation: 0.1,
    },
    join(folder, 'kill.model'),
  );
}

type EngineId = 'onnx' | 'tensorflow';
const optionsFor = (engine: EngineId) => ({ engine, device: 'cpu', threads: 1 }) as const;

/** Runs (or goes on with) a run until it ends, or kills it as soon as `killAt` steps have been seen in this start. */
async function go(
  engine: EngineId,
  runs: string,
  resume: string | undefined,
  killAt: number | undefined,
): Promise<string> {
  const base = { version: 1, options: optionsFor(engine), keepGoing: true, started: Date.now() } as const;
  const started = await startTrainer(
    { node: process.execPath, script },
    resume === undefined
      ? { ...base, kind: 'train', plan: killPlan(), runs }
      : { ...base, kind: 'resume', folder: resume },
  );
  if (!started.ok) throw new Error(started.error.message);
  let seen = 0;
  await new Promise<void>((done) => {
    const connection = new RunConnection({
      onEvent: (event) => {
        if (event.kind !== 'step') return;
        seen += 1;
        if (seen === killAt && started.pid !== undefined) process.kill(started.pid, 'SIGKILL');
      },
      onClose: () => done(),
    });
    void connection.open(started.folder, lastSeq(resume));
  });
  await started.exited;
  return started.folder;
}

function lastSeq(run: string | undefined): number {
  return run === undefined ? 0 : (readEvents(run).at(-1)?.seq ?? 0);
}

/** Step and epoch values as they stand after all resumes: what a reader keeps. */
function kept(run: string) {
  let steps: unknown[] = [];
  let epochs: unknown[] = [];
  for (const event of readEvents(run)) {
    if (event.kind === 'started' && event.resumedFrom !== undefined) {
      const from = event.resumedFrom;
      steps = steps.filter((step) => (step as { step: number }).step <= from);
      epochs = epochs.filter((epoch) => (epoch as { step: number }).step <= from);
    }
    if (event.kind === 'step') steps.push(valuesOf(event));
    if (event.kind === 'epoch') epochs.push(valuesOf(event));
  }
  return { steps, epochs };
}

function valuesOf(event: RunEvent): object {
  const { seq: _seq, time: _time, ...values } = event;
  // What the machine bore at that moment, and how long it took, is no result.
  return { ...values, ms: undefined, machine: undefined };
}

test('ten kills change nothing', () => undisturbed('onnx', 10));

const tensorflow = (await findTensorFlow()).loaders.length > 0;
const why = tensorflow ? '' : ' (skipped: no TensorFlow here)';
test.skipIf(!tensorflow)(`three kills change nothing on TensorFlow${why}`, () => undisturbed('tensorflow', 3));

/** Trains once in peace and once with kills, and compares what is left of both. */
async function undisturbed(engine: EngineId, count: number): Promise<void> {
  const whole = await go(engine, join(folder, `${engine} whole`), undefined, undefined);
  expect(readRun(whole)?.state).toBe('finished');
  let state = 42;
  const chance = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % n;
  };
  let run = await go(engine, join(folder, `${engine} killed`), undefined, 1 + chance(20));
  let kills = 1;
  for (; kills < count; kills++) {
    expect(readLock(run)).toBeUndefined();
    expect(readRun(run)?.state).toBe('interrupted');
    // Each start goes at least to the next checkpoint, so that ten of them do not reach the end.
    run = await go(engine, '', run, 6 + chance(12));
  }
  expect(readRun(run)?.state).toBe('interrupted');
  run = await go(engine, '', run, undefined);
  expect(readRun(run)?.state).toBe('finished');
  expect(readEvents(run).filter((event) => event.kind === 'started')).toHaveLength(count + 1);
  expect(kept(run)).toEqual(kept(whole));
  expect(kept(run).steps).toHaveLength(13 * 12);
  const last = String(13 * 12);
  for (const name of ['weights.safetensors', 'optimizer.safetensors']) {
    const bytes = (folder_: string) => readFileSync(join(folder_, 'checkpoints', last, name));
    expect(bytes(run).equals(bytes(whole))).toBe(true);
  }
  // Steps have consecutive numbers over all starts; nothing that was said is gone.
  const seqs = readEvents(run).map((event) => event.seq);
  expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  expect(new Set(seqs).size).toBe(seqs.length);
  expect(readdirSync(join(run, 'checkpoints')).some((name) => name.startsWith('.'))).toBe(false);
}
