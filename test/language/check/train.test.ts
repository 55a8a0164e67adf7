/** Run sections: losses, metrics, settings, and how the data fits the model. */
import { test } from 'vitest';
import { check } from './check.ts';
import { world } from './world.ts';

test('a missing Flatten is told at the Dense, with the loss as related place', () =>
  check(
    `
      data D {
        source: idx(images: "images", labels: "labels")
        image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
        label: int32 = labels
      }
      model M(classes: int = 10) {
        input image: float32[28, 28, 1]
        output digit = image -> Conv2D(32, 3, relu) -> Dense(128, relu) -> Dense(classes, softmax)
                                                       ^^^^^ shape/missing-flatten: \`Dense\` works on the last axis only, so each of the 26 × 26 = 676 positions of [26, 26, 32] gets results of its own, but one result for each example is needed. Put \`Flatten\` before it to use the whole.
                                                         | 11:9 \`crossEntropy\` compares class scores with class numbers: a truth of int32[] needs a prediction of [classes], but it is [26, 26, 10].
                                                         | 8:27 26 = 28 − 3 + 1 (window 3, padding: valid)
                                                         | 8:70 10 = \`units\` of \`Dense\`
                                                         | 3:18 28: declared here
                                                         | 3:22 28: declared here
                                                         | 6:9 10: the default of \`classes\`
                                                         * Insert Flatten before Dense
                                                         * Insert GlobalAvgPool2D before Dense
      }
      train M on D {
        loss: crossEntropy(digit, label)
        metrics: accuracy(digit, label)
      }
    `,
    world,
  ));

test('a missing Flatten with a stated shape', () =>
  check(
    `
      model M {
        input image: float32[28, 28, 1]
        x: [10] = image -> Conv2D(32, 3, relu) -> Dense(10, softmax)
                                                  ^^^^^ shape/missing-flatten: \`Dense\` works on the last axis only, so each of the 26 × 26 = 676 positions of [26, 26, 32] gets results of its own, but one result for each example is needed. Put \`Flatten\` before it to use the whole.
                                                    | 3:6 Here the shape is stated as [10]
                                                    | 3:22 26 = 28 − 3 + 1 (window 3, padding: valid)
                                                    | 3:45 10 = \`units\` of \`Dense\`
                                                    | 2:24 28: declared here
                                                    | 2:28 28: declared here
                                                    * Insert Flatten before Dense
                                                    * Insert GlobalAvgPool2D before Dense
        output x
      }
    `,
    world,
  ));

test('Dense on the last axis of a sequence is fine', () =>
  check(
    `
      model M {
        input x: float32[20, 8]
        output y = x -> Dense(4, relu) -> Dense(2)
      }
    `,
    world,
  ));

test('labels out of range are told at the layer that fixes the number of classes', () =>
  check(
    `
      data D {
        source: idx(images: "images", labels: "labels")
        image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
        label: int32 = labels
      }
      model M(classes: int = 8) {
        input image: float32[28, 28, 1]
        output digit = image -> Flatten -> Dense(classes, softmax)
                                           ^^^^^^^^^^^^^^^^^^^^^^^ loss/labels: \`crossEntropy\` has scores for 8 classes (0 to 7), but the labels run from 0 to 9.
                                             | 4:3 the labels come from the field \`label\`
                                             | 11:9 here they are compared
                                             | 8:38 8 = \`units\` of \`Dense\`
                                             | 6:9 8: the default of \`classes\`
      }
      train M on D {
        loss: crossEntropy(digit, label)
        metrics: accuracy(digit, label)
      }
    `,
    world,
  ));

test('labels that count from 1', () =>
  check(
    `
      data D {
        source: idx(images: "images", labels: "labels-from-1")
        image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
        label: int32 = labels
      }
      model M {
        input image: float32[28, 28, 1]
        output digit = image -> Flatten -> Dense(10, softmax)
      }
      train M on D {
        loss: crossEntropy(digit, label)
                                  ^^^^^ loss/labels: The labels run from 1 to 10, but classes count from 0: there are 10 scores, 0 to 9. Take 1 from the label.
      }
    `,
    world,
  ));

