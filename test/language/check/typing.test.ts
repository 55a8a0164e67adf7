/** Half-typed lines: one mistake gives one message, and the declarations after it are untouched. */
import { test } from 'vitest';
import { check } from './check.ts';
import { world } from './world.ts';

test('line 1', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image ->
                  ^^ syntax/missing-layer: A layer is missing after \`->\`.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 2', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image -> Conv2D(32, 3
                           ^ syntax/unclosed: The \`(\` opened here is never closed: a \`)\` is missing.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 3', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image -> Conv2D(32, kernel: ) -> relu
                                ^^^^^^^ syntax/missing-value: \`kernel:\` needs a value.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 4', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image -> Conv2D(32, kernel 3)
                                       ^ syntax/missing-colon: Put a \`:\` between \`kernel\` and its value.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 5', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image -> Conv2D(32 3)
                               ^ syntax/missing-comma: A \`,\` is missing before \`3\`.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 7', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x image -> Flatten
        ^^^^^^^ syntax/missing-equals: A \`=\` is missing after \`x\`.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 10', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image -> Flaten -> Dnese(10)
                     ^^^^^^ name/unknown: There is no \`Flaten\` here. Did you mean \`Flatten\`?
                               ^^^^^ name/unknown: There is no \`Dnese\` here. Did you mean \`Dense\`?
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 11', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image |> Flatten
                  ^^ syntax/arrow: Data flows with \`->\` here, not \`|>\`.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 12', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image
        output dig =
                   ^ syntax/missing-value: A value is missing after \`output dig =\`.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 15', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image -> Conv2D(32, kernel=3, activation='relu')
                                      ^ syntax/setting-equals: Settings use \`:\`, not \`=\`: \`kernel: …\`.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 16', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image
        return x
        ^^^^^^ syntax/return: A result is an \`output\` here, not a \`return\`.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 17', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image -> Ma
                     ^^ name/unknown: There is no \`Ma\` here. Did you mean \`MaxPool1D\`?
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 18', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image -> Flatten)
                            ^ syntax/unmatched: This \`)\` closes nothing.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 19', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image -> Conv2D(32, 3, act)
                                   ^^^ argument/activation: \`act\` is no activation. \`activation\` can be \`elu\`, \`celu\`, \`gelu\`, \`mish\`, \`relu\`, \`selu\` …
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 20', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image -> $$ &^ !! Flatten ???
                     ^^ syntax/unknown-character: \`$$\` is not part of the language.
                        ^^ syntax/unknown-character: \`&^\` is not part of the language.
                           ^^ syntax/unknown-character: \`!!\` is not part of the language.
                                      ^^^ syntax/unknown-character: \`???\` is not part of the language.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 21', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image -> Conv2D(
                           ^ syntax/unclosed: The \`(\` opened here is never closed: a \`)\` is missing.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 22', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image -> Conv2D
                     ^^^^^^ argument/missing: \`Conv2D\` needs \`filters\`, a whole number. How many windows are learned: the channels of the result.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 23', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = im
            ^^ name/unknown: There is no \`im\` here. Did you mean \`image\`?
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 24', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = 
          ^ syntax/missing-value: A value is missing after \`x =\`.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 25', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x: [28, 
           ^ syntax/unclosed: The \`[\` opened here is never closed: a \`]\` is missing.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 26', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = concat(image,
                  ^ syntax/unclosed: The \`(\` opened here is never closed: a \`)\` is missing.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 27', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        (a, b = image
        ^ syntax/unclosed: The \`(\` opened here is never closed: a \`)\` is missing.
              ^ syntax/setting-equals: Settings use \`:\`, not \`=\`: \`b: …\`.
        output digit = x -> Flatten -> Dense(classes, softmax)
                       ^ name/unknown: There is no \`x\` here.
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 28', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image -> repeat(3) { 
                               ^ syntax/missing-value: A layer is missing in the braces, for example \`{ Dense(10) }\`.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 29', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        require image >
                      ^ syntax/missing-value: A value is missing after \`>\`.
        x = image
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 30', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        layer
        ^^^^^ syntax/missing-name: The layer needs a name: \`layer embed = Embedding(1_000, 64)\`.
        x = image
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 31', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = image -> Conv2D(32, 3, relu,
                           ^ syntax/unclosed: The \`(\` opened here is never closed: a \`)\` is missing.
          padding
          ^^^^^^^ argument/too-many: \`Conv2D\` takes 3 settings without names (\`filters\`, \`kernel\`, \`activation\`); the others are named: \`stride\`, \`padding\`, \`dilation\`, \`groups\`, \`bias\`, \`init\`, \`biasInit\` and more.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));

test('line 32', () =>
  check(
    `
      model Digits(classes: int = 10) {
        input image: float32[28, 28, 1]
        x = if classes > 3 { image
                           ^ syntax/unclosed: The \`{\` opened here is never closed: a \`}\` is missing.
        output digit = x -> Flatten -> Dense(classes, softmax)
      }
      block Next {
        input x: [N]
        output x -> Dense(3)
      }
    `,
    world,
  ));
