/** Units: parameters, inputs, sizes, names, and the layers that take layers. */
import { test } from 'vitest';
import { check } from './check.ts';
import { world } from './world.ts';

test('arguments of a block', () =>
  check(
    `
      block A(n: int, act = relu, inner: layer) {
        input x: [H, W, C]
        input y: [C]
        require C % n == 0, "n divides"
        output (x -> Dense(n * (C / n), act) -> inner) + (y -> Dense(1) -> sum)
      }
      model M {
        input image: float32[8, 8, 6]
        input v: float32[6]
        a = image -> A(3, y: v) { Dense(4) }
        b = image -> A(4, y: v) { Dense(4) }
                     ^ shape/require: In \`A\`: n divides: 6 % 4 is 2.
                       | 4:11 here, with x: [8, 8, 6], y: [6]
                       | 8:30 6: declared here
        c = image -> A(3, tanh, y: v, inner: Dense(2))
        d = image -> A(3, tanhh, y: v, inner: Dense(2))
                          ^^^^^ argument/word-kind: In \`A\`: \`activation\` is the name of an activation, like \`relu\`, but got \`tanhh\`.
                       | 5:35 here, with x: [8, 8, 6], y: [6]
        e = (image, v) -> A(3) { Flatten }
        f = image -> A(3) { Flatten }
                     ^ argument/missing-input: \`A\` needs a value for its input \`y\`.
        g = v -> A(3, y: v) { Flatten }
                 ^ shape/input: The input \`x\` of \`A\` is [H, W, C], but gets [6].
                   | 2:3 the input of \`A\` is declared here
                   | 9:20 6: declared here
        h = image -> A(3, y: image) { Flatten }
                     ^ shape/input: The input \`y\` of \`A\` is [C], but gets [8, 8, 6].
                       | 3:3 the input of \`A\` is declared here
                       | 8:24 8: declared here
                       | 8:27 8: declared here
                       | 8:30 6: declared here
        i = image -> A(n: 3, m: 4, y: v) { Flatten }
                             ^ argument/unknown: \`A\` has no setting \`m\`. Did you mean \`n\`?
                               * Change to n
        j = image -> A(3, relu, Dense(3), 5, y: v)
                                          ^ argument/too-many: \`A\` takes 3 settings (\`n\`, \`act\`, \`inner\`), and here is one more.
        k = image -> A(2.5, y: v) { Flatten }
                       ^^^ shape/not-whole: A size is a whole number, but this is 2.5.
        l = image -> A(3, y: v)
                     ^ argument/missing: \`A\` needs \`inner\`, a layer.
        m = (image, v, v) -> A(3) { Flatten }
                             ^ argument/too-many-inputs: \`A\` takes 2 values, and here is one more.
        output a
      }
    `,
    world,
  ));

test('a unit cannot contain itself', () =>
  check(
    `
      block R {
        input x: [N]
        output x -> S
                    ^ name/recursion: \`S\` leads back here: a unit can’t contain itself, since it would never end. A repeated part is written with \`repeat\`.
      }
      block S {
        input x: [N]
        output x -> R
                    ^ name/recursion: \`R\` leads back here: a unit can’t contain itself, since it would never end. A repeated part is written with \`repeat\`.
      }
      block Q {
        input x: [N]
        output x -> residual { Q }
                               ^ name/recursion: \`Q\` leads back here: a unit can’t contain itself, since it would never end. A repeated part is written with \`repeat\`.
      }
      model M {
        input x: float32[3]
        output y = x -> R
      }
    `,
    world,
  ));

test('one unknown name in a size is solved', () =>
  check(
    `
      block Half {
        input x: [N, 2 * M]
        output x -> Dense(M)
      }
      block Ends {
        input x: [..., A, B]
        input y: [..., B]
        output concat(x -> mean(axis: -2), y)
      }
      model M {
        input x: float32[3, 8]
        input y: float32[3, 7]
        a: [3, 4] = x -> Half
        b: [3, 5] = x -> Half
           ^^^^^^ shape/stated: The shape here is [3, 4], but you wrote [3, 5]: axis 1 is 4, not 5.
        c = x[0] -> Half
                    ^^^^ shape/input: The input \`x\` of \`Half\` is [N, 2 * M], but gets [8].
        d = y -> Half
                 ^^^^ shape/input: The input \`x\` of \`Half\` is [N, 2 * M], but gets [3, 7]: axis 1 is 7, which no whole number fits.
        e: [16] = (x, x[0]) -> Ends
        f = (x, y[0]) -> Ends
                         ^^^^ shape/input: The input \`y\` of \`Ends\` is [..., B], but gets [7]: axis 0 is 7, not 8.
        output a
      }
    `,
    world,
  ));

