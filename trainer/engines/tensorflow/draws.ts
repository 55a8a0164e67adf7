/** Numbers by chance for a step's graph, drawn by the kernel that all engines share, so that all draw the same ones. */
import { type TensorflowDraw, writeKernel } from '../../../compiler/index.ts';
import type { HostTensor } from '../../engine.ts';
import { type DrawFunctions, drawInto } from '../shared/draw.ts';

export interface Drawer {
  /** The numbers of a step, by key. They are overwritten by the next call. */
  draw(step: number): Readonly<Record<string, HostTensor>>;
}

const page = 65536;

export function createDrawer(draws: readonly TensorflowDraw[], seed: number): Drawer {
  if (draws.length === 0) return { draw: () => ({}) };
  let next = 0;
  const regions = draws.map((draw) => {
    const size = draw.shape.reduce((product, n) => product * n, 1);
    const address = next;
    // The kernel fills four numbers at a time.
    next += Math.ceil(size / 4) * 16;
    return { ...draw, size, address };
  });
  const memory = new WebAssembly.Memory({ initial: Math.ceil(next / page) });
  const functions = instantiate(memory);
  const targets = regions.map(({ key, shape, draw, size, address }) => {
    return { key, shape, draw, address, data: new Float32Array(memory.buffer, address, size) };
  });
  return {
    draw(step) {
      for (const { data, address, draw } of targets) drawInto(functions, data, address, draw, seed, step);
      return Object.fromEntries(
        targets.map(({ key, shape, data }) => [key, { dtype: 'float32' as const, shape, data }]),
      );
    },
  };
}

function instantiate(memory: WebAssembly.Memory): DrawFunctions {
  const module = new WebAssembly.Module(Uint8Array.from(writeKernel([]).module));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const find = (name: string): ((...numbers: number[]) => void) => {
    const found = exports[name];
    if (typeof found !== 'function') throw new Error(`The kernel lacks the function '${name}'.`);
    return found as (...numbers: number[]) => void;
  };
  return { uniform: find('uniform'), keep: find('keep') };
}
