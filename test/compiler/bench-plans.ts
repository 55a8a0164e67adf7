/** The five bench models as plans made by hand. */
import type { Plan, TrainSettings } from '../../language/index.ts';
import { call, conv2d, dense, digitsPlan, type Made, type PlanMaker, planMaker, zeros } from './plans.ts';

export const benchModels = ['cnn', 'mlp', 'lstm', 'gpt', 'resnet'] as const;
export type BenchModel = (typeof benchModels)[number];

export function benchPlan(model: BenchModel, train: Partial<TrainSettings> = {}): Plan {
  switch (model) {
    case 'cnn':
      return digitsPlan(train);
    case 'mlp':
      return mlpPlan(train);
    case 'lstm':
      return lstmPlan(train);
    case 'gpt':
      return gptPlan(train);
    case 'resnet':
      return resnetPlan(train);
  }
}

/** Ends a plan with the mean cross entropy of class scores. */
function classified(p: PlanMaker, scores: Made, batch: number, train: Partial<TrainSettings>): Plan {
  p.output('scores', scores);
  const label = p.field('label', scores.shape.slice(0, -1), 'int32');
  const loss = p.node('loss/crossEntropy', { prediction: scores, truth: label }, [], {
    settings: { smoothing: 0, classWeights: null, reduce: 'mean' },
  });
  return p.finish(loss, { batch, ...train });
}

function mlpPlan(train: Partial<TrainSettings>): Plan {
  const p = planMaker('Mlp');
  const x = p.input('x', [784]);
  return classified(p, dense(p, dense(p, dense(p, x, 512, 'relu'), 512, 'relu'), 10, 'softmax'), 128, train);
}

function lstmPlan(train: Partial<TrainSettings>): Plan {
  const p = planMaker('Lstm');
  const x = p.input('x', [64, 64]);
  const units = 128;
  const h = p.node('model/LSTM', { x }, [units], {
    settings: {
      units,
      activation: call('model/tanh'),
      gate: call('model/sigmoid'),
      sequences: false,
      state: false,
      backwards: false,
      dropout: 0,
      recurrentDropout: 0,
      bias: true,
      projection: null,
      init: call('initialiser/glorotUniform'),
      recurrentInit: call('initialiser/orthogonal', { gain: 1 }),
    },
    weights: {
      kernel: p.weight('lstm/kernel', [64, 4 * units], call('initialiser/glorotUniform')),
      recurrent: p.weight('lstm/recurrent', [units, 4 * units], call('initialiser/orthogonal', { gain: 1 })),
      bias: p.weight('lstm/bias', [4 * units], zeros),
    },
  });
  return classified(p, dense(p, h, 10, 'softmax'), 32, train);
}

function resnetPlan(train: Partial<TrainSettings>): Plan {
  const p = planMaker('ResNet');
  let x = p.input('x', [32, 32, 3]);
  x = relu(p, batchNorm(p, conv2d(p, x, 16, null, { padding: 'same', bias: false })));
  for (const [filters, stride] of [
    [16, 1],
    [32, 2],
    [64, 2],
  ] as const) {
    const first = relu(p, batchNorm(p, conv2d(p, x, filters, null, { padding: 'same', bias: false, stride })));
    const second = batchNorm(p, conv2d(p, first, filters, null, { padding: 'same', bias: false }));
    const shortcut =
      stride === 1 ? x : conv2d(p, x, filters, null, { kernel: 1, padding: 'same', bias: false, stride });
    x = relu(p, add(p, second, shortcut));
  }
  const pooled = p.node('model/GlobalAvgPool2D', { x }, [64], { settings: { keep: false } });
  return classified(p, dense(p, pooled, 10, 'softmax'), 64, train);
}

function gptPlan(train: Partial<TrainSettings>): Plan {
  const [width, heads, time, symbols] = [128, 4, 128, 256];
  const p = planMaker('Gpt');
  const tokens = p.input('x', [time], 'int32');
  const embedded = embedding(p, tokens, symbols, width, true);
  const places = p.node('model/range', {}, [time], { settings: { n: time }, dtype: 'int32', perExample: false });
  let h = add(p, embedded, embedding(p, places, time, width, false));
  for (let layer = 0; layer < 4; layer++) {
    h = add(p, h, attention(p, layerNorm(p, h), heads));
    h = add(p, h, dense(p, dense(p, layerNorm(p, h), 4 * width, 'geluTanh'), width));
  }
  return classified(p, dense(p, layerNorm(p, h), symbols), 16, train);
}

const relu = (p: PlanMaker, x: Made): Made => p.node('model/relu', { x }, x.shape);
const add = (p: PlanMaker, left: Made, right: Made): Made => p.node('operator/+', { a: left, b: right }, left.shape);

function batchNorm(p: PlanMaker, x: Made): Made {
  const channels = [x.shape.at(-1)!];
  const path = p.path('Norm');
  const ones = call('initialiser/ones');
  return p.node('model/BatchNorm', { x }, x.shape, {
    settings: { momentum: 0.99, epsilon: 1e-3, scale: true, shift: true },
    weights: {
      scale: p.weight(`${path}/scale`, channels, ones),
      shift: p.weight(`${path}/shift`, channels, zeros),
      mean: p.weight(`${path}/mean`, channels, zeros, false),
      variance: p.weight(`${path}/variance`, channels, ones, false),
    },
  });
}

function layerNorm(p: PlanMaker, x: Made): Made {
  const n = [x.shape.at(-1)!];
  const path = p.path('Norm');
  return p.node('model/LayerNorm', { x }, x.shape, {
    settings: { epsilon: 1e-3, scale: true, shift: true },
    weights: {
      scale: p.weight(`${path}/scale`, n, call('initialiser/ones')),
      shift: p.weight(`${path}/shift`, n, zeros),
    },
  });
}

function embedding(p: PlanMaker, x: Made, size: number, width: number, perExample: boolean): Made {
  const init = call('initialiser/uniform', { range: [-0.05, 0.05] });
  return p.node('model/Embedding', { x }, [...x.shape, width], {
    settings: { size, width, init },
    weights: { weight: p.weight(`embedding${x.ref.node}/weight`, [size, width], init) },
    perExample,
  });
}

function attention(p: PlanMaker, x: Made, heads: number): Made {
  const n = x.shape.at(-1)!;
  const path = p.path('Attention');
  const weights = Object.fromEntries(
    ['query', 'key', 'value', 'output'].flatMap((name) => [
      [`${name}/kernel`, p.weight(`${path}/${name}/kernel`, [n, n], call('initialiser/glorotUniform'))],
      [`${name}/bias`, p.weight(`${path}/${name}/bias`, [n], zeros)],
    ]),
  );
  return p.node('model/Attention', { x }, x.shape, {
    settings: { heads, width: null, keyWidth: null, dropout: 0, bias: true, mask: ['causal'] },
    weights,
  });
}
