/**
 * Every optimizer over twenty steps against PyTorch or Keras, on a weight of several numbers; schedules and metrics against
 * Keras. What has no counterpart stands in `alone`, with the reason.
 */
import { expect, test } from 'vitest';
import { compile, interpret } from '../../../compiler/index.ts';
import { catalog, entries } from '../../../language/catalog/index.ts';
import type { Plan, Settings } from '../../../language/index.ts';
import { type Given, metricSums, type Numbers, numbers, withDefaults } from './apply.ts';
import { type Asked, askReference, closeTo, missingReference } from './reference.ts';

const steps = 20;
const size = 6;
const start = numbers(size, 2).map((value) => value + 0.1);
const gradients = Array.from({ length: steps }, (_, i) => numbers(size, i + 30));

interface Optimizer {
  readonly name: string;
  readonly settings: Settings;
  /** `optimizer` for a PyTorch parameter `w`, or, beginning with `keras`, for a Keras variable. */
  readonly code: string;
}

const optimizers: readonly Optimizer[] = [
  { name: 'SGD', settings: {}, code: 'torch.optim.SGD([w], lr=0.05)' },
  { name: 'SGD', settings: { momentum: 0.9 }, code: 'torch.optim.SGD([w], lr=0.05, momentum=0.9)' },
  {
    name: 'SGD',
    settings: { momentum: 0.9, nesterov: true, decay: 0.01 },
    code: 'torch.optim.SGD([w], lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01)',
  },
  { name: 'Adam', settings: {}, code: 'torch.optim.Adam([w], lr=0.05, eps=1e-7)' },
  {
    name: 'Adam',
    settings: { beta1: 0.7, beta2: 0.9, epsilon: 1e-3 },
    code: 'torch.optim.Adam([w], lr=0.05, betas=(0.7, 0.9), eps=1e-3)',
  },
  {
    name: 'Adam',
    settings: { amsgrad: true, beta2: 0.8 },
    code: 'torch.optim.Adam([w], lr=0.05, betas=(0.9, 0.8), eps=1e-7, amsgrad=True)',
  },
  { name: 'AdamW', settings: {}, code: 'torch.optim.AdamW([w], lr=0.05, eps=1e-7, weight_decay=0.004)' },
  {
    name: 'AdamW',
    settings: { decay: 0.2, amsgrad: true },
    code: 'torch.optim.AdamW([w], lr=0.05, eps=1e-7, weight_decay=0.2, amsgrad=True)',
  },
  { name: 'NAdam', settings: {}, code: 'torch.optim.NAdam([w], lr=0.05, eps=1e-7)' },
  { name: 'RMSprop', settings: {}, code: 'torch.optim.RMSprop([w], lr=0.05, alpha=0.9, eps=1e-7)' },
  {
    name: 'RMSprop',
    settings: { momentum: 0.8, rho: 0.7 },
    code: 'torch.optim.RMSprop([w], lr=0.05, alpha=0.7, eps=1e-7, momentum=0.8)',
  },
  {
    name: 'Adagrad',
    settings: {},
    code: 'torch.optim.Adagrad([w], lr=0.05, initial_accumulator_value=0.1, eps=1e-7)',
  },
  { name: 'Adadelta', settings: {}, code: 'torch.optim.Adadelta([w], lr=0.05, rho=0.95, eps=1e-7)' },
  { name: 'Lion', settings: {}, code: 'keras.optimizers.Lion(learning_rate=0.05)' },
  { name: 'Lion', settings: { decay: 0.1 }, code: 'keras.optimizers.Lion(learning_rate=0.05, weight_decay=0.1)' },
  { name: 'LAMB', settings: {}, code: 'keras.optimizers.Lamb(learning_rate=0.05, epsilon=1e-7)' },
];

test('every optimizer has a counterpart', () => {
  const here = new Set(optimizers.map((one) => one.name));
  const without = entries.filter((entry) => entry.place === 'optimizer' && !here.has(entry.name));
  expect(without.map((entry) => entry.name)).toEqual([]);
});

