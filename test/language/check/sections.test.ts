/** The keys of run and export sections: each is evaluated, range-checked, and told where it is wrong. */
import { expect, test } from 'vitest';
import { makePlan } from '../../../language/index.ts';
import { analyse, check } from './check.ts';
import { world } from './world.ts';

const head = `
      data Birds {
        source: csv("penguins.csv")
        year: float32 = year - 2007
        kind: int32 = species -> Index
        validation: 10%
      }
      block Part {
        input x: [N]
        layer inner = Dense(3)
        output x -> inner
      }
      model M(width: int = 4) {
        input year: float32
        layer first = Dense(width)
        layer part = Part
        output y = year -> expand -> first -> part -> Dense(1) -> squeeze
      }
      model Other {
        input year: float32
        output y = year -> expand -> Dense(1) -> squeeze
      }
      train Other on Birds as other {
        loss: mse(Other.y, Birds.year)
      }`;

test('all keys of a train section', () =>
  check(
    `${head}
      train M on Birds as start {
        loss: mse(y, year)
        freeze: first
      }
      train M on Birds as rest {
        start: start
        loss: mse(y, year)
        accumulate: 4
        freeze: [first, part.inner, "M/Dense.0"]
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ train/nothing-to-train: Every weight is frozen, so there is nothing left to train.
        average: ema(0.999)
        precision: mixed
        devices: all
        validate: every(10, batches: 4)
        save: [best(), every(100), last]
        stop: none
        seed: 3
        batch: 16
        steps: 100
      }
    `,
    world,
  ));

test('keys of a train section that are wrong', () =>
  check(
    `${head}
      train M on Birds {
        loss: mse(y, year)
        accumulate: 0
                    ^ argument/range: \`accumulate\` must be at least 1, but is 0.
        freeze: frist
                ^^^^^ train/freeze-unknown: There is no layer \`frist\` in the model. Did you mean \`first\`?
                  * Change to first
        start: nowhere
               ^^^^^^^ name/unknown-run: There is no \`train\` block called \`nowhere\` in this file.
        average: ema(1.5)
                     ^^^ argument/range: \`decay\` must be above 0 and below 1, but is 1.5.
        precision: float64
                   ^^^^^^^ argument/word: \`precision\` is \`float32\` or \`mixed\`, not \`float64\`. Did you mean \`float32\`?
        devices: 0
                 ^ argument/range: \`devices\` must be at least 1, but is 0.
        validate: every(0)
                        ^ argument/range: \`n\` must be at least 1, but is 0.
        epochs: 0
                ^ argument/range: \`epochs\` must be at least 1, but is 0.
      }
    `,
    world,
  ));

test('what is frozen must be there', () =>
  check(
    `${head}
      train M on Birds {
        loss: mse(y, year)
        freeze: part.outer
                ^^^^^^^^^^ train/freeze-unknown: The model has no weights under \`M/part/outer\`.
      }
      train M on Birds as two {
        loss: mse(y, year)
        freeze: y
                ^ train/freeze-unknown: \`y\` is no layer of the model: only what is bound by \`layer y = …\` can be frozen.
      }
    `,
    world,
  ));

test('frozen layers keep their weights out of training, in the plan too', () => {
  const text = `${head}
      train M on Birds {
        loss: mse(y, year)
        freeze: [first, part.inner]
      }`;
  const { analyser } = analyse(text, world);
  const answer = makePlan(analyser, { file: 'test.model', text, action: 'train', declaration: 'M' });
  if (answer.kind !== 'plan') throw new Error(JSON.stringify(answer.problems));
  expect(answer.plan.train?.freeze).toEqual(['M/first', 'M/part/inner']);
  expect(answer.plan.graph.weights.map(({ path, trainable }) => [path, trainable])).toEqual([
    ['M/first/kernel', false],
    ['M/first/bias', false],
    ['M/part/inner/kernel', false],
    ['M/part/inner/bias', false],
    ['M/Dense.0/kernel', true],
    ['M/Dense.0/bias', true],
  ]);
});

test('a block starts from another block of its model, never in a circle', () =>
  check(
    `${head}
      train M on Birds as a {
        start: b
               ^ train/start-cycle: \`b\` itself starts from this block, so neither could ever be the first.
        loss: mse(y, year)
      }
      train M on Birds as b {
        start: a
               ^ train/start-cycle: \`a\` itself starts from this block, so neither could ever be the first.
        loss: mse(y, year)
      }
      train M on Birds as c {
        start: c
               ^ train/start-cycle: \`c\` is this block itself. Leave the line out to start from fresh weights.
        loss: mse(y, year)
      }
      train M on Birds as d {
        start: other
               ^^^^^ train/start-model: \`other\` trains \`Other\`, but this block trains \`M\`: a block starts from weights of its own model.
        loss: mse(y, year)
      }
    `,
    world,
  ));

test('a tune takes loss and metrics from the train of its model', () =>
  check(
    `${head}
      train M on Birds {
        error = y - year
        loss: mean(error ** 2)
        metrics: mae(y, year)
      }
      tune M(width: choice(4, 8)) on Birds {
        optimizer: choice(Adam(log(1e-4..1e-2)), SGD(0.1, momentum: uniform(0.8..0.99)))
        batch: choice(16, 32)
        search: bayesian(trials: 30)
        minimize: validation.mae
      }
    `,
    world,
  ));

