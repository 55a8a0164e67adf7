/** Programs over small files: the field of their data as numbers, or what is wrong with them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makePlan, render } from '../../language/index.ts';
import { loadData } from '../../trainer/data/prepare.ts';

export const folder = mkdtempSync(join(tmpdir(), 'modelwright-transforms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);

/** A program whose model takes the field `x`; its data has the given lines. */
export function program(lines: string, type: string): string {
  const model = type.startsWith('int32')
    ? 'output y = x -> Embedding(300, 2) -> Flatten -> Dense(1) -> squeeze'
    : 'output y = x -> Flatten -> Dense(1) -> squeeze';
  return `data D {\n${lines}\n  shuffle: false\n}\nmodel M {\n  input x: ${type}\n  ${model}\n}\ntrain M on D {\n  loss: mse(y, 0.5)\n}\n`;
}

export function planOf(text: string) {
  const file = join(folder, 'test.model');
  return makePlan(createAnalyser(createFiles()), { file, text, action: 'train' });
}

/** The field `x` of all training rows, as plain numbers. */
export async function fieldOf(lines: string, type: string, again?: string) {
  const answer = planOf(program(lines, type));
  if (answer.kind === 'problems') throw new Error(answer.problems.map((one) => render(one.message)).join('\n'));
  const preparer = await loadData({ plan: answer.plan, dataFolder: undefined, fitted: again, whole: false });
  const batch = await preparer.prepare({ part: 'train', epoch: 1, index: 0, size: 1000 });
  return { values: Array.from(batch.fields.x!.data, Number), rows: preparer.rows, fitted: preparer.fitted };
}

export function problems(lines: string, type: string): readonly string[] {
  const answer = planOf(program(lines, type));
  return answer.kind === 'plan' ? [] : answer.problems.map((one) => `${one.code}: ${render(one.message)}`);
}

/** Not the shared parser’s way to make a file: the form that NumPy 1.0 writes. */
export function npy(descr: string, shape: string, numbers: ArrayBufferLike): Uint8Array {
  const head = `${`{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117)}\n`;
  return Buffer.concat([
    Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, head.length, 0]),
    Buffer.from(head),
    Buffer.from(numbers),
  ]);
}
