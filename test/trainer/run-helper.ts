/** A run in this process with the fake engine and rows made of numbers, for tests of the loop and what is around it. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan, TrainSettings } from '../../language/index.ts';
import { parseRunRecord, type RunEvent, type RunRecord, type StartWish } from '../../protocol/index.ts';
import { readEvents } from '../../runs/index.ts';
import type { Preparer } from '../../trainer/data/feed.ts';
import { realDisk } from '../../trainer/run/disk.ts';
import { resumeRun, startRun, type TrainDeps } from '../../trainer/run/train.ts';
import { planMaker } from '../compiler/plans.ts';
import { type FakeOptions, fakeEngine } from './fake-engine.ts';

/** A plan with one weight, the field `x`, and the metric `accuracy`. */
export function tinyPlan(train: Partial<TrainSettings> = {}): Plan {
  const p = planMaker('Tiny');
  const x = p.input('x', []);
  p.weight('Tiny/w', [1], { call: 'initialiser/zeros', settings: {} });
  p.metric('accuracy', 'metric/accuracy', { prediction: x, truth: x });
  const plan = p.finish(x, {
    batch: 4,
    epochs: 3,
    optimizer: { call: 'optimizer/SGD', settings: { lr: 0.1, momentum: 0, nesterov: false, decay: 0 } },
    ...train,
  });
  return { ...plan, sources: [{ path: 'tiny.model', text: '# tiny\n' }] };
}

/** Rows 0 … n − 1, in order, each its own number. */
export function countingPreparer(train = 20, validation = 8): Preparer {
  const rows = { train, validation, test: 0 };
  return {
    rows,
    hash: 'counted',
    fitted: '{"version":1,"nodes":{}}\n',
    prepare({ part, index, size }) {
      const first = index * size;
      const count = Math.min(size, rows[part] - first);
      const data = Float32Array.from({ length: count }, (_, i) => first + i);
      return Promise.resolve({ size: count, fields: { x: { dtype: 'float32', shape: [count], data } } });
    },
    dispose: () => Promise.resolve(),
  };
}

export interface FakeRun {
  readonly folder: string;
  readonly code: number;
  readonly events: RunEvent[];
  readonly record: RunRecord;
}

export interface FakeRunOptions extends FakeOptions {
  readonly deps?: Partial<TrainDeps>;
  readonly rows?: readonly [number, number];
  readonly keepGoing?: boolean;
  readonly start?: StartWish;
  /** The folder of runs; left out: a new one. */
  readonly runs?: string;
  /** Called with the folder as soon as it is there. */
  readonly onFolder?: (folder: string) => void;
}

export async function fakeRun(plan: Plan, options: FakeRunOptions = {}): Promise<FakeRun> {
  const runs = options.runs ?? join(mkdtempSync(join(tmpdir(), 'mw-run-')), 'runs');
  const { keepGoing = true, start } = options;
  const wish = { keepGoing, started: 0, ...(start === undefined ? {} : { start }) };
  return finish((deps) => startRun(plan, runs, wish, deps), options);
}

export async function fakeResume(folder: string, options: FakeRunOptions = {}): Promise<FakeRun> {
  return finish((deps) => resumeRun(folder, { keepGoing: true, started: 0 }, deps), options);
}

async function finish(run: (deps: TrainDeps) => Promise<number>, options: FakeRunOptions): Promise<FakeRun> {
  let folder = '';
  let time = 1_000_000;
  const deps: TrainDeps = {
    disk: realDisk,
    now: () => time++,
    clock: () => time,
    openEngine: () => Promise.resolve(fakeEngine(options)),
    prepare: () => Promise.resolve(countingPreparer(...(options.rows ?? []))),
    dataFolder: undefined,
    threads: 1,
    announce: (at) => {
      folder = at;
      options.onFolder?.(at);
    },
    exit: () => {
      throw new Error('ended at once');
    },
    onSignal: () => undefined,
    patience: 60_000,
    arithmetic: () => ({
      schedule: () => 0.1,
      watches: () => undefined,
      keeps: () => 'sums',
      compact: (_metric, rows) => rows,
      finish: (_metric, sums) => sums[0]! / sums[1]!,
    }),
    ...options.deps,
  };
  const code = await run(deps);
  const record = parseRunRecord(readFileSync(join(folder, 'run.json'), 'utf8'))!;
  return { folder, code, events: readEvents(folder), record };
}

export function ofKind<K extends RunEvent['kind']>(
  events: readonly RunEvent[],
  kind: K,
): Extract<RunEvent, { kind: K }>[] {
  return events.filter((event): event is Extract<RunEvent, { kind: K }> => event.kind === kind);
}