test('an output and a field of one name', () =>
  check(
    `
      data D {
        source: idx(images: "images", labels: "labels")
        image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
        label: int32 = labels
      }
      model M {
        input image: float32[28, 28, 1]
        output label = image -> Flatten -> Dense(10, softmax)
      }
      train M on D {
        loss: crossEntropy(label, D.label)
                           ^^^^^ name/ambiguous: \`label\` is an output of the model and a field of the data: write \`M.label\` or \`D.label\`.
                             * Change to M.label
                             * Change to D.label
        metrics: accuracy(M.label, D.label)
      }
    `,
    world,
  ));

test('losses never stretch', () =>
  check(
    `
      data D {
        source: csv("penguins.csv")
        x: float32[2] = stack(bill, year) -> Normalize
        kind: int32 = species -> Index
        bill: float32 = bill
      }
      model M {
        input x: float32[2]
        output y = x -> Dense(1)
        output z = x -> Dense(3)
      }
      train M on D {
        a = mse(y, bill)
        b = mse(z, bill)
            ^^^^^^^^^^^^ loss/shapes: \`mse\` compares a prediction and a truth of one shape, but gets float32[3] and float32[].
        c = mse(z, kind)
                   ^^^^ loss/whole-numbers: \`mse\` compares decimal numbers (float32), but the truth is int32[], which names classes, and there is a score for each: \`crossEntropy\` compares these.
        d = crossEntropy(z, bill)
                            ^^^^ loss/class-probabilities: \`crossEntropy\` compares class scores [3] with class numbers (int32), but the truth is float32[]: state it as int32 in \`data\`.
        loss: z
              ^ loss/not-one-number: A loss is one number for each example, but this is float32[3]: take its \`mean(…)\`.
        metrics: [mae(z, bill), accuracy(y, kind)]
      }
    `,
    world,
  ));

test('settings of a train block', () =>
  check(
    `
      data D {
        source: csv("penguins.csv")
        x: float32[1] = bill -> expand
        y: float32 = bill
      }
      model M {
        input x: float32[1]
        output out = x -> Dense(1) -> squeeze
      }
      train M on D {
        loss: mse(out, y)
        metrics: mae(out, y)
        optimizer: Adm(1e-3)
                   ^^^ train/unknown-optimizer: There is no optimizer \`Adm\`. Did you mean \`Adam\`?
        epoch: 3
        ^^^^^ train/unknown-key: There is no key \`epoch\` in this section. Did you mean \`epochs\`?
        batch: 0
               ^ argument/range: \`batch\` must be at least 1, but is 0.
        clip: 0
              ^ train/clip-zero: \`clip: 0\` would leave no gradient at all. Leave the line out to train without clipping.
        stop: early(patience: 3)
              ^^^^^^^^^^^^^^^^^^ train/no-validation: \`validation.loss\` needs validation data, and the data section keeps none: add \`validation: 10%\` to it, or watch a metric of the training rows.
        save: best(validation.mea)
        validate: evry(5)
                  ^^^^^^^ train/rule: Here stands \`every(…)\`. Did you mean \`every\`?
        seed: -1
              ^^ data/seed: \`seed\` is a whole number of at least 0, but got −1.
      }
    `,
    world,
  ));

test('metrics to watch', () =>
  check(
    `
      data D {
        source: csv("penguins.csv")
        x: float32[1] = bill -> expand
        y: float32 = bill
        validation: 10%
      }
      model M {
        input x: float32[1]
        output out = x -> Dense(1) -> squeeze
      }
      train M on D {
        loss: mse(out, y)
        metrics: [mae(out, y), mae(out, y)]
        stop: early(validation.mae, patience: 0)
                                              ^ argument/range: \`patience\` must be at least 1, but is 0.
        save: [best(validation.accuracy), every(100), last]
                    ^^^^^^^^^^^^^^^^^^^ train/unknown-watch: There is no metric \`validation.accuracy\` in this block. It has \`validation.loss\`, \`validation.mae.out\`, \`validation.mae.out.2\`, \`loss\`, \`mae.out\`, \`mae.out.2\`.
        epochs: 3
        steps: 4
        ^^^^^ train/epochs-and-steps: A run is as long as its \`epochs\` or its \`steps\` say; give one of the two.
      }
    `,
    world,
  ));

