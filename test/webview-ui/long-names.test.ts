/** Names of hundreds of letters, in other scripts and directions: no page gets wider, nothing is written over other things. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphOf } from '../../bench/graphs.ts';
import { beyond, cutTexts, overlapping } from './audit.ts';
import { LOOKED, openEvery } from './every-page.ts';
import { done, picture, tooWide } from './looked-over.ts';
import { findBrowser, launch } from './page.ts';

const found = await findBrowser();

/** Names of layers, metrics, classes, columns, runs, files and programs in what is played. */
const NAMED = new Set(
  'quiet-heron amber-fox slow-river bright-elm first-light base mnist.model Digits Mnist MnistCnn Features Classifier Conv2D Dense digit image writer charles positive negative review sound train.csv images.idx Adam SGD relu label augmented Attention.0 Attention.1 batch optimizer north'.split(
    ' ',
  ),
);

const LONG = {
  letters: `Extraordinarily${'LongNameOfAThing'.repeat(14)}`,
  words: 'a name of very many words that nobody would read to its end '.repeat(5).trim(),
  'Hebrew, Arabic and pictures': `${'שםארוךמאוד-اسمطويلجدا'.repeat(8)}👩‍🔬🏳️‍🌈${'🧪'.repeat(40)}`,
};

/** Each name as it is, with a long one behind it; titles, and the classes 0 to 9, too. */
function lengthened(value: unknown, by: string): unknown {
  if (typeof value === 'string') {
    if (NAMED.has(value) || value === 'mnist Digits') return `${value} ${by}`;
    return value.replace(/^(\d{4}-[a-z]+-[a-z]+|example \d+ of \S+)$/, `$1 ${by}`);
  }
  if (Array.isArray(value)) {
    const classes = value.length > 1 && value.every((each) => typeof each === 'string' && /^\d$/.test(each));
    return value.map((each) => (classes ? `${each} ${by}` : lengthened(each, by)));
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, KEPT.has(name) ? each : lengthened(each, by)]),
  );
}

/** What is no text to be read. */
const KEPT = new Set(['kind', 'topic', 'texts', 'folder', 'path', 'scene', 'graph']);

const LONG_WORD = `Block${'OfManyLetters'.repeat(16)}`;
const graph = graphOf(
  'net.model',
  `block ${LONG_WORD} {
  input ${LONG_WORD.toLowerCase()}: [28, 28, 1]
  output ${LONG_WORD.toLowerCase()} -> Conv2D(32, 3) -> relu -> Flatten
}
model Net${LONG_WORD} {
  input image: float32[28, 28, 1]
  output ${LONG_WORD.toLowerCase()} = image -> ${LONG_WORD} -> Dense(10, softmax)
}
`,
);

describe.skipIf('reason' in found)('names of hundreds of letters', () => {
  let browser: Browser;
  beforeAll(async () => {
    if ('path' in found) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  describe.each(LOOKED)('%s', (looked) => {
    test.each(Object.entries(LONG))('%s', async (kind, by) => {
      for (const width of [1100, 400]) {
        const between = { said: (message: unknown) => lengthened(message, by), heard: (body: unknown) => body, graph };
        const panel = await openEvery(browser, looked, { theme: 'dark', width }, undefined, between);
        await picture(panel, 'long', kind.split(',')[0] ?? '', looked, width);
        expect.soft(await panel.page.evaluate(cutTexts)).toEqual([]);
        expect.soft(await panel.page.evaluate(overlapping)).toEqual([]);
        expect.soft(await panel.page.evaluate(beyond)).toEqual([]);
        expect.soft(await tooWide(panel)).toBeLessThanOrEqual(0);
        await done(panel);
      }
    });
  });
});

if ('reason' in found) {
  test('a browser for long names', (context) => context.skip(found.reason));
}
