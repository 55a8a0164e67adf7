/** Keeps `run.json` at what is true, and where the run stands for its last words. */
import { join } from 'node:path';
import type { Plan } from '../../language/index.ts';
import { eventNumbers, type RunRecord, type StartedEvent } from '../../protocol/index.ts';
import { MODELWRIGHT_VERSION } from '../version.ts';
import { type Disk, isDiskFull } from './disk.ts';
import { planHash } from './hash.ts';
import type { Progress } from './progress.ts';
import type { RunWriter } from './writer.ts';

/** A full disk is no reason to fail here: the next write makes up for it. */
export class Keeper {
  readonly disk: Disk;
  readonly #path: string;
  readonly #writer: RunWriter;
  #record: RunRecord;
  #progress: Progress | undefined;

  constructor(folder: string, record: RunRecord, disk: Disk, writer: RunWriter) {
    this.#path = join(folder, 'run.json');
    this.#record = record;
    this.disk = disk;
    this.#writer = writer;
  }

  get record(): RunRecord {
    return this.#record;
  }

  /** Updates done. */
  get step(): number {
    return this.#progress?.step ?? this.#record.step;
  }

  /** The epoch at hand; between two epochs the progress stands at the start of the next. */
  get epoch(): number {
    if (this.#progress === undefined) return 0;
    const { epoch, position } = this.#progress;
    return position === 0 && epoch > 1 ? epoch - 1 : epoch;
  }

  write(change: Partial<RunRecord>): void {
    this.#record = { ...this.#record, ...change };
    try {
      this.disk.replace(this.#path, `${JSON.stringify(this.#record, undefined, 2)}\n`);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      this.#writer.note('warning', 'run.json could not be written: the disk is full.');
    }
  }

  begin(started: Omit<StartedEvent, 'seq' | 'time'>, dataHash: string, progress: Progress): void {
    this.#progress = progress;
    const { engine, parameters, steps } = started;
    this.write({
      state: 'running',
      engine: engine.id,
      device: engine.device,
      threads: engine.threads,
      parameters,
      steps,
      step: progress.step,
      dataHash,
    });
  }

  progress(progress: Progress, state: 'running' | 'paused' = 'running'): void {
    const metrics = Object.keys(progress.metrics).length === 0 ? this.#record.metrics : eventNumbers(progress.metrics);
    this.write({ state, step: progress.step, best: progress.best, metrics });
  }
}

/** What is known of a run before it has begun. */
export function newRecord(plan: Plan, id: string, number: number, now: number): RunRecord {
  return {
    version: 1,
    id,
    number,
    title: plan.title,
    state: 'preparing',
    file: plan.file,
    declaration: plan.declaration,
    model: plan.model.name,
    created: now,
    ended: undefined,
    pid: process.pid,
    engine: '',
    device: '',
    threads: 0,
    seed: plan.train?.seed ?? 0,
    parameters: 0,
    steps: 0,
    step: 0,
    best: undefined,
    metrics: {},
    planHash: planHash(plan),
    dataHash: '',
    modelwright: MODELWRIGHT_VERSION,
    reason: undefined,
  };
}
