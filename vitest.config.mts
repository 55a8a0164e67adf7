/** Unit and engine tests. The suites in VS Code have a runner of their own (`test/vscode`). */
import { defineConfig } from 'vitest/config';
import { CountingReporter } from './test/reporter.mjs';

const report = process.env.MODELWRIGHT_TEST_REPORT;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/vscode/**', 'test/.out/**', 'node_modules/**'],
    // No clock of a test: it only ends what hangs, and a slow or busy machine must not be taken for that.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Which engine is fastest depends on the machine; a test that asks for none gets the default.
    env: { MODELWRIGHT_MEASURE: '0' },
    pool: 'forks',
    // Two workers: engines take a core each, and a test that is starved of a core tells nothing.
    maxWorkers: 2,
    reporters: ['default', ...(report === undefined ? [] : [new CountingReporter({ path: report })])],
  },
});
