/** What each key of a section is for: one sentence for completion and hover. */
import type { SectionName } from '../syntax/sections.ts';

const train: Readonly<Record<string, string>> = {
  loss: 'What training makes small: an expression over the outputs of the model and the fields of the data, one number per example.',
  metrics: 'What is measured besides: one metric or a list of them. Metrics do not influence training.',
  optimizer: 'How weights change. Default: `Adam(0.001)`.',
  epochs: 'How often all training rows are gone through. Default: 1.',
  steps: 'How many updates are made, in place of `epochs`.',
  batch: 'How many examples one update looks at. Default: 32.',
  accumulate: 'Over how many batches gradients are summed before an update. Default: 1.',
  clip: 'The largest global norm of the gradients.',
  freeze: 'Layers whose weights stay as they are.',
  start: 'The `train` block whose latest weights this one starts from.',
  stop: 'When to end before the last epoch: `early(patience: 5)`.',
  save: 'Which checkpoints are kept: `best(validation.loss)`, `every(1_000)`. The last one always is.',
  validate: 'How often validation data is evaluated: `every(500)`. Default: after each epoch.',
  average: 'A running average of the weights: `ema(0.999)`.',
  seed: 'Where chance starts: initial weights, dropout, order of rows. Default: 0.',
  precision: '`float32` or `mixed`.',
  devices: 'How many devices to train on, or `all`. Default: 1.',
};

const docs: Readonly<Record<SectionName, Readonly<Record<string, string>>>> = {
  train,
  tune: {
    ...train,
    search: 'How settings are tried: `random(trials: 20)` or `bayesian(trials: 20)`.',
    maximize: 'The metric that shall be large.',
    minimize: 'The metric that shall be small.',
  },
  data: {
    source: 'Where rows come from: `csv("file.csv")`, `idx(images: "file", labels: "file")`, `text("file.txt")`.',
    validation: 'Which rows only measure while training: `10%`.',
    test: 'Which rows are kept for `evaluate`: `10%`.',
    shuffle: 'Whether training rows come in a new order each epoch. Default: true.',
    seed: 'Where chance starts: split and order of rows. Default: 0.',
    cache: 'Whether prepared rows are kept: `none`, `memory`, `disk`.',
    augment: 'Random changes of training rows: `image -> flip -> crop(32, 32)`.',
    keep: 'A condition: which rows are used at all.',
    deduplicate: 'Columns by which doubled rows are left out.',
    balance: 'A field whose values shall be equally frequent.',
    weight: 'A field that says how much each row counts.',
  },
  evaluate: {
    metrics: 'What is measured.',
    expect: 'A condition that must hold, else the evaluation fails: `accuracy(digit, label) > 95%`.',
    slices: 'Fields by whose values the metrics are also given apart.',
    batch: 'How many examples are evaluated at once.',
    run: 'The `train` block whose latest finished run is evaluated.',
  },
  export: {
    to: 'The folder that is written.',
    format: 'The format that is written.',
    quantize: 'How weights are made smaller.',
    inputs: 'Sizes of the inputs, where they are not fixed.',
  },
};

export function keyDoc(section: SectionName, key: string): string | undefined {
  const table = docs[section];
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
