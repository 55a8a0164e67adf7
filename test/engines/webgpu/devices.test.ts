/** Which GPU is taken, what is told where there is none, and what is told of errors on one. */
import { afterEach, describe, expect, test } from 'vitest';
import { compile } from '../../../compiler/index.ts';
import { type Gpu, pick } from '../../../trainer/engines/webgpu/devices.ts';
import { told, troubleOf } from '../../../trainer/engines/webgpu/trouble.ts';
import { readDevice } from '../../../trainer/engines/webgpu/vulkan.ts';
import { Failure } from '../../../trainer/failure.ts';
import { benchPlan } from '../../compiler/bench-plans.ts';

const discrete: Gpu = { name: 'A', kind: 'discrete', memory: 12 * 2 ** 30 };
const integrated: Gpu = { name: 'B', kind: 'integrated', memory: undefined };
const software: Gpu = { name: 'llvmpipe', kind: 'software', memory: 2 ** 31 };

describe('the GPU of a number', () => {
  const before = process.env.MODELWRIGHT_SOFTWARE_GPU;
  afterEach(() => {
    if (before === undefined) delete process.env.MODELWRIGHT_SOFTWARE_GPU;
    else process.env.MODELWRIGHT_SOFTWARE_GPU = before;
  });

  test('the strongest first; the saving one by its number', () => {
    expect(pick([discrete, integrated], 0)).toMatchObject({ name: 'A', power: 'high-performance' });
    expect(pick([discrete, integrated], 1)).toMatchObject({ name: 'B', power: 'low-power' });
    expect(() => pick([discrete, discrete], 1)).toThrow('WebGPU cannot be told to take gpu:1 (A)');
    expect(() => pick([discrete], 2)).toThrow('There is no gpu:2. There is gpu:0 (A).');
  });

  test('a processor that plays a GPU counts only where it is asked for', () => {
    delete process.env.MODELWRIGHT_SOFTWARE_GPU;
    expect(() => pick([software], 0)).toThrow('llvmpipe is the processor playing a GPU');
    expect(() => pick([], 0)).toThrow('No GPU was found: Vulkan knows none.');
    process.env.MODELWRIGHT_SOFTWARE_GPU = '1';
    expect(pick([software], 0).name).toBe('llvmpipe');
  });

  test('Vulkan’s structures are read', () => {
    const about = Buffer.alloc(2048);
    about.writeUInt32LE(2, 16);
    about.write('NVIDIA H100\0rest', 20);
    const heaps = Buffer.alloc(1024);
    heaps.writeUInt32LE(2, 260);
    heaps.writeBigUInt64LE(64n, 264);
    heaps.writeBigUInt64LE(80n * 2n ** 30n, 280);
    heaps.writeUInt32LE(1, 288);
    expect(readDevice(about, heaps)).toEqual({ name: 'NVIDIA H100', kind: 'discrete', memory: 80 * 2 ** 30 });
  });
});

describe('errors of a GPU', () => {
  const refused = new Error(
    'WebGPU validation failed. [Invalid Buffer (unlabeled)] is invalid due to a previous error.\n - While validating entries[1]',
  );
  const compiled = compile(benchPlan('mlp'));
  const tell = (error: unknown): Failure => told(error, compiled, 128, discrete) as Failure;

  test('too little memory names the batch, what it needs, what there is, and the way out', () => {
    const failure = tell(refused);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure.code).toBe('train/out-of-memory');
    expect(failure.message).toMatch(/^Not enough GPU memory: batch 128 needs about \d+ MiB, A has 12\.0 GiB, /);
    expect(failure.message).toContain('Set `batch: 64` and `accumulate: 2`');
  });

  test('a device that is gone says that the run can be resumed', () => {
    const failure = tell(new Error('WebGPU device lost (1): A valid external Instance reference no longer exists.'));
    expect(failure.code).toBe('train/engine');
    expect(failure.message).toContain('resume the run');
  });

  test('other errors stay what they are', () => {
    const error = new Error('The batch lacks the field.');
    expect(told(error, compiled, 8, discrete)).toBe(error);
    expect(troubleOf(new Error('vkAllocateMemory failed with VK_ERROR_OUT_OF_DEVICE_MEMORY'))).toBe('memory');
    expect(troubleOf(new Error('Allocation size too large'))).toBe('memory');
  });
});
