/**
 * All numbers that live from step to step in one WebAssembly memory: weights, gradients and optimizer state of everything
 * that is trained side by side (so that one kernel call updates all), then what is not trained, then drawn numbers.
 * The engine reads and writes them in place. The memory never grows, since growing would move it.
 */

export interface Region {
  readonly name: string;
  /** In numbers. */
  readonly size: number;
}

export interface TrainMemory {
  readonly memory: WebAssembly.Memory;
  /** Bytes of one block of trained values, with the gaps between them. */
  readonly blockBytes: number;
  readonly addresses: {
    readonly parameters: number;
    readonly weights: number;
    readonly gradients: number;
    /** Sums of gradients over batches; the gradients themselves where none are summed. */
    readonly sums: number;
    /** Averages of the weights; the weights themselves where there are none. */
    readonly averages: number;
    /** Room for the gradients of another part of the batch; the gradients themselves where there is none. */
    readonly others: number;
    readonly states: readonly number[];
  };
  /** Every weight by path, trained or not. */
  readonly weights: ReadonlyMap<string, Float32Array>;
  readonly gradients: ReadonlyMap<string, Float32Array>;
  readonly sums: ReadonlyMap<string, Float32Array>;
  readonly averages: ReadonlyMap<string, Float32Array>;
  readonly others: ReadonlyMap<string, Float32Array>;
  /** By state, then by weight. */
  readonly states: readonly ReadonlyMap<string, Float32Array>[];
  readonly draws: ReadonlyMap<string, Float32Array>;
  addressOf(array: Float32Array): number;
}

const page = 65536;
/** Addresses have 32 bits. */
const mostPages = 65536;
/** Places start at multiples of a cache line. */
const align = 64;
/** Room for the numbers that a step hands to the kernel. */
const parameterBytes = 1024;

export function createMemory(request: {
  readonly trained: readonly Region[];
  readonly fixed: readonly Region[];
  readonly states: number;
  /** Whether gradients of several batches are summed. */
  readonly sums: boolean;
  readonly averages: boolean;
  /** Whether gradients of several parts of a batch come together. */
  readonly others: boolean;
  readonly draws: readonly Region[];
}): TrainMemory {
  let next = 0;
  const reserve = (bytes: number): number => {
    const start = next;
    next += Math.ceil(bytes / align) * align;
    return start;
  };
  const parameters = reserve(parameterBytes);
  const offsets: number[] = [];
  let blockBytes = 0;
  for (const { size } of request.trained) {
    offsets.push(blockBytes);
    blockBytes += Math.ceil((size * 4) / align) * align;
  }
  const weights = reserve(blockBytes);
  const gradients = reserve(blockBytes);
  const sums = request.sums ? reserve(blockBytes) : gradients;
  const averages = request.averages ? reserve(blockBytes) : weights;
  const others = request.others ? reserve(blockBytes) : gradients;
  const states = Array.from({ length: request.states }, () => reserve(blockBytes));
  const fixed = request.fixed.map(({ size }) => reserve(size * 4));
  // Drawing fills four numbers at a time.
  const draws = request.draws.map(({ size }) => reserve(Math.ceil(size / 4) * 16));
  const pages = Math.max(1, Math.ceil(next / page));
  if (pages > mostPages) {
    throw new Error(
      `Weights, gradients and optimizer state need ${(next / 2 ** 30).toFixed(1)} GB; ONNX Runtime holds up to 4 GB of them. ` +
        'Make the model smaller, or train it with the TensorFlow engine.',
    );
  }
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { buffer } = memory;
  const block = (start: number): ReadonlyMap<string, Float32Array> =>
    new Map(
      request.trained.map(({ name, size }, i) => [name, new Float32Array(buffer, start + (offsets[i] ?? 0), size)]),
    );
  const list = (regions: readonly Region[], starts: readonly number[]): [string, Float32Array][] =>
    regions.map(({ name, size }, i) => [name, new Float32Array(buffer, starts[i] ?? 0, size)]);
  return {
    memory,
    blockBytes,
    addresses: { parameters, weights, gradients, sums, averages, others, states },
    weights: new Map([...block(weights), ...list(request.fixed, fixed)]),
    gradients: block(gradients),
    sums: block(sums),
    averages: block(averages),
    others: block(others),
    states: states.map(block),
    draws: new Map(list(request.draws, draws)),
    addressOf: (array) => array.byteOffset,
  };
}
