/** What a run says of the machine that it trains on: load and memory, as they stand in a list. Pure. */
import { type EventNumber, numberOf } from '../../protocol/index.ts';

export interface MachineLoad {
  readonly name: 'GPU' | 'CPU';
  /** `71% · 3.1 / 12 GiB`. */
  readonly text: string;
}

const PARTS = [
  { name: 'GPU', load: 'machine.gpu', memory: 'machine.gpuMemory', total: 'machine.gpuTotal' },
  { name: 'CPU', load: 'machine.cpu', memory: 'machine.memory', total: 'machine.memoryTotal' },
] as const;

/** From the latest values of a run; of parts that it does not tell of there is nothing. */
export function machineLoads(latest: Readonly<Record<string, EventNumber>>): readonly MachineLoad[] {
  const value = (name: string) => numberOf(latest[name] ?? 'NaN');
  return PARTS.flatMap(({ name, load, memory, total }) => {
    if (!Number.isFinite(value(load))) return [];
    const share = `${Math.round(value(load) * 100)}%`;
    const of = Number.isFinite(value(total)) ? ` · ${gibibytes(value(memory))} / ${gibibytes(value(total))} GiB` : '';
    return [{ name, text: `${share}${of}` }];
  });
}

function gibibytes(bytes: number): string {
  const size = bytes / 2 ** 30;
  return size.toFixed(size < 10 ? 1 : 0);
}
