/** Headers of data files that tests name. */
import type { World } from './files.ts';

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
        { name: 'bill', type: 'float', missing: 0, sampled: 344, distinct: 100, range: [30, 60], values: ['39.1'] },
        { name: 'year', type: 'int', missing: 0, sampled: 344, distinct: 3, range: [2007, 2009], values: ['2007'] },
      ],
    },
    'gaps.csv': {
      kind: 'csv',
      rows: 40,
      columns: [
        { name: 'id', type: 'int', missing: 0, sampled: 40, distinct: 40, range: [0, 39], values: ['0'] },
        {
          name: 'age',
          type: 'float',
          missing: 2,
          firstMissing: 7,
          whole: true,
          sampled: 40,
          distinct: 30,
          range: [1, 90],
          values: ['3'],
        },
        {
          name: 'size',
          type: 'float',
          missing: 1,
          firstMissing: 9,
          sampled: 40,
          distinct: 30,
          range: [0, 1.5],
          values: ['0.5'],
        },
        {
          name: 'price',
          type: 'string',
          missing: 0,
          sampled: 40,
          distinct: 38,
          odd: { row: 17, value: 'n.a.' },
          values: ['3'],
        },
        {
          name: 'kind',
          type: 'string',
          missing: 0,
          sampled: 40,
          distinct: 3,
          values: ['a', 'b', 'c'],
          classes: {
            count: 3,
            whole: true,
            rows: 40,
            most: { name: 'a', rows: 30 },
            least: { name: 'c', rows: 2 },
            sorted: true,
          },
        },
      ],
    },
    'text.txt': { kind: 'text', characters: 1000, alphabet: 40 },
  },
};
