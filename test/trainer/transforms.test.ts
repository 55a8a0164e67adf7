/** Transforms from the program to the numbers: checked, planned, read, learned and carried out. */
import { expect, test } from 'vitest';
import { render } from '../../language/index.ts';
import { loadData } from '../../trainer/data/prepare.ts';
import { fieldOf, npy, planOf, problems, program, write } from './transform-run.ts';

const table = 'age,size,kind,note\n1,0.5,b,one two\n,1.5,,three\n3,,a,one\n6,2.5,b,"two, two one"\n';

test('fill: a number, the mean, the median, the most frequent value', async () => {
  write('gaps.csv', table);
  const source = '  source: csv("gaps.csv")\n';
  expect((await fieldOf(`${source}  x: int32 = age -> fill(7)`, 'int32')).values).toEqual([1, 7, 3, 6]);
  expect((await fieldOf(`${source}  x: float32 = size -> fill(mean)`, 'float32')).values).toEqual([0.5, 1.5, 1.5, 2.5]);
  const median = await fieldOf(`${source}  x: float32 = age -> fill(median)`, 'float32');
  expect(median.values).toEqual([1, 3, 3, 6]);
  expect(JSON.parse(median.fitted).nodes).toMatchObject({ 1: { kind: 'fill', value: 3 } });
  const index = await fieldOf(`${source}  x: int32 = kind -> fill(mode) -> Index`, 'int32');
  expect(index.values).toEqual([1, 1, 0, 1]);
  expect((await fieldOf(`${source}  x: int32 = kind -> fill("z") -> Index`, 'int32')).values).toEqual([1, 2, 0, 1]);
  // What was learned once is used again, not learned anew.
  const kept = median.fitted.replace('"value":3', '"value":9');
  expect((await fieldOf(`${source}  x: float32 = age -> fill(median)`, 'float32', kept)).values).toEqual([1, 9, 3, 6]);
});

test('drop leaves the row out of all fields', async () => {
  write('gaps.csv', table);
  const found = await fieldOf(
    '  source: csv("gaps.csv")\n  size: float32 = size -> drop\n  x: float32[2] = stack(age -> drop, size)',
    'float32[2]',
  );
  expect(found.values).toEqual([1, 0.5, 6, 2.5]);
  expect(found.rows).toEqual({ train: 2, validation: 0, test: 0 });
});

test('values that the training part lacks', async () => {
  write('classes.csv', 'k\na\nb\na\nb\nc\n');
  const source = '  source: csv("classes.csv")\n  validation: 20%\n';
  await expect(fieldOf(`${source}  x: int32 = k -> Index`, 'int32')).rejects.toThrow('has the value "c"');
  // Ids that are too long for int32, and differ where float32 would not tell them apart.
  write('long.csv', 'id\n9007199254740003\n9007199254740001\n9007199254740002\n9007199254740001\n');
  expect((await fieldOf('  source: csv("long.csv")\n  x: int32 = id -> Index\n', 'int32')).values).toEqual([
    2, 0, 1, 0,
  ]);
  expect((await fieldOf(`${source}  x: int32 = k -> Index(unseen: own)`, 'int32')).rows).toEqual({
    train: 4,
    validation: 1,
    test: 0,
  });
  expect((await fieldOf(`${source}  x: int32 = k -> Index(unseen: skip)`, 'int32')).rows).toEqual({
    train: 4,
    validation: 0,
    test: 0,
  });
});

test('clip, standardize, split, characters', async () => {
  write('gaps.csv', table);
  const source = '  source: csv("gaps.csv")\n';
  const clipped = await fieldOf(`${source}  x: int32 = age -> fill(0) -> clip(1..3)`, 'int32');
  expect(clipped.values).toEqual([1, 1, 3, 3]);
  write('numbers.csv', 'a,b\n1,3\n5,5\n');
  const standard = await fieldOf(
    '  source: csv("numbers.csv")\n  x: float32[2] = stack(a, b) -> standardize',
    'float32[2]',
  );
  expect(standard.values).toEqual([-1, 1, 0, 0]);
  const parts = await fieldOf(`${source}  x: int32[3] = note -> split(length: 3) -> Index`, 'int32[3]');
  // Sorted: '' one three two "two,".
  expect(parts.values).toEqual([1, 3, 0, 2, 0, 0, 1, 0, 0, 4, 3, 1]);
  const letters = await fieldOf(
    `${source}  x: int32[4] = kind -> characters(length: 4, start: true, end: true) -> Index`,
    'int32[4]',
  );
  expect(letters.values.slice(0, 4)).toEqual([3, 2, 4, 0]);
});