test('two paths of a residual block agree for all sizes and strides', () =>
  check(
    `
      block Residual(filters: int, stride: int = 1) {
        input x: [H, W, C]
        shortcut = if stride == 1 and C == filters { x } else { x -> Conv2D(filters, 1, stride: stride, bias: false) -> BatchNorm }
        y = x
          -> Conv2D(filters, 3, stride: stride, padding: same, bias: false) -> BatchNorm -> relu
          -> Conv2D(filters, 3, padding: same, bias: false) -> BatchNorm
        output relu(y + shortcut)
      }
      block Wrong(filters: int) {
        input x: [H, W, C]
        output (x -> Conv2D(filters, 3)) + (x -> Conv2D(filters, 3, padding: same))
                                         ^ shape/mismatch: \`+\` needs equal shapes, but the first axes differ: H − 2 on the left, H on the right ([H − 2, W − 2, filters] and [H, W, filters]).
      }
    `,
    world,
  ));

test('after a require, k * (C / k) is C', () =>
  check(
    `
      block Groups(k: int) {
        input x: [T, C]
        require C % k == 0
        y: [T, k, C / k] = x -> reshape([T, k, C / k])
        z: [T, C] = y -> reshape([T, C])
        w: [k * (C / k)] = z[0]
        output concat(w, z[0] -> Dense(C / k))
      }
      model M {
        input x: float32[5, 12]
        a = x -> Groups(4)
        b = x -> Groups(5)
                 ^^^^^^ shape/require: In \`Groups\`: C % k == 0 does not hold: 12 % 5 is 2.
        output a
      }
    `,
    world,
  ));

test('lists and numbers before anything runs', () =>
  check(
    `
      model M(sizes: [int] = [4, 8, 16], rate: float = 0.1) {
        input x: float32[3, 8]
        w: [3, 16] = x -> repeat(len(sizes)) { i => Dense(sizes[i], relu) }
        total = sum(sizes)
        third = total / 3
        a = x -> Dense(third)
                       ^^^^^ shape/not-whole: A size is a whole number, but 28 / 3 is 9.333.
        b = x -> Dense(total // 3)
        c = x -> Dense(round(third))
        d = x -> Dropout(rate * 2) -> Dropout(rate * 20)
                                              ^^^^^^^^^ argument/range: \`rate\` must be at least 0 and below 1, but is 2.
        e = sizes[7]
                  ^ shape/list-index: The list has 3 items, counted from 0, so there is no item 7.
        f = x -> Dense(max(3, total, 4))
        g = x -> Dense(2 ** 3)
        h = 5 / 0
                ^ shape/division-by-zero: 5 / 0 has no result.
        k = [1, 2] + [3]
        l = len(3)
            ^^^^^^ type/function-of: \`len\` can’t be worked out from 3.
        m = sizes[0, 1]
            ^^^^^^^^^^^ type/list-index: Of a list, one item is taken (\`sizes[0]\`), or the items between two places (\`sizes[1..3]\`).
        n = 3 + "a"
              ^ type/operands: \`+\` can’t be used with 3 and "a".
        o = if total { x } else { x }
               ^^^^^ type/condition: A condition is true or false, but this is 28.
        output w
      }
    `,
    world,
  ));

