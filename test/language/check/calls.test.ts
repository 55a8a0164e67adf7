/** Calls: settings, inputs, shapes of layers and functions. */
import { test } from 'vitest';
import { check } from './check.ts';
import { world } from './world.ts';

test('several values in the brackets of a layer are told once', () =>
  check(
    `
      model M {
        input user: int32
        input film: int32
        output y = Cross(user, film, buckets: 10) -> Embedding(10, 1)
                         ^^^^ argument/flow-in: Values flow into \`Cross\` with an arrow, several of them in brackets: write \`(x, y) -> Cross(…)\`, not \`Cross(x, y, …)\`.
      }
    `,
    world,
  ));

test('arguments of layers', () =>
  check(
    `
      model M {
        input x: float32[8]
        a = x -> Dense
                 ^^^^^ argument/missing: \`Dense\` needs \`units\`, a whole number. How many numbers each position gets.
        b = x -> Dense(4, relu, 3)
                                ^ argument/too-many: \`Dense\` takes 2 settings without names (\`units\`, \`activation\`); the others are named: \`bias\`, \`init\`, \`biasInit\`, \`l1\`, \`l2\`, \`activityL1\`, \`activityL2\` and more.
        c = x -> Dense(4, biass: true)
                          ^^^^^ argument/unknown: \`Dense\` has no setting \`biass\`. Did you mean \`bias\`?
                            * Change to bias
        d = x -> Dense(units: 4, units: 5)
                                 ^^^^^^^^ argument/twice: \`units\` of \`Dense\` is given twice.
        e = x -> Dense(4, activation: rleu)
                                      ^^^^ argument/activation: \`rleu\` is no activation. Did you mean \`relu\`?
                                        * Change to relu
        f = x -> Dense(4, 5)
                          ^ argument/kind: \`activation\` of \`Dense\` is the name of an activation, like \`relu\`, but got 5.
        g = x -> Dense("four")
                       ^^^^^^ argument/kind: \`units\` of \`Dense\` is a whole number, but got "four".
        h = x -> Dense(-3)
                       ^^ argument/range: \`units\` must be at least 1, but is −3.
        i = x -> Dropout(50)
                         ^^ argument/range: \`rate\` must be at least 0 and below 1, but is 50.
        j = Dense(x, 3)
                  ^ argument/flow-in: A value flows into \`Dense\` with an arrow: write \`x -> Dense(…)\`, not \`Dense(x, …)\`.
        k = x -> relu(3)
                      ^ argument/too-many: \`relu\` takes no settings.
        l = x -> Dense(4, init: zeros, biasInit: normal(0.02))
        m = x -> Dense(4, init: zeroes)
                                ^^^^^^ argument/initialiser: \`zeroes\` is no way to start weights. Did you mean \`zeros\`?
                                  * Change to zeros
        n = x -> Dense(4, leakyRelu(0.1))
        o = x -> Dense(4, leakyRelu(slop: 0.1))
                                    ^^^^ argument/unknown: \`leakyRelu\` has no setting \`slop\`. Did you mean \`slope\`?
                                      * Change to slope
        p = x -> LayerNorm(1e-5)
                           ^^^^ argument/too-many: The settings of \`LayerNorm\` are always named: \`epsilon\`, \`scale\`, \`shift\`, \`l1\`, \`l2\`, \`activityL1\`, \`activityL2\` and more.
        q = x -> LayerNorm(epsilon: 0)
                                    ^ argument/range: \`epsilon\` must be above 0, but is 0.
        r = x -> Dense(4, bias: 1)
                                ^ argument/kind: \`bias\` of \`Dense\` is \`true\` or \`false\`, but got 1.
        s = x -> y
                 ^ name/unknown: There is no \`y\` here. Did you mean \`x\`?
                   * Change to x
        t = x + relu
                ^^^^ type/layer-operand: \`+\` works on values, but the layer \`relu\` is still waiting for one: let something flow into it first.
        u = x -> Dense(4,)
        output l
      }
    `,
    world,
  ));

test('functions are called or flow', () =>
  check(
    `
      model M {
        input x: float32[4, 8]
        a: [4, 8] = max(x, 0)
        b: [4, 8] = x -> max(0)
        c: [8] = x -> mean(axis: 0)
        d: [] = mean(x)
        e: [4, 16] = concat(x, x)
        f: [2, 4, 8] = stack(x, x)
        g: [8, 4] = transpose(x)
        h = transpose(x, [0, 2])
                         ^^^^^^ shape/order: \`transpose\` needs each of the 2 axes of [4, 8] once, but the order is [0, 2].
        i: [4, 8] = where(x > 0, x, 0)
        j = concat(x, x[0])
            ^^^^^^^^^^^^^^^ shape/join: \`concat\` needs values with equally many axes, but gets [4, 8] and [8].
        k = exp(x, 3)
                   ^ argument/too-many: \`exp\` takes no settings.
        l = mean(x, axis: 5)
                          ^ shape/axis: \`mean\` has no axis 5: [4, 8] has the axes 0 to 1 (or −2 to −1).
        m: [4, 8] = x -> clip(0..1)
        n: [4] = range(4) -> Embedding(4, 1) -> squeeze
        o = exp
        p = exp(relu)
                ^^^^ type/not-a-value: \`exp\` needs a value to flow in, but gets the layer \`relu\`.
        output a
      }
    `,
    world,
  ));