test('Words: the most frequent first, unknown ones as 1, padding as 0', async () => {
  write('gaps.csv', table);
  const source = '  source: csv("gaps.csv")\n';
  const found = await fieldOf(`${source}  x: int32[4] = note -> Words(6, length: 4)`, 'int32[4]');
  // one 3×, two 3×, three 1×, the comma 1×: three places are free behind the special ones.
  expect(found.values).toEqual([3, 4, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 4, 5, 4, 3]);
  expect(JSON.parse(found.fitted).nodes).toMatchObject({ 1: { kind: 'Words', values: ['one', 'two', ','] } });
  const ends = await fieldOf(
    `${source}  x: int32[4] = note -> Words(100, length: 4, start: true, end: true)`,
    'int32[4]',
  );
  expect(ends.values.slice(0, 4)).toEqual([3, 5, 6, 4]);
  expect(ends.values.slice(4, 8)).toEqual([3, 8, 4, 0]);
});

test('augment changes training rows alone, anew in each epoch, alike after a new start', async () => {
  write('many.csv', `a\n${Array.from({ length: 40 }, (_, row) => row).join('\n')}\n`);
  const lines = '  source: csv("many.csv")\n  x: float32[1] = stack(a)\n  validation: 25%\n  augment: x -> noise(0.1)';
  const open = async () => {
    const answer = planOf(program(lines, 'float32[1]'));
    if (answer.kind === 'problems') throw new Error(answer.problems.map((one) => render(one.message)).join('\n'));
    return loadData({ plan: answer.plan, dataFolder: undefined, fitted: undefined, whole: false });
  };
  const [first, second] = [await open(), await open()];
  const values = async (preparer: typeof first, part: 'train' | 'validation', epoch: number, index = 0, size = 50) =>
    Array.from((await preparer.prepare({ part, epoch, index, size })).fields.x!.data, Number);
  const train = await values(first, 'train', 1);
  expect(train.length).toBe(30);

  expect(train.every((value) => !Number.isInteger(value) && Math.abs(value - Math.round(value)) < 0.5)).toBe(true);
  expect(await values(first, 'train', 2)).not.toEqual(train);
  expect(await values(first, 'train', 0)).toEqual(Array.from(train, (value) => Math.abs(Math.round(value))));
  expect((await values(first, 'validation', 1)).every(Number.isInteger)).toBe(true);
  // From the middle of the epoch on, in other batches, by another process.
  expect(await values(second, 'train', 1, 3, 6)).toEqual(train.slice(18, 24));
});

test('balance draws each class equally often, and says so again after a new start', async () => {
  const kinds = Array.from({ length: 30 }, (_, row) => (row % 10 === 0 ? 'rare' : row % 3 === 0 ? 'some' : 'many'));
  write('kinds.csv', `a,kind\n${kinds.map((kind, row) => `${row},${kind}`).join('\n')}\n`);
  const text = `data D {
  source: csv("kinds.csv")
  x: float32 = a
  kind: int32 = kind -> Index
  balance: kind
}
model M {
  input x: float32
  output y = x -> expand -> Dense(3)
}
train M on D {
  loss: crossEntropy(y, kind)
}
`;
  const answer = planOf(text);
  if (answer.kind === 'problems') throw new Error(answer.problems.map((one) => render(one.message)).join('\n'));
  const open = () => loadData({ plan: answer.plan, dataFolder: undefined, fitted: undefined, whole: false });
  const preparer = await open();
  const epochOf = async (epoch: number) => {
    const { fields } = await preparer.prepare({ part: 'train', epoch, index: 0, size: 30 });
    return { rows: Array.from(fields.x!.data, Number), kinds: Array.from(fields.kind!.data, Number) };
  };
  const [one, two] = [await epochOf(1), await epochOf(2)];
  for (const kind of [0, 1, 2]) expect(one.kinds.filter((each) => each === kind).length).toBe(10);
  // The three rare rows come three or four times, and all of them.
  expect(new Set(one.rows.filter((row) => row % 10 === 0)).size).toBe(3);
  expect(two.rows).not.toEqual(one.rows);
  const again = await (await open()).prepare({ part: 'train', epoch: 2, index: 1, size: 12 });
  expect(Array.from(again.fields.x!.data, Number)).toEqual(two.rows.slice(12, 24));
});

