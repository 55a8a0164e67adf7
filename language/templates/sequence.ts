/** A recurrent network: over labelled texts of a table, or over a plain text sign by sign. */
import type { Template } from './family.ts';
import { dataName } from './names.ts';
import { sourceOf } from './sources.ts';
import { labelledText, signsOf } from './texts.ts';

const MODEL = 'Reader';

export const sequence: Template = (data) => {
  const { path, header } = data;
  const source = sourceOf(data);
  const signs = signsOf(header);
  if (source === undefined) return undefined;
  const name = dataName(path, MODEL);
  if (signs !== undefined) return signByText(name, source, signs);
  const found = labelledText(header);
  if (found === undefined) return undefined;
  return `## Texts, and the class of each.
data ${name}(vocab: int = 8_000, length: int = 64) {
  source: ${source}
  tokens: int32[length] = ${found.text} -> lower -> Words(vocab, length: length)
  label: int32 = ${found.label}
  validation: 10%
  test: 10%
}

## Reads from both ends what is no padding.
model ${MODEL}(vocab: int = 8_000, width: int = 64, units: int = 32, classes: int = ${found.classes}) {
  input tokens: int32[T]

  output answer = tokens
    -> Embedding(vocab, width)
    -> Bidirectional { LSTM(units, mask: tokens != 0) }
    -> Dropout(0.5)
    -> Dense(classes, softmax)
}

train ${MODEL} on ${name} {
  loss: crossEntropy(answer, label)
  metrics: accuracy(answer, label)
  optimizer: Adam(1e-3)
  epochs: 5
  batch: 32
}

## On texts that the network has never read.
evaluate ${MODEL} on ${name} {
  metrics: accuracy(answer, label)
}
`;
};

function signByText(name: string, source: string, signs: number): string {
  return `## A text, sign by sign: what comes next after these?
data ${name}(length: int = 48) {
  source: ${source}
  window: int32[length + 1] = characters -> Index -> windows(length + 1, stride: 16)
  before: int32[length] = window[..-1]
  next: int32[length] = window[1..]
  validation: 10%
}

model ${MODEL}(signs: int = ${signs}, width: int = 32, units: int = 128) {
  input before: int32[T]

  output scores = before
    -> Embedding(signs, width)
    -> LSTM(units, sequences: true)
    -> Dense(signs)
}

train ${MODEL} on ${name} {
  loss: crossEntropy(scores, next)
  metrics: perplexity(scores, next)
  optimizer: Adam(3e-3)
  clip: 1.0
  epochs: 3
  batch: 64
}
`;
}
