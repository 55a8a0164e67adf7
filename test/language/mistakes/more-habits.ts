/** What the hand knows from other libraries, a copy too many, and what shows at a use only. */
import type { Case } from './case.ts';
import { heads } from './more-programs.ts';
import { autoencoder, digits, houses, kinds, letters, segments } from './programs.ts';

/** Fixed, the program is the correct one again, unless `gives` says what it is instead. */
function habit(
  title: string,
  program: string,
  edit: Case['edits'][number],
  finds: string,
  fix?: string,
  gives?: string,
): Case {
  const more = { ...(fix === undefined ? {} : { fix }), ...(gives === undefined ? {} : { gives }) };
  return { title, class: 'typing', program, edits: [edit], finds: [finds], ...more };
}

const equals = 'syntax/setting-equals/colon';
const scaled = `block Film {
  input x: [H, W, C]
  input asked: [D]
  output x * (asked -> Dense(C))
}

model Asked(rate: float = 0.5) {
  input image: float32[8, 8, 4]
  input question: float32[16]
  output answer = image -> Film(asked: question) -> GlobalAvgPool2D -> Dropout(rate) -> Dense(10)
}
`;
const skipped = `block Skip {
  input x: [H, W, C]
  output x + (x -> Conv2D(4, 3, relu, padding: same))
}

model Net {
  input image: float32[8, 8, 4]
  output y = image -> Skip -> Flatten -> Dense(2)
}
`;
const grown = `model Net(width: int = 4) {
  input x: float32[8]
  output y = x -> residual { Dense(2 * width, relu) } -> Dense(2)
}
`;
const shortcut = `block Down(filters: int) {
  input x: [H, W, C]
  output if C == filters { x } else { x -> Conv2D(filters, 1) }
}

model Net {
  input image: float32[8, 8, 4]
  output y = image -> Down(8) -> Flatten -> Dense(2)
}
`;
const tuned = `${kinds}
tune Kind on Houses {
  optimizer: Adam(log(1e-4..1e-2))
  search: random(trials: 5)
  maximize: validation.accuracy
}
`;
const early = heads.replace('output guess = body -> Dense(1) -> squeeze', (line) => `${line} while training`);
const loud = kinds
  .replace('Dense(32, relu)', 'Dense(32, relu) -> BatchNorm')
  .replace('epochs: 20', 'batch: 30\n  epochs: 20');

export const habitCases: readonly Case[] = [
  // ---- one call, one habit
  habit(
    'a layer as in Keras',
    autoencoder,
    [
      'Conv2D(16, 3, relu, stride: 2, padding: same)',
      "Conv2D(filters=16, kernel_size=3, activation='relu', strides=2, padding='same')",
    ],
    'error syntax/setting-equals «=»',
    equals,
    'Conv2D(filters: 16, kernel: 3, activation: relu, stride: 2, padding: same)',
  ),
  habit(
    'use_bias=False',
    kinds.replace('Dense(32, relu)', 'Dense(32, relu, bias: false)'),
    ['bias: false', 'use_bias=False'],
    'error syntax/setting-equals «=»',
    equals,
  ),
  habit(
    'BatchNormalization over an axis',
    houses,
    ['-> BatchNorm ->', '-> BatchNorm(axis=-1) ->'],
    'error syntax/setting-equals «=»',
    equals,
  ),
  habit(
    'input_shape',
    digits,
    ['Conv2D(32, 3, relu)', 'Conv2D(32, 3, relu, input_shape=(28, 28, 1))'],
    'error syntax/setting-equals «=»',
    equals,
  ),
  habit(
    'betas of PyTorch',
    kinds.replace('Adam(1e-3)', 'Adam(1e-3, beta1: 0.5, beta2: 0.99)'),
    ['beta1: 0.5, beta2: 0.99', 'betas: (0.5, 0.99)'],
    'error argument/unknown «betas»',
    'name/change',
  ),
  habit(
    'True',
    letters.replace('-> LayerNorm\n  output', '-> GRU(64, sequences: true) -> LayerNorm\n  output'),
    ['sequences: true', 'sequences: True'],
    'error name/unknown «True»',
    'name/change',
  ),
  habit('causal: true', letters, ['mask: causal', 'causal: true'], 'error argument/unknown «causal»', 'name/change'),
  habit(
    'a word in quotes',
    letters,
    ['mask: causal', 'mask: "causal"'],
    'error type/not-a-value «"causal"»',
    'type/not-a-value/word',
  ),
  habit(
    '.T',
    letters,
    ['transpose(embed.weight)', 'embed.weight.T'],
    'error name/no-parts «T»',
    'name/no-parts/transpose',
  ),
  habit(
    'values to join in a list',
    segments,
    ['concat(c, a)', 'concat([c, a])'],
    'error type/not-a-value «[c, a]»',
    'type/not-a-value/unlisted',
  ),
  habit(
    'sizes one by one',
    autoencoder.replace('= small\n', '= small -> reshape([7, 7, 8])\n'),
    ['reshape([7, 7, 8])', 'reshape(7, 7, 8)'],
    'error argument/too-many «7»',
    'argument/too-many/list',
  ),
  habit(
    '= in a condition',
    shortcut,
    ['C == filters', 'C = filters'],
    'error syntax/unexpected «=»',
    'syntax/unexpected/compare',
  ),

  // ---- what shows at a use
  habit(
    'an input by order',
    scaled,
    ['Film(asked: question)', 'Film(question)'],
    'error argument/too-many «question»',
    'argument/kind/input',
  ),
  habit(
    'a skip whose widths differ at the one use',
    skipped,
    ['float32[8, 8, 4]', 'float32[8, 8, 6]'],
    'error shape/mismatch «Skip»',
    'shape/mismatch/projection',
    '(x -> Conv2D(4, 1)) + (x ->',
  ),
  habit(
    'a residual of another width',
    grown,
    ['width: int = 4', 'width: int = 6'],
    'error shape/residual «residual»',
    'shape/residual/projection',
    'Dense(2 * width, relu) -> Dense(8) }',
  ),

  // ---- runs
  habit(
    'a range the wrong way round',
    tuned,
    ['1e-4..1e-2', '1e-2..1e-4'],
    'error train/tune-order «1e-2..1e-4»',
    'train/tune-order/turn',
  ),
  habit(
    'an output of the training measured',
    early,
    ['expect: accuracy(scores, which) > 80%', 'expect: mae(guess, value) < 2'],
    'error train/training-only «guess»',
  ),
  habit(
    'a last batch of one row',
    loud,
    ['batch: 30', 'batch: 47'],
    'warning train/batch-of-one «47»',
    'train/batch-of-one/larger',
    'batch: 48',
  ),
  habit(
    'the best three of three classes',
    kinds.replace('metrics: accuracy(scores, which)', 'metrics: topK(scores, which, 2)'),
    ['which, 2)', 'which, 3)'],
    'warning loss/all-classes «3»',
  ),
  habit(
    'metrics in a row without brackets',
    houses.replace('metrics: mae(guess, value)', 'metrics: [mae(guess, value), r2(guess, value)]'),
    ['[mae(guess, value), r2(guess, value)]', 'mae(guess, value), r2(guess, value)'],
    'error syntax/unexpected «mae(guess, value), r2(guess, value)»',
    'syntax/unexpected/list',
  ),
  habit(
    'a loss and a metric that do not fit',
    houses,
    ['value: float32 = price / 100_000', 'value: float32[2] = stack(price, price) / 100_000'],
    'error loss/shapes «mse(guess, value)»',
  ),
];
