/** What each key of a section is for: one sentence for suggestions and hover. `tune` takes over what `train` says. */
import type { MessageTable } from './table.ts';

export const sectionKeyMessages = {
  // ---- train
  'key/train.loss': {
    en: () =>
      'What training makes small: an expression over the outputs of the model and the fields of the data, one number per example.',
    zh: () => '训练要减小的量：由模型的输出和数据的字段构成的表达式，每个样本一个数。',
  },
  'key/train.metrics': {
    en: () => 'What is measured besides: one metric or a list of them. Metrics do not influence training.',
    zh: () => '另外测量的内容：一个指标或一个列表。指标不影响训练。',
  },
  'key/train.optimizer': {
    en: () => 'How weights change. Default: `Adam(0.001)`.',
    zh: () => '权重怎样更新。默认：`Adam(0.001)`。',
  },
  'key/train.epochs': {
    en: () => 'How often all training rows are gone through. Default: 1.',
    zh: () => '所有训练行要过多少轮。默认：1。',
  },
  'key/train.steps': {
    en: () => 'How many updates are made, in place of `epochs`.',
    zh: () => '更新多少次，代替 `epochs`。',
  },
  'key/train.batch': {
    en: () => 'How many examples one update looks at. Default: 32.',
    zh: () => '每次更新看多少个样本。默认：32。',
  },
  'key/train.accumulate': {
    en: () => 'How many batches make one update, by the mean of their gradients. Default: 1.',
    zh: () => '累积多少批的梯度后更新一次。默认：1。',
  },
  'key/train.clip': {
    en: () =>
      'The largest global norm of the gradients, or with `byValue(x)` the largest size of each of their numbers.',
    zh: () => '梯度全局范数的上限；用 `byValue(x)` 则为每个梯度数值大小的上限。',
  },
  'key/train.freeze': {
    en: () => 'Layers whose weights stay as they are.',
    zh: () => '权重保持不变的层。',
  },
  'key/train.start': {
    en: () => 'The `train` block whose latest weights this one starts from.',
    zh: () => '从哪个 `train` 段最近的权重开始。',
  },
  'key/train.stop': {
    en: () => 'When to end before the last epoch: `early(patience: 5)`.',
    zh: () => '何时在最后一轮之前结束：`early(patience: 5)`。',
  },
  'key/train.save': {
    en: () => 'Which checkpoints are kept: `best(validation.loss)`, `every(1_000)`. The last one always is.',
    zh: () => '保留哪些存档：`best(validation.loss)`、`every(1_000)`。最后一个总会保留。',
  },
  'key/train.validate': {
    en: () =>
      'How often validation data is evaluated: `every(500)`. Default: after each epoch; with `steps`, 20 times in the run.',
    zh: () => '多久在验证数据上评估一次：`every(500)`。默认：每轮之后；写了 `steps` 时，整个训练中 20 次。',
  },
  'key/train.average': {
    en: () => 'A running average of the weights: `ema(0.999)`.',
    zh: () => '权重的滑动平均：`ema(0.999)`。',
  },
  'key/train.seed': {
    en: () => 'Where chance starts: initial weights, dropout, order of rows and what is drawn for them. Default: 0.',
    zh: () => '随机性的起点：初始权重、随机失活、行的顺序以及为各行抽取的内容。默认：0。',
  },
  'key/train.precision': {
    en: () =>
      '`float32`, or `mixed`: products in 16 bits where the engine has them (on GPUs, and on TensorFlow), weights and all else in 32. Default: float32.',
    zh: () =>
      '`float32`，或 `mixed`：在引擎支持的地方（GPU 和 TensorFlow）乘法用 16 位，权重和其余部分用 32 位。默认：float32。',
  },
  'key/train.devices': {
    en: () => 'How many devices to train on, or `all`. Default: 1.',
    zh: () => '用多少个设备训练，或 `all`。默认：1。',
  },
  // ---- tune
  'key/tune.search': {
    en: () => 'How settings are tried: `random(trials: 20)` or `bayesian(trials: 20)`.',
    zh: () => '怎样尝试各项设置：`random(trials: 20)` 或 `bayesian(trials: 20)`。',
  },
  'key/tune.maximize': {
    en: () => 'The metric that shall be large.',
    zh: () => '越大越好的指标。',
  },
  'key/tune.minimize': {
    en: () => 'The metric that shall be small.',
    zh: () => '越小越好的指标。',
  },
  // ---- data
  'key/data.source': {
    en: () => 'Where rows come from: `csv("file.csv")`, `idx(images: "file", labels: "file")`, `text("file.txt")`.',
    zh: () => '行从哪里来：`csv("file.csv")`、`idx(images: "file", labels: "file")`、`text("file.txt")`。',
  },
  'key/data.validation': {
    en: () => 'Which rows only measure while training: `10%`, or `5_000` of them.',
    zh: () => '哪些行在训练时只用来测量：`10%`，或者 `5_000` 行。',
  },
  'key/data.test': {
    en: () => 'Which rows are kept for `evaluate`: `10%`.',
    zh: () => '哪些行留给 `evaluate`：`10%`。',
  },
  'key/data.shuffle': {
    en: () => 'Whether training rows come in a new order each epoch. Default: true.',
    zh: () => '训练行是否每轮重新打乱。默认：true。',
  },
  'key/data.seed': {
    en: () =>
      'Where chance starts: the split, and with the `seed` of the training the order of rows and what is drawn for them. Default: 0.',
    zh: () => '随机性的起点：数据的划分；与训练的 `seed` 一起决定行的顺序以及为各行抽取的内容。默认：0。',
  },
  'key/data.cache': {
    en: () =>
      'Where rows are kept once they are made, before augmentation: `none`, `memory`, `disk` (later runs of the same data find them there).',
    zh: () => '处理好的行（增强之前）保留在哪里：`none`、`memory`、`disk`（同一数据以后的运行会用到）。',
  },
  'key/data.augment': {
    en: () => 'Random changes of training rows: `image -> flip -> crop(32, 32)`.',
    zh: () => '训练行的随机变化：`image -> flip -> crop(32, 32)`。',
  },
  'key/data.keep': {
    en: () => 'A condition: which rows are used at all.',
    zh: () => '一个条件：使用哪些行。',
  },
  'key/data.deduplicate': {
    en: () => 'Columns by which doubled rows are left out.',
    zh: () => '按哪些列去掉重复的行。',
  },
  'key/data.balance': {
    en: () => 'A field whose values shall be equally frequent.',
    zh: () => '让取值出现得一样频繁的字段。',
  },
  'key/data.weight': {
    en: () => 'A field that says how much each row counts.',
    zh: () => '说明每行算多少的字段。',
  },
  // ---- evaluate
  'key/evaluate.metrics': {
    en: () => 'What is measured.',
    zh: () => '测量的内容。',
  },
  'key/evaluate.expect': {
    en: () => 'A condition that must hold, else the evaluation fails: `accuracy(digit, label) > 95%`.',
    zh: () => '必须成立的条件，否则评估失败：`accuracy(digit, label) > 95%`。',
  },
  'key/evaluate.slices': {
    en: () => 'Fields, or conditions like `age > 60`, by whose values the metrics are also given apart.',
    zh: () => '按哪些字段或条件（例如 `age > 60`）的取值分别给出指标。',
  },
  'key/evaluate.batch': {
    en: () => 'How many examples are evaluated at once.',
    zh: () => '一次评估多少个样本。',
  },
  'key/evaluate.run': {
    en: () => 'The `train` block whose latest finished run is evaluated.',
    zh: () => '评估哪个 `train` 段最近完成的运行。',
  },
  // ---- export
  'key/export.to': {
    en: () => 'The folder that is written.',
    zh: () => '写入的文件夹。',
  },
  'key/export.format': {
    en: () => 'The format that is written.',
    zh: () => '写入的格式。',
  },
  'key/export.quantize': {
    en: () => 'How weights are made smaller.',
    zh: () => '怎样缩小权重。',
  },
  'key/export.inputs': {
    en: () => 'Sizes of the inputs, where they are not fixed.',
    zh: () => '输入的尺寸，如果没有固定。',
  },
} satisfies MessageTable;
