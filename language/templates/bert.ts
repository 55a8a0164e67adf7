/** A small BERT: it guesses hidden words first, then learns the classes of texts from what it has understood. */
import type { Template } from './family.ts';
import { dataName } from './names.ts';
import { sourceOf } from './sources.ts';
import { labelledText } from './texts.ts';

export const bert: Template = (data) => {
  const { path, header } = data;
  const source = sourceOf(data);
  const found = labelledText(header);
  if (source === undefined || found === undefined) return undefined;
  const name = dataName(path, 'Bert');
  return `## Texts: words, some of them hidden.
data ${name}Hidden(vocab: int = 4_000, length: int = 32) {
  source: ${source}
  tokens: int32[length] = ${found.text} -> lower -> Words(vocab, length: length, start: true)
  (words, hidden) = tokens -> hide(15%)
  validation: 10%
}

## The same texts, and the class of each.
data ${name}(vocab: int = 4_000, length: int = 32) {
  source: ${source}
  words: int32[length] = ${found.text} -> lower -> Words(vocab, length: length, start: true)
  label: int32 = ${found.label}
  validation: 10%
  test: 10%
}

## Post-norm, as in the paper (Devlin et al., 2018).
block Encoder(heads: int, dropout: float = 0.1) {
  input x: [T, D]
  input real: bool[T]
  require D % heads == 0, "the width must be a multiple of the heads"

  a = x + (x -> Attention(heads, mask: real) -> Dropout(dropout)) -> LayerNorm
  output a + (a -> Dense(4 * D, gelu) -> Dense(D) -> Dropout(dropout)) -> LayerNorm
}

## What comes before any head: where the words stand, then layer upon layer.
block Body(length: int, depth: int, heads: int) {
  input x: [T, D]
  input real: bool[T]
  require T <= length

  output x + (range(T) -> Embedding(length, D))
    -> LayerNorm -> Dropout(0.1)
    -> repeat(depth) { Encoder(heads, real: real) }
}

model Bert(vocab: int = 4_000, length: int = 32, width: int = 64, depth: int = 2, heads: int = 4, classes: int = ${found.classes}) {
  input words: int32[T]

  layer embed = Embedding(vocab, width)
  layer body = Body(length, depth, heads)

  h = words -> embed -> body(real: words != 0)

  output logits = (h -> Dense(width, gelu) -> LayerNorm) @ transpose(embed.weight)
  output answer = h[0] -> Dropout(0.1) -> Dense(classes, softmax)
}

## First it guesses hidden words …
train Bert on ${name}Hidden as pretrained {
  loss: crossEntropy(logits, tokens, where: hidden)
  metrics: perplexity(logits, tokens, where: hidden)
  optimizer: AdamW(lr: linear(2e-3, warmup: 10%), decay: 0.01)
  clip: 1.0
  epochs: 5
  batch: 32
}

## … then it learns the classes, beginning with what it has understood. Train \`pretrained\` before.
train Bert on ${name} as tuned {
  start: pretrained
  loss: crossEntropy(answer, label)
  metrics: accuracy(answer, label)
  optimizer: AdamW(lr: linear(5e-4, warmup: 10%), decay: 0.01)
  epochs: 3
  batch: 32
}

evaluate Bert on ${name} {
  run: tuned
  metrics: accuracy(answer, label)
}
`;
};
