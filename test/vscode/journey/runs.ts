/** Runs of the example on disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inWorkspace } from '../workspace.ts';

const runsFolder = () => inWorkspace('digits/.modelwright/runs').fsPath;

/** The folder of the newest run. */
export function latest(): string {
  const folder = existsSync(runsFolder()) ? runsFolder() : inWorkspace('.modelwright/runs').fsPath;
  const names = readdirSync(folder).filter((name) => /^\d+-/.test(name));
  return join(folder, names.sort().at(-1) ?? '');
}

export function readLatest(name: string): string {
  return readFileSync(join(latest(), name), 'utf8');
}
