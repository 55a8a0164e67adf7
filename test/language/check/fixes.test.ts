/** Quick fixes: after the preferred one, the program has no error any more. */
import { expect, test } from 'vitest';
import { render } from '../../../language/messages/render.ts';
import { analyse, fixed } from './check.ts';
import { world } from './world.ts';

/** Applies the fix of that title to the only error; the result must be free of errors. */
function mend(text: string, title: string): string {
  const { file } = analyse(text, world);
  const errors = file.problems.filter((problem) => problem.severity === 'error');
  expect(errors.map((problem) => problem.code)).toHaveLength(1);
  const [problem] = errors;
  const index = problem!.fixes.findIndex((fix) => render(fix.title) === title);
  expect(problem!.fixes.map((fix) => render(fix.title))).toContain(title);
  const result = fixed(text, problem!, index);
  const after = analyse(result, world).file.problems.filter((one) => one.severity === 'error');
  expect(after.map((one) => render(one.message))).toEqual([]);
  return result;
}

const digits = `data D {
  source: idx(images: "images", labels: "labels")
  image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
  label: int32 = labels
}
model M {
  input image: float32[28, 28, 1]
  output digit = image -> Conv2D(8, 3, relu) -> Dense(32, relu) -> Dense(10, softmax)
}
train M on D {
  loss: crossEntropy(digit, label)
  metrics: accuracy(digit, label)
}
`;

test('a missing Flatten is put in front of the first Dense', () => {
  expect(mend(digits, 'Insert Flatten before Dense')).toContain('relu) -> Flatten -> Dense(32, relu)');
  expect(mend(digits, 'Insert GlobalAvgPool2D before Dense')).toContain('-> GlobalAvgPool2D -> Dense(32');
});

test('windows on one path of a sum are padded', () => {
  const text = `model M {
  input image: float32[28, 28, 3]
  start = image -> Conv2D(8, 3)
  y = start -> Conv2D(8, 3, relu) -> Conv2D(8, 5)
  output start + y
}
`;
  expect(mend(text, 'Set padding: same on Conv2D')).toContain(
    'start -> Conv2D(8, 3, relu, padding: same) -> Conv2D(8, 5, padding: same)',
  );
});

test('windows in a residual are padded, in a block with symbols, too', () => {
  const text = `block B {
  input x: [H, W, C]
  output x -> residual { Conv2D(C, 3) -> relu -> Conv2D(C, 3, padding: valid) }
}
`;
  expect(mend(text, 'Set padding: same on Conv2D')).toContain(
    '{ Conv2D(C, 3, padding: same) -> relu -> Conv2D(C, 3, padding: same) }',
  );
});

test('no padding where it would not help', () => {
  const text = `model M {
  input image: float32[28, 28, 3]
  y = image -> Conv2D(3, 3) -> MaxPool2D(2)
  output image + y
}
`;
  expect(analyse(text).file.problems[0]!.fixes).toEqual([]);
});

test('labels that count from 1, and validation rows that are missing', () => {
  const flat = digits.replace('relu) -> Dense(32', 'relu) -> Flatten -> Dense(32');
  const one = flat.replace('"labels"', '"labels-from-1"').replace('  metrics: accuracy(digit, label)\n', '');
  expect(mend(one, 'Change to label - 1')).toContain('crossEntropy(digit, label - 1)');
  const early = flat.replace('  metrics', '  stop: early(validation.accuracy)\n  metrics');
  expect(mend(early, 'Keep 10% of D for validation')).toContain('label: int32 = labels\n  validation: 10%\n}');
  expect(mend(early, 'Change to accuracy')).toContain('early(accuracy)');
});

test.each([
  ['model M {\n  input x: float32[3]\n  output y = x -> Dens(4)\n}\n', 'Change to Dense', '-> Dense(4)'],
  ['model M {\n  input x: float32[3]\n  y: [5] = x -> Dense(4)\n  output z = y\n}\n', 'Change to [4]', 'y: [4] ='],
  ['model M {\n  input x: float32[3]\n  output y = x -> Dense(4, biass: false)\n}\n', 'Change to bias', 'bias: false'],
  [
    digits.replace('relu) -> Dense(32', 'relu) -> Flatten -> Dense(32').replace(' -> expand', ''),
    'Put `expand` behind it',
    '0..1) -> expand\n',
  ],
  [
    digits.replace('relu) -> Dense(32', 'relu) -> Flatten -> Dense(32').replace('metrics:', 'metric:'),
    'Change to metrics',
    'metrics: acc',
  ],
])('case %#', (text, title, expected) => {
  expect(mend(text, title)).toContain(expected);
});

test('a layer that needs every step asks the LSTM before it for them', () => {
  const text = `model M {
  input words: int32[T]
  output scores = words -> Embedding(20, 8) -> LSTM(6) -> Dropout(0.1) -> LSTM(4) -> Dense(1)
}
`;
  expect(mend(text, 'Set `sequences: true`')).toContain('LSTM(6, sequences: true) -> Dropout(0.1) -> LSTM(4)');
});

test('a softmax of one number is warned of once, with what was meant', () => {
  const program = (head: string, input = 'x: float32[3]') => `data D {
  source: csv("penguins.csv")
  x: float32[3] = stack(bill, bill, bill)
  steps: float32[5, 3] = stack(x, x, x, x, x)
  heavy: float32 = bill > 40
}
model M {
  input ${input}
  output p = ${head}
}
train M on D {
  loss: binaryCrossEntropy(p, heavy)
}
`;
  const mended = (text: string) => {
    const { problems } = analyse(text, world).file;
    expect(problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['warning shape/softmax-of-one']);
    const result = fixed(text, problems[0]!, 0);
    expect(analyse(result, world).file.problems).toEqual([]);
    return result;
  };
  expect(mended(program('x -> Dense(1, softmax) -> squeeze'))).toContain('Dense(1, sigmoid)');
  for (const layer of ['Conv1D', 'Conv1DTranspose'])
    expect(mended(program(`mean(steps -> ${layer}(1, 3, softmax))`, 'steps: float32[5, 3]'))).toContain(
      '(1, 3, sigmoid)',
    );
  expect(mended(program('(x, x) -> Bilinear(1, softmax) -> squeeze'))).toContain('Bilinear(1, sigmoid)');
  expect(mended(program('x -> Dense(1) -> softmax -> squeeze'))).toContain('Dense(1) -> sigmoid -> squeeze');
  expect(mended(program('sum(steps -> Dense(1) -> softmax)', 'steps: float32[5, 3]'))).toContain('softmax(axis: 0)');
});

test('the batch is taken out of an input', () => {
  for (const batch of ['64', 'B']) {
    const text = digits
      .replace('input image: float32[28', `input image: float32[${batch}, 28`)
      .replace('-> Conv2D(8, 3, relu) -> Dense(32, relu)', '-> Flatten');
    expect(mend(text, 'Leave the batch out')).toContain('input image: float32[28, 28, 1]');
  }
});
