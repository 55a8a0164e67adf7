/** Programs whose graphs are large: a ResNet-50, and a GPT-2 XL of 74 blocks with its attention written out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAnalyser, type Files, type ProgramGraph, programGraph } from '../language/index.ts';

const none: Files = {
  source: () => 'missing',
  header: (_from, path) => ({ ok: false, trouble: 'missing', path }),
};

/** The graph of a unit of a program that reads no files. */
export function graphOf(file: string, text: string, unit?: string): ProgramGraph {
  const graph = programGraph(createAnalyser(none), { file, text, unit });
  if (graph === undefined) throw new Error(`No graph in ${file}`);
  return graph;
}

export function resnet(root: string): ProgramGraph {
  const file = join(root, 'examples', 'reference', '07-resnet-50.model');
  return graphOf(file, readFileSync(file, 'utf8'));
}

export function largeGpt(): ProgramGraph {
  return graphOf('gpt.model', largeGptText(74));
}

export function largeGptText(blocks: number): string {
  return `block Look(heads: int) {
  input x: [T, D]
  n = x -> LayerNorm
  q = n -> Dense(D) -> reshape([T, heads, D // heads]) -> transpose([1, 0, 2])
  k = n -> Dense(D) -> reshape([T, heads, D // heads]) -> transpose([1, 2, 0])
  v = n -> Dense(D) -> reshape([T, heads, D // heads]) -> transpose([1, 0, 2])
  weights = softmax(q @ k / 8) -> Dropout(0.1)
  output x + (transpose(weights @ v, [1, 0, 2]) -> reshape([T, D]) -> Dense(D) -> Dropout(0.1))
}

block Think {
  input x: [T, D]
  output x + (x -> LayerNorm -> Dense(4 * D) -> gelu -> Dense(D) -> Dropout(0.1))
}

block Block(heads: int) {
  input x: [T, D]
  output x -> Look(heads) -> Think
}

model Large(depth: int = ${blocks}, width: int = 1600, heads: int = 25) {
  input tokens: int32[1024]
  h = (tokens -> Embedding(50_257, width)) + (range(1024) -> Embedding(1024, width))
  output scores = h -> Dropout(0.1) -> repeat(depth) { Block(heads) } -> LayerNorm -> Dense(50_257, bias: false)
}
`;
}
