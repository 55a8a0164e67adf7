/** Refactorings: the result checks clean and has the shapes and counts of the original. `⟦ ⟧` marks the selection. */
import { expect, test } from 'vitest';
import { type Analyser, refactorings, summarise } from '../../../language/index.ts';
import { applyEdits } from '../syntax/edits.ts';
import { marked } from './marked.ts';

/** The text after the refactoring whose title begins so, or the titles there are. */
function refactored(source: string, title: string): string {
  const start = source.indexOf('⟦');
  const end = source.indexOf('⟧') - 1;
  const text = source.replace(/[⟦⟧]/g, '');
  const { file, known, analyser } = marked(text);
  expect(file.problems).toEqual([]);
  const all = refactorings(file, start, end, known);
  const found = all.find((one) => one.title.startsWith(title));
  if (found === undefined) return all.map((one) => one.title).join('\n');
  const result = applyEdits(text, found.edits);
  const again = marked(result);
  expect(again.file.problems.map((p) => `${p.code} ${JSON.stringify(p.message)}\n${result}`)).toEqual([]);
  expect(figures(again.analyser, result)).toEqual(figures(analyser, text));
  return result;
}

/** What must not change: counts, and the shapes of outputs. */
function figures(analyser: Analyser, text: string): unknown {
  const summary = summarise(analyser, { file: '/t.model', text, unit: 'M' });
  return summary === undefined ? undefined : [summary.parameters, summary.trainable, summary.outputs];
}

test('stages become a block with the input that flows in and the parameters that they read', () => {
  const source = `## A network.
model M(width: int = 32, classes: int = 10) {
  input image: float32[28, 28, 1]

  x = image
    -> ⟦Conv2D(width, 3, relu)
    -> MaxPool2D(2)⟧
    -> Flatten
  output y = x -> Dense(classes, softmax)
}
`;
  expect(refactored(source, 'Extract into a block')).toBe(`block Extracted(width: int) {
  input x: float32[28, 28, 1]
  output x -> Conv2D(width, 3, relu)
    -> MaxPool2D(2)
}

## A network.
model M(width: int = 32, classes: int = 10) {
  input image: float32[28, 28, 1]

  x = image
    -> Extracted(width)
    -> Flatten
  output y = x -> Dense(classes, softmax)
}
`);
});

test('stages of a block keep its sizes; what has no name gets one', () => {
  const source = `block B(k: int) {
  input x: [T, D]
  output x -> Dense(4 * D, relu) -> ⟦Dense(D, relu) -> Dropout(0.1)⟧
}

model M {
  input x: float32[7, 8]
  output y = x -> B(3) -> B(4)
}
`;
  const text = refactored(source.replace('(k: int)', '').replace('B(3) -> B(4)', 'B -> B'), 'Extract into a block');
  expect(text).toContain(
    'block Extracted(D: int) {\n  input x: float32[T, N]\n  output x -> Dense(D, relu) -> Dropout(0.1)\n}',
  );
  expect(text).toContain('-> Dense(4 * D, relu) -> Extracted(D)');
});

test('lines become a block with one result, or several', () => {
  const source = `model M(width: int = 4) {
  input x: float32[8]
  input skip: float32[4]
  ⟦a = x -> Dense(width, relu)
  b = a + skip⟧
  output y = b -> Dense(2)
}
`;
  expect(refactored(source, 'Extract into a block')).toBe(`block Extracted(width: int) {
  input x: float32[8]
  input skip: float32[4]
  a = x -> Dense(width, relu)
  output b = a + skip
}

model M(width: int = 4) {
  input x: float32[8]
  input skip: float32[4]
  b = x -> Extracted(width, skip: skip)
  output y = b -> Dense(2)
}
`);
  const two = refactored(source.replace('b -> Dense(2)', 'concat(a, b) -> Dense(2)'), 'Extract into a block');
  expect(two).toContain('  output a = x -> Dense(width, relu)\n  output b = a + skip\n');
  expect(two).toContain('  (a, b) = x -> Extracted(width, skip: skip)\n');
});

