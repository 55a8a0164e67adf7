/** What the titles of quick fixes say: the shape that each leads to, and its weights beside those of the first. */
import { expect, test } from 'vitest';
import { createAnalyser, type Locale, quickFixes } from '../../../language/index.ts';
import { noFiles } from './marked.ts';

const digits = `data Digits {
  source: csv("digits.csv")
  image: float32[28, 28, 1] = pixels
  label: int32 = digit
}

model Net {
  input image: float32[28, 28, 1]
  output scores = image
    -> Conv2D(32, 3, relu)
    -> MaxPool2D(2)
    -> Dense(128, relu)
    -> Dense(10)
}

train Net on Digits {
  loss: crossEntropy(scores, label)
  epochs: 1
}
`;

function titles(text: string, locale: Locale = 'en'): readonly string[] {
  const analyser = createAnalyser(noFiles);
  const file = analyser.analyse('/t.model', text);
  return quickFixes(file, 0, text.length, locale, (other) => analyser.tryOut('/t.model', other)).map(
    (fix) => fix.title,
  );
}

test('a stage to insert: its shape; the second says how many weights it saves', () => {
  expect(titles(digits)).toEqual([
    'Insert Flatten before Dense (→ 5408)',
    'Insert GlobalAvgPool2D before Dense (→ 32, 119× fewer weights)',
  ]);
  expect(titles(digits, 'zh')).toEqual([
    '在 Dense 之前插入 Flatten（→ 5408）',
    '在 Dense 之前插入 GlobalAvgPool2D（→ 32，权重只有 1/119）',
  ]);
});

const block = (input: string, output: string) =>
  `block B(n: int) {\n  input x: float32${input}\n  output ${output}\n}\n`;

test('settings, projections and missing axes: the shape of the layer that is mended', () => {
  expect(titles(block('[12, 8]', 'x -> LSTM(16) -> LSTM(4)'))).toEqual([
    'Set `sequences: true` (→ [12, 16])',
    expect.stringMatching(/^Put `expand` in front \(→ \[16, 1\], \d+% fewer weights\)$/u),
  ]);
  expect(titles(block('[8, 8, 3]', 'x + (x -> Conv2D(4, 1))'))).toEqual(['Put `Conv2D(4, 1)` behind it (→ [8, 8, 4])']);
  expect(titles(block('[8, 8]', 'x -> Conv2D(4, 3)'))).toEqual(['Put `expand` in front (→ [8, 8, 1])']);
});

test('nothing is added where the title says the shape, where the shape stays, and where many are asked about at once', () => {
  expect(titles(block('[16]', 'x -> Dense(4) : [5]'))).toEqual(['Change to [4]']);
  expect(titles(block('[16]', 'x -> Dense(4) |> relu'))).toEqual(['Change to `->`']);
  const many = Array.from({ length: 21 }, (_, index) => block('[8, 8]', 'x -> Conv2D(4, 3)').replace('B', `B${index}`));
  expect(new Set(titles(many.join('\n')))).toEqual(new Set(['Put `expand` in front']));
});

test('what was tried out leaves nothing behind', () => {
  const analyser = createAnalyser(noFiles);
  const before = analyser.analyse('/t.model', digits);
  const other = analyser.tryOut('/t.model', digits.replace('-> Dense(128', '-> Flatten -> Dense(128'));
  expect(other.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  const after = analyser.analyse('/t.model', digits);
  expect(after.declarations.every((one, index) => one === before.declarations[index])).toBe(true);
  expect(after.problems).toEqual(before.problems);
  analyser.tryOut('/new.model', digits);
  expect(analyser.syntax('/new.model')).toBeUndefined();
});
