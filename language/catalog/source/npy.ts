/** Arrays as NumPy saves them: one file, one column. */
import { source } from '../define.ts';
import { arrayColumns } from '../rules/arrays.ts';

export const npy = source('npy', {
  doc: 'Reads arrays that NumPy saved (`np.save`). Each argument names a raw column and the file that it comes from; of an archive (`np.savez`), the array of that name. The first axis counts the rows, and the files must have equally many. Numbers of 64 bits become int32 or float32.',
  source: 'NumPy `lib.format`',
  examples: ['npy(features: "features.npy", label: "labels.npy")', 'npy(features: "data.npz", label: "data.npz")'],
  settings: {},
  filesByColumn: true,
  columns: (settings, header) => arrayColumns('npy', settings, header),
});