/** The weight after each step, by the program that updates whole weights. */
function walk(name: string, given: Settings): number[] {
  const place = { source: 0, start: 0, end: 0, line: 1, column: 1 };
  const settings = withDefaults(`optimizer/${name}`, { lr: 0.05, ...given });
  const type = { dtype: 'float32', shape: [size], perExample: true } as const;
  const base = { settings: {}, weights: {}, path: 'M/x', place };
  const nodes = [
    { ...base, id: 0, op: 'input', inputs: {}, settings: { name: 'slope' }, outputs: [type] },
    {
      ...base,
      id: 1,
      op: 'model/Weight',
      inputs: {},
      settings: withDefaults('model/Weight', { shape: [size] }),
      weights: { weight: 0 },
      outputs: [{ ...type, perExample: false }],
    },
    { ...base, id: 2, op: 'operator/*', inputs: { a: ref(0), b: ref(1) }, outputs: [type] },
    {
      ...base,
      id: 3,
      op: 'model/sum',
      inputs: { x: ref(2) },
      settings: withDefaults('model/sum'),
      outputs: [{ ...type, shape: [] }],
    },
  ];
  const weight = { path: 'M/w', shape: [size], init: { call: 'initialiser/zeros', settings: {} }, trainable: true };
  const plan = {
    graph: { nodes, weights: [weight], inputs: [], outputs: [] },
    data: {},
    loss: ref(3),
    metrics: [],
    train: { optimizer: { call: `optimizer/${name}`, settings }, batch: 1 },
  } as unknown as Plan;
  const program = compile(plan).lower('train', 1);
  const held: Record<string, ArrayLike<number>> = { 'weight M/w': start };
  for (const { kind, name: key, tensor } of program.inputs) {
    const initial = compile(plan).state.find((part) => key.endsWith(`/${part.name}`))?.initial ?? 0;
    if (kind === 'state') held[`state ${key}`] = new Array<number>(tensor.shape[0]!).fill(initial);
  }
  return gradients.flatMap((slope, i) => {
    const given = { ...held, 'field slope': slope, 'rate rate': [0.05], 'step step': [i + 1] };
    interpret(program, given).forEach(({ data }, k) => {
      const { kind, name: key } = program.outputs[k]!;
      if (kind === 'weight' || kind === 'state') held[`${kind} ${key}`] = data;
    });
    return Array.from(held['weight M/w']!);
  });
}

const ref = (node: number) => ({ node, output: 0 });

test('twenty steps of each', (context) => {
  if (missingReference !== undefined) context.skip(missingReference);
  const answers = askReference(
    optimizers.map(({ code }): Asked => {
      const torch = `w = torch.nn.Parameter(start.clone())
optimizer = ${code}
def step(g):
    w.grad = g
    optimizer.step()
    return w.detach().clone()`;
      const keras = `w = keras.Variable(start.numpy(), dtype="float64")
optimizer = ${code}
def step(g):
    optimizer.apply([g], [w])
    return torch.tensor(keras.ops.convert_to_numpy(w))`;
      return {
        code: `${code.startsWith('keras') ? keras : torch}\nresult = torch.stack([step(g) for g in gradients])`,
        given: {
          start: { shape: [size], data: start },
          gradients: { shape: [steps, size], data: gradients.flat() },
        },
      };
    }),
  );
  optimizers.forEach(({ name, settings }, i) => {
    closeTo(walk(name, settings), answers[i]!.value, `${name} ${JSON.stringify(settings)}`);
  });
});

test('plateau falls when Keras’ ReduceLROnPlateau does', (context) => {
  if (missingReference !== undefined) context.skip(missingReference);
  const losses = numbers(40, 17).map((value, i) => Math.abs(value) + 5 / (i + 1));
  const [answer] = askReference([
    {
      code: `
class Optimizer: learning_rate = keras.Variable(0.1, dtype="float64")
class Model: optimizer = Optimizer()
watch = keras.callbacks.ReduceLROnPlateau(monitor="loss", factor=0.5, patience=3, min_delta=0)
watch.set_model(Model())
watch.on_train_begin()
rates = []
for epoch, loss in enumerate(losses.tolist()):
    rates.append(float(keras.ops.convert_to_numpy(Model.optimizer.learning_rate)))
    watch.on_epoch_end(epoch, {"loss": loss})
result = torch.tensor(rates)`,
      given: { losses: { shape: [40], data: losses } },
    },
  ]);
  const entry = catalog.get('schedule/plateau');
  if (entry?.kind !== 'schedule') throw new Error('no schedule');
  const settings = withDefaults('schedule/plateau', { lr: 0.1, factor: 0.5, patience: 3, watch: 'loss' });
  let [best, waited, falls] = [Number.POSITIVE_INFINITY, 0, 0];
  const rates = losses.map((loss) => {
    const rate = entry.rate(0, 1, settings, falls);
    waited = loss < best ? 0 : waited + 1;
    best = Math.min(best, loss);
    if (waited >= 3) [waited, falls] = [0, falls + 1];
    return rate;
  });
  closeTo(rates, answer!.value, 'plateau', 1e-6);
  expect(falls).toBeGreaterThan(2);
});

// ---- metrics

const rows = 40;
const amounts = numbers(rows, 3);
const targets = numbers(rows, 4).map((value) => value + 2);
const scores = numbers(rows * 4, 5);
const labels = numbers(rows, 6).map((value) => Math.floor(Math.abs(value) * 4) % 4);
const answers01 = numbers(rows, 7).map((value) => (value > 0 ? 1 : 0));
const single = (prediction: readonly number[], truth: readonly number[]): Given => ({
  prediction: { shape: [], data: prediction },
  truth: { shape: [], data: truth },
});
const several: Given = {
  prediction: { shape: [4], data: scores },
  truth: { shape: [], data: labels, dtype: 'int32' },
};
const code = (metric: string, said: string, is: string) => `
m = keras.metrics.${metric}
m.update_state(${is}, ${said})
result = np.asarray(keras.ops.convert_to_numpy(m.result()))`;
const hot = 'F.one_hot(truth, 4).double()';

