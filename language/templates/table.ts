/** A small dense network over a table: classes or a number from the other columns. */
import type { ColumnSample } from '../files.ts';
import { type Columns, columnsOf, sortColumns } from './columns.ts';
import type { Template } from './family.ts';
import { columnName, dataName, fieldNamer, quoted } from './names.ts';
import { sourceOf } from './sources.ts';

const MODEL = 'Predictor';

export const table: Template = (data) => {
  const { path, header } = data;
  const columns = sortColumns(columnsOf(header));
  const source = sourceOf(data);
  if (columns === undefined || source === undefined) return undefined;
  const name = dataName(path, MODEL);
  const field = fieldNamer();
  for (const taken of ['target', 'answer', 'numbers']) field(taken);
  const kinds = columns.kinds.map((column) => ({ column, name: field(column.name) }));
  return columns.classes === undefined
    ? regression(name, source, columns, kinds)
    : classification(name, source, columns, { kinds, classes: columns.classes });
};

type Kinds = readonly { readonly column: Columns['kinds'][number]; readonly name: string }[];

function classification(
  data: string,
  source: string,
  columns: Columns,
  { kinds, classes }: { readonly kinds: Kinds; readonly classes: number },
): string {
  const target = columnName(columns.target.name);
  const plain = columns.target.type === 'bool' ? `where(${target}, 1, 0)` : target;
  return `## Which ${columns.target.name} a row has, told by its other columns.
data ${data} {
  source: ${source}
${fields(columns, kinds)}  target: int32 = ${plain} -> Index
  validation: 10%
  test: share(20%, stratify: ${target})
}

model ${MODEL}(classes: int = ${classes}) {
${inputs(columns, kinds)}
  output answer = ${joined(columns, kinds)}
    -> Dense(32, relu) -> Dropout(0.1)
    -> Dense(32, relu)
    -> Dense(classes, softmax)
}

train ${MODEL} on ${data} {
  loss: crossEntropy(answer, target)
  metrics: accuracy(answer, target)
  optimizer: Adam(0.003)
  epochs: 30
  batch: 32
}

## On rows that the network has never seen.
evaluate ${MODEL} on ${data} {
  metrics: [accuracy(answer, target), f1(answer, target)]
}
`;
}

function regression(data: string, source: string, columns: Columns, kinds: Kinds): string {
  const target = columnName(columns.target.name);
  const unit = unitOf(columns.target);
  const said = unit === 1 ? '' : `, counted in ${grouped(unit)}`;
  return `## What ${columns.target.name} a row has, told by its other columns.
data ${data} {
  source: ${source}
${fields(columns, kinds)}  ## The number to guess${said}.
  target: float32 = ${unit === 1 ? target : `${target} / ${grouped(unit)}`}
  validation: 15%
  test: 15%
}

model ${MODEL} {
${inputs(columns, kinds)}
  output answer = ${joined(columns, kinds)}
    -> Dense(64, relu)
    -> Dense(64, relu)
    -> Dense(1) -> squeeze
}

train ${MODEL} on ${data} {
  loss: mse(answer, target)
  metrics: mae(answer, target)
  optimizer: AdamW(lr: cosine(3e-3, warmup: 5%), decay: 0.01)
  epochs: 60
  batch: 32
}

## On rows that the network has never seen.
evaluate ${MODEL} on ${data} {
  metrics: [rmse(answer, target), r2(answer, target)]
}
`;
}

/** The largest power of ten that leaves the numbers of a column near one. */
function unitOf({ range }: ColumnSample): number {
  const largest = range === undefined ? 1 : Math.max(Math.abs(range[0]), Math.abs(range[1]));
  return largest < 100 ? 1 : 10 ** Math.floor(Math.log10(largest));
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/gu, '_');
}

function fields({ numbers, left }: Columns, kinds: Kinds): string {
  const out: string[] = [];
  if (left.length > 0)
    out.push(
      `  # Left out, since each row has its own or there are too many: ${left.join(', ').replace(/\s+/gu, ' ')}`,
    );
  const filled = (column: ColumnSample) => `${columnName(column.name)}${column.missing > 0 ? ' -> fill(median)' : ''}`;
  const [only] = numbers;
  if (numbers.length === 1 && only !== undefined) {
    out.push(`  numbers: float32[1] = ${filled(only)} -> expand -> Normalize`);
  } else if (numbers.length > 1) {
    out.push(`  numbers: float32[${numbers.length}] = stack(${numbers.map(filled).join(', ')}) -> Normalize`);
  }
  for (const { column, name } of kinds) out.push(`  ${name}: float32[${column.width}] = ${kindText(column)} -> OneHot`);
  return out.map((line) => `${line}\n`).join('');
}

/** An empty cell is a kind of its own, and counted as one. */
function kindText(column: Columns['kinds'][number]): string {
  const name = columnName(column.name);
  if (column.type === 'bool') return `where(${name}, 1, 0)`;
  return column.missing > 0 ? `${name} -> fill(${quoted('unknown')})` : name;
}

function inputs({ numbers }: Columns, kinds: Kinds): string {
  const first = numbers.length > 0 ? [`  input numbers: float32[${numbers.length}]`] : [];
  return [...first, ...kinds.map(({ column, name }) => `  input ${name}: float32[${column.width}]`), ''].join('\n');
}

function joined({ numbers }: Columns, kinds: Kinds): string {
  const names = [...(numbers.length > 0 ? ['numbers'] : []), ...kinds.map(({ name }) => name)];
  return names.length === 1 ? (names[0] ?? '') : `concat(${names.join(', ')})`;
}
