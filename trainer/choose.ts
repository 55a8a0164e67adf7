/**
 * Opens the engine that runs a plan here. What was asked for by name is either there or an error that says what is missing;
 * what was left open is chosen by measuring (`choice/`). No engine is loaded before it is chosen.
 */
import { availableParallelism } from 'node:os';
import type { Plan } from '../language/index.ts';
import type { EngineOptions } from '../protocol/index.ts';
import { type Choice, choose } from './choice/index.ts';
import type { Engine } from './engine.ts';
import { openers } from './engines/index.ts';
import { Failure } from './failure.ts';

/** For whom an engine is opened. */
export interface EngineWish {
  /** The plan that it is to train; without one nothing is measured. */
  readonly plan: Plan;
  /** A line for the log of the run. */
  say(level: 'info' | 'warning', text: string): void;
}

/** Threads to use: as many as asked for, else as many as the machine gives. */
export function threadsOf(options: EngineOptions): number {
  return options.threads > 0 ? options.threads : Math.max(1, availableParallelism());
}

/** Opens the engine that the options ask for. `script`: the trainer's own, to measure in other processes. */
export async function openEngine(
  options: EngineOptions,
  wish?: EngineWish & { readonly script: string },
): Promise<Engine> {
  const isOpen = options.engine === 'auto' || options.device === 'auto' || options.threads === 0;
  if (wish === undefined || !isOpen) return openAsAsked(options);
  const choice = await choose(options, wish);
  try {
    return await open(choice);
  } catch (error) {
    // Nothing was asked for by name that the CPU is not: then it trains all the same, and says so.
    if (options.engine === 'tensorflow' || options.device.startsWith('gpu') || isDefault(choice))
      throw asked(choice, error);
    const reason = `the default, since ${titles[choice.engine]} on the ${choice.device.toUpperCase()} failed`;
    wish.say(
      'warning',
      `${titles[choice.engine]} was chosen but cannot be opened: ${messageOf(error)} The default engine trains instead.`,
    );
    return await open({ engine: 'onnx', device: 'cpu', threads: threadsOf(options), reason });
  }
}

const titles: Readonly<Record<Choice['engine'], string>> = { onnx: 'ONNX Runtime', tensorflow: 'TensorFlow' };

function isDefault({ engine, device }: Choice): boolean {
  return engine === 'onnx' && device === 'cpu';
}

function open({ engine, device, index, threads, reason }: Choice): Promise<Engine> {
  return openers[engine]({ threads, device, reason, ...(index === undefined ? {} : { index }) });
}

async function openAsAsked(options: EngineOptions): Promise<Engine> {
  const engine = options.engine === 'auto' ? 'onnx' : options.engine;
  const { device, index } = deviceOf(options.device);
  const named = options.engine === 'auto' ? 'the default' : 'asked for';
  const reason = options.device === 'auto' ? named : `${named}, on the ${device.toUpperCase()} as asked for`;
  const choice: Choice = {
    engine,
    device,
    threads: threadsOf(options),
    reason,
    ...(index === undefined ? {} : { index }),
  };
  try {
    return await open(choice);
  } catch (error) {
    throw asked(choice, error);
  }
}

/** `gpu:1` in its parts. */
export function deviceOf(device: EngineOptions['device']): { readonly device: 'cpu' | 'gpu'; readonly index?: number } {
  if (!device.startsWith('gpu')) return { device: 'cpu' };
  const number = device.split(':')[1];
  return number === undefined ? { device: 'gpu' } : { device: 'gpu', index: Number(number) };
}

function asked({ engine }: Choice, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const other = otherNode(engine, error);
  if (other !== undefined) return other;
  return new Failure(
    'train/engine',
    `The engine ${engine} cannot be used here: ${messageOf(error)} Run \`modelwright doctor\` to see which engines can.`,
  );
}

/** A native part of an engine that was built for another version of Node, as Node words it. */
export function otherNode(engine: Choice['engine'], error: unknown): Failure | undefined {
  const built = /NODE_MODULE_VERSION (\d+)/.exec(messageOf(error))?.[1];
  if (built === undefined) return undefined;
  return new Failure(
    'train/runtime-version',
    `The runtime of ${titles[engine]} was built for another version of Node: its modules have version ${built}, those of this Node (${process.version}) ${process.versions.modules}. Install it again for this one (\`modelwright doctor --install --fetch\`), or name a Node that fits in the setting \`modelwright.nodePath\`.`,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
