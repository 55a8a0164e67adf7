/** Sizes: unknown ones in patterns are solved, open ones are assumed and noted, too large ones are refused. */
import { expect, test } from 'vitest';
import { makePlan, render } from '../../../language/index.ts';
import { analyse, check } from './check.ts';
import { world } from './world.ts';

test('one unknown name in linear arithmetic is solved', () =>
  check(`
    block Halves {
      input x: [2 * N]
      output y = x -> reshape([2, N])
    }
    block Later {
      input x: [N + 1, C]
      input mask: bool[N]
      output y = sum(x[1..], axis: 0, where: mask)
    }
    block Between {
      input x: [N, 2 * N - 1]
      output x
    }
    model M {
      input x: float32[10]
      input z: float32[5, 3]
      input m: bool[4]
      input w: float32[11]
      output a: [2, 5] = x -> Halves
      output b: [3] = z -> Later(mask: m)
      output c: [3, 5] = z -> transpose -> Between
      output d = w -> Halves
                      ^^^^^^ shape/input: The input \`x\` of \`Halves\` is [2 * N], but gets [11]: axis 0 is 11, which no whole number fits.
    }
  `));

test('sizes that must be equal and may be are noted in a model, not in a block', () =>
  check(
    `
      block Sum {
        input left: [S, 4]
        input right: [T, 4]
        output y = left + right
      }
      model Two {
        input left: float32[S, 4]
        input right: float32[T, 4]
        output y = left + right
                        ^ hint shape/depends: \`S\` and \`T\` must be equal here. Whether they are depends on the data: it is checked where a run binds the sizes.
                          | 7:23 S: declared here
                          | 8:24 T: declared here
        output z = left -> Sum(right: right)
                           ^^^ hint shape/depends: \`S\` and \`T\` must be equal here. Whether they are depends on the data: it is checked where a run binds the sizes.
      }
    `,
    { hints: true },
  ));

test('sizes that a run binds', () => {
  const text = `
data Rows {
  source: text("text.txt")
  window: int32[8] = characters -> Index -> windows(8)
  left: int32[4] = window[..4]
  right: int32[5] = window[3..]
}
model Sums {
  input left: int32[S]
  input right: int32[T]
  output y = mean((left + right) / 2) -> expand -> Dense(1) -> squeeze
}
train Sums on Rows {
  loss: mse(y, 0.0)
}
`;
  const { file, analyser } = analyse(text, world);
  const found = file.problems.map(({ code, message }) => `${code}: ${render(message)}`);
  const told =
    'shape/mismatch: In `Sums`: `+` needs equal shapes, but the first axes differ: 4 on the left, 5 on the right ([4] and [5]).';
  expect(found.filter((line) => line.startsWith('shape/'))).toEqual([
    'shape/depends: `S` and `T` must be equal here. Whether they are depends on the data: it is checked where a run binds the sizes.',
    told,
  ]);
  const answer = makePlan(analyser, { file: 'test.model', text, action: 'train' });
  expect(
    answer.kind === 'problems' && answer.problems.map(({ code, message }) => `${code}: ${render(message)}`),
  ).toEqual([told]);
});

test('whole numbers that can not be counted exactly are no sizes', () =>
  check(`
    model M(n: int = 9007199254740991) {
      input x: float32[3]
      k = n * n
      scale = 2 ** 60
      output y = x -> Dense(k)
                            ^ shape/beyond-counting: 8.112963841460666e+31 is beyond 9,007,199,254,740,991 (2^53 − 1), the largest size that can be counted exactly, so no shape can have it.
      output z = x / scale -> Dense(n + 0)
    }
  `));

test('a batch written into the input: one message, at the layer that meets it', () =>
  check(
    `
      data D {
        source: idx(images: "images", labels: "labels")
        image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
        label: int32 = labels
      }
      model M {
        input image: float32[B, 28, 28, 1]
        output digit = image -> Conv2D(8, 3) -> Flatten -> Dense(10, softmax)
                                ^^^^^^ shape/rank: \`Conv2D\` needs an image \`[height, width, channels]\`, but gets [B, 28, 28, 1], which has 4 axes.
                                  * Leave the batch out
      }
      train M on D {
        loss: crossEntropy(digit, label)
        metrics: accuracy(digit, label)
        save: best(accuracy)
      }
    `,
    world,
  ));
