/** How a program names the file or folder that its rows come from. */
import type { DataHeader } from '../files.ts';
import { columnsOf } from './columns.ts';
import type { TemplateData } from './family.ts';
import { quoted } from './names.ts';

/** The source of a table or a text; undefined for what is neither. */
export function sourceOf({ path, header, columns }: TemplateData): string | undefined {
  switch (header.kind) {
    case 'csv':
      return columns === undefined ? `csv(${quoted(path)})` : `csv(${quoted(path)}, columns: [${columns.join(', ')}])`;
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

/** Names for the columns of a table whose first line is a row like the others; undefined where it has names. */
export function missingNames(header: DataHeader): readonly string[] | undefined {
  const columns = columnsOf(header);
  const isRow = columns.some(({ name }) => /^-?[\d.]+$/u.test(name) || name.split(/\s+/u).length > 6);
  if (header.kind !== 'csv' || !isRow) return undefined;
  const count = { text: 0, label: 0, column: 0 };
  return columns.map(({ type, values, distinct, sampled }) => {
    const spoken = type === 'string' && values.some((value) => value.trim().includes(' '));
    const kind = spoken ? 'text' : distinct <= 10 && distinct * 5 <= sampled ? 'label' : 'column';
    count[kind] += 1;
    return count[kind] === 1 && kind !== 'column' ? kind : `${kind}${count[kind]}`;
  });
}
