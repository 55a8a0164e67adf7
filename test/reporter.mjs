/**
 * A vitest reporter that keeps what `npm test` counts and tells: how many passed, failed and were skipped, and of each
 * skipped test why. The reason is the test's note (`context.skip('why')`), else its title says it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

export class CountingReporter {
  constructor({ path }) {
    this.path = path;
  }

  onTestRunEnd(modules, errors) {
    const counts = { passed: 0, failed: errors.length, skipped: 0, skips: [] };
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId);
      // A file that does not load has no tests to fail.
      if (module.errors().length > 0) counts.failed += 1;
      for (const test of module.children.allTests()) count(counts, file, test);
    }
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(this.path, JSON.stringify(counts));
  }
}

function count(counts, file, test) {
  const result = test.result();
  if (result.state === 'passed') counts.passed += 1;
  else if (result.state === 'failed') counts.failed += 1;
  else {
    counts.skipped += 1;
    counts.skips.push(`${file} > ${test.fullName}${result.note === undefined ? '' : `: ${result.note}`}`);
  }
}