test('BytePairs: learned on the training part, saved, applied unchanged', async () => {
  const texts = ['low low low', 'lower', 'newest newest', 'low'];
  write('texts.jsonl', texts.map((note) => JSON.stringify({ note })).join('\n'));
  const lines = '  source: jsonl("texts.jsonl")\n  x: int32[6] = note -> BytePairs(262, length: 6, end: true)';
  const answer = await fieldOf(lines, 'int32[6]');
  // 3 special numbers, the end and 256 bytes leave room for two pieces.
  expect(JSON.parse(answer.fitted).nodes['1']).toEqual({ kind: 'BytePairs', merges: ['l o', 'lo w'] });
  const [end, low] = [3, 261];
  expect(answer.values[0]).toBe(low);
  expect(answer.values.slice(18)).toEqual([low, end, 0, 0, 0, 0]);
  const kept = answer.fitted.replace('"l o","lo w"', '"n e"');
  const again = await fieldOf(lines, 'int32[6]', kept);
  expect(again.values.slice(18)).toEqual([...[...'low'].map((sign) => sign.charCodeAt(0) - 33 + 4), end, 0, 0]);
});

test('hide: a share of the words, anew in each epoch, the same in validation and after a new start', async () => {
  const words = 'a b c d e f g h i j'.split(' ');
  const texts = Array.from({ length: 40 }, (_, row) => words.slice(0, 1 + (row % 10)).join(' '));
  write('words.jsonl', texts.map((note) => JSON.stringify({ note })).join('\n'));
  const text = `data D {
  source: jsonl("words.jsonl")
  tokens: int32[12] = note -> Words(20, length: 12, start: true, end: true)
  (masked, hidden) = tokens -> hide(25%)
  shown: int32[12] = masked
  guessed: bool[12] = hidden
  validation: 50%
}
model M {
  input shown: int32[12]
  output y = shown -> Embedding(20, 8) -> Dense(20)
}
train M on D {
  loss: crossEntropy(y, tokens, where: guessed)
}
`;
  const answer = planOf(text);
  if (answer.kind === 'problems') throw new Error(answer.problems.map((one) => render(one.message)).join('\n'));
  const open = () => loadData({ plan: answer.plan, dataFolder: undefined, fitted: undefined, whole: false });
  const [first, second] = [await open(), await open()];
  const look = async (preparer: typeof first, part: 'train' | 'validation', epoch: number) => {
    const { fields } = await preparer.prepare({ part, epoch, index: 0, size: 20 });
    const numbers = (name: string) => Array.from(fields[name]!.data, Number);
    return { tokens: numbers('tokens'), masked: numbers('shown'), hidden: numbers('guessed') };
  };
  const { tokens, masked, hidden } = await look(first, 'train', 1);
  for (let row = 0; row < 20; row++) {
    const places = Array.from({ length: 12 }, (_, i) => row * 12 + i);
    const free = places.filter((i) => tokens[i]! > 4);
    const covered = places.filter((i) => hidden[i] === 1);
    expect(covered.length).toBe(Math.max(1, Math.round(free.length * 0.25)));
    for (const i of covered) expect(free).toContain(i);
    for (const i of places) expect(masked[i]).toBe(hidden[i] === 1 ? 2 : tokens[i]);
  }
  const validation = await look(first, 'validation', 0);
  expect(await look(second, 'validation', 0)).toEqual(validation);
  expect(await look(first, 'validation', 3)).toEqual(validation);
  expect(await look(second, 'train', 1)).toEqual({ tokens, masked, hidden });
  expect((await look(first, 'train', 2)).hidden).not.toEqual(hidden);
  const single = problems('  source: text("words.jsonl")\n  x: int32 = characters -> Index -> hide(15%)', 'int32');
  expect(single[0]).toMatch(/^data\/hide-numbers/u);
});

