/** What each key of a section is for: one sentence for suggestions and hover. `tune` takes over what `train` says. */
import type { MessageTable } from './table.ts';

export const sectionKeyMessages = {
  // ---- train
  'key/train.loss': {
    en: () =>
      'What training makes small: an expression over the outputs of the model and the fields of the data, one number per example.',
  },
  'key/train.metrics': {
    en: () => 'What is measured besides: one metric or a list of them. Metrics do not influence training.',
  },
  'key/train.optimizer': {
    en: () => 'How weights change. Default: `Adam(0.001)`.',
  },
  'key/train.epochs': {
    en: () => 'How often all training rows are gone through. Default: 1.',
  },
  'key/train.steps': {
    en: () => 'How many updates are made, in place of `epochs`.',
  },
  'key/train.batch': {
    en: () => 'How many examples one update looks at. Default: 32.',
  },
  'key/train.accumulate': {
    en: () => 'Over how many batches gradients are summed before an update. Default: 1.',
  },
  'key/train.clip': {
    en: () => 'The largest global norm of the gradients.',
  },
  'key/train.freeze': {
    en: () => 'Layers whose weights stay as they are.',
  },
  'key/train.start': {
    en: () => 'The `train` block whose latest weights this one starts from.',
  },
  'key/train.stop': {
    en: () => 'When to end before the last epoch: `early(patience: 5)`.',
  },
  'key/train.save': {
    en: () => 'Which checkpoints are kept: `best(validation.loss)`, `every(1_000)`. The last one always is.',
  },
  'key/train.validate': {
    en: () => 'How often validation data is evaluated: `every(500)`. Default: after each epoch.',
  },
  'key/train.average': {
    en: () => 'A running average of the weights: `ema(0.999)`.',
  },
  'key/train.seed': {
    en: () => 'Where chance starts: initial weights, dropout, order of rows. Default: 0.',
  },
  'key/train.precision': {
    en: () => '`float32` or `mixed`.',
  },
  'key/train.devices': {
    en: () => 'How many devices to train on, or `all`. Default: 1.',
  },
  // ---- tune
  'key/tune.search': {
    en: () => 'How settings are tried: `random(trials: 20)` or `bayesian(trials: 20)`.',
  },
  'key/tune.maximize': {
    en: () => 'The metric that shall be large.',
  },
  'key/tune.minimize': {
    en: () => 'The metric that shall be small.',
  },
  // ---- data
  'key/data.source': {
    en: () => 'Where rows come from: `csv("file.csv")`, `idx(images: "file", labels: "file")`, `text("file.txt")`.',
  },
  'key/data.validation': {
    en: () => 'Which rows only measure while training: `10%`.',
  },
  'key/data.test': {
    en: () => 'Which rows are kept for `evaluate`: `10%`.',
  },
  'key/data.shuffle': {
    en: () => 'Whether training rows come in a new order each epoch. Default: true.',
  },
  'key/data.seed': {
    en: () => 'Where chance starts: split and order of rows. Default: 0.',
  },
  'key/data.cache': {
    en: () => 'Whether prepared rows are kept: `none`, `memory`, `disk`.',
  },
  'key/data.augment': {
    en: () => 'Random changes of training rows: `image -> flip -> crop(32, 32)`.',
  },
  'key/data.keep': {
    en: () => 'A condition: which rows are used at all.',
  },
  'key/data.deduplicate': {
    en: () => 'Columns by which doubled rows are left out.',
  },
  'key/data.balance': {
    en: () => 'A field whose values shall be equally frequent.',
  },
  'key/data.weight': {
    en: () => 'A field that says how much each row counts.',
  },
  // ---- evaluate
  'key/evaluate.metrics': {
    en: () => 'What is measured.',
  },
  'key/evaluate.expect': {
    en: () => 'A condition that must hold, else the evaluation fails: `accuracy(digit, label) > 95%`.',
  },
  'key/evaluate.slices': {
    en: () => 'Fields by whose values the metrics are also given apart.',
  },
  'key/evaluate.batch': {
    en: () => 'How many examples are evaluated at once.',
  },
  'key/evaluate.run': {
    en: () => 'The `train` block whose latest finished run is evaluated.',
  },
  // ---- export
  'key/export.to': {
    en: () => 'The folder that is written.',
  },
  'key/export.format': {
    en: () => 'The format that is written.',
  },
  'key/export.quantize': {
    en: () => 'How weights are made smaller.',
  },
  'key/export.inputs': {
    en: () => 'Sizes of the inputs, where they are not fixed.',
  },
} satisfies MessageTable;