test('repeat, residual and Bidirectional', () =>
  check(
    `
      block Keep(n: int) {
        input x: [T, D]
        output x -> repeat(n) { Dense(D) }
      }
      block Change(n: int) {
        input x: [T, D]
        output x -> repeat(n) { Dense(2 * D) } -> Dense(3)
      }
      model M {
        input x: float32[3, 8]
        a: [3, 8] = x -> Keep(4)
        b: [3, 8] = x -> repeat(0) { Dense(4) }
        c: [3, 32] = x -> repeat(3) { i => Dense(8 * 2 ** i) }
        d = x -> repeat(3) { i => Dense(2 - i) }
                                        ^^^^^ argument/range: \`units\` must be at least 1, but is 0.
        e = x -> residual { Dense(4) }
                 ^^^^^^^^ shape/residual: A residual adds its input to its result, so both must have the same shape: the input is [3, 8] and the result [3, 4].
                   | 15:23 4 = \`units\` of \`Dense\`
                   | 10:23 8: declared here
        f = x -> residual
                 ^^^^^^^^ argument/no-body: \`residual\` needs a layer in braces: \`residual { … }\`.
        g: [3, 10] = x -> Bidirectional { LSTM(5, sequences: true) }
        h = x -> Bidirectional { Dense(5) }
                                 ^^^^^^^^ type/bidirectional: \`Bidirectional\` holds one recurrent layer, like \`LSTM(64)\`, but this is the layer \`Dense\`.
        i: [5] = x -> Bidirectional(merge: sum) { LSTM(5) }
        o = x -> Bidirectional { WeightNorm { LSTM(5) } }
                                 ^^^^^^^^^^^^^^^^^^^^^^ type/bidirectional: \`Bidirectional\` needs a layer that it can run backwards, and it cannot reach into \`WeightNorm { … }\`. Write both directions: \`concat(x -> WeightNorm { LSTM(…) }, x -> WeightNorm { LSTM(…, backwards: true) })\`.
        j = x -> repeat(2) { x }
                             ^ type/body-layer: In the braces stands a layer, but this is float32[3, 8].
        (k, l, m) = x -> LSTM(4, state: true)
        n: [3, 4] = x -> LSTM(4, sequences: true, initial: (l, m))
        output a
      }
    `,
    world,
  ));

test('layers with a name of their own', () =>
  check(
    `
      model M {
        input t: int32[T]
        input x: float32[4]
        layer embed = Embedding(10, 4)
        layer d = Dense(3)
              ^ shape/shared-layer: \`d\` is one layer with one set of weights, but its uses need different ones: 15 numbers at the first, 12 at a later one.
        layer w = Weight([4])
        layer unused = Dense(2)
        layer bad = x
                    ^ type/not-a-layer: Only a layer or function can follow \`->\`, but this is float32[4].
        h = t -> embed
        a = h @ transpose(embed.weight)
        b = embed.bias
                  ^^^^ name/weight: \`embed\` has no weight \`bias\`.
        c = d.kernel
              ^^^^^^ name/no-weights
        e = (x -> d) + (x -> Dense(3) -> d)
        f = x * w
        output a
      }
    `,
    world,
  ));

test('several results', () =>
  check(
    `
      block Two {
        input x: [N]
        output mean = x -> Dense(2)
        output spread = x -> Dense(2)
      }
      model M {
        input x: float32[4]
        (m, s) = x -> Two
        (_, t) = x -> Two
        (u, v, w) = x -> Two
         ^ shape/results: Here are 2 results, but 3 names: give each a name, or drop one with \`_\`.
        (p, q) = x -> Dense(3)
                 ^^^^^^^^^^^^^ shape/one-result: Only one result comes out here (float32[3]), but there are 2 names.
        r = (x -> Two).mean
        z = (x -> Two).middle
                       ^^^^^^ name/part: \`(x -> Two)\` has no part \`middle\`.
        both = x -> Two -> relu
                           ^^^^ argument/too-many-inputs: \`relu\` takes one value, and here is one more.
        output x -> Two
               ^^^^^^^^ shape/results-output: Here are 2 results, and an output is one: take them apart with \`(a, b) = …\` first.
      }
    `,
    world,
  ));

