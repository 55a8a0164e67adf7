/** A program mended by nothing but the edits that a tool gives back: what an assistant does. */
import type { ProblemFacts } from '../../assist/index.ts';

/** The text after the edits of one fix. */
export function withFix(text: string, fix: ProblemFacts['fixes'][number]): string {
  const lines = text.split('\n');
  const starts = lines.map((_, index) => lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0));
  const offset = (at: { readonly line: number; readonly column: number }) => (starts[at.line - 1] ?? 0) + at.column - 1;
  const edits = [...fix.edits].sort((a, b) => offset(b.range.start) - offset(a.range.start));
  return edits.reduce(
    (made, { range, newText }) => made.slice(0, offset(range.start)) + newText + made.slice(offset(range.end)),
    text,
  );
}

/** Asks, applies the first fix of the first error, and asks again, until there are no errors or no fix. */
export async function mended(
  text: string,
  check: (text: string) => Promise<{ readonly errors: number; readonly problems: readonly ProblemFacts[] }>,
): Promise<{ readonly text: string; readonly codes: readonly string[] }> {
  const codes: string[] = [];
  let now = text;
  for (let round = 0; round < 20; round++) {
    const { errors, problems } = await check(now);
    const problem = problems[0];
    const fix = problem?.fixes[0];
    if (errors === 0 || problem === undefined || fix === undefined) break;
    codes.push(problem.code);
    now = withFix(now, fix);
  }
  return { text: now, codes };
}

/** Four mistakes that assistants make: a word of another library, a layer's name, a missing Flatten, a misspelled metric. */
export const WRONG = `data Digits(part: string = "train") {
  source: idx(images: "{part}-images.idx.gz", labels: "{part}-labels.idx.gz")
  image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
  label: int32 = labels
  validation: 10%
}

model Reader {
  input image: float32[28, 28, 1]

  output digit = image -> Conv2d(16, 3, relu) -> MaxPool2D(2) -> Dense(10, softmax)
}

train Reader on Digits {
  loss: crossEntropy(digit, label)
  optimizer: Adam(learning_rate: 0.002)
  metrics: acuracy(digit, label)
  epochs: 2
  batch: 64
}

evaluate Reader on Digits("test") {
  expect: accuracy(digit, label) > 80%
}
`;
