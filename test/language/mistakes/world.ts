/** Data files that the programs of the mistakes name. Each is a header and a sample; others are missing. */
import type { ColumnSample } from '../../../language/files.ts';
import type { World } from '../check/check.ts';

const column = (
  name: string,
  type: ColumnSample['type'],
  values: readonly string[],
  range?: readonly [number, number],
): ColumnSample => ({
  name,
  type,
  missing: 0,
  sampled: 1000,
  distinct: values.length,
  values,
  ...(range ? { range } : {}),
});

export const world: World = {
  headers: {
    images: { kind: 'idx', dtype: 'uint8', shape: [60000, 28, 28], range: [0, 255] },
    labels: { kind: 'idx', dtype: 'uint8', shape: [60000], range: [0, 9] },
    'labels-from-1': { kind: 'idx', dtype: 'uint8', shape: [60000], range: [1, 10] },
    'fewer-labels': { kind: 'idx', dtype: 'uint8', shape: [50000], range: [0, 9] },
    'few-images': { kind: 'idx', dtype: 'uint8', shape: [100, 28, 28], range: [0, 255] },
    'few-labels': { kind: 'idx', dtype: 'uint8', shape: [100], range: [0, 9] },
    faces: { kind: 'idx', dtype: 'uint8', shape: [5000, 32, 32, 3], range: [0, 255] },
    cells: { kind: 'idx', dtype: 'uint8', shape: [600, 64, 64, 3], range: [0, 255] },
    'cell-masks': { kind: 'idx', dtype: 'uint8', shape: [600, 64, 64], range: [0, 255] },
    tags: { kind: 'idx', dtype: 'float32', shape: [5000, 8], range: [0, 1] },
    rows: { kind: 'idx', dtype: 'float32', shape: [5000, 16], range: [-3, 9] },
    bytes: { kind: 'idx', dtype: 'uint8', shape: [5000, 128], range: [0, 255] },
    'few-bytes-labels': { kind: 'idx', dtype: 'uint8', shape: [5000], range: [0, 9] },
    'houses.csv': {
      kind: 'csv',
      rows: 1000,
      columns: [
        column('rooms', 'float', ['3.5', '4.0', '7.2'], [1, 12]),
        column('age', 'float', ['12.0', '31.5', '52.0'], [1, 52]),
        column('income', 'float', ['2.5', '8.3', '15.0'], [0.5, 15]),
        column('price', 'float', ['140000.0', '352100.0', '500001.0'], [14999, 500001]),
        column('kind', 'string', ['inland', 'island', 'coast']),
        column('sold', 'int', ['0', '1'], [0, 1]),
        column('stars', 'int', ['1', '2', '3', '4', '5'], [1, 5]),
        column('user', 'int', ['3', '17', '99'], [0, 99]),
        column('item', 'int', ['5', '71', '49'], [0, 49]),
      ],
    },
    'gaps.csv': {
      kind: 'csv',
      rows: 1000,
      columns: [
        column('rooms', 'float', ['3.5', '4.0', '7.2'], [1, 12]),
        { ...column('age', 'float', ['12.0', '31.5', '52.0'], [1, 52]), missing: 12, firstMissing: 31 },
        column('income', 'float', ['2.5', '8.3', '15.0'], [0.5, 15]),
        column('price', 'float', ['140000.0', '352100.0', '500001.0'], [14999, 500001]),
      ],
    },
    'sorted.csv': {
      kind: 'csv',
      rows: 1000,
      columns: [
        column('rooms', 'float', ['3.5', '4.0', '7.2'], [1, 12]),
        column('age', 'float', ['12.0', '31.5', '52.0'], [1, 52]),
        column('income', 'float', ['2.5', '8.3', '15.0'], [0.5, 15]),
        {
          ...column('kind', 'string', ['inland', 'island', 'coast']),
          classes: {
            count: 3,
            whole: true,
            rows: 1000,
            most: { name: 'inland', rows: 400 },
            least: { name: 'coast', rows: 300 },
            sorted: true,
          },
        },
      ],
    },
    'reviews.csv': {
      kind: 'csv',
      rows: 25_000,
      columns: [column('review', 'string', ['fine', 'not so fine']), column('stars', 'int', ['1', '5'], [1, 5])],
    },
    'text.txt': { kind: 'text', characters: 100_000, alphabet: 65 },
  },
};
