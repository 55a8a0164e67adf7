/** Skipped tests say why. The reasons go into a file, since suites and host are two bundles. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Context } from 'mocha';
import { outFile } from './report.ts';

const file = () => outFile('skips.jsonl');

/** Skips the running test (in `before`: all tests of its suite) and says why. */
export function skip(context: Context, why: string): never {
  // In `before` the first test counts as the running one already, though all are meant.
  const all = context.test?.title.startsWith('"before all"') ?? false;
  const title = (all ? context.test?.parent : (context.currentTest ?? context.test))?.fullTitle() ?? '';
  appendFileSync(file(), `${JSON.stringify({ title, why })}\n`);
  context.skip();
}

/** Why this test was skipped. */
export function reasonOf(title: string): string | undefined {
  if (!existsSync(file())) return undefined;
  const lines = readFileSync(file(), 'utf8').trim().split('\n');
  const skips = lines.map((line): { title: string; why: string } => JSON.parse(line));
  return skips.find((one) => title.startsWith(one.title))?.why;
}
