/** Events of runs made up for tests: the same numbers each time. */
import type { EpochEvent, RunEvent, StartedEvent, StepEvent } from '../../protocol/index.ts';

export interface MadeRun {
  readonly steps: number;
  readonly epochs: number;
  /** Steps done. */
  readonly until: number;
  readonly metrics?: readonly { readonly name: string; readonly direction: 'min' | 'max' }[];
}

export const T0 = Date.UTC(2026, 0, 15, 9, 30);
const METRICS = [
  { name: 'loss', direction: 'min' },
  { name: 'accuracy', direction: 'max' },
] as const;

/** Numbers in 0..1 that look random and never change. */
export function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function started(run: MadeRun, change: Partial<StartedEvent> = {}): StartedEvent {
  return {
    kind: 'started',
    seq: 1,
    time: T0,
    version: 1,
    run: '0014-quiet-heron',
    title: 'mnist Digits',
    engine: {
      id: 'onnx',
      device: 'cpu',
      title: 'ONNX Runtime 1.30.0, CPU, 8 threads',
      reason: 'the default; GPU not used: none was found; 16.9 ms a step',
      threads: 8,
    },
    parameters: 693962,
    trainable: 693962,
    steps: run.steps,
    epochs: run.epochs,
    stepsPerEpoch: run.steps / run.epochs,
    batch: 64,
    rows: { train: 54000, validation: 6000, test: 0 },
    metrics: run.metrics ?? METRICS,
    resumedFrom: undefined,
    preparing: { start: 0.4, data: 0.8, compile: 0.2 },
    ...change,
  };
}

/** A run that learns well: falling noisy loss, rising accuracy, a checkpoint after each epoch. */
export function goodRun(run: MadeRun): RunEvent[] {
  const random = noise(7);
  const events: RunEvent[] = [started(run)];
  let seq = 1;
  let time = T0 + 1400;
  const each = run.steps / run.epochs;
  for (let step = 1; step <= run.until; step++) {
    const share = step / run.steps;
    const base = 0.03 + 2.3 * Math.exp(-share * 24) + 0.22 * Math.exp(-share * 5);
    const ms = 15 + random() * 4 + (random() > 0.995 ? 14 : 0);
    time += ms + 1.2;
    events.push(stepEvent({ seq: ++seq, time, step, epoch: Math.ceil(step / each), share, base, random, ms }));
    if (step % each === 0) {
      time += 900;
      events.push(epochEvent(++seq, time, step, step / each, base));
      events.push({
        kind: 'checkpoint',
        seq: ++seq,
        time,
        step,
        epoch: step / each,
        reason: 'last',
        path: `checkpoints/${step}`,
        bytes: 8_400_000,
      });
    }
  }
  return events;
}

interface StepParts {
  seq: number;
  time: number;
  step: number;
  epoch: number;
  share: number;
  base: number;
  random: () => number;
  ms: number;
}

function stepEvent(parts: StepParts): StepEvent {
  const { seq, time, step, epoch, share, base, random, ms } = parts;
  const factor = 0.45 + random() * 1.2;
  return {
    kind: 'step',
    seq,
    time,
    step,
    epoch,
    loss: base * factor,
    metrics: { accuracy: Math.min(1, Math.max(0, 1 - base * 0.36 * factor)) },
    lr: share < 0.03 ? (share / 0.03) * 1e-3 : 0.5e-3 * (1 + Math.cos(share * Math.PI)),
    ms: { data: 1.2, compute: ms },
  };
}

function epochEvent(seq: number, time: number, step: number, epoch: number, base: number): EpochEvent {
  return {
    kind: 'epoch',
    seq,
    time,
    epoch,
    whole: true,
    step,
    train: { loss: base * 1.05, accuracy: 1 - base * 0.36 },
    validation: { loss: base * 1.2 + 0.01, accuracy: 1 - base * 0.4 },
    ms: { data: 1100, compute: 14000, validation: 900, checkpoint: 60 },
  };
}
