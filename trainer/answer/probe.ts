/**
 * Can an engine be used here? Asked in a throw-away process, because native code may crash: it trains two steps of a model
 * so small that its result is known (w starts at 0, the loss of (w − 1)² falls), and says what it found.
 */
import { spawn } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { compile } from '../../compiler/index.ts';
import type { Plan } from '../../language/index.ts';
import {
  type DoctorEngine,
  type DoctorReport,
  type EngineOptions,
  isFlag,
  isRecord,
  isText,
  parseJson,
  shaped,
  TRAINER_VERSION,
} from '../../protocol/index.ts';
import { openEngine } from '../choose.ts';

/** Tries one engine in this process. */
export async function probe(options: EngineOptions): Promise<DoctorEngine> {
  const base = {
    id: options.engine === 'tensorflow' ? ('tensorflow' as const) : ('onnx' as const),
    device: options.device.startsWith('gpu') ? ('gpu' as const) : ('cpu' as const),
    loader: undefined,
  };
  try {
    const engine = await openEngine(options);
    const session = await engine.open(compile(tinyPlan), { batch: 4, threads: 1, seed: 0 });
    const batch = {
      size: 4,
      fields: { x: { dtype: 'float32' as const, shape: [4, 1], data: Float32Array.of(1, 1, 1, 1) } },
    };
    const first = await session.step([batch], { rate: 0.1, step: 0, metrics: false, gradientNorm: false });
    const second = await session.step([batch], { rate: 0.1, step: 1, metrics: false, gradientNorm: false });
    await session.dispose();
    await engine.dispose();
    // (0 − 1)² = 1; the gradient −2 moves w to 0.2, and (0.2 − 1)² = 0.64.
    const right = Math.abs(first.loss - 1) < 1e-5 && Math.abs(second.loss - 0.64) < 1e-5;
    if (!right) {
      return {
        ...base,
        loader: engine.info.loader,
        title: engine.info.title,
        usable: false,
        reason: `a step of known result came out wrong (losses ${first.loss} and ${second.loss}, expected 1 and 0.64)`,
        cure: 'Use another engine, and report this.',
      };
    }
    return {
      ...base,
      loader: engine.info.loader,
      title: engine.info.title,
      usable: true,
      reason: 'two steps of known result came out right',
      cure: '',
    };
  } catch (error) {
    const title = `${base.id === 'onnx' ? 'ONNX Runtime' : 'TensorFlow'}, ${base.device.toUpperCase()}`;
    const message = error instanceof Error ? error.message : String(error);
    return { ...base, title, usable: false, reason: message, cure: cureFor(options) };
  }
}

function cureFor(options: EngineOptions): string {
  if (options.device.startsWith('gpu')) return 'Set the device to cpu or auto.';
  return options.engine === 'tensorflow'
    ? 'Nothing needs to be done: the default engine trains without it.'
    : 'Install the extension for this platform again.';
}

const asked: readonly EngineOptions[] = [
  { engine: 'onnx', device: 'cpu', threads: 1 },
  { engine: 'onnx', device: 'gpu', threads: 1 },
  { engine: 'tensorflow', device: 'cpu', threads: 1 },
  { engine: 'tensorflow', device: 'gpu', threads: 1 },
];

/** Every engine, each tried in a process of its own. */
export async function doctor(script: string): Promise<DoctorReport> {
  const engines: DoctorEngine[] = [];
  // One after the other: an engine that is measured must not share its cores with another.
  for (const options of asked) engines.push(await probeApart(script, options));
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: cpus().length,
    memory: totalmem(),
    engines,
  };
}

const LIMIT = 20_000;
const isDoctorEngine = shaped({
  id: isText,
  device: isText,
  title: isText,
  usable: isFlag,
  reason: isText,
  cure: isText,
});

function isAnswer(value: unknown): value is DoctorEngine {
  return isDoctorEngine(value);
}

