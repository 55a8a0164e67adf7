/** A report of data made up for tests: pictures, texts, sounds; markup among the texts. */
import type { DataReport } from '../../protocol/index.ts';

const place = { file: 'digits.model', line: 4, column: 3, start: 60, end: 80 };

function picture(seed: number): DataReport['fields'][number]['stages'][number]['cells'][number] {
  const pixels = Buffer.from(Array.from({ length: 28 * 28 }, (_, i) => (i * seed) % 256));
  return {
    kind: 'picture',
    shape: [28, 28, 1],
    width: 28,
    height: 28,
    channels: 1,
    low: 0,
    high: 1,
    pixels: pixels.toString('base64'),
  };
}

export const report: DataReport = {
  version: 1,
  title: 'Digits("train")',
  rows: { train: 54_000, validation: 6000, test: 0 },
  window: { part: 'train', from: 0, count: 2, epoch: 1 },
  names: ['row 0 of "images.idx"', 'row 2 of "images.idx"'],
  fields: [
    {
      name: 'image',
      type: 'float32[28, 28, 1]',
      place,
      stages: [
        { title: 'column images', place, cells: [picture(1), picture(2)] },
        { title: 'scale(0..255, 0..1)', place, cells: [picture(3), picture(4)] },
        { title: 'Normalize', place, cells: [picture(5), picture(6)] },
        { title: 'augmented', place, cells: [picture(7), picture(8)] },
      ],
      statistics: { count: 1000, least: 0, greatest: 1, mean: 0.13, deviation: 0.3, zeros: 808 },
      classes: undefined,
    },
    {
      name: 'review',
      type: 'int32[200]',
      place,
      stages: [
        {
          title: 'column text',
          place,
          cells: [{ kind: 'text', text: '<img src=x onerror="document.title=1"> a fine film' }, { kind: 'empty' }],
        },
        {
          title: 'Words(20_000, length: 200)',
          place,
          cells: [
            { kind: 'numbers', shape: [200], first: [4, 17, 203, 0], least: 0, greatest: 1999 },
            { kind: 'number', value: 'NaN' },
          ],
        },
      ],
      statistics: undefined,
      classes: [
        { value: 'positive', count: 3610 },
        { value: 'negative', count: 3310 },
      ],
    },
    {
      name: 'sound',
      type: 'float32[8000]',
      place,
      stages: [
        {
          title: 'decodeAudio(rate: 8000)',
          place,
          cells: [
            { kind: 'sound', samples: 8000, least: [-0.1, -0.8, -0.2], greatest: [0.1, 0.7, 0.2] },
            { kind: 'texts', count: 3, first: ['a', 'b', 'c'] },
          ],
        },
      ],
      statistics: undefined,
      classes: undefined,
    },
  ],
  cleaning: [
    {
      rule: 'drop',
      column: 'age',
      rows: 177,
      text: 'rows without `age` were left out',
      examples: ['line 7', 'line 19'],
    },
  ],
};
