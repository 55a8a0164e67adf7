/** What text templates share: the column that is read, the column that is told, the signs of a plain text. */
import type { ColumnSample, DataHeader } from '../files.ts';
import { classesOf, columnsOf } from './columns.ts';
import { columnName } from './names.ts';

export interface LabelledText {
  /** As the right side of a field. */
  readonly text: string;
  readonly label: string;
  readonly classes: number;
}

const TEXTS = ['text', 'sentence', 'review', 'comment', 'message', 'tweet', 'title', 'body', 'content', 'question'];

/** A column of texts beside one that names classes. */
export function labelledText(header: DataHeader): LabelledText | undefined {
  const columns = columnsOf(header);
  const text = textOf(columns);
  if (text === undefined) return undefined;
  const labels = columns.filter((column) => column !== text && column.missing === 0 && classesOf(column) !== undefined);
  const label = labels.find(({ name }) => /label|class|sentiment|target|category|topic/iu.test(name)) ?? labels.at(-1);
  if (label === undefined) return undefined;
  const name = columnName(label.name);
  return {
    text: columnName(text.name),
    label: `${label.type === 'bool' ? `where(${name}, 1, 0)` : name} -> Index`,
    classes: classesOf(label) ?? 2,
  };
}

function textOf(columns: readonly ColumnSample[]): ColumnSample | undefined {
  const texts = columns.filter((column) => column.type === 'string' && column.missing === 0);
  const named = texts.find(({ name }) => TEXTS.some((word) => name.toLowerCase().includes(word)));
  if (named !== undefined) return named;
  const spoken = texts.filter(({ values }) => values.some((value) => value.trim().includes(' ')));
  return spoken.sort((a, b) => b.distinct - a.distinct)[0];
}

/** How many signs a text has, with room for those that the look into it has missed. */
export function signsOf(header: DataHeader): number | undefined {
  if (header.kind !== 'text') return undefined;
  const { alphabet } = header;
  return alphabet === undefined ? 256 : Math.max(2, alphabet + Math.ceil(alphabet / 8));
}
