/** A recurrent layer that keeps its steps to itself, in front of one that reads them: the fix asks for all of them. */
import { test } from 'vitest';
import { check } from './check.ts';

test('each kind of recurrent layer', () =>
  check(`
    model M {
      input words: float32[10, 8]
      input film: float32[6, 16, 16, 3]
      output a = words -> LSTM(8, projection: 4) -> LSTM(8) -> Dense(1)
                                                    ^^^^ shape/rank
                                                       * Set \`sequences: true\`
                                                       * Put \`expand\` in front
      output b = words -> SimpleRNN(8) -> GRU(8) -> Dense(1)
                                          ^^^ shape/rank
                                            * Set \`sequences: true\`
                                            * Put \`expand\` in front
      output c = film -> ConvLSTM2D(8, 3) -> ConvLSTM2D(8, 3) -> GlobalAvgPool2D
                                             ^^^^^^^^^^ shape/rank
                                               * Set \`sequences: true\`
      output d = film -> ConvLSTM2D(8, 3) -> Conv3D(1, 3) -> GlobalAvgPool3D
                                             ^^^^^^ shape/rank
                                               * Set \`sequences: true\`
                                               * Put \`expand\` in front
    }
  `));