interface Metric {
  readonly name: string;
  readonly given: Given;
  readonly settings?: Settings;
  readonly code: string;
}

const metrics: readonly Metric[] = [
  { name: 'rmse', given: single(amounts, targets), code: code('RootMeanSquaredError()', 'prediction', 'truth') },
  { name: 'mse', given: single(amounts, targets), code: code('MeanSquaredError()', 'prediction', 'truth') },
  { name: 'mae', given: single(amounts, targets), code: code('MeanAbsoluteError()', 'prediction', 'truth') },
  {
    name: 'mape',
    given: single(amounts, targets),
    code: code('MeanAbsolutePercentageError()', 'prediction', 'truth'),
  },
  {
    name: 'r2',
    given: single(amounts, targets),
    code: code('R2Score()', 'prediction[:, None]', 'truth[:, None]'),
  },
  { name: 'accuracy', given: several, code: code('SparseCategoricalAccuracy()', 'prediction', 'truth') },
  {
    name: 'accuracy',
    given: single(amounts, answers01),
    code: code('BinaryAccuracy(threshold=0)', 'prediction[:, None]', 'truth[:, None]'),
  },
  {
    name: 'topK',
    given: several,
    settings: { k: 2 },
    code: code('SparseTopKCategoricalAccuracy(k=2)', 'prediction', 'truth'),
  },
  {
    name: 'precision',
    given: single(amounts, answers01),
    code: code('Precision()', 'prediction.sigmoid()', 'truth'),
  },
  { name: 'recall', given: single(amounts, answers01), code: code('Recall()', 'prediction.sigmoid()', 'truth') },
  ...['macro', 'micro', 'weighted'].map((average) => ({
    name: 'f1',
    given: several,
    settings: { average },
    code: code(`F1Score(average="${average}")`, 'prediction', hot),
  })),
  {
    name: 'iou',
    given: single(amounts, answers01),
    code: code('BinaryIoU(target_class_ids=[1])', 'prediction.sigmoid()', 'truth'),
  },
  { name: 'meanIou', given: several, code: code('MeanIoU(num_classes=4)', 'prediction.argmax(-1)', 'truth') },
  {
    name: 'perplexity',
    given: several,
    code: 'result = F.cross_entropy(prediction, truth).exp()',
  },
  // Keras' area goes by thresholds; this is the definition.
  {
    name: 'auc',
    given: single(amounts, answers01),
    code: `d = prediction[truth == 1][:, None] - prediction[truth == 0]
result = ((d > 0).double() + (d == 0).double() / 2).mean()`,
  },
  { name: 'confusion', given: several, code: 'result = (prediction.argmax(-1) != truth).double().mean()' },
];

const alone: Readonly<Record<string, string>> = {
  averagePrecision: 'neither has it without steps: by its definition in epoch-metrics.test.ts',
  characterErrorRate: 'neither has it: by examples worked out by hand in epoch-metrics.test.ts',
  wordErrorRate: 'neither has it: by examples worked out by hand in epoch-metrics.test.ts',
  ndcg: 'neither has it: by its definition in epoch-metrics.test.ts',
};

test('every metric has a counterpart here, or a reason', () => {
  const here = new Set(metrics.map((one) => one.name));
  const without = entries.filter((entry) => entry.place === 'metric' && !here.has(entry.name));
  expect(without.map((entry) => entry.name).sort()).toEqual(Object.keys(alone).sort());
});

test('metrics over three batches, the last one smaller', (context) => {
  if (missingReference !== undefined) context.skip(missingReference);
  const cut = (value: Numbers, from: number, to: number): Numbers => {
    const each = value.shape.reduce((a, b) => a * b, 1);
    return { ...value, data: value.data.slice(from * each, to * each) };
  };
  const answers = askReference(
    metrics.map(({ given, code: asked }): Asked => {
      const whole = Object.entries(given).map(([name, value]) => [
        name,
        { ...(value as Numbers), shape: [rows, ...(value as Numbers).shape] },
      ]);
      return { code: asked, given: Object.fromEntries(whole) };
    }),
  );
  metrics.forEach(({ name, given, settings = {} }, i) => {
    const key = `metric/${name}`;
    const entry = catalog.get(key);
    if (entry?.kind !== 'metric') throw new Error(`no metric ${name}`);
    const all = withDefaults(key, settings);
    const parts = [
      [0, 16],
      [16, 32],
      [32, rows],
    ].map(([from, to]) => {
      const part = Object.entries(given).map(([input, value]) => [input, cut(value as Numbers, from!, to!)]);
      return metricSums(key, Object.fromEntries(part) as Given, { settings, batch: to! - from! });
    });
    const kept = entry.keeps?.(all) === 'rows' ? 'rows' : 'sums';
    const together =
      kept === 'rows' ? parts.flat() : parts[0]!.map((_, k) => parts.reduce((sum, one) => sum + one[k]!, 0));
    closeTo([entry.finish(together, all, kept)], answers[i]!.value, `${name} ${JSON.stringify(settings)}`);
  });
});