test('what a tune tries is read by its setting', () =>
  check(
    `${head}
      train M on Birds {
        loss: mse(y, year)
        metrics: mae(y, year)
      }
      train M on Birds as two {
        loss: mse(y, year)
        batch: choice(16, 32)
               ^^^^^^^^^^^^^^ train/tune-only: \`choice(…)\` stands for several values, which only \`tune\` tries: here goes one value.
      }
      tune M(width: choice(4, 0.5)) on Birds {
                              ^^^ shape/not-whole: A size is a whole number, but this is 0.5.
        optimizer: Adam(log(0..1e-2))
                            ^ train/tune-log: A logarithmic range begins above 0, but this one begins at 0.
        batch: choice(16, -1)
                          ^^ argument/range: \`batch\` must be at least 1, but is −1.
        clip: uniform(2..1)
                      ^^^^ train/tune-order: \`uniform\` goes from the smaller number to the larger one, but 2 is not below 1.
        search: random(trials: 0)
                               ^ argument/range: \`trials\` must be at least 1, but is 0.
        maximize: validation.mae
        ^^^^^^^^ warning train/goal-direction: \`validation.mae\` is better the smaller it is, but this asks to maximize it.
          * Change to minimize
      }
      tune M on Birds {
      ^^^^ train/nothing-to-tune: No setting of this \`tune\` has more than one value. Give one a choice or a range: \`choice(16, 32)\`, \`uniform(0.1..0.5)\`, \`log(1e-4..1e-2)\`.
        search: random(trials: 3)
        minimize: validation.loss
      }
    `,
    world,
  ));

test('slices by a condition on what rows have', () =>
  check(
    `${head}
      evaluate M on Birds {
        metrics: mae(y, year)
        slices: [kind, year > 2000, kind == 3]
      }
      evaluate M on Birds {
        metrics: mae(y, year)
        slices: year - 2000
                ^^^^^^^^^^^ train/slice-kind
      }
    `,
    world,
  ));

test('keys of evaluate sections', () =>
  check(
    `${head}
      train M on Birds {
        loss: mse(y, year)
      }
      evaluate M on Birds {
        metrics: mae(y, year)
        slices: [kind, year]
                       ^^^^ train/slice-kind: Rows are parted by the values of a field with one whole number or text for each, but \`year\` is none.
        batch: 0
               ^ argument/range: \`batch\` must be at least 1, but is 0.
        run: other
             ^^^^^ train/run-model: \`other\` trains \`Other\`, but \`M\` is evaluated here: name a \`train\` block of \`M\`.
      }
      evaluate M on Birds {
        expect: 0.1 > mae(y, year)
                ^^^^^^^^^^^^^^^^^^ train/expect-form
                  * Change to mae(y, year) < 0.1
      }
      evaluate M on Birds {
      ^^^^^^^^ train/nothing-to-measure: An evaluation needs \`metrics:\` or \`expect:\`, for example \`metrics: accuracy(scores, label)\`.
        run: M
      }
    `,
    world,
  ));

test('keys of export sections', () =>
  check(
    `
      model M(width: int = 4, name: string = "m") {
        input x: float32[T, 3]
        input mask: bool[T]
        layer part = Dense(width)
        output y = mean(x -> part, axis: 0, where: mask)
      }
      export M(width: 8) { to: "dist/{name}", format: onnx, quantize: float16, inputs: (x, T: 128) }
                                      ^^^^ name/unknown-insert: \`name\` is no parameter of this declaration, so it can’t be put into a text.
      export M.part { to: "dist/part", format: tfjs }
      export M.parts { to: "dist/part" }
               ^^^^^ train/export-part: \`M\` has no layer \`parts\`. Did you mean \`part\`?
      export M { format: onxx, quantize: int3, inputs: (z, S: 3, T: 0) }
      ^^^^^^ train/no-target: An export needs \`to:\`, the file or folder that is written: \`to: "dist/model"\`.
                         ^^^^ argument/word: \`format\` is \`tfjs\`, \`keras\`, \`onnx\` or \`safetensors\`, not \`onxx\`. Did you mean \`onnx\`?
                                         ^^^^ argument/word: \`quantize\` is \`float16\`, \`uint8\` or \`uint16\`, not \`int3\`.
                                                        ^ train/export-input: \`M\` has no input \`z\`. Did you mean \`x\`?
                                                           ^ train/export-size: No size of the model's inputs is called \`S\`. Did you mean \`T\`?
                                                                    ^ argument/range: \`T\` must be at least 1, but is 0.
    `,
    world,
  ));

test('model and data are checked with every value that a tune tries', () =>
  check(
    `
      data Birds(least: int = 2007) {
        source: csv("penguins.csv")
        year: float32 = year - least
        validation: 10%
      }
      model M(width: int = 8, heads: int = 2, act = relu) {
        input year: float32
        require width % heads == 0, "the width must be a multiple of the heads"
        output y = year -> expand -> Dense(width, act) -> Dense(1) -> squeeze
      }
      train M on Birds {
        loss: mse(y, year)
      }
      tune M(heads: choice(2, 4, 3), act: choice(relu, gelo, tanh)) on Birds(least: choice(2000, 2007)) {
                                 ^ shape/require: In \`M\`: the width must be a multiple of the heads: 8 % 3 is 2.
                                                       ^^^^ argument/word-kind: In \`M\`: \`activation\` is the name of an activation, like \`relu\`, but got \`gelo\`.
        search: random(trials: 3)
        minimize: validation.loss
      }
    `,
    world,
  ));
