/** Asks Keras about layers, where the reference Python is installed (`npm run references`). */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const oracle = fileURLToPath(new URL('./keras_layers.py', import.meta.url));

export const python = [`${root}.references/bin/python`, `${root}.references/Scripts/python.exe`].find((path) =>
  existsSync(path),
);
export const missing = 'no reference Python here (npm run references)';

export interface KerasTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
  readonly dtype?: string;
}

export interface KerasCase {
  /** `Conv3D`: a name of `keras.layers`. */
  readonly layer: string;
  /** As Keras calls them; `{ keras: 'regularizers.L2', … }` makes an object. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** With the batch. */
  readonly inputs: readonly KerasTensor[];
  /** In the order of Keras' weights. */
  readonly weights?: readonly (readonly number[])[];
  readonly mask?: KerasTensor;
  readonly initial?: readonly KerasTensor[];
  readonly training?: true;
  /** The loss is the mean over the batch of the first output's sum with these. */
  readonly slope?: readonly number[];
}

export interface KerasAnswer {
  readonly shape: readonly number[];
  readonly outputs: readonly (readonly number[])[];
  readonly weights: readonly (readonly number[])[];
  readonly losses: number;
  /** Of the trainable weights, in their order. */
  readonly gradients: readonly (readonly number[] | null)[];
}

export function askKeras(cases: readonly KerasCase[]): readonly KerasAnswer[] {
  if (python === undefined) throw new Error(missing);
  const text = execFileSync(python, [oracle], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    maxBuffer: 1 << 27,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return JSON.parse(text) as KerasAnswer[];
}

/** Equal numbers, up to `gap` of their size. */
export function close(ours: readonly number[], wanted: readonly number[], what: string, gap = 1e-6): void {
  expect(ours.length, what).toBe(wanted.length);
  ours.forEach((value, i) => {
    if (!(Math.abs(value - wanted[i]!) < gap * (1 + Math.abs(wanted[i]!)))) {
      expect.fail(`${what}: place ${i} is ${value}, should be ${wanted[i]}`);
    }
  });
}
