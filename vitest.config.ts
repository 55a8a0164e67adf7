import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/vscode/**', 'node_modules/**'],
    testTimeout: 60_000,
    pool: 'forks',
    // Two workers: engines take a core each, and a test that is starved of a core tells nothing.
    maxWorkers: 2,
  },
});