test('keys of later versions may stand there', () =>
  check(
    `
      data D {
        source: csv("penguins.csv")
        x: float32[1] = bill -> expand
        y: float32 = bill
        shuffle: false
        cache: memory
      }
      model M {
        input x: float32[1]
        layer body = Dense(4)
        output out = x -> body -> Dense(1) -> squeeze
      }
      train M on D as first {
        loss: mse(out, y)
        precision: mixed
        freeze: body
        devices: all
        accumulate: 4
      }
      train M on D as second {
        start: first
        loss: mse(out, y)
      }
    `,
    world,
  ));

test('a train block without model, data or loss', () =>
  check(
    `
      data D {
        source: csv("penguins.csv")
        x: float32[1] = bill -> expand
      }
      block B {
        input x: [N]
        output y = x -> Dense(1)
      }
      model M {
        input x: float32[1]
        output y = x -> Dense(1)
      }
      train B on D {
            ^ name/not-a-model: \`B\` is a block. Only a \`model\` can be trained, since its inputs have full types.
        loss: mse(y, x)
      }
      train N on D {
            ^ name/unknown-model: There is no model \`N\`. Did you mean \`B\`?
        loss: mse(y, x)
      }
      train M on E {
                 ^ name/unknown-data: There is no data \`E\`. Did you mean \`D\`?
        loss: mse(y, x)
      }
      train M {
            ^ train/no-data: \`train\` needs data: write \`on\` and its name.
        loss: mse(y, x)
      }
      train M on D {
      ^^^^^ train/no-loss: Training needs a \`loss:\`, for example \`loss: crossEntropy(scores, label)\`.
        epochs: 2
      }
      train M on D as again {
        loss: mse(y, x)
      }
      train M on D as again {
                      ^^^^^ name/declared-twice: This file declares \`again\` twice; the first one counts. Rename one of them.
        loss: mse(y, x)
      }
    `,
    world,
  ));

test('evaluate', () =>
  check(
    `
      data D {
        source: csv("penguins.csv")
        x: float32[1] = bill -> expand
        y: float32 = bill
      }
      model M {
        input x: float32[1]
        output out = x -> Dense(1) -> squeeze
      }
      train M on D as first {
        loss: mse(out, y)
      }
      evaluate M on D {
        run: frist
             ^^^^^ name/unknown-run: There is no \`train\` block called \`frist\`. Did you mean \`first\`?
        metrics: mea(out, y)
                 ^^^ train/unknown-metric: There is no metric \`mea\`. Did you mean \`mae\`?
        expect: mae(out, y) < tiny
                              ^^^^ name/unknown: There is no \`tiny\` here.
      }
      evaluate M on D as other {
        run: first
        expect: [mae(out, y) < 3, mae(out, y)]
                                  ^^^^^^^^^^^ train/expect-form: An expectation compares a metric with a number: \`accuracy(scores, label) > 95%\`.
        loss: mse(out, y)
        ^^^^ train/unknown-key: There is no key \`loss\` in this section.
      }
    `,
    world,
  ));

test('tune and export are looked at', () =>
  check(
    `
      model M {
        input x: float32[1]
        output out = x -> Dense(1) -> squeeze
      }
      tune M on D {
      ^^^^ train/no-goal: Tuning needs \`maximize:\` or \`minimize:\` with a metric, for example \`maximize: validation.accuracy\`.
                ^ name/unknown-data: There is no data \`D\` in this file or its imports.
        optimizer: Adam(log(1e-4..1e-2))
        batch: choice(32, 64)
        serch: random(trials: 3)
        ^^^^^ train/unknown-key: There is no key \`serch\` in this section. Did you mean \`search\`?
      }
      export M { to: "dist/m", formt: tfjs }
                               ^^^^^ train/unknown-key: There is no key \`formt\` in this section. Did you mean \`format\`?
      export N { to: "dist/n" }
             ^ name/unknown-model: There is no model \`N\`. Did you mean \`M\`?
    `,
    world,
  ));

test('the model needs a field for each input', () =>
  check(
    `
      data D {
        source: csv("penguins.csv")
        a: float32[1] = bill -> expand
      }
      model M {
        input x: float32[1]
        output out = x -> Dense(1)
      }
      train M on D {
                 ^ data/no-field: The model needs \`x\`, but \`D\` has no field of that name (it has a). Inputs are fed from fields of the same name.
                   | 6:3 the input of \`M\` is declared here
        loss: mean(out)
      }
    `,
    world,
  ));

