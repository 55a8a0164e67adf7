/** How a program names the file or folder that its rows come from. */
import type { DataHeader } from '../files.ts';
import { quoted } from './names.ts';

/** The source of a table or a text; undefined for what is neither. */
export function sourceOf(path: string, header: DataHeader): string | undefined {
  switch (header.kind) {
    case 'csv':
    case 'jsonl':
    case 'parquet':
    case 'text':
      return `${header.kind}(${quoted(path)})`;
    default:
      return undefined;
  }
}

/** Where the labels of images lie by the usual names of files: `train-images-idx3-ubyte.gz` → `train-labels-idx1-ubyte.gz`. */
export function labelsPath(path: string): string | undefined {
  const file = path.split('/').at(-1) ?? '';
  const other = file
    .replace(/images/u, 'labels')
    .replace(/idx3/u, 'idx1')
    .replace(/(^|[-_])[xX](?=[-_.])/u, '$1y');
  return other === file ? undefined : `${path.slice(0, path.length - file.length)}${other}`;
}
