/** mocha over one bundle of suites, and the report that the runner believes. Used in the extension host and outside it. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { outFile } from './report.ts';
import { reasonOf } from './skip.ts';

/** Runs the bundle. Throws where a test failed. */
export async function runMocha(bundle: string): Promise<void> {
  writeFileSync(outFile('started'), '');
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) =>
    appendFileSync(outFile('results.txt'), `${format(...parts)}\n`);
  const grep = process.env.MODELWRIGHT_TEST_GREP;
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 300_000,
    slow: 15_000,
    forbidOnly: process.env.CI !== undefined,
    ...(grep ? { grep } : {}),
  });
  mocha.addFile(join(__dirname, bundle));
  const skips: string[] = [];
  const failures: string[] = [];
  let passed = 0;
  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', () => {
      passed += 1;
    });
    runner.on('fail', (test, error: Error) => failures.push(`${test.fullTitle()}: ${error.message.split('\n')[0]}`));
    runner.on('pending', (test) => skips.push(`${test.fullTitle()}: ${reasonOf(test.fullTitle()) ?? 'switched off'}`));
  });
  writeFileSync(outFile('results.json'), JSON.stringify({ passed, failed, skipped: skips.length, skips, failures }));
  if (failed > 0) throw new Error(`${failed} test(s) failed`);
}
