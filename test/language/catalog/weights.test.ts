/** What every layer with weights can be told of them: how they start, and what keeps them small. */
import { expect, test } from 'vitest';
import { entries } from '../../../language/catalog/index.ts';
import { regularisationSettings } from '../../../language/catalog/regularisation.ts';
import { check } from '../check/check.ts';

const layers = entries.flatMap((entry) => (entry.kind === 'operation' && entry.weights ? [entry] : []));
/** Their numbers are measured before training. */
const measured = new Set(['Normalize']);
/** Norms start at 1 and 0, wherever they stand; what was trained before starts as its file says. */
const norms = new Set(['BatchNorm', 'GroupNorm', 'InstanceNorm', 'LayerNorm', 'RMSNorm', 'Normalize', 'Pretrained']);

test('every layer with weights can keep them small, and no other', () => {
  for (const { name, settings } of layers) {
    const has = Object.keys(regularisationSettings).filter((setting) => Object.hasOwn(settings, setting));
    expect(has, name).toEqual(measured.has(name) ? [] : Object.keys(regularisationSettings));
  }
  const others = entries.filter((entry) => !layers.some((layer) => layer === entry));
  expect(others.filter(({ settings }) => Object.hasOwn(settings, 'maxNorm')).map(({ name }) => name)).toEqual([]);
});

test('every layer with a matrix, windows or a table can say how they start', () => {
  for (const { name, settings } of layers) {
    if (norms.has(name)) continue;
    expect(Object.hasOwn(settings, 'init'), `${name}: init`).toBe(true);
    if (Object.hasOwn(settings, 'bias')) expect(Object.hasOwn(settings, 'biasInit'), `${name}: biasInit`).toBe(true);
    if (Object.hasOwn(settings, 'recurrentDropout')) expect(Object.hasOwn(settings, 'recurrentInit'), name).toBe(true);
  }
});

test('what is out of range, or on a layer without weights', () =>
  check(`
    model M {
      input x: float32[8]
      layer small = Dense(4, l1: -1, maxNorm: 0)
                                 ^^ argument/range: \`l1\` must be at least 0, but is -1.
                                              ^ argument/range: \`maxNorm\` must be above 0, but is 0.
      layer drop = Dropout(0.5, l2: 0.1)
                                ^^ argument/unknown
      output y = x -> small -> drop
    }
  `));
