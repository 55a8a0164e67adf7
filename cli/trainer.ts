/** The trainer as the command line starts it. */
import { join } from 'node:path';
import type { EngineOptions } from '../protocol/index.ts';
import { findNode, type TrainerProgram } from '../runs/index.ts';
import type { Parsed } from './options.ts';
import type { World } from './world.ts';

/** The trainer's program beside this one. What it says on standard error is passed on where `--verbose`-like need be: its log file has it all. */
export async function trainerProgram(world: World, log?: (line: string) => void): Promise<TrainerProgram> {
  return { node: await findNode(), script: join(world.dist, 'trainer.js'), ...(log === undefined ? {} : { log }) };
}

const engines = ['auto', 'onnx', 'tensorflow'] as const;

/** `--engine`, `--device` and `--threads`, or a sentence about which of them is wrong. */
export function engineOptions(
  parsed: Parsed,
): { readonly ok: true; readonly value: EngineOptions } | { readonly ok: false; readonly message: string } {
  const engine = parsed.values.get('engine') ?? 'auto';
  const device = parsed.values.get('device') ?? 'auto';
  const threads = parsed.values.get('threads') ?? '0';
  const known = engines.find((each) => each === engine);
  if (known === undefined)
    return { ok: false, message: `\`--engine\` takes ${engines.join(', ')}, but got \`${engine}\`.` };
  if (!isDevice(device))
    return { ok: false, message: `\`--device\` takes auto, cpu, gpu or gpu:N, but got \`${device}\`.` };
  if (!/^\d+$/.test(threads))
    return {
      ok: false,
      message: `\`--threads\` takes a whole number (0: the number that is fastest), but got \`${threads}\`.`,
    };
  return { ok: true, value: { engine: known, device, threads: Number(threads) } };
}

function isDevice(text: string): text is EngineOptions['device'] {
  return /^(auto|cpu|gpu|gpu:\d+)$/.test(text);
}
