/** What the words about want of memory propose, as edits of the program: a smaller batch, alone or with more batches an update. Pure. */
import { onlyTrainBlock, type ProgramEdit } from './run-edits.ts';

export interface MemoryEdits {
  readonly batch: number;
  readonly accumulate: number;
  /** The smaller batch alone. */
  readonly smaller: readonly ProgramEdit[];
  /** With it so many batches an update that the updates stay the same. */
  readonly same: readonly ProgramEdit[];
}

/** Undefined where the words propose none, or it is open which train block they mean. */
export function memoryEdits(program: string, message: string): MemoryEdits | undefined {
  const batch = Number(/`batch: (\d+)`/u.exec(message)?.[1]);
  const accumulate = Number(/`accumulate: (\d+)`/u.exec(message)?.[1]);
  const block = onlyTrainBlock(program);
  if (block === undefined || !(batch > 0) || !(accumulate > 0)) return undefined;
  const body = program.slice(block.start, block.end);
  const put = (key: string, value: number): ProgramEdit => {
    const written = new RegExp(`^(\\s*${key}\\s*:\\s*)([\\d_]+)`, 'mu').exec(body);
    if (written?.[1] === undefined || written[2] === undefined) {
      return { text: `\n  ${key}: ${value}`, start: block.start, end: block.start };
    }
    const start = block.start + written.index + written[1].length;
    return { text: String(value), start, end: start + written[2].length };
  };
  const smaller = [put('batch', batch)];
  return { batch, accumulate, smaller, same: [...smaller, put('accumulate', accumulate)] };
}
