/** Plans made by hand: a small model language of one call per layer, for tests that need no parser. */
import type { Call, Plan, PlanNode, PlanType, PlanWeight, Ref, Settings, TrainSettings } from '../../language/index.ts';

const place = { source: 0, start: 0, end: 0, line: 1, column: 1 };

export const call = (name: string, settings: Settings = {}): Call => ({ call: name, settings });

export interface Made {
  readonly ref: Ref;
  readonly shape: readonly number[];
  readonly dtype: PlanType['dtype'];
}

export interface PlanMaker {
  input(name: string, shape: readonly number[], dtype?: PlanType['dtype']): Made;
  field(name: string, shape: readonly number[], dtype?: PlanType['dtype']): Made;
  weight(path: string, shape: readonly number[], init: Call, trainable?: boolean): number;
  node(
    op: string,
    inputs: Readonly<Record<string, Made | readonly Made[]>>,
    shape: readonly number[],
    options?: {
      settings?: Settings;
      weights?: Readonly<Record<string, number>>;
      dtype?: PlanType['dtype'];
      perExample?: boolean;
    },
  ): Made;
  output(name: string, value: Made): void;
  metric(name: string, op: string, inputs: Readonly<Record<string, Made>>): void;
  /** A path that no other layer has. */
  path(kind: string): string;
  finish(loss: Made, train?: Partial<TrainSettings>): Plan;
}

export function planMaker(title: string): PlanMaker {
  const nodes: PlanNode[] = [];
  const weights: PlanWeight[] = [];
  const inputs: { name: string; node: number }[] = [];
  const outputs: { name: string; ref: Ref; trainingOnly: boolean }[] = [];
  const metrics: Plan['metrics'][number][] = [];
  const counts = new Map<string, number>();
  const push = (node: Omit<PlanNode, 'id' | 'place'>): Made => {
    const id = nodes.length;
    nodes.push({ ...node, id, place });
    const type = node.outputs[0]!;
    return { ref: { node: id, output: 0 }, shape: type.shape, dtype: type.dtype };
  };
  const leaf = (op: string, name: string, shape: readonly number[], dtype: PlanType['dtype']): Made =>
    push({ op, inputs: {}, settings: { name }, weights: {}, outputs: [{ dtype, shape, perExample: true }], path: '' });
  return {
    input(name, shape, dtype = 'float32') {
      const made = leaf('input', name, shape, dtype);
      inputs.push({ name, node: made.ref.node });
      return made;
    },
    field: (name, shape, dtype = 'float32') => leaf('field', name, shape, dtype),
    weight(path, shape, init, trainable = true) {
      weights.push({ path, shape, init, trainable });
      return weights.length - 1;
    },
    node(op, from, shape, { settings = {}, weights: own = {}, dtype = 'float32', perExample = true } = {}) {
      const count = counts.get(op) ?? 0;
      counts.set(op, count + 1);
      const refs = Object.fromEntries(
        Object.entries(from).map(([name, value]) => [name, 'ref' in value ? value.ref : value.map((part) => part.ref)]),
      );
      return push({
        op,
        inputs: refs,
        settings,
        weights: own,
        outputs: [{ dtype, shape, perExample }],
        path: `${title}/${op.split('/')[1]}.${count}`,
      });
    },
    output(name, value) {
      outputs.push({ name, ref: value.ref, trainingOnly: false });
    },
    metric(name, op, from) {
      const refs = Object.fromEntries(Object.entries(from).map(([key, value]) => [key, value.ref]));
      metrics.push({ name, op, inputs: refs, settings: {}, direction: 'max', place });
    },
    path: (kind) => `${title}/${kind}@${weights.length}`,
    finish: (loss, train = {}) => ({
      version: 1,
      action: 'train',
      file: 'test.model',
      declaration: title,
      title,
      model: { name: title, args: {} },
      sources: [],
      graph: { nodes, weights, inputs, outputs },
      data: {
        name: 'Data',
        title: 'Data',
        args: {},
        source: { call: 'source/csv', settings: {}, place },
        nodes: [],
        fields: [],
        validation: 0,
        test: 0,
        shuffle: false,
        seed: 0,
        place,
      },
      loss: loss.ref,
      metrics,
      train: {
        optimizer: adam(),
        epochs: 1,
        steps: undefined,
        batch: 32,
        clip: undefined,
        stop: undefined,
        save: [],
        validateEvery: undefined,
        seed: 0,
        places: {},
        ...train,
      },
      expect: [],
      run: undefined,
      place,
    }),
  };
}

export const adam = (lr = 0.001): Call =>
  call('optimizer/Adam', { lr, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false });

export const glorot = call('initialiser/glorotUniform');
export const zeros = call('initialiser/zeros');

export function dense(p: PlanMaker, x: Made, units: number, activation: string | null = null): Made {
  const n = x.shape.at(-1)!;
  const path = p.path('Dense');
  const kernel = p.weight(`${path}/kernel`, [n, units], glorot);
  const bias = p.weight(`${path}/bias`, [units], zeros);
  return p.node('model/Dense', { x }, [...x.shape.slice(0, -1), units], {
    settings: {
      units,
      activation:
        activation === null ? null : call(`model/${activation}`, activation === 'softmax' ? { axis: -1 } : {}),
      bias: true,
      init: glorot,
      biasInit: zeros,
    },
    weights: { kernel, bias },
  });
}

export function conv2d(
  p: PlanMaker,
  x: Made,
  filters: number,
  activation: string | null = null,
  {
    kernel = 3,
    stride = 1,
    padding = 'valid',
    bias = true,
  }: { kernel?: number; stride?: number; padding?: 'valid' | 'same'; bias?: boolean } = {},
): Made {
  const [height = 0, width = 0, channels = 0] = x.shape;
  const path = p.path('Conv2D');
  const size = (n: number) => (padding === 'same' ? Math.ceil(n / stride) : Math.floor((n - kernel) / stride) + 1);
  const k = p.weight(`${path}/kernel`, [kernel, kernel, channels, filters], glorot);
  const weights: Record<string, number> = { kernel: k };
  if (bias) weights.bias = p.weight(`${path}/bias`, [filters], zeros);
  return p.node('model/Conv2D', { x }, [size(height), size(width), filters], {
    settings: {
      filters,
      kernel: [kernel, kernel],
      activation:
        activation === null ? null : call(`model/${activation}`, activation === 'softmax' ? { axis: -1 } : {}),
      stride: [stride, stride],
      padding,
      dilation: [1, 1],
      groups: 1,
      bias,
      init: glorot,
      biasInit: zeros,
    },
    weights,
  });
}

/** The digits CNN: the first bench model. */
export function digitsPlan(train: Partial<TrainSettings> = {}): Plan {
  const p = planMaker('Digits');
  const image = p.input('image', [28, 28, 1]);
  const features = conv2d(p, image, 32, 'relu');
  const pooled = p.node('model/MaxPool2D', { x: features }, [13, 13, 32], {
    settings: { window: [2, 2], stride: [2, 2], padding: 'valid', ceil: false },
  });
  const flat = p.node('model/Flatten', { x: pooled }, [5408]);
  const hidden = dense(p, flat, 128, 'relu');
  const digit = dense(p, hidden, 10, 'softmax');
  p.output('digit', digit);
  const label = p.field('label', [], 'int32');
  const loss = p.node('loss/crossEntropy', { prediction: digit, truth: label }, [], {
    settings: { smoothing: 0, classWeights: null, reduce: 'mean' },
  });
  p.metric('accuracy', 'metric/accuracy', { prediction: digit, truth: label });
  return p.finish(loss, { batch: 128, ...train });
}
