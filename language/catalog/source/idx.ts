/** Files in the IDX form of the MNIST data set: one file, one column. */
import { source } from '../define.ts';
import { arrayColumns } from '../rules/arrays.ts';

export const idx = source('idx', {
  doc: 'Reads IDX files (the form of MNIST), packed with gzip or not. Each argument names a raw column and the file that it comes from; the files must have equally many rows.',
  source: 'Yann LeCun’s description of the MNIST files',
  examples: ['idx(images: "train-images-idx3-ubyte.gz", labels: "train-labels-idx1-ubyte.gz")'],
  settings: {},
  filesByColumn: true,
  columns: (settings, header) => arrayColumns('idx', settings, header),
});