test('windows, images and sequences', () =>
  check(
    `
      model V {
        input image: float32[28, 28, 1]
        a = image -> Conv2D(32, (3, 3, 3))
                                ^^^^^^^^^ argument/axes: \`kernel\` needs one number, or 2 of them; here are 3.
        b = image -> Conv2D(32, 3, padding: smae)
                                            ^^^^ argument/word: \`padding\` is \`valid\` or \`same\`, not \`smae\`. Did you mean \`same\`?
                                              * Change to same
        c = image -> Conv2D(32, 3, stride: 2, dilation: 2)
                                                        ^ argument/stride-and-dilation: \`stride\` and \`dilation\` of \`Conv2D\` cannot both be above 1.
        d = image -> Conv2D(32, 3, groups: 2)
                                           ^ shape/groups: \`groups\` of \`Conv2D\` must divide the channels of the image: 1 % 2 is 1.
                                             | 2:32 1: declared here
        e: [5] = image -> MaxPool2D(2, padding: same) -> Flatten -> Dense(5, softmax)
        f = image -> Flaten
                     ^^^^^^ name/unknown: There is no \`Flaten\` here. Did you mean \`Flatten\`?
                       * Change to Flatten
        i = image -> Attention(3)
                               ^ shape/heads: \`Attention\` shares the width among its heads: 1 % 3 is 1.
                                 | 2:32 1: declared here
                                 * Set \`heads: 1\`
        k = image[0, 0, 0] + image[28]
                                  ^^^^ shape/index: There is no place 28 on axis 0: it is 28 long, so places run from 0 to 27.
                                    | 2:24 28: declared here
        l = image -> transpose([0, 1])
                               ^^^^^^ shape/order: \`transpose\` needs each of the 3 axes of [28, 28, 1] once, but the order is [0, 1].
                                 | 2:24 28: declared here
                                 | 2:28 28: declared here
                                 | 2:32 1: declared here
        m: float32[27] = image[1.., 0, 0]
        n: int32 = image[0, 0, 0]
           ^^^^^ type/stated: The type here is float32[], but you wrote int32.
             * Change to float32
        o = image -> LSTM(64)
                     ^^^^ shape/rank: \`LSTM\` needs a sequence \`[time, features]\`, but gets [28, 28, 1], which has 3 axes.
                       | 2:24 28: declared here
                       | 2:28 28: declared here
                       | 2:32 1: declared here
                       * Put \`reshape([28, 28])\` in front
        p = image -> reshape([7, 7, 63])
                     ^^^^^^^ shape/reshape: [28, 28, 1] has 784 numbers, but [7, 7, 63] has 3087.
                       | 2:24 28: declared here
                       | 2:28 28: declared here
                       | 2:32 1: declared here
        q = image -> repeat(2)
                     ^^^^^^ argument/no-body: \`repeat\` needs a layer in braces: \`repeat { … }\`.
        r = concat(image -> MaxPool2D(2), image, axis: -1)
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ shape/join: \`concat\` along axis 2 needs all other axes equal, but axis 0 is 14 and 28.
              | 17:23 14 = (28 − 2) // 2 + 1 (window 2, stride 2, padding: valid)
              | 2:24 28: declared here
        s = image @ image
                  ^ shape/product: \`@\` needs as many columns on the left as rows on the right: [28, 28, 1] has 1, [28, 28, 1] has 28.
                    | 2:32 1: declared here
                    | 2:28 28: declared here
        t = not image
                ^^^^^ type/truth: \`not\` needs true and false (bool), but gets float32[28, 28, 1]: compare it first, for example \`x != 0\`.
        output e
      }
    `,
    world,
  ));

test('attention', () =>
  check(
    `
      model A {
        input x: float32[10, 64]
        input real: bool[10]
        input memory: float32[7, 32]
        a: [10, 64] = x -> Attention(8, mask: causal)
        b: [10, 64] = x -> Attention(8, mask: (causal, real))
        c = x -> Attention(8, mask: casual)
                                    ^^^^^^ argument/word: \`mask\` is \`causal\`, not \`casual\`. Did you mean \`causal\`?
                                      * Change to causal
        d = x -> Attention(7)
                           ^ shape/heads: \`Attention\` shares the width among its heads: 64 % 7 is 1.
                             | 2:24 64: declared here
                             * Set \`heads: 8\`
        e: [10, 64] = x -> Attention(8, memory: memory)
        f = x -> Attention(8, mask: x)
                                    ^ type/bool: \`mask\` of \`Attention\` needs true and false (bool), but gets float32[10, 64]: compare it, for example \`mask: x != 0\`.
        g = x -> Attention(8, maks: real)
                              ^^^^ argument/unknown: \`Attention\` has no setting \`maks\`. Did you mean \`mask\`?
                                * Change to mask
        output a
      }
    `,
    world,
  ));

test('where a value is stated', () =>
  check(
    `
      model M {
        input x: float32[8, 8, 3]
        a: [8, 8, 4] = x -> Conv2D(4, 3, padding: same)
        b: float32[8, 8, 4] = a
        c: int32[8, 8, 4] = a
           ^^^^^ type/stated: The type here is float32[8, 8, 4], but you wrote int32.
        d = a -> Flatten: [256] -> Dense(3): [4]
                                             ^^^ shape/stated: The shape here is [3], but you wrote [4]: axis 0 is 3, not 4.
        e: [8, 8] = a
           ^^^^^^ shape/stated: The shape here is [8, 8, 4], but you wrote [8, 8], which has another number of axes.
        f: [8, n] = a
           ^^^^^^ shape/stated: The shape here is [8, 8, 4], but you wrote [8, ?], which has another number of axes.
               ^ name/unknown: There is no \`n\` here. Did you mean \`x\`?
        g: [3] = 4
           ^^^ shape/stated: The shape here is [], but you wrote [3], which has another number of axes.
        output h: [2] = a
                  ^^^ shape/stated: The shape here is [8, 8, 4], but you wrote [2], which has another number of axes.
      }
    `,
    world,
  ));
