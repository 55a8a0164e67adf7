/**
 * Run events as lines of text: the one form that is on disk, on the socket and on `--json`. Written here and read here,
 * so that a line that was written is always a line that can be read.
 */
import type { EventNumber, EventPlace, LayerResults, MachineLoad, RunEvent, WeightSizes } from './events.ts';
import {
  anything,
  type Check,
  isCount,
  isFlag,
  isNumber,
  isOneOf,
  isText,
  listOf,
  optional,
  parseJson,
  recordOf,
  shaped,
} from './guard.ts';
import { isWords } from './words.ts';

/** The number whose text is the shortest that gives the same float32; the three that JSON lacks as words. */
export function eventNumber(value: number): EventNumber {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return 'NaN';
  if (single === Number.POSITIVE_INFINITY) return 'Infinity';
  if (single === Number.NEGATIVE_INFINITY) return '-Infinity';
  if (Number.isInteger(single) && Math.abs(single) < 1e7) return single === 0 ? 0 : single;
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(single.toPrecision(digits));
    if (Math.fround(short) === single) return short;
  }
  return Number(single.toPrecision(9));
}

/** Every value of a record as `eventNumber`. */
export function eventNumbers(values: Readonly<Record<string, number>>): Record<string, EventNumber> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, eventNumber(value)]));
}

/** One line, its newline included. */
export function eventLine(event: RunEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** The event of a line, or `undefined` where the line is not a whole, known one. */
export function parseEventLine(line: string): RunEvent | undefined {
  const value = parseJson(line);
  return isRunEvent(value) ? value : undefined;
}

/** Events of a text; a last line without its newline was being written when the process died and is left out. */
export function parseEventLines(text: string): RunEvent[] {
  const end = text.lastIndexOf('\n');
  const events: RunEvent[] = [];
  for (const line of text.slice(0, end + 1).split('\n')) {
    const event = line === '' ? undefined : parseEventLine(line);
    if (event !== undefined) events.push(event);
  }
  return events;
}

export const isEventNumber: Check = (value) =>
  isNumber(value) || value === 'NaN' || value === 'Infinity' || value === '-Infinity';

const numbers = recordOf(isEventNumber);
const splitTime = shaped({ data: isNumber, compute: isNumber });
export const isEventPlace: Check = shaped({
  file: isText,
  line: isCount,
  column: isCount,
  start: isCount,
  end: isCount,
} satisfies Record<keyof EventPlace, Check>);
export const isBest: Check = shaped({ epoch: isCount, step: isCount, metric: isText, value: isEventNumber });

const sizes = shaped({
  gradient: isEventNumber,
  weight: isEventNumber,
  update: optional(isEventNumber),
} satisfies Record<keyof WeightSizes, Check>);
const results = shaped({
  mean: isEventNumber,
  deviation: isEventNumber,
  zeros: isEventNumber,
  saturated: optional(isEventNumber),
  silent: optional(isEventNumber),
} satisfies Record<keyof LayerResults, Check>);

const machine = shaped({
  cpu: isNumber,
  memory: isNumber,
  memoryTotal: isNumber,
  gpu: optional(isNumber),
  gpuMemory: optional(isNumber),
  gpuTotal: optional(isNumber),
  gpuTemperature: optional(isNumber),
} satisfies Record<keyof MachineLoad, Check>);

const members: Readonly<Record<RunEvent['kind'], Check>> = {
  started: shaped({
    version: isOneOf(1),
    run: isText,
    title: isText,
    engine: shaped({
      id: isOneOf('onnx', 'tensorflow'),
      device: isOneOf('cpu', 'gpu'),
      title: isText,
      reason: isText,
      threads: isCount,
    }),
    parameters: isCount,
    trainable: isCount,
    steps: isCount,
    epochs: isNumber,
    stepsPerEpoch: isCount,
    batch: isCount,
    accumulate: optional(isCount),
    rows: shaped({ train: isCount, validation: isCount, test: isCount }),
    metrics: listOf(shaped({ name: isText, direction: isOneOf('min', 'max') })),
    resumedFrom: optional(isCount),
    preparing: shaped({ start: isNumber, data: isNumber, compile: isNumber }),
  }),
  step: shaped({
    step: isCount,
    epoch: isCount,
    loss: isEventNumber,
    metrics: numbers,
    lr: isEventNumber,
    gradientNorm: optional(isEventNumber),
    ms: splitTime,
    machine: optional(machine),
  }),
  epoch: shaped({
    epoch: isCount,
    whole: isFlag,
    step: isCount,
    train: numbers,
    validation: optional(numbers),
    ms: shaped({ data: isNumber, compute: isNumber, validation: isNumber, checkpoint: isNumber }),
  }),
  checkpoint: shaped({
    step: isCount,
    epoch: isCount,
    reason: isOneOf('last', 'best', 'every', 'pause', 'stop'),
    path: isText,
    bytes: isCount,
  }),
  paused: shaped({ step: isCount, reason: isOneOf('asked', 'disk-full') }),
  resumed: shaped({ step: isCount }),
  changed: shaped({ step: isCount, lr: isEventNumber, factor: isNumber }),
  problem: shaped({
    code: isText,
    severity: isOneOf('error', 'warning', 'information'),
    message: isText,
    words: optional(isWords),
    step: optional(isCount),
    place: optional(isEventPlace),
  }),
  settled: shaped({ step: isCount, problem: isCount }),
  layers: shaped({ step: isCount, epoch: isCount, weights: recordOf(sizes), results: recordOf(results) }),
  log: shaped({ level: isOneOf('debug', 'info', 'warning', 'error'), text: isText }),
  ended: shaped({
    state: isOneOf('finished', 'stopped', 'failed'),
    step: isCount,
    epoch: isCount,
    best: optional(isBest),
    reason: optional(isText),
  }),
};

const base = shaped({ seq: isCount, time: isNumber, kind: anything });

/** True for a whole event of this version. */
export function isRunEvent(value: unknown): value is RunEvent {
  if (!base(value)) return false;
  const kind = (value as { kind: unknown }).kind;
  return typeof kind === 'string' && Object.hasOwn(members, kind) && members[kind as RunEvent['kind']](value);
}
