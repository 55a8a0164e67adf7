/** A failed test leaves a picture of the window. */
import { screenshot } from './window.ts';

afterEach(async function () {
  const test = this.currentTest;
  if (test?.state !== 'failed') return;
  const name = test.fullTitle().replace(/[^a-z0-9]+/gi, '-');
  await screenshot(`failed-${name}`).catch(() => undefined);
});
