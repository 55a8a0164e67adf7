/**
 * Random edits of whole programs: what the analyser gives after each never depends on what it kept, never throws, stays
 * within the text, and no rule of the catalogue throws.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { CheckedFile } from '../../../language/check/checked.ts';
import { createAnalyser } from '../../../language/check/index.ts';
import { render } from '../../../language/messages/render.ts';
import { filesOf } from './check.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../examples/language');
const names = readdirSync(folder).filter((name) => name.endsWith('.model'));
const texts = names.map((name) => readFileSync(join(folder, name), 'utf8'));
const world = { sources: { '1-mnist.model': texts[names.indexOf('1-mnist.model')]! } };

/** A small generator of its own, so that a failure can be repeated. */
function randomness(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pieces = [
  '->',
  ' -> Dense(3)',
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '=',
  '"',
  '\n',
  ' ',
  '3',
  '0',
  '-1',
  '1.5',
  'x',
  'T',
  'relu',
  'output',
  'input x: float32[3]',
  'layer a = Dense(2)',
  'repeat(2) { Dense(4) }',
  'residual { Dense(4) }',
  'if true { x } else { x }',
  '...',
  '..',
  '%',
  '/ 2',
  '* x',
  '@ x',
  'Conv2D(8, 3)',
  'Flatten',
  'Nothing',
  '\nmodel Q {\n',
  '\nblock R {\n  input x: [N, M]\n  output x -> R\n}\n',
  '\ntrain GPT on Shakespeare {\n',
  'mean(axis: 0)',
  'concat(x, x)',
  'embed.weight',
  '[0]',
  '[1..]',
  'require T > 3',
  'epochs: 0',
  'stop: early()',
  'loss: mean(x)',
  'not ',
  'true',
];

function edit(text: string, random: (below: number) => number): string {
  const at = random(text.length + 1);
  switch (random(5)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1 + random(12));
    case 1:
    case 2:
      return text.slice(0, at) + pieces[random(pieces.length)]! + text.slice(at);
    case 3: {
      const other = texts[random(texts.length)]!;
      const from = random(other.length);
      return text.slice(0, at) + other.slice(from, from + random(60)) + text.slice(at);
    }
    default: {
      const lines = text.split('\n');
      const [line] = lines.splice(random(lines.length), 1);
      lines.splice(random(lines.length + 1), 0, line ?? '');
      return lines.join('\n');
    }
  }
}

function shown(file: CheckedFile): unknown {
  return {
    problems: file.problems.map((problem) => [
      problem.code,
      problem.severity,
      problem.start,
      problem.end,
      render(problem.message),
      problem.related.map((related) => [related.at.start, render(related.message)]),
      problem.fixes.map((fix) => [render(fix.title), fix.edits.map((e) => [e.start, e.end, e.newText])]),
    ]),
    facts: file.declarations.map(({ facts }) => [facts.values.size, facts.targets.size, facts.calls.size]),
  };
}

test('incremental is full, over random edits', () => {
  const random = randomness(20260101);
  let checked = 0;
  for (let round = 0; round < 12; round++) {
    const analyser = createAnalyser(filesOf(world));
    let text = [...texts]
      .sort(() => random(2) - 0.5)
      .slice(0, 3)
      .join('\n');
    for (let step = 0; step < 12; step++) {
      if (text.length > 12_000) text = text.slice(0, 9_000);
      text = edit(text, random);
      const kept = analyser.analyse('test.model', text);
      const fresh = createAnalyser(filesOf(world)).analyse('test.model', text);
      expect(shown(kept)).toEqual(shown(fresh));
      checked++;
    }
    expect(analyser.crashes).toEqual([]);
  }
  expect(checked).toBe(144);
});

test('mutated programs never make the checker throw', () => {
  const random = randomness(7);
  for (let round = 0; round < 1500; round++) {
    let text = texts[round % texts.length]!;
    for (let edits = 1 + random(4); edits > 0; edits--) text = edit(text, random);
    const analyser = createAnalyser(filesOf(world));
    const file = analyser.analyse('test.model', text);
    expect(analyser.crashes).toEqual([]);
    for (const problem of file.problems) {
      expect(problem.start).toBeGreaterThanOrEqual(0);
      expect(problem.end).toBeLessThanOrEqual(text.length);
      expect(render(problem.message)).not.toMatch(/undefined|\[object|^[a-z]+\/[a-z-]+ \(/u);
    }
  }
});
