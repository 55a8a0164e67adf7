/** The short run of the fuzzer; `npm run fuzz` is the long one. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';
import { allPrograms } from './programs.ts';

test('2,000 edits of all programs', () => {
  const { texts, world } = allPrograms(join(import.meta.dirname, '../../..'));
  expect(fuzz({ seed: 1, edits: 2000, programs: texts, world, every: 10 })).toBe(undefined);
});
