/** What goes wrong on a GPU, in words: not enough memory, a device that is gone. The rest is told as it came. */
import { type Compiled, costOf } from '../../../compiler/index.ts';
import type { Plan } from '../../../language/index.ts';
import { Failure } from '../../failure.ts';
import type { Gpu } from './devices.ts';

/** A buffer that was refused is "invalid due to a previous error" where it is used; the error itself was only printed. */
const memory =
  /out[ _-]?of[ _-]?(?:device[ _-])?memory|Allocation size too large|\[Invalid Buffer|max(?:BufferSize|StorageBufferBindingSize)/i;
const lost = /device (?:is |was )?lost|DeviceLost|DEVICE_LOST|DXGI_ERROR_DEVICE/i;

export type GpuTrouble = 'memory' | 'lost' | 'other';

export function troubleOf(error: unknown): GpuTrouble {
  const text = error instanceof Error ? error.message : String(error);
  if (lost.test(text)) return 'lost';
  return memory.test(text) ? 'memory' : 'other';
}

/** The error as a person reads it. */
export function told(error: unknown, compiled: Compiled, batch: number, gpu: Pick<Gpu, 'name' | 'memory'>): unknown {
  if (error instanceof Failure) return error;
  const { plan } = compiled;
  switch (troubleOf(error)) {
    case 'memory':
      return new Failure('train/out-of-memory', memoryText(plan, batch, gpu), plan.train?.places.batch ?? plan.place);
    case 'lost':
      return new Failure(
        'train/engine',
        `${gpu.name} stopped answering: its driver was restarted, the computer slept, or a step took longer than the system allows. ` +
          'What was saved is there: resume the run. If it happens again, make the batch smaller or set the device to cpu.',
        plan.place,
      );
    case 'other':
      return error;
  }
}

function memoryText(plan: Plan, batch: number, gpu: Pick<Gpu, 'name' | 'memory'>): string {
  const needed = neededBytes(plan, batch);
  const has =
    gpu.memory === undefined ? '' : `, ${gpu.name} has ${gigabytes(gpu.memory)}, of which other programs use a part`;
  const needs =
    needed === undefined ? `batch ${batch} does not fit` : `batch ${batch} needs about ${gigabytes(needed)}`;
  const half = Math.floor(batch / 2);
  const { accumulate = 1 } = plan.train ?? {};
  const smaller =
    half >= 1
      ? `Set \`batch: ${half}\` and \`accumulate: ${accumulate * 2}\`, which makes the same update from smaller batches; or close other programs that use the GPU; or set the device to cpu.`
      : 'Make the model smaller, close other programs that use the GPU, or set the device to cpu.';
  return `Not enough GPU memory: ${needs}${has}. ${smaller}`;
}

/** The estimate for the default engine, which holds the same values. */
function neededBytes(plan: Plan, batch: number): number | undefined {
  if (plan.train === undefined) return undefined;
  try {
    return costOf({ ...plan, train: { ...plan.train, batch } }).total;
  } catch {
    return undefined;
  }
}

function gigabytes(bytes: number): string {
  return bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.ceil(bytes / 2 ** 20)} MiB`;
}
