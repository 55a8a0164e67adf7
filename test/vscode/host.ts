/** Runs in the extension host: mocha over the bundled suites, and the report that the runner believes. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { reasonOf } from './skip.ts';

function out(name: string): string {
  return join(process.env.MODELWRIGHT_TEST_OUT ?? '.', name);
}

/** Called by VS Code with the window open. */
export async function run(): Promise<void> {
  writeFileSync(out('started'), '');
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) =>
    appendFileSync(out('results.txt'), `${format(...parts)}\n`);
  const grep = process.env.MODELWRIGHT_TEST_GREP;
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    slow: 10_000,
    forbidOnly: process.env.CI !== undefined,
    ...(grep ? { grep } : {}),
  });
  mocha.addFile(join(__dirname, 'suites.cjs'));
  const skips: string[] = [];
  let passed = 0;
  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', () => {
      passed += 1;
    });
    runner.on('pending', (test) => skips.push(`${test.fullTitle()}: ${reasonOf(test.fullTitle()) ?? 'switched off'}`));
  });
  writeFileSync(out('results.json'), JSON.stringify({ passed, failed, skipped: skips.length, skips }));
  if (failed > 0) throw new Error(`${failed} test(s) failed`);
}
