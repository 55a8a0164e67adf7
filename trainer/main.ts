/**
 * The trainer process: one request on standard input, then a run (which speaks over its socket) or answers on standard
 * output. Native code is loaded in this process only.
 */

import { totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Plan } from '../language/index.ts';
import { type EngineOptions, parseRequest, parseRunRecord, type TrainerRequest } from '../protocol/index.ts';
import { lookAtData } from './answer/data.ts';
import { doctor } from './answer/doctor.ts';
import { type AnswerDeps, evaluate } from './answer/evaluate.ts';
import { install } from './answer/install.ts';
import { predict } from './answer/predict.ts';
import { probe } from './answer/probe.ts';
import { speedOfPlan } from './answer/speed.ts';
import { use } from './answer/use.ts';
import { openEngine, threadsOf } from './choose.ts';
import { fetchAll } from './data/downloads.ts';
import { startPreparer } from './data/worker-preparer.ts';
import { assertNever, trainerError } from './failure.ts';
import { catalogArithmetic } from './run/arithmetic.ts';
import { realDisk } from './run/disk.ts';
import { readPlan, textOf } from './run/folder-files.ts';
import { watchMachine } from './run/machine.ts';
import { resumeRun, startRun, type TrainDeps } from './run/train.ts';
import { uninstallTensorFlow } from './runtime/install.ts';

const script = process.argv[1] ?? '';
/** With nobody attached a run goes on for so long, then saves and stops. */
const PATIENCE = 30_000;

void main();

async function main(): Promise<void> {
  // Whoever started the trainer may be gone while it still has something to say.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const first = await lines.next();
  const parsed = parseRequest(first.done === true ? '' : first.value);
  if (!parsed.ok) {
    say({ error: { code: 'train/request', message: parsed.message } });
    process.exitCode = 2;
    return;
  }
  // Nothing else is read of standard input.
  if (parsed.value.kind !== 'use') await lines.return?.();
  const plan = planOf(parsed.value);
  // A Python environment may lie beside the program; processes that are started from here look there too.
  const program = plan?.sources[0]?.path;
  if (program !== undefined) process.env.MODELWRIGHT_PROGRAM_FOLDER = dirname(resolve(program));
  try {
    process.exitCode = await serve(parsed.value, lines);
  } catch (error) {
    say({ error: trainerError(error, plan) });
    process.exitCode = 3;
  }
  // A long answer may still be on its way; without this its end would be lost.
  await new Promise<void>((done) => process.stdout.write('', () => done()));
  // Native engines keep threads that Node would wait for.
  process.exit();
}

/** `lines`: what follows the request on standard input. */
async function serve(request: TrainerRequest, lines: AsyncIterator<string>): Promise<number> {
  switch (request.kind) {
    case 'train':
      return startRun(request.plan, request.runs, request, trainDeps(request.options));
    case 'resume':
      return resumeRun(request.folder, request, trainDeps(resumedOptions(request.folder, request.options)));
    case 'evaluate': {
      const around = { now: Date.now, say };
      say(await evaluate(request.plan, request.folder, request.checkpoint, answerDeps(request.options), around));
      return 0;
    }
    case 'predict':
      await predict(request.folder, request.inputs, answerDeps(request.options), say);
      return 0;
    case 'use':
      // Ended while it answers; what it keeps on disk goes with it.
      process.on('SIGTERM', () => process.exit(143));
      await use(request.folder, answerDeps(request.options), { lines, say });
      return 0;
    case 'data':
      say(await lookAtData(request.plan, request.window, process.env.MODELWRIGHT_DATA));
      return 0;
    case 'doctor':
      say(await doctor(script));
      return 0;
    case 'install': {
      const cancelled = new AbortController();
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => cancelled.abort());
      say(await install(script, request, cancelled.signal, say));
      return 0;
    }
    case 'fetch': {
      const cancelled = new AbortController();
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => cancelled.abort());
      await fetchAll(request.downloads, {
        dataFolder: process.env.MODELWRIGHT_DATA,
        say: (_level, said) => say({ said }),
        signal: cancelled.signal,
      });
      return 0;
    }
    case 'uninstall':
      say({ lines: uninstallTensorFlow(process.env) });
      return 0;
    case 'probe':
      say(await probe(request.options));
      return 0;
    case 'speed':
      await speedOfPlan(request.plan, request.options, request.threads, say);
      return 0;
    default:
      return assertNever(request);
  }
}

/** A run goes on as it began where nothing else is asked for: only the same engine and threads give the same bits. */
function resumedOptions(folder: string, options: EngineOptions): EngineOptions {
  const record = parseRunRecord(textOf(join(folder, 'run.json')) ?? '');
  if (record === undefined) return options;
  const began = record.engine === 'tensorflow' ? 'tensorflow' : 'onnx';
  const engine = options.engine === 'auto' && record.engine !== '' ? began : options.engine;
  const where = record.device === 'gpu' ? 'gpu' : 'cpu';
  const device = options.device === 'auto' && record.engine !== '' ? where : options.device;
  return { engine, device, threads: options.threads === 0 ? record.threads : options.threads };
}

/** The plan that an error's place belongs to. */
function planOf(request: TrainerRequest): Pick<Plan, 'sources'> | undefined {
  if (request.kind === 'train' || request.kind === 'evaluate' || request.kind === 'data') return request.plan;
  if (request.kind !== 'resume' && request.kind !== 'predict' && request.kind !== 'use') return undefined;
  try {
    return readPlan(request.folder);
  } catch {
    return undefined;
  }
}

function trainDeps(options: EngineOptions): TrainDeps {
  return {
    ...answerDeps(options),
    now: Date.now,
    clock: () => performance.now(),
    watchMachine,
    announce: (folder) => say({ folder }),
    exit: (code) => process.exit(code),
    onSignal: (stop) => {
      process.on('SIGTERM', stop);
      process.on('SIGINT', stop);
    },
    patience: PATIENCE,
    memory: totalmem(),
  };
}

function answerDeps(options: EngineOptions): AnswerDeps {
  return {
    disk: realDisk,
    openEngine: (wish) => openEngine(options, wish && { ...wish, script }),
    prepare: (request) => startPreparer(join(dirname(script), 'data-worker.js'), request),
    dataFolder: process.env.MODELWRIGHT_DATA,
    threads: threadsOf(options),
    arithmetic: catalogArithmetic,
  };
}

function say(answer: unknown): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