test('a shared layer cannot be handed over, nor half a stage', () => {
  const shared = `model M {
  input x: float32[8]
  layer d = Dense(8)
  output y = x -> d -> ⟦d -> Dense(3)⟧
}
`;
  expect(refactored(shared, 'Extract into a block')).not.toContain('block');
});

test('a block of one flow is inlined as its stages', () => {
  const source = `block Pair(width: int, rate: float = 0.5) {
  input x: [H, W, C]
  output x -> Conv2D(2 * width, 3, relu) -> Dropout(rate) -> Conv2D(C, 1)
}

model M(width: int = 3) {
  input x: float32[8, 8, 2]
  output y = x -> ⟦⟧Pair(width + 1) -> Flatten
}
`;
  expect(refactored(source, 'Inline')).toContain(
    'x -> Conv2D(2 * (width + 1), 3, relu) -> Dropout(0.5) -> Conv2D(2, 1) -> Flatten',
  );
});

test('a block of several lines is inlined above the line of its use', () => {
  const source = `block Residual(filters: int, stride: int = 1) {
  input x: [H, W, C]

  shortcut = if stride == 1 and C == filters { x } else { x -> Conv2D(filters, 1, stride: stride, bias: false) -> BatchNorm }
  y = x
    -> Conv2D(filters, 3, stride: stride, padding: same, bias: false) -> BatchNorm
  output relu(y + shortcut)
}

model M {
  input image: float32[8, 8, 2]
  x = image -> Conv2D(4, 3) -> ⟦⟧Residual(6, 2) -> Flatten
  output y = x -> Dense(3)
}
`;
  expect(refactored(source, 'Inline')).toContain(`  x2 = image -> Conv2D(4, 3)
  shortcut = if 2 == 1 and 4 == 6 { x2 } else { x2 -> Conv2D(6, 1, stride: 2, bias: false) -> BatchNorm }
  y2 = x2
    -> Conv2D(6, 3, stride: 2, padding: same, bias: false) -> BatchNorm
  x = relu(y2 + shortcut) -> Flatten
`);
});

test('a number becomes a parameter', () => {
  const source = `model M {
  input x: float32[8]
  output y = x -> Dense(⟦⟧16, relu) -> Dropout(0.5)
}
`;
  const once = refactored(source, 'Make 16');
  expect(once).toContain('model M(units: int = 16) {');
  expect(once).toContain('-> Dense(units, relu)');
  expect(refactored(once.replace('0.5', '⟦⟧0.5'), 'Make 0.5')).toContain(
    'model M(units: int = 16, rate: float = 0.5) {',
  );
});

test('a shape is stated where the cursor stands', () => {
  const source = `model M {
  input x: float32[8, 8, 1]
  a = x -> ⟦⟧Conv2D(4, 3) -> Flatten
  output y = a -> Dense(3)
}
`;
  expect(refactored(source, 'State the shape')).toContain('Conv2D(4, 3): [6, 6, 4] -> Flatten');
  expect(refactored(source.replace('⟦⟧', '').replace('  a =', '  ⟦⟧a ='), 'State the shape')).toContain('a: [144] = x');
});

test('a repeat is written out, round by round', () => {
  const source = `model M {
  input x: float32[8]
  output y = x -> ⟦⟧repeat(3) { i => Dense(16 * 2 ** i, relu) -> Dropout(0.1) } -> Dense(2)
}
`;
  expect(refactored(source, 'Unroll')).toContain(
    'x -> Dense(16 * 2 ** 0, relu) -> Dropout(0.1) -> Dense(16 * 2 ** 1, relu) -> Dropout(0.1) -> Dense(16 * 2 ** 2, relu) -> Dropout(0.1) -> Dense(2)',
  );
});
