/**
 * What a model costs before it runs. The numbers of a graph are counted by the compiler (`costOf`), which knows what a step
 * computes; here is what they mean: bytes on disk, and whether a device has room for them.
 */

/** Of one model at one batch size. Bytes unless said. */
export interface Cost {
  readonly parameters: number;
  readonly trainable: number;
  /** Multiply-adds of one example, forwards. */
  readonly macs: number;
  readonly batch: number;
  /** All weights, moving statistics included. */
  readonly weights: number;
  /** Of trained weights. */
  readonly gradients: number;
  /** What the optimizer keeps for each trained weight. */
  readonly optimizer: number;
  /** Results of layers that wait for the way back, at this batch. */
  readonly activations: number;
  /** All values of a step that are there at once, activations included, as the default engine lays them out. */
  readonly working: number;
  /** The most that a training process grows by: the engine, weights, gradients, state and values. */
  readonly total: number;
  /** Weights and optimizer state on disk. */
  readonly checkpoint: number;
}

export interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Bytes of a safetensors file with these float32 tensors: a length, a head of names and places, the numbers. */
export function tensorFileBytes(tensors: readonly StoredTensor[]): number {
  const head: Record<string, unknown> = { __metadata__: { format: 'modelwright' } };
  let offset = 0;
  for (const { name, shape } of [...tensors].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const end = offset + shape.reduce((product, size) => product * size, 1) * 4;
    head[name] = { dtype: 'F32', shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = utf8Length(JSON.stringify(head));
  return 8 + Math.ceil(text / 8) * 8 + offset;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Where less is left than this part of a device's memory, a run may fail: other programs need some, too. */
const COMFORT = 0.9;

export type Fit = 'fits' | 'tight' | 'exceeds';

/** Whether a training run finds room in so many bytes of memory. */
export function fitOf({ total }: Pick<Cost, 'total'>, deviceMemory: number): Fit {
  if (total > deviceMemory) return 'exceeds';
  return total > COMFORT * deviceMemory ? 'tight' : 'fits';
}

/**
 * The largest batch that finds room, as far as the parts that grow with the batch tell; 0 where not even one example does.
 */
export function largestBatch(cost: Cost, deviceMemory: number): number {
  const each = (cost.working * WORKING_FACTOR) / cost.batch;
  const fixed = cost.total - cost.working * WORKING_FACTOR;
  return each === 0 ? 0 : Math.max(0, Math.floor((COMFORT * deviceMemory - fixed) / each));
}

/** The engine's allocator leaves gaps between values: measured on convolutions, transformers and dense networks. */
export const WORKING_FACTOR = 1.3;
/** What the engine takes for itself: its code, threads, and the graph. Measured. */
export const ENGINE_BYTES = 16e6;
