/** A recommender: vectors of people and things, whose likeness says how much somebody likes something. */
import type { ColumnSample } from '../files.ts';
import { columnsOf, isNumber, kindsOf } from './columns.ts';
import type { Template } from './family.ts';
import { columnName, dataName } from './names.ts';
import { sourceOf } from './sources.ts';

const MODEL = 'Recommender';

export const recommender: Template = (data) => {
  const { path, header } = data;
  const source = sourceOf(data);
  const columns = columnsOf(header).filter((column) => column.list === undefined && column.missing === 0);
  const stars = columns.find((column) => /rating|stars?|score|grade/iu.test(column.name) && isNumber(column));
  const user = named(columns, /user|customer|member|person|visitor|reader/iu, stars);
  const item = named(columns, /item|movie|film|product|book|song|article|track/iu, stars, user);
  if (source === undefined || user === undefined || item === undefined || stars === undefined) return undefined;
  const name = dataName(path, MODEL);
  const [low, high] = stars.range ?? [1, 5];
  const middle = (low + high) / 2;
  return `## How much somebody likes something: a row for each judgement.
data ${name} {
  source: ${source}
  user: int32 = ${columnName(user.name)} -> Index(unseen: own)
  item: int32 = ${columnName(item.name)} -> Index(unseen: own)
  stars: float32 = ${columnName(stars.name)}
  validation: 10%
  test: 10%
}

## Wide and deep (Cheng et al., 2016): a number for each person and thing, beside a network over vectors.
model ${MODEL}(users: int = ${room(user)}, items: int = ${room(item)}, width: int = 16) {
  input user: int32
  input item: int32

  wide = (user -> Embedding(users, 1, init: zeros)) + (item -> Embedding(items, 1, init: zeros))

  deep = concat(user -> Embedding(users, width), item -> Embedding(items, width))
    -> Dense(64, relu) -> Dropout(0.3)
    -> Dense(32, relu)
    -> Dense(1)

  output guess = ${middle} + wide + deep -> squeeze
}

train ${MODEL} on ${name} {
  loss: mse(guess, stars)
  metrics: rmse(guess, stars)
  optimizer: Adam(1e-3)
  epochs: 10
  batch: 128
}

## On judgements that were kept aside.
evaluate ${MODEL} on ${name} {
  metrics: [rmse(guess, stars), mae(guess, stars)]
}
`;
};

function named(columns: readonly ColumnSample[], words: RegExp, ...taken: readonly (ColumnSample | undefined)[]) {
  return columns.find((column) => words.test(column.name) && !taken.includes(column));
}

/** Vectors for those that were seen, and for as many again that the look into the file has missed. */
function room(column: ColumnSample): string {
  const seen = Math.max(kindsOf(column) ?? column.distinct, 8);
  const whole = column.classes?.whole === true;
  const digits = 10 ** Math.max(1, Math.floor(Math.log10(seen)) - 1);
  const rounded = whole ? seen + 2 : Math.ceil((2 * seen + 2) / digits) * digits;
  return String(rounded).replace(/\B(?=(\d{3})+$)/gu, '_');
}