test('previous: what came before in the group, in the order of a column', async () => {
  write('history.csv', 'who,when,what\n1,3,c\n2,1,x\n1,1,a\n1,2,b\n2,2,y\n1,4,a\n');
  const text = `data D {
  source: csv("history.csv")
  (history, real) = what -> Index -> previous(2, by: who, order: when)
  x: int32[2] = history
  known: bool[2] = real
  shuffle: false
}
model M {
  input x: int32[2]
  input known: bool[2]
  output y = mean(x -> Embedding(10, 2), axis: 0, where: known) -> Dense(1) -> squeeze
}
train M on D {
  loss: mse(y, 0.5)
}
`;
  const answer = planOf(text);
  if (answer.kind === 'problems') throw new Error(answer.problems.map((one) => render(one.message)).join('\n'));
  const preparer = await loadData({ plan: answer.plan, dataFolder: undefined, fitted: undefined, whole: false });
  const { fields } = await preparer.prepare({ part: 'train', epoch: 1, index: 0, size: 6 });
  // a 0, b 1, c 2, x 3, y 4
  expect(Array.from(fields.x!.data)).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0, 3, 1, 2]);
  expect(Array.from(fields.known!.data)).toEqual([1, 1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1]);
  // Without a group and an order: of all rows, as they stand.
  const plain = await fieldOf(
    '  source: csv("history.csv")\n  (history, real) = what -> Index -> previous(1)\n  x: int32[1] = history',
    'int32[1]',
  );
  expect(plain.values).toEqual([0, 2, 3, 0, 1, 4]);
});

test('calculations, `where`, `reshape`', async () => {
  write('sums.csv', 'a,b\n0,2.5\n3,-1.5\n8,0.4\n');
  const source = '  source: csv("sums.csv")\n';
  const of = async (value: string, type = 'float32') =>
    (await fieldOf(`${source}  x: ${type} = ${value}`, type)).values;
  expect(await of('log1p(a)')).toEqual([0, Math.fround(Math.log(4)), Math.fround(Math.log(9))]);
  expect(await of('a + 1 -> sqrt')).toEqual([1, 2, 3]);
  expect(await of('b -> exp -> log')).toEqual([2.5, -1.5, Math.fround(0.4)]);
  expect(await of('b + 2 -> round', 'int32')).toEqual([4, 0, 2]);
  expect(await of('b + 2 -> floor', 'int32')).toEqual([4, 0, 2]);
  expect(await of('b + 2 -> ceil', 'int32')).toEqual([5, 1, 3]);
  expect(await of('abs(b)')).toEqual([2.5, 1.5, Math.fround(0.4)]);
  expect(await of('where(a > 2, a, 2)', 'int32')).toEqual([2, 3, 8]);
  expect(await of('where(b > 0, b, 0)')).toEqual([2.5, 0, Math.fround(0.4)]);
  expect(await of('where(a > 2, stack(a, b), b)', 'float32[2]')).toEqual([2.5, 2.5, 3, -1.5, 8, Math.fround(0.4)]);
  expect(await of('stack(a, b) -> reshape([2, 1])', 'float32[2, 1]')).toEqual([0, 2.5, 3, -1.5, 8, Math.fround(0.4)]);
  await expect(of('log(a)')).rejects.toThrow(
    /holds 0, and `log` of it is no finite number. Write `log1p`, which takes 0, or hold the numbers above 0 by `clip`/u,
  );
});

test('stack: along any axis, of texts too', async () => {
  write('pairs.csv', 'a,b,c,d\n1,2,x,y\n3,4,y,z\n');
  const source = '  source: csv("pairs.csv")\n';
  const of = async (value: string, type: string) => (await fieldOf(`${source}  x: ${type} = ${value}`, type)).values;
  const pair = 'stack(stack(a, b), stack(b, a)';
  expect(await of(`${pair})`, 'float32[2, 2]')).toEqual([1, 2, 2, 1, 3, 4, 4, 3]);
  expect(await of('stack(stack(a, b), stack(a, b), axis: -1)', 'float32[2, 2]')).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  expect(await of('stack(stack(a, b), 7 * stack(a, b), axis: 1)', 'float32[2, 2]')).toEqual([
    1, 7, 2, 14, 3, 21, 4, 28,
  ]);
  expect(await of('stack(c, d) -> Index', 'int32[2]')).toEqual([0, 1, 1, 2]);
});

