/** Rows of an evaluation as they look: asked of a trainer once, and remembered while people go back and forth. */
import { type Example, isExample, TRAINER_VERSION } from '../../protocol/index.ts';
import { askTrainer } from '../../runs/index.ts';
import type { Services } from '../services.ts';
import { findTrainer } from '../trainer-program.ts';

/** Rows that are remembered. */
const MOST = 500;

/** By folder, evaluation (its time tells a newer one of the same name) and row. */
const known = new Map<string, Example>();

/** The rows in the order that was asked for; one that is not there any more is left out. */
export async function examplesOf(
  services: Services,
  evaluated: { readonly folder: string; readonly name: string; readonly created: number },
  rows: readonly number[],
): Promise<readonly Example[]> {
  const { folder, name, created } = evaluated;
  const key = (row: number): string => `${folder}\n${name}\n${created}\n${row}`;
  const missing = rows.filter((row) => !known.has(key(row)));
  if (missing.length > 0) {
    const trainer = await findTrainer(services.context, services.logs.main);
    if ('message' in trainer) throw new Error(trainer.message);
    const request = { version: TRAINER_VERSION, kind: 'examples', folder, name, rows: missing } as const;
    const answer = await askTrainer(trainer, request);
    if (!answer.ok) throw new Error(answer.error.message);
    for (const line of answer.lines) if (isExampleLine(line)) known.set(key(line.row), line);
  }
  const found = rows.flatMap((row) => known.get(key(row)) ?? []);
  for (const first of known.keys()) {
    if (known.size <= MOST) break;
    known.delete(first);
  }
  return found;
}

function isExampleLine(line: unknown): line is Example {
  return isExample(line);
}
