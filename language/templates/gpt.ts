/** A small GPT over a plain text. */
import type { Template } from './family.ts';
import { dataName } from './names.ts';
import { sourceOf } from './sources.ts';
import { signsOf } from './texts.ts';

export const gpt: Template = (data) => {
  const { path, header } = data;
  const source = sourceOf(data);
  const signs = signsOf(header);
  if (source === undefined || signs === undefined) return undefined;
  const name = dataName(path, 'GPT');
  return `## A text, sign by sign.
data ${name}(context: int = 64) {
  source: ${source}
  window: int32[context + 1] = characters -> Index -> windows(context + 1, stride: 16)
  tokens: int32[context] = window[..-1]
  next: int32[context] = window[1..]
  validation: 10%
}

## One decoder layer: look back, then think.
block Decoder(heads: int, dropout: float = 0.1) {
  input x: [T, D]
  require D % heads == 0, "the width must be a multiple of the heads"

  output x
    -> residual { LayerNorm -> Attention(heads, mask: causal) -> Dropout(dropout) }
    -> residual { LayerNorm -> Dense(4 * D, gelu) -> Dense(D) -> Dropout(dropout) }
}

## It guesses the next sign from those before it.
model GPT(vocab: int = ${signs}, context: int = 64, width: int = 96, depth: int = 2, heads: int = 4) {
  input tokens: int32[T]
  require T <= context

  layer embed = Embedding(vocab, width)
  positions = range(T) -> Embedding(context, width)

  h = (tokens -> embed) + positions
    -> Dropout(0.1)
    -> repeat(depth) { Decoder(heads) }
    -> LayerNorm

  output logits = h @ transpose(embed.weight)
}

train GPT on ${name} {
  loss: crossEntropy(logits, next)
  metrics: [accuracy(logits, next), perplexity(logits, next)]
  optimizer: AdamW(lr: cosine(2e-3, warmup: 50), decay: 0.05)
  clip: 1.0
  steps: 600
  batch: 32
}
`;
};
