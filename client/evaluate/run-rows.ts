/** Rows of an evaluation as they look: asked of the run's warm model, and remembered while people go back and forth. */
import type { Example } from '../../protocol/index.ts';
import type { Services } from '../services.ts';
import { askModel } from '../use/warm-models.ts';

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
    const { body } = await askModel(services, folder, 'rows', { name, rows: missing });
    for (const example of body.examples) known.set(key(example.row), example);
  }
  const found = rows.flatMap((row) => known.get(key(row)) ?? []);
  for (const first of known.keys()) {
    if (known.size <= MOST) break;
    known.delete(first);
  }
  return found;
}
