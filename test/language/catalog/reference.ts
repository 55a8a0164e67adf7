/** Expressions of PyTorch, Keras and NumPy, evaluated by the reference Python where it is installed. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Numbers } from './apply.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const script = fileURLToPath(new URL('./reference.py', import.meta.url));
const python = [`${root}.references/bin/python`, `${root}.references/Scripts/python.exe`].find((path) =>
  existsSync(path),
);

/** Why tests against a reference are skipped; undefined: it is there. */
export const missingReference = python === undefined ? 'no reference Python here (npm run references)' : undefined;

export interface Asked {
  /** An expression, or lines that leave their answer in `result`. `torch`, `F`, `np` and `keras` are there. */
  readonly code: string;
  /** The whole batch: shapes with the batch in front. */
  readonly given: Readonly<Record<string, Pick<Numbers, 'shape' | 'data' | 'dtype'>>>;
  /** Inputs whose slopes are wanted. */
  readonly slopes?: readonly string[];
}

export interface Answered {
  readonly value: readonly number[];
  readonly slopes: Readonly<Record<string, readonly number[]>>;
}

export function askReference(asked: readonly Asked[]): readonly Answered[] {
  if (python === undefined) throw new Error(missingReference);
  const input = JSON.stringify(asked);
  const text = execFileSync(python, [script], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return JSON.parse(text) as Answered[];
}

/** Two examples of numbers as one array with the batch in front. */
export function batched(value: Numbers, batch = 2): Pick<Numbers, 'shape' | 'data' | 'dtype'> {
  return { ...value, shape: [batch, ...value.shape] };
}

/** Within 1e-4 of the larger of 1 and the reference, place by place. */
export function closeTo(ours: readonly number[], wanted: readonly number[], what: string, within = 1e-4): void {
  expect(ours.length, what).toBe(wanted.length);
  ours.forEach((value, i) => {
    const gap = Math.abs(value - wanted[i]!);
    if (!(gap <= within * Math.max(1, Math.abs(wanted[i]!)))) {
      expect.fail(`${what}: place ${i} is ${value}, should be ${wanted[i]}`);
    }
  });
}
