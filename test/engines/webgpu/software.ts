/**
 * A GPU for the tests: the machine's own, or a processor that plays one by a Vulkan driver that is installed (SwiftShader
 * comes with Chromium, lavapipe with Mesa). Where neither is there, tests that need one are skipped with one plain line.
 */
import { existsSync } from 'node:fs';
import { gpusOf } from '../../../trainer/engines/webgpu/index.ts';

const drivers = [
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib/chromium-browser/vk_swiftshader_icd.json',
  '/usr/share/vulkan/icd.d/lvp_icd.x86_64.json',
];

export interface TestGpu {
  readonly name: string;
  /** Why there is none, '' where there is one. */
  readonly missing: string;
  readonly software: boolean;
}

export async function gpuForTests(): Promise<TestGpu> {
  const own = (await gpusOf())?.find(({ kind }) => kind !== 'software');
  if (own) return { name: own.name, missing: '', software: false };
  const none = { name: 'WebGPU', missing: 'there is no GPU, nor a driver that plays one', software: true };
  const driver = drivers.find((file) => existsSync(file));
  if (driver === undefined || process.platform !== 'linux') return none;
  process.env.VK_DRIVER_FILES = driver;
  process.env.VK_ICD_FILENAMES = driver;
  process.env.MODELWRIGHT_SOFTWARE_GPU = '1';
  const [device] = (await gpusOf()) ?? [];
  return device ? { name: device.name, missing: '', software: true } : none;
}

/** For the suites that all engines share, which take minutes where a processor plays the GPU: then only when asked for. */
export async function gpuForSuites(): Promise<TestGpu> {
  const asked = process.env.MODELWRIGHT_SOFTWARE_GPU === '1';
  const own = (await gpusOf())?.find(({ kind }) => kind !== 'software');
  if (own || asked) return gpuForTests();
  return {
    name: 'WebGPU',
    missing: 'there is no GPU; MODELWRIGHT_SOFTWARE_GPU=1 lets the processor play one',
    software: true,
  };
}
