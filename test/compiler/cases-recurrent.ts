/** Recurrent layers as one primitive each. */
import { constantOf } from '../../compiler/program/ops/constant.ts';
import { gru } from '../../compiler/program/ops/gru.ts';
import { lstm } from '../../compiler/program/ops/lstm.ts';
import type { Case } from './case.ts';

/** LSTMs as one primitive; an engine may take them unrolled instead. Two examples, repeated as often as asked. */
export const lstmCasesOf = (times: number): readonly Case[] =>
  [
    { name: 'lstm, its sequence', output: 0, backwards: false, masked: false },
    { name: 'lstm, its last state', output: 1, backwards: false, masked: false },
    { name: 'lstm, its last cell, from the end', output: 2, backwards: true, masked: false },
    { name: 'lstm under a mask', output: 0, backwards: false, masked: true },
    { name: 'lstm under a mask, its last cell, from the end', output: 2, backwards: true, masked: true },
  ].map(({ name, output, backwards, masked }) => ({
    name,
    // x, kernel, recurrent, bias, h, c
    inputs: [[2 * times, 4, 3], [3, 20], [5, 20], [20], [2 * times, 5], [2 * times, 5]],
    build(g, [x, kernel, recurrent, bias, h, c]) {
      const rows = new Array<number[]>(times).fill([1, 1, 1, 0, 0, 1, 1, 1]);
      const mask = constantOf(g, rows.flat(), [2 * times, 4]);
      const results = lstm(
        g,
        { x: x!, kernel: kernel!, recurrent: recurrent!, bias: bias!, h: h!, c: c!, ...(masked ? { mask } : {}) },
        backwards,
      );
      return [results.sequence, results.h, results.c][output]!;
    },
  }));

export const lstmCases: readonly Case[] = lstmCasesOf(1);

export const gruCasesOf = (times: number): readonly Case[] =>
  [
    { name: 'gru, its sequence', output: 0, backwards: false, masked: false },
    { name: 'gru, its last state, from the end', output: 1, backwards: true, masked: false },
    { name: 'gru under a mask', output: 0, backwards: false, masked: true },
    { name: 'gru under a mask, its last state, from the end', output: 1, backwards: true, masked: true },
  ].map(({ name, output, backwards, masked }) => ({
    name,
    // x, kernel, recurrent, bias, h
    inputs: [
      [2 * times, 4, 3],
      [3, 15],
      [5, 15],
      [2, 15],
      [2 * times, 5],
    ],
    build(g, [x, kernel, recurrent, bias, h]) {
      const rows = new Array<number[]>(times).fill([1, 1, 1, 0, 0, 1, 1, 1]);
      const mask = constantOf(g, rows.flat(), [2 * times, 4]);
      const read = { x: x!, kernel: kernel!, recurrent: recurrent!, bias: bias!, h: h! };
      const results = gru(g, { ...read, ...(masked ? { mask } : {}) }, backwards);
      return [results.sequence, results.h][output]!;
    },
  }));

export const gruCases: readonly Case[] = gruCasesOf(1);