test('a field that does not fit its input', () =>
  check(
    `
      data D {
        source: idx(images: "images", labels: "labels")
        image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
        label: int32 = labels
      }
      model M {
        input image: float32[32, 32, 1]
        input label: float32
        output out = image -> Flatten -> Dense(1) -> squeeze
        output other = label * 2
      }
      train M on D {
                 ^ data/field-input: \`image\` of \`M\` is [32, 32, 1], but the field gives [28, 28, 1]: axis 0 is 28, not 32.
                   | 3:3 the field \`image\` is float32[28, 28, 1]
                   | 7:3 the input \`image\` is declared here
                   | 3:18 28: declared here
        loss: out + other
      }
    `,
    world,
  ));

test('a size that only the data binds', () =>
  check(
    `
      data D(length: int = 30) {
        source: text("text.txt")
        window: int32[length + 1] = characters -> Index -> windows(length + 1)
        tokens: int32[length] = window[..-1]
        next: int32[length] = window[1..]
      }
      model M(context: int = 20) {
        input tokens: int32[T]
        require T <= context, "the text is longer than the model looks back"
        output scores = tokens -> Embedding(40, 8) -> Dense(40)
      }
      train M on D {
            ^ shape/require: In \`M\`: the text is longer than the model looks back: T is 30.
        loss: crossEntropy(scores, next)
      }
      train M(context: 30) on D as long {
        loss: crossEntropy(scores, next)
      }
      train M on D(length: 10) as short {
        loss: crossEntropy(scores, next)
      }
      train M on D(lenght: 10) as wrong {
                   ^^^^^^ argument/unknown: \`D\` has no setting \`lenght\`. Did you mean \`length\`?
        loss: crossEntropy(scores, next)
      }
    `,
    world,
  ));

test('an output whose weights nothing trains', () =>
  check(
    `
      data D {
        source: csv("penguins.csv")
        x: float32[1] = bill -> expand
        y: float32 = bill
      }
      model M {
        input x: float32[1]
        h = x -> Dense(4, relu)
        output out = h -> Dense(1) -> squeeze
        output inner = h
        output other = h -> Dense(2)
               ^^^^^ warning train/untrained: Nothing in the loss depends on \`other\`, so 2 weights behind it are never trained (\`M/Dense.2/kernel\` …): add it to the loss, or leave the output out.
      }
      train M on D {
        loss: mse(out, y)
      }
    `,
    world,
  ));

test('an output that another train block of the model trains', () =>
  check(
    `
      data D {
        source: csv("penguins.csv")
        x: float32[1] = bill -> expand
        y: float32 = bill
        flipped: float32 = 1 / bill
      }
      model M {
        input x: float32[1]
        h = x -> Dense(4, relu)
        output out = h -> Dense(1) -> squeeze
        output other = h -> Dense(1) -> squeeze
      }
      train M on D as first {
        loss: mse(out, y)
      }
      train M on D as second {
        start: first
        loss: mse(other, flipped)
      }
    `,
    world,
  ));

test('two vocabularies in one table, and numbers beyond it', () =>
  check(
    `
      data D {
        source: csv("penguins.csv")
        a: int32 = species -> Index
        b: int32 = species -> Index(unseen: own)
        y: float32 = bill
      }
      model M {
        input a: int32
        input b: int32
        layer e = Embedding(3, 4)
        output out = (a -> e) + (b -> e) -> Dense(1) -> squeeze
      }
      train M on D {
                 ^ data/unlike-indexes: In \`M\`: \`e\` looks up numbers of two different indexes, so one row would mean two things: make both fields by \`Index\` of one column with the same settings, or give each a layer of its own.
              | 10:9 here
        loss: mse(out, y)
      }
      data E {
        source: idx(images: "images", labels: "labels")
        label: int32 = labels
      }
      model N {
        input label: int32
        output other = label -> Embedding(5, 3) -> Dense(1) -> squeeze
      }
      train N on E {
                 ^ shape/table: In \`N\`: \`Embedding\` has 5 rows (0 to 4), but the numbers looked up run from 0 to 9.
              | 22:27 here
        loss: mse(other, 0.5)
      }
    `,
    world,
  ));
