/**
 * Which engine runs a plan here, and why. `auto` is the embedded default; what was asked for by name is either there or an
 * error that says what is missing. No engine is loaded before it is chosen.
 */
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { EngineOptions } from '../protocol/index.ts';
import type { Engine } from './engine.ts';
import { openers } from './engines/index.ts';
import { Failure } from './failure.ts';

/** Threads to use: as many as asked for, else as many as the machine gives. */
export function threadsOf(options: EngineOptions): number {
  return options.threads > 0 ? options.threads : Math.max(1, availableParallelism());
}

/** Opens the engine that the options ask for. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const wanted = options.engine === 'auto' ? 'onnx' : options.engine;
  const gpu = options.device.startsWith('gpu');
  const reason = reasonFor(options);
  try {
    return await openers[wanted]({ threads: threadsOf(options), device: gpu ? 'gpu' : 'cpu', reason });
  } catch (error) {
    if (error instanceof Failure) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure(
      'train/engine',
      `The engine ${wanted} cannot be used here: ${why} Run \`modelwright doctor\` to see which engines can.`,
    );
  }
}

/** Why this engine, in one sentence. */
function reasonFor(options: EngineOptions): string {
  const asked = options.engine === 'auto' ? 'the default' : 'asked for';
  if (options.device.startsWith('gpu')) return `${asked}, on the GPU as asked for`;
  if (options.device === 'cpu') return `${asked}, on the CPU as asked for`;
  return `${asked}; GPU not used: ${gpuFinding()}`;
}

/** What is known of a GPU without loading anything. */
export function gpuFinding(): string {
  if (process.platform !== 'linux') return 'the CPU is the default; ask for it by the device setting';
  const seen = existsSync('/dev/nvidia0')
    ? 'an NVIDIA GPU'
    : names('/dev/dri').some((name) => name.startsWith('renderD'))
      ? 'a GPU'
      : undefined;
  return seen === undefined
    ? 'none was found'
    : `${seen} is there, but the CPU is the default; ask for it by the device setting`;
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
