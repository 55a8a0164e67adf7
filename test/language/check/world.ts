/** Headers of data files that tests name. */
import type { World } from './check.ts';

export const world: World = {
  headers: {
    images: { kind: 'idx', dtype: 'uint8', shape: [60000, 28, 28], range: [0, 255] },
    labels: { kind: 'idx', dtype: 'uint8', shape: [60000], range: [0, 9] },
    'labels-from-1': { kind: 'idx', dtype: 'uint8', shape: [60000], range: [1, 10] },
    'fewer-labels': { kind: 'idx', dtype: 'uint8', shape: [50000], range: [0, 9] },
    'penguins.csv': {
      kind: 'csv',
      rows: 344,
      columns: [
        { name: 'species', type: 'string', missing: 0, sampled: 344, distinct: 3, values: ['Adelie', 'Gentoo'] },
        { name: 'bill', type: 'float', missing: 2, sampled: 344, distinct: 100, range: [30, 60], values: ['39.1'] },
        { name: 'year', type: 'int', missing: 0, sampled: 344, distinct: 3, range: [2007, 2009], values: ['2007'] },
      ],
    },
    'text.txt': { kind: 'text', characters: 1000, alphabet: 40 },
  },
};
