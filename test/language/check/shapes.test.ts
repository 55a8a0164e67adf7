/** Shapes: the messages of the language reference, with where each number came from. */
import { test } from 'vitest';
import { check } from './check.ts';

test('two paths that do not agree', () =>
  check(`
    model M {
      input image: float32[28, 28, 1]
      a = image -> Conv2D(32, 3, padding: same)
      b = image -> Conv2D(32, 3)
      output a + b
               ^ shape/mismatch: \`+\` needs equal shapes, but the first axes differ: 28 on the left, 26 on the right ([28, 28, 32] and [26, 26, 32]).
                 | 3:16 28 = 28 divided by stride 1, rounded up (padding: same)
                 | 4:16 26 = 28 − 3 + 1 (window 3, padding: valid)
                 | 2:24 28: declared here
    }
  `));

test('a window that does not fit', () =>
  check(`
    model M {
      input image: float32[5, 5, 1]
      output image -> Conv2D(8, 3) -> MaxPool2D(2) -> Conv2D(8, 3)
                                                      ^^^^^^ shape/window: A window of 3 does not fit into height 1.
                                                        | 3:35 1 = (3 − 2) // 2 + 1 (window 2, stride 2, padding: valid)
                                                        | 3:19 3 = 5 − 3 + 1 (window 3, padding: valid)
                                                        | 2:24 5: declared here
    }
  `));

test('a stated shape that is wrong', () =>
  check(`
    model M {
      input image: float32[28, 28, 1]
      x: [28, 28, 32] = image -> Conv2D(32, 3)
         ^^^^^^^^^^^^ shape/stated: The shape here is [26, 26, 32], but you wrote [28, 28, 32]: axis 0 is 26, not 28.
          * Change to [26, 26, 32]
         * Set padding: same on Conv2D
      output x
    }
  `));

test('a residual whose result has another shape', () =>
  check(`
    block B {
      input x: [T, D]
      output x -> residual { Dense(64) }
    }
    block C {
      input x: [T, D]
      output x -> residual { Dense(D + 1) }
                  ^^^^^^^^ shape/residual: A residual adds its input to its result, so both must have the same shape: the input is [T, D] and the result [T, D + 1].
    }
    model M {
      input x: float32[10, 32]
      output x -> residual { Dense(64) }
                  ^^^^^^^^ shape/residual: A residual adds its input to its result, so both must have the same shape: the input is [10, 32] and the result [10, 64].
                    | 11:26 64 = \`units\` of \`Dense\`
                    | 10:24 32: declared here
    }
    model N {
      input x: float32[10, 32]
      output x -> B
                  ^ shape/residual: In \`B\`: A residual adds its input to its result, so both must have the same shape: the input is [10, 32] and the result [10, 64].
    }
  `));

test('what only the sizes of a use show is told at the use', () =>
  check(`
    block Dec(heads: int) {
      input x: [T, D]
      require D % heads == 0, "the width must be a multiple of the heads"
      output x -> Dense(D)
    }
    model M {
      input x: float32[10, 65]
      output x -> Dec(8)
                  ^^^ shape/require: In \`Dec\`: the width must be a multiple of the heads: 65 % 8 is 1.
                    | 3:11 here, with x: [10, 65]
                    | 7:24 65: declared here
    }
  `));
