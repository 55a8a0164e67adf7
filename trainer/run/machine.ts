/**
 * What a run takes of its machine, looked at once a second: processors and memory of this process, and the GPU's load as the
 * driver's own program tells it, line by line, for as long as the run lives. A look costs microseconds; without that program
 * there is no word of the GPU.
 */
import { spawn } from 'node:child_process';
import { availableParallelism, totalmem } from 'node:os';
import type { MachineLoad } from '../../protocol/index.ts';

/** Milliseconds between two looks. */
const EVERY = 1000;
const MEBIBYTE = 1024 * 1024;

export interface MachineWatch {
  /** What there is to tell now; undefined until the next second. */
  look(): MachineLoad | undefined;
  close(): void;
}

/** What the watch reads; replaced in tests. */
export interface MachineReader {
  readonly clock: () => number;
  /** Milliseconds of processor time of this process so far. */
  readonly processor: () => number;
  readonly memory: () => number;
  readonly memoryTotal: number;
  readonly processors: number;
}

type GpuLoad = Pick<MachineLoad, 'gpu' | 'gpuMemory' | 'gpuTotal' | 'gpuTemperature'>;

const OWN: MachineReader = {
  clock: () => performance.now(),
  processor: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  memory: () => process.memoryUsage.rss(),
  memoryTotal: totalmem(),
  processors: availableParallelism(),
};

/** Watches this process, and the first GPU where the run trains on one. */
export function watchMachine(device: 'cpu' | 'gpu', reader: MachineReader = OWN): MachineWatch {
  let at = reader.clock();
  let used = reader.processor();
  let gpu: GpuLoad = {};
  const stop = device === 'gpu' ? followGpu((load) => (gpu = load)) : () => undefined;
  return {
    look() {
      const now = reader.clock();
      if (now - at < EVERY) return undefined;
      const usedNow = reader.processor();
      const cpu = Math.min(1, (usedNow - used) / (now - at) / reader.processors);
      at = now;
      used = usedNow;
      return { cpu: Math.round(cpu * 1000) / 1000, memory: reader.memory(), memoryTotal: reader.memoryTotal, ...gpu };
    },
    close: stop,
  };
}

/** One process for the whole run: starting one for each look would cost more than the look. */
function followGpu(heard: (load: GpuLoad) => void): () => void {
  const query = [
    '--query-gpu=utilization.gpu,memory.used,memory.total,temperature.gpu',
    '--format=csv,noheader,nounits',
  ];
  const child = spawn('nvidia-smi', [...query, '--id=0', '--loop=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  // No driver, no word of it.
  child.on('error', () => undefined);
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    const load = gpuLoadOf(text);
    if (load !== undefined) heard(load);
  });
  // A run that is over must not wait for it.
  child.unref();
  return () => void child.kill();
}

/** The last whole line of what the driver's program says: `71, 3174, 12282, 64`. */
export function gpuLoadOf(text: string): GpuLoad | undefined {
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  const [share = Number.NaN, used = Number.NaN, total = Number.NaN, degrees = Number.NaN] = line
    .split(',')
    .map((part) => Number(part.trim()));
  if (![share, used, total].every(Number.isFinite)) return undefined;
  return {
    gpu: share / 100,
    gpuMemory: used * MEBIBYTE,
    gpuTotal: total * MEBIBYTE,
    // Some GPUs tell no temperature.
    ...(Number.isFinite(degrees) ? { gpuTemperature: degrees } : {}),
  };
}
