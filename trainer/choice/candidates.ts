/** Which engines could run a plan here, told without loading any: what is worth measuring, and what a GPU lacks. */
import { existsSync, readdirSync } from 'node:fs';
import type { EngineOptions } from '../../protocol/index.ts';

export interface Candidate {
  readonly engine: 'onnx' | 'tensorflow';
  readonly device: 'cpu' | 'gpu';
  readonly index?: number;
}

/** What of a machine decides what is worth a try. */
export interface Surroundings {
  /** What says that there is a GPU: an NVIDIA driver's device, a device of the graphics system, an operating system. */
  readonly gpu: 'nvidia' | 'other' | undefined;
  readonly tensorflow: boolean;
}

/** GPUs as they show themselves before a driver is loaded. */
export function gpuSigns(platform: string = process.platform, env = process.env): readonly string[] {
  if (env.MODELWRIGHT_SOFTWARE_GPU === '1') return ['software'];
  if (platform === 'darwin') return process.arch === 'arm64' ? ['metal'] : [];
  if (platform === 'win32') return ['direct3d'];
  const nvidia = names('/dev').filter((name) => /^nvidia\d+$/.test(name));
  const rendering = names('/dev/dri').filter((name) => name.startsWith('renderD'));
  return [...nvidia, ...rendering, ...(existsSync('/dev/dxg') ? ['dxg'] : [])];
}

export function gpuOf(signs: readonly string[]): Surroundings['gpu'] {
  if (signs.length === 0) return undefined;
  return signs.some((sign) => sign.startsWith('nvidia')) ? 'nvidia' : 'other';
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** In the order in which they are tried; the first is the one to fall back on. */
export function candidatesFor(options: EngineOptions, { gpu, tensorflow }: Surroundings): readonly Candidate[] {
  const engines = (['onnx', 'tensorflow'] as const).filter(
    (engine) => options.engine === engine || (options.engine === 'auto' && (engine === 'onnx' || tensorflow)),
  );
  const wantsGpu = options.device.startsWith('gpu');
  const devices = options.device === 'auto' ? (['cpu', 'gpu'] as const) : ([wantsGpu ? 'gpu' : 'cpu'] as const);
  const index = options.device.startsWith('gpu:') ? { index: Number(options.device.slice(4)) } : {};
  return devices.flatMap((device) =>
    engines.flatMap((engine): Candidate[] => {
      if (device === 'cpu') return [{ engine, device }];
      // What was asked for is tried even where no sign of a GPU was seen: its own message says best what is missing.
      const isWorth = wantsGpu ? engine === options.engine || gpu !== undefined : gpu !== undefined;
      const runs = engine === 'onnx' || gpu === 'nvidia' || (wantsGpu && options.engine === 'tensorflow');
      return isWorth && runs ? [{ engine, device, ...index }] : [];
    }),
  );
}
