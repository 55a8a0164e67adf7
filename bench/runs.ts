/**
 * Run folders: opening a run of a million steps, the first time and again from kept columns, and listing 500 runs. Processor
 * time of this process, so that what else the machine does counts little; the parts of one line are alternated.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunState, eventLine, eventNumber, type RunEvent, type RunRecord, reduce } from '../protocol/index.ts';
import { RunList, RunReader, readEvents, runName } from '../runs/index.ts';
import type { Bench, BenchSection } from './section.ts';

const STEPS = 1_000_000;
const RUNS = 500;

export const bench: Bench = async ({ quick }): Promise<BenchSection> => {
  const folder = mkdtempSync(join(tmpdir(), 'mw-bench-runs-'));
  try {
    const run = makeLongRun(join(folder, 'long'));
    const rounds = quick ? 1 : 5;
    const first: number[] = [];
    const again: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const caches = join(folder, `caches-${round}`);
      const reader = new RunReader(run, caches);
      first.push(measured(() => reader.read(createRunState())));
      await reader.kept;
      again.push(measured(() => new RunReader(run, caches).read(createRunState())));
    }
    const folded = measured(() => readEvents(run).reduce(reduce, createRunState()));
    const homes = [makeRuns(join(folder, 'many'))];
    const listed: number[] = [];
    const relisted: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const list = new RunList();
      listed.push(measured(() => list.runs(homes[0] ?? '')));
      relisted.push(measured(() => list.runs(homes[0] ?? '')));
    }
    return {
      title: 'Run folders',
      tables: [
        {
          title: `Processor time in milliseconds, medians of ${rounds}`,
          columns: ['', 'ms'],
          rows: [
            [`run of ${STEPS} steps, first time`, middle(first)],
            [`run of ${STEPS} steps, again`, middle(again)],
            [`run of ${STEPS} steps, event by event`, folded],
            [`${RUNS} runs listed, first time`, middle(listed)],
            [`${RUNS} runs listed, again`, middle(relisted)],
          ],
        },
      ],
      targets: [
        target('open a run of 1 M steps, first time', middle(first), 1500),
        target('open a run of 1 M steps, again', middle(again), 200),
        target('list 500 runs', middle(listed), 1000),
      ],
      notes: ['Lines as the trainer writes them, with two metrics; the load of the machine in one line of fifty.'],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

function makeLongRun(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const pieces: string[] = [];
  for (let step = 1; step <= STEPS; step++) pieces.push(eventLine(stepOf(step)));
  writeFileSync(join(folder, 'metrics.jsonl'), pieces.join(''));
  writeFileSync(join(folder, 'events.jsonl'), '');
  return folder;
}

function stepOf(step: number): RunEvent {
  const wave = Math.abs(Math.sin(step * 12.9898) * 43758.5453) % 1;
  return {
    seq: step + 1,
    time: 1_795_533_903_890 + step * 17,
    kind: 'step',
    step,
    epoch: 1 + Math.floor(step / 1000),
    loss: eventNumber(2.3 / (1 + step / 5000) + wave / 10),
    metrics: { accuracy: eventNumber(1 - 0.8 / (1 + step / 5000)), top5: eventNumber(1 - wave / 20) },
    lr: eventNumber(0.001 * (1 - step / STEPS)),
    ms: { data: Math.round(wave * 3000) / 1000, compute: 15 + Math.round(wave * 5000) / 1000 },
    ...(step % 50 === 0 ? { machine: { cpu: eventLoad(wave), memory: 512_000_000, memoryTotal: 8_000_000_000 } } : {}),
  };
}

function eventLoad(share: number): number {
  return Math.round(share * 1000) / 1000;
}

function makeRuns(home: string): string {
  for (let number = 1; number <= RUNS; number++) {
    const folder = join(home, runName(number));
    if (number > 1) cpSync(join(home, runName(1)), folder, { recursive: true });
    else mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'run.json'), JSON.stringify(recordOf(number), undefined, 2));
    utimesSync(join(folder, 'run.json'), number, number);
  }
  return home;
}

function recordOf(number: number): RunRecord {
  return {
    version: 1,
    id: runName(number),
    number,
    title: 'digits DigitReader',
    state: 'finished',
    file: '/work/digits.model',
    declaration: 'DigitReader',
    model: 'DigitReader',
    created: 1_795_533_902_135 + number * 60_000,
    ended: 1_795_533_907_045 + number * 60_000,
    pid: undefined,
    engine: 'onnx',
    device: 'cpu',
    threads: 2,
    seed: 0,
    parameters: 693_962,
    steps: 564,
    step: 564,
    best: { epoch: 2, step: 564, metric: 'validation.accuracy', value: 0.987 },
    metrics: { loss: 0.07302512, accuracy: 0.97866666, 'validation.loss': 0.058107402, 'validation.accuracy': 0.987 },
    planHash: 'f6ee3603',
    dataHash: 'ff7506e4',
    modelwright: '0.1.0',
    reason: undefined,
  };
}

function measured(act: () => unknown): number {
  const from = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function target(what: string, measured: number, most: number) {
  return { what, wanted: `≤ ${most} ms`, measured: `${Math.round(measured)} ms`, held: measured <= most };
}
