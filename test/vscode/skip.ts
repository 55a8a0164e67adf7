/** Skipped tests say why: the reasons go into a file, since suites and host are two bundles. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'mocha';

function file(): string {
  return join(process.env.MODELWRIGHT_TEST_OUT ?? '.', 'skips.jsonl');
}

/** Skips the running test and says why. */
export function skip(context: Context, why: string): never {
  const title = context.test?.fullTitle() ?? context.currentTest?.fullTitle() ?? '';
  appendFileSync(file(), `${JSON.stringify({ title, why })}\n`);
  context.skip();
}

/** Why this test was skipped. */
export function reasonOf(title: string): string | undefined {
  if (!existsSync(file())) return undefined;
  const lines = readFileSync(file(), 'utf8').trim().split('\n');
  return lines.map((line): { title: string; why: string } => JSON.parse(line)).find((line) => line.title === title)
    ?.why;
}