function probeApart(script: string, options: EngineOptions): Promise<DoctorEngine> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    let said = '';
    let errors = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, LIMIT);
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      errors = (errors + text.toString()).slice(-2000);
    });
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      errors += error.message;
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const line = said.split('\n').map(parseJson).find(isRecord);
      done(
        isAnswer(line)
          ? line
          : crashed(
              options,
              late
                ? `it did not answer within ${LIMIT / 1000} s`
                : `its process ended with ${signal ?? `code ${code}`}`,
              errors,
            ),
      );
    });
    child.stdin.end(`${JSON.stringify({ version: TRAINER_VERSION, kind: 'probe', options })}\n`);
  });
}

function crashed(options: EngineOptions, how: string, errors: string): DoctorEngine {
  const id = options.engine === 'tensorflow' ? 'tensorflow' : 'onnx';
  const last = errors.trim().split('\n').slice(-1)[0] ?? '';
  return {
    id,
    device: options.device.startsWith('gpu') ? 'gpu' : 'cpu',
    loader: undefined,
    title: id === 'onnx' ? 'ONNX Runtime' : 'TensorFlow',
    usable: false,
    reason: last === '' ? how : `${how}: ${last}`,
    cure: 'Use another engine; this one crashes here.',
  };
}

const place = { source: 0, start: 0, end: 0, line: 1, column: 1 };
const number = { dtype: 'float32' as const, shape: [1], perExample: true };

/** w·x against 1, mean squared, plain gradient descent. */
const tinyPlan: Plan = {
  version: 1,
  action: 'train',
  file: 'probe.model',
  declaration: 'probe',
  title: 'probe',
  model: { name: 'Probe', args: {} },
  sources: [{ path: 'probe.model', text: '' }],
  graph: {
    nodes: [
      { id: 0, op: 'input', inputs: {}, settings: { name: 'x' }, weights: {}, outputs: [number], path: '', place },
      {
        id: 1,
        op: 'model/Dense',
        inputs: { x: { node: 0, output: 0 } },
        settings: { units: 1, activation: null, bias: false, init: { call: 'initialiser/zeros', settings: {} } },
        weights: { kernel: 0 },
        outputs: [number],
        path: 'Probe/Dense.0',
        place,
      },
      {
        id: 2,
        op: 'constant',
        inputs: {},
        settings: { value: 1 },
        weights: {},
        outputs: [{ dtype: 'float32', shape: [], perExample: false }],
        path: '',
        place,
      },
      {
        id: 3,
        op: 'operator/-',
        inputs: { a: { node: 1, output: 0 }, b: { node: 2, output: 0 } },
        settings: {},
        weights: {},
        outputs: [number],
        path: '',
        place,
      },
      {
        id: 4,
        op: 'model/square',
        inputs: { x: { node: 3, output: 0 } },
        settings: {},
        weights: {},
        outputs: [number],
        path: '',
        place,
      },
      {
        id: 5,
        op: 'model/sum',
        inputs: { x: { node: 4, output: 0 } },
        settings: { axis: null, keep: false },
        weights: {},
        outputs: [{ ...number, shape: [] }],
        path: '',
        place,
      },
    ],
    weights: [
      {
        path: 'Probe/Dense.0/kernel',
        shape: [1, 1],
        init: { call: 'initialiser/zeros', settings: {} },
        trainable: true,
      },
    ],
    inputs: [{ name: 'x', node: 0 }],
    outputs: [{ name: 'output', ref: { node: 1, output: 0 }, trainingOnly: false }],
  },
  data: {
    name: 'None',
    title: 'None',
    args: {},
    source: { call: 'data/none', settings: {}, place },
    nodes: [],
    fields: [],
    validation: 0,
    test: 0,
    shuffle: false,
    seed: 0,
    place,
  },
  loss: { node: 5, output: 0 },
  metrics: [],
  train: {
    optimizer: { call: 'optimizer/SGD', settings: { lr: 0.1, momentum: 0, nesterov: false, decay: 0 } },
    epochs: 1,
    steps: undefined,
    batch: 4,
    clip: undefined,
    stop: undefined,
    save: [],
    validateEvery: undefined,
    seed: 0,
    places: {},
  },
  expect: [],
  run: undefined,
  place,
};