test('what cannot be together is told before a run', () => {
  write('long.csv', `a\n${Array.from({ length: 1000 }, (_, row) => row).join('\n')}\n`);
  const source = '  source: csv("long.csv")\n';
  const windows = `${source}  x: float32[4] = a -> windows(4)\n`;
  expect(problems(windows, 'float32[4]')).toEqual([]);
  for (const more of ['keep: a > 3', 'deduplicate: a', 'validation: a > 900']) {
    expect(problems(`${windows}  ${more}`, 'float32[4]')[0]).toMatch(/^data\/windows-rows/u);
  }
  expect(problems(`${source}  x: float32[4] = a -> drop -> windows(4)`, 'float32[4]')[0]).toMatch(
    /^data\/windows-rows/u,
  );
  expect(
    problems(`${source}  x: float32[1] = a -> expand\n  augment: [x -> noise(1), mixup(0.2)]`, 'float32[1]')[0],
  ).toBe(
    'data/augment-form: `mixup(0.2)` has no field to change, because a comma begins another flow. Let the field flow on: `x -> noise(1) -> mixup(0.2)`.',
  );
});

test('dates', async () => {
  write('days.csv', 'd\n2024-05-17\n17.05.2024 13:45\n05/17/2024\n2024-12-31T23:59:58Z\n');
  const source = '  source: csv("days.csv")\n';
  const part = async (name: string, more = '') =>
    (await fieldOf(`${source}  x: int32 = (d -> parseDate(${name}))${more}`, 'int32')).values;
  expect(await part('year', ' - 2000')).toEqual([24, 24, 24, 24]);
  expect(await part('month')).toEqual([5, 5, 5, 12]);
  expect(await part('weekday')).toEqual([4, 4, 4, 1]);
  expect(await part('dayOfYear', ' // 4')).toEqual([34, 34, 34, 91]);
  expect(await part('hour')).toEqual([0, 13, 0, 23]);
  write('days.csv', 'd\n2024-02-30\n');
  await expect(part('day')).rejects.toThrow('holds "2024-02-30", which is no date that is known here');
});

test('buckets between edges that are given and learned', async () => {
  write('ages.csv', `age\n${[3, 18, 40, 64, 65, 90, 12, 30].join('\n')}\n`);
  const source = '  source: csv("ages.csv")\n';
  expect((await fieldOf(`${source}  x: int32 = age -> Bucketize([18, 40, 65])`, 'int32')).values).toEqual([
    0, 1, 2, 2, 3, 3, 0, 1,
  ]);
  const learned = await fieldOf(`${source}  x: int32 = age -> Bucketize(buckets: 4)`, 'int32');
  // Sorted: 3 12 | 18 30 | 40 64 | 65 90.
  expect(learned.values).toEqual([0, 1, 2, 2, 3, 3, 0, 1]);
  expect((await fieldOf(`${source}  x: int32 = age -> Bucketize(buckets: 4)`, 'int32', learned.fitted)).values).toEqual(
    learned.values,
  );
});

test('pictures of another size', async () => {
  const bytes = Uint8Array.from([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150]);
  write('pictures.npy', npy('|u1', '(1, 4, 4)', bytes.buffer));
  const source = '  source: npy(p: "pictures.npy")\n';
  const small = async (stage: string, size: string) =>
    (await fieldOf(`${source}  x: float32[${size}] = p -> expand -> ${stage}`, `float32[${size}]`)).values;
  expect(await small('resize(2, 2, method: area)', '2, 2, 1')).toEqual([25, 45, 105, 125]);
  expect(await small('resize(2, 2, method: nearest)', '2, 2, 1')).toEqual([50, 70, 130, 150]);
  // As TensorFlow's \`tf.image.resize\`: centers at halves, nothing smoothed.
  expect(await small('resize(2, 2)', '2, 2, 1')).toEqual([25, 45, 105, 125]);
  expect(await small('resize(1, 8)', '1, 8, 1')).toEqual([60, 63, 68, 73, 78, 83, 88, 90]);
  expect(await small('centerCrop(2, 2)', '2, 2, 1')).toEqual([50, 60, 90, 100]);
});
