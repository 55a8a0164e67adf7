/** Which GPUs there are for WebGPU, and which of them one gets by its number. */
import { execFile } from 'node:child_process';
import { totalmem } from 'node:os';
import { promisify } from 'node:util';
import { Failure } from '../../failure.ts';
import type { GpuSettings } from './graph.ts';
import { vulkanDevices } from './vulkan.ts';

export interface Gpu {
  readonly name: string;
  /** `software`: a processor that plays a GPU. */
  readonly kind: 'discrete' | 'integrated' | 'virtual' | 'software' | 'unknown';
  /** Bytes, where known. */
  readonly memory: number | undefined;
}

export interface ChosenGpu extends Gpu, GpuSettings {}

/** In the order in which WebGPU prefers them; undefined where there is no driver that could tell. */
export async function gpusOf(): Promise<readonly Gpu[] | undefined> {
  if (process.platform === 'darwin') return [await appleGpu()];
  const found = await vulkanDevices();
  return found && [...found].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

const order: readonly Gpu['kind'][] = ['discrete', 'virtual', 'integrated', 'unknown', 'software'];

/** On Apple's processors one GPU shares the memory; Metal lends about three quarters of it. */
async function appleGpu(): Promise<Gpu> {
  const name = await promisify(execFile)('sysctl', ['-n', 'machdep.cpu.brand_string']).then(
    ({ stdout }) => `${stdout.trim()} GPU`,
    () => 'the GPU of this Mac',
  );
  return { name, kind: 'integrated', memory: Math.floor(totalmem() * 0.75) };
}

/** For tests: a processor that plays a GPU counts as one. */
export function allowsSoftware(): boolean {
  return process.env.MODELWRIGHT_SOFTWARE_GPU === '1';
}

/** GPUs that may be trained on. */
export function usable(gpus: readonly Gpu[]): readonly Gpu[] {
  return gpus.filter(({ kind }) => kind !== 'software' || allowsSoftware());
}

/** The GPU of a number, from 0. Throws with the cure where there is none. */
export async function findGpu(index = 0): Promise<ChosenGpu> {
  const found = await gpusOf();
  if (found === undefined) {
    // Direct3D serves Windows without Vulkan; nothing tells its name.
    if (process.platform === 'win32' && index === 0) {
      return { name: 'the GPU that Direct3D prefers', kind: 'unknown', memory: undefined, power: 'high-performance' };
    }
    throw new Failure(
      'train/engine',
      "No GPU can be used: Vulkan (libvulkan.so.1) is not installed. Install your GPU's driver with Vulkan, or set the device to cpu or auto.",
    );
  }
  return pick(found, index);
}

/** Of all GPUs that a driver told the one of this number. */
export function pick(found: readonly Gpu[], index: number): ChosenGpu {
  const fit = usable(found);
  const gpu = fit[index];
  if (gpu === undefined) throw new Failure('train/engine', noSuchGpu(found, fit, index));
  const [first] = fit;
  if (index === 0 || first === undefined) return { ...gpu, power: 'high-performance' };
  if (first.kind === 'discrete' && gpu.kind === 'integrated') return { ...gpu, power: 'low-power' };
  throw new Failure(
    'train/engine',
    `WebGPU cannot be told to take gpu:${index} (${gpu.name}): it only chooses between a strong and a saving GPU, and would take gpu:0 (${first.name}). ` +
      'Set the device to gpu:0, or the engine to tensorflow, which takes any NVIDIA GPU.',
  );
}

function noSuchGpu(found: readonly Gpu[], fit: readonly Gpu[], index: number): string {
  if (fit.length > 0) {
    const list = fit.map(({ name }, i) => `gpu:${i} (${name})`).join(', ');
    return `There is no gpu:${index}. There ${fit.length === 1 ? 'is' : 'are'} ${list}.`;
  }
  const software = found.map(({ name }) => name).join(', ');
  return software === ''
    ? "No GPU was found: Vulkan knows none. Install your GPU's driver, or set the device to cpu or auto."
    : `No GPU was found: ${software} is the processor playing a GPU, which is slower than training on it. Set the device to cpu or auto.`;
}