test('names', () =>
  check(
    `
      import Missing from "./other.model"
                          ^^^^^^^^^^^^^^^ name/import-file: \`./other.model\` can’t be imported: there is no such file. The path is relative to this file.
      model M(classes: int = 10, classes: int = 3) {
                                 ^^^^^^^ name/twice: \`classes\` is already bound in this body; a name is bound once. Choose another name here.
        input x: float32[4]
        y = x -> Dens(3)
                 ^^^^ name/unknown: There is no \`Dens\` here. Did you mean \`Dense\`?
        y = x -> Dense(clases)
        ^ name/twice: \`y\` is already bound in this body; a name is bound once. Choose another name here.
                       ^^^^^^ name/unknown: There is no \`clases\` here. Did you mean \`classes\`?
        z = x -> Missing
        w = x -> Data
                 ^^^^ name/not-a-layer: \`Data\` is data, not a layer.
        output y
      }
      model M {
            ^ name/declared-twice: This file declares \`M\` twice; the first one counts. Rename one of them.
            ^ shape/no-output: \`M\` has no output, so nothing can come out of it: add \`output name = …\`.
        input x: float32[4]
      }
      data Data {
        source: csv("penguins.csv")
      }
      block gelu {
        input x: [...]
        output max(x, 0)
      }
      model S = M(classes: 4)
      model S2 = Mm(classes: 4)
                 ^^ name/unknown-unit: There is no model or block \`Mm\`. Did you mean \`M\`?
      model S3 = S4
                 ^^ name/variant-cycle: \`S3\` is defined by itself: follow its \`=\` to a model or block with a body.
      model S4 = S3
                 ^^ name/variant-cycle: \`S4\` is defined by itself: follow its \`=\` to a model or block with a body.
    `,
    world,
  ));

test('what is never used', () =>
  check(
    `
      block B(n: int, m: int) {
                      ^ hint name/unused: The parameter \`m\` is never used.
        input x: [N]
        input y: [N]
              ^ warning name/unused: The input \`y\` is never used.
        layer d = Dense(n)
              ^ warning name/unused: The layer \`d\` is never used.
        z = x + 1
        ^ warning name/unused: \`z\` is never used.
        _w = x + 2
        output x -> Dense(3)
      }
    `,
    { ...world, hints: true },
  ));

test('inputs of a model have types', () =>
  check(
    `
      model M {
        input x: [3]
                 ^^^ type/no-dtype: An input of a model needs its type: write \`x: float32[…]\`, or \`int32\`, \`uint8\`, \`bool\`.
        output x -> Dense(2)
      }
      block B {
        input x: [3]
        output x -> Dense(2)
      }
    `,
    world,
  ));

test('whole and decimal numbers', () =>
  check(
    `
      model O {
        input t: int32[T]
        input img: uint8[28, 28, 1]
        a = t -> Dense(3)
                 ^^^^^ type/float: \`Dense\` needs decimal numbers (float32), but gets int32[T]: look whole numbers up with \`Embedding\`, turn them into \`oneHot\`, or divide them (\`x / 1\`).
        b = img -> Dense(3)
                   ^^^^^ type/float: \`Dense\` needs decimal numbers (float32), but gets raw bytes, uint8[28, 28, 1]: bring them to a small range with \`scale(0..255, 0..1)\`.
        c = t + 0.5
              ^ type/mixed: \`+\` does not mix whole and decimal numbers, but gets int32[T] and float32[]: divide the whole ones (\`x / 1\`) to make them decimal.
        d = img + 1
            ^^^ type/operand: \`+\` does not take raw bytes, but gets uint8[28, 28, 1]: bring them to a small range with \`scale(0..255, 0..1)\` first.
        f = (t -> Embedding(10, 4)) -> relu
        g = t + 1 -> Embedding(10, 4)
        h = img -> Conv2D(3) -> Flatten
        i: int32[T] = t * 2 // 3
        j: float32[T] = t / 2
        k: bool[T] = t > 3
        l = f -> Embedding(3, 3)
                 ^^^^^^^^^ type/whole: \`Embedding\` looks up whole numbers (int32), but gets float32[T, 4].
        m = k + 1
            ^ type/operand: \`+\` needs numbers, but gets true and false, bool[T]: choose numbers with \`where(condition, a, b)\`.
        output f
      }
    `,
    world,
  ));

test('broadcasting draws a hint', () =>
  check(
    `
      model M {
        input x: float32[8, 8, 3]
        a = x -> Conv2D(4)
        b = x -> GlobalAvgPool2D -> Dense(4)
        c = a + b
              ^ hint shape/stretched: \`+\` stretches [4] over [6, 6, 4]: each place of the missing axes gets the same numbers.
        d = a * b
        e = a + Weight([4])
        output c + d + e
      }
    `,
    { ...world, hints: true },
  ));
