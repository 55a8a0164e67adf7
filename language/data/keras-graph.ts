/** The layers of a Keras model as steps of the catalogue. What has no equal here is marked, and refused where it is needed. */
import type { Call, Settings, SettingValue } from '../plan/plan.ts';
import { NETWORK_INPUT, type NetworkGraph, type NetworkStep, type NetworkWeight } from './network-graph.ts';
import { type Constant, isRecord, type Json, type Layer, type LayerShape } from './network-shapes.ts';

type Config = Layer['config'];

/** One step of a layer, without its place in the graph. Several follow each other. */
interface Made {
  /** What stands on the other side of an operator. */
  readonly constant?: Constant;
  /** Its weights never move. */
  readonly frozen?: true;
  readonly op: string;
  readonly settings?: Settings;
  /** Variables in the order in which Keras keeps them: our name, and Keras' own. */
  readonly weights?: readonly (readonly [string, string])[];
  /** Variables are in a part of the layer: `cell`. */
  readonly inside?: string;
}

/** Undefined: not known here. `rank` counts the axes of an example, where they are known. */
type Rule = (config: Config, rank: number | undefined) => readonly Made[] | undefined;

export function kerasGraph(
  layers: readonly Layer[],
  shapes: ReadonlyMap<string, LayerShape | undefined>,
): NetworkGraph {
  const steps: NetworkStep[] = [];
  const ends: Record<string, number> = {};
  let inputsSeen = 0;
  for (const layer of layers) {
    const inputs = layer.inputs.map((name) => ends[name] ?? NETWORK_INPUT);
    if (layer.kind === 'InputLayer' && ++inputsSeen === 1) {
      ends[layer.name] = NETWORK_INPUT;
      continue;
    }
    const made = layer.shared ? undefined : stepsOf(layer, shapes.get(layer.inputs[0] ?? '')?.length);
    if (made === undefined) {
      const unread = layer.shared ? `${layer.kind} (used several times)` : kindOf(layer);
      steps.push({ layer: layer.name, op: '', unread, inputs, settings: {}, weights: {} });
    } else {
      pushAll(steps, layer.name, layer.group, made, inputs.length > 0 ? inputs : [NETWORK_INPUT]);
    }
    ends[layer.name] = made?.length === 0 ? (inputs[0] ?? NETWORK_INPUT) : steps.length - 1;
  }
  return { steps, ends };
}

/** Only one value flows into a layer of a program. */
function kindOf({ kind }: Layer): string {
  return kind === 'InputLayer' ? 'a second input' : kind;
}

function pushAll(
  steps: NetworkStep[],
  layer: string,
  group: string,
  made: readonly Made[],
  inputs: readonly number[],
): void {
  // A joining layer of many takes them two at a time.
  const isPairwise = made.length === 1 && made[0]?.op.startsWith('operator/') === true && inputs.length > 1;
  const constant = (value: Constant): number => {
    const shape = typeof value === 'number' ? [] : [value.length];
    const type = { dtype: 'float32', shape };
    steps.push({ layer: '', op: 'constant', inputs: [], settings: { value }, weights: {}, type });
    return steps.length - 1;
  };
  const push = (one: Made, given: readonly number[]): void => {
    const from = one.constant === undefined ? given : [...given, constant(one.constant)];
    const weights = (one.weights ?? []).map(([name, variable], index): [string, NetworkWeight] => [
      name,
      { layer, variable, group: one.inside === undefined ? group : `${group}/${one.inside}`, index },
    ]);
    steps.push({
      layer,
      op: one.op,
      inputs: from,
      settings: one.settings ?? {},
      weights: Object.fromEntries(weights),
      ...(one.frozen ? { frozen: true } : {}),
    });
  };
  const [first, ...others] = made;
  if (first === undefined) return;
  if (isPairwise) {
    const [start = NETWORK_INPUT, ...rest] = inputs;
    for (const [i, next] of rest.entries()) push(first, [i === 0 ? start : steps.length - 1, next]);
  } else push(first, inputs);
  for (const one of others) push(one, [steps.length - 1]);
}

/** Keras counts the layers of a class: `conv2d`, `conv2d_1`. */
export function groupOf(kind: string, counts: Map<string, number>): string {
  const name = kind
    .replace(/\W+/gu, '')
    .replace(/(.)([A-Z][a-z]+)/gu, '$1_$2')
    .replace(/([a-z])([A-Z])/gu, '$1_$2')
    .toLowerCase();
  const count = counts.get(name) ?? 0;
  counts.set(name, count + 1);
  return count === 0 ? name : `${name}_${count}`;
}

function stepsOf({ kind, config, inputs, operand }: Layer, rank: number | undefined): readonly Made[] | undefined {
  if (config.data_format === 'channels_first') return undefined;
  const rule = Object.hasOwn(rules, kind) ? rules[kind] : undefined;
  const made = rule?.(config, rank);
  if (!joining.has(kind)) return inputs.length > 1 || operand !== undefined ? undefined : made;
  // `x + 3` is an `Add` of one layer and a number.
  if (operand === undefined) return inputs.length > 1 ? made : undefined;
  return inputs.length === 1 && kind !== 'Concatenate'
    ? made?.map((step) => ({ ...step, constant: operand }))
    : undefined;
}

const joining: ReadonlySet<string> = new Set(['Add', 'Subtract', 'Multiply', 'Concatenate']);

const one = (op: string, settings: Settings = {}, weights: Made['weights'] = []): readonly Made[] => [
  { op: `model/${op}`, settings, weights },
];

const none: Rule = () => [];

const rules: Readonly<Record<string, Rule>> = {
  Dense: (c) =>
    activated(c, (activation) => one('Dense', { units: num(c.units), activation, bias: bias(c) }, kernel(c))),
  Conv1D: (c) => convolution('Conv1D', c, { filters: num(c.filters), groups: num(c.groups, 1) }, kernel(c)),
  Conv2D: (c) => convolution('Conv2D', c, { filters: num(c.filters), groups: num(c.groups, 1) }, kernel(c)),
  DepthwiseConv2D: (c) =>
    convolution('DepthwiseConv2D', c, { multiplier: num(c.depth_multiplier, 1) }, [
      ['kernel', 'depthwise_kernel'],
      ...biasOf(c),
    ]),
  SeparableConv2D: (c) =>
    convolution('SeparableConv2D', c, { filters: num(c.filters), multiplier: num(c.depth_multiplier, 1) }, [
      ['depthwise', 'depthwise_kernel'],
      ['pointwise', 'pointwise_kernel'],
      ...biasOf(c),
    ]),
  MaxPooling1D: (c) => pool('MaxPool1D', c),
  MaxPooling2D: (c) => pool('MaxPool2D', c),
  AveragePooling1D: (c) => pool('AvgPool1D', c),
  AveragePooling2D: (c) => pool('AvgPool2D', c),
  GlobalAveragePooling1D: (c) => one('GlobalAvgPool1D', { keep: c.keepdims === true }),
  GlobalAveragePooling2D: (c) => one('GlobalAvgPool2D', { keep: c.keepdims === true }),
  GlobalMaxPooling1D: (c) => one('GlobalMaxPool1D', { keep: c.keepdims === true }),
  GlobalMaxPooling2D: (c) => one('GlobalMaxPool2D', { keep: c.keepdims === true }),
  BatchNormalization: (c, rank) =>
    isLastAxis(c.axis, rank)
      ? one(
          'BatchNorm',
          {
            momentum: num(c.momentum, 0.99),
            epsilon: num(c.epsilon, 1e-3),
            scale: c.scale !== false,
            shift: c.center !== false,
          },
          [...scaleShift(c), ['mean', 'moving_mean'], ['variance', 'moving_variance']],
        )
      : undefined,
  LayerNormalization: (c, rank) =>
    isLastAxis(c.axis, rank) && c.rms_scaling !== true
      ? one(
          'LayerNorm',
          { epsilon: num(c.epsilon, 1e-3), scale: c.scale !== false, shift: c.center !== false },
          scaleShift(c),
        )
      : undefined,
  Activation: (c) => functionOf(c.activation),
  ReLU: relu,
  LeakyReLU: (c) => one('leakyRelu', { slope: num(c.negative_slope ?? c.alpha, 0.3) }),
  ELU: (c) => one('elu', { alpha: num(c.alpha, 1) }),
  Softmax: (c, rank) => (isLastAxis(c.axis, rank) ? one('softmax') : undefined),
  PReLU: (c) => (Array.isArray(c.shared_axes) ? one('PReLU', {}, [['slope', 'alpha']]) : undefined),
  Dropout: (c) => one('Dropout', { rate: num(c.rate) }),
  SpatialDropout1D: (c) => one('SpatialDropout', { rate: num(c.rate) }),
  SpatialDropout2D: (c) => one('SpatialDropout', { rate: num(c.rate) }),
  GaussianNoise: (c) => one('GaussianNoise', { stddev: num(c.stddev) }),
  ActivityRegularization: none,
  Flatten: () => one('Flatten'),
  Reshape: (c) => (isSizes(c.target_shape) ? one('reshape', { shape: c.target_shape }) : undefined),
  ZeroPadding2D: (c) => (isSizes(c.padding) || isPairs(c.padding) ? one('pad', { amount: c.padding }) : undefined),
  UpSampling2D: (c) =>
    c.interpolation === 'nearest' || c.interpolation === 'bilinear'
      ? one('UpSample2D', { size: sizes(c.size), method: c.interpolation })
      : undefined,
  Rescaling: ({ scale, offset }) => {
    const [factor, summand] = [constantOf(scale), constantOf(offset)];
    if (factor === undefined || summand === undefined) return undefined;
    return [
      { op: 'operator/*', constant: factor },
      { op: 'operator/+', constant: summand },
    ];
  },
  Normalization: (c, rank) => {
    const isMeasured = (c.mean ?? null) === null && c.invert !== true && isLastAxis(c.axis, rank);
    if (!isMeasured) return undefined;
    const settings = { epsilon: 1e-12, scale: false, shift: false };
    const weights: Made['weights'] = [
      ['mean', 'mean'],
      ['variance', 'variance'],
    ];
    return [{ op: 'model/BatchNorm', settings, weights, frozen: true }];
  },
  Embedding: (c) =>
    c.mask_zero === true
      ? undefined
      : one('Embedding', { size: num(c.input_dim), width: num(c.output_dim) }, [['weight', 'embeddings']]),
  LSTM: (c) => recurrent('LSTM', c, {}),
  GRU: (c) => recurrent('GRU', c, { reset: c.reset_after === false ? 'before' : 'after' }),
  Add: () => [{ op: 'operator/+' }],
  Subtract: () => [{ op: 'operator/-' }],
  Multiply: () => [{ op: 'operator/*' }],
  // Keras counts the batch among the axes.
  Concatenate: ({ axis }) =>
    typeof axis === 'number' && axis !== 0 ? one('concat', { axis: axis < 0 ? axis : axis - 1 }) : undefined,
};

function convolution(name: string, c: Config, own: Settings, weights: Made['weights']): readonly Made[] | undefined {
  if (c.padding !== 'valid' && c.padding !== 'same' && c.padding !== 'causal') return undefined;
  const { padding } = c;
  const window = { kernel: sizes(c.kernel_size), stride: sizes(c.strides, 1), dilation: sizes(c.dilation_rate, 1) };
  return activated(c, (activation) => one(name, { ...own, ...window, padding, activation, bias: bias(c) }, weights));
}

function pool(name: string, c: Config): readonly Made[] | undefined {
  if (c.padding !== 'valid' && c.padding !== 'same') return undefined;
  const window = sizes(c.pool_size, 2);
  return one(name, {
    window,
    stride: c.strides === null || c.strides === undefined ? window : sizes(c.strides),
    padding: c.padding,
  });
}

function recurrent(name: string, c: Config, own: Settings): readonly Made[] | undefined {
  const [activation, gate] = [functionOf(c.activation), functionOf(c.recurrent_activation)];
  const given = [c.go_backwards, c.return_state, c.stateful];
  if (!activation?.[0] || !gate?.[0] || given.some((flag) => flag === true)) return undefined;
  const weights: Made['weights'] = [['kernel', 'kernel'], ['recurrent', 'recurrent_kernel'], ...biasOf(c)];
  const settings = {
    ...own,
    units: num(c.units),
    activation: callOf(activation[0]),
    gate: callOf(gate[0]),
    sequences: c.return_sequences === true,
    dropout: num(c.dropout, 0),
    recurrentDropout: num(c.recurrent_dropout, 0),
    bias: bias(c),
  };
  return [{ op: `model/${name}`, settings, weights, inside: 'cell' }];
}

function relu(c: Config): readonly Made[] | undefined {
  const slope = num(c.negative_slope, 0);
  if (num(c.threshold, 0) !== 0) return undefined;
  if (typeof c.max_value === 'number') return c.max_value === 6 && slope === 0 ? one('relu6') : undefined;
  return slope === 0 ? one('relu') : one('leakyRelu', { slope });
}

// ---- activations

const functions: Readonly<Record<string, string>> = {
  ...{ relu: 'relu', relu6: 'relu6', sigmoid: 'sigmoid', tanh: 'tanh', softmax: 'softmax', log_softmax: 'logSoftmax' },
  ...{ gelu: 'gelu', swish: 'silu', silu: 'silu', elu: 'elu', selu: 'selu', softplus: 'softplus', mish: 'mish' },
  ...{ softsign: 'softsign', exponential: 'exponential', leaky_relu: 'leakyRelu', hard_swish: 'hardSwish' },
  hard_silu: 'hardSwish',
};

/** No step for `linear`. */
function functionOf(value: Json | undefined): readonly Made[] | undefined {
  const name = isRecord(value) ? (value.config ?? value.class_name) : value;
  if (name === 'linear' || name === null || name === undefined) return [];
  const ours = typeof name === 'string' && Object.hasOwn(functions, name) ? functions[name] : undefined;
  return ours === undefined ? undefined : one(ours);
}

function activated(c: Config, make: (activation: SettingValue) => readonly Made[]): readonly Made[] | undefined {
  const steps = functionOf(c.activation);
  return steps && make(steps[0] === undefined ? null : callOf(steps[0]));
}

const callOf = ({ op }: Made): Call => ({ call: op, settings: {} });

// ---- settings

const bias = (c: Config): boolean => c.use_bias !== false;

const biasOf = (c: Config): readonly (readonly [string, string])[] => (bias(c) ? [['bias', 'bias']] : []);

const kernel = (c: Config): readonly (readonly [string, string])[] => [['kernel', 'kernel'], ...biasOf(c)];

const scaleShift = (c: Config): readonly (readonly [string, string])[] => [
  ...(c.scale === false ? [] : [['scale', 'gamma'] as const]),
  ...(c.center === false ? [] : [['shift', 'beta'] as const]),
];

/** Something that is no number is a network that was damaged: the shape rule refuses what comes of 0. */
function num(value: Json | undefined, otherwise = 0): number {
  return typeof value === 'number' ? value : otherwise;
}

function sizes(value: Json | undefined, otherwise = 0): SettingValue {
  if (typeof value === 'number') return value;
  return isSizes(value) ? value : otherwise;
}

function isSizes(value: Json | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => typeof size === 'number');
}

function isPairs(value: Json | undefined): value is readonly (readonly number[])[] {
  return Array.isArray(value) && value.every(isSizes);
}

/** Axes of Keras count the batch; where the number of axes is not known, axis 3 is taken for that of an image's channels. */
function isLastAxis(axis: Json | undefined, rank: number | undefined): boolean {
  const [first, ...others] = Array.isArray(axis) ? axis : [axis];
  if (others.length > 0) return false;
  return first === undefined || first === -1 || first === (rank ?? 3);
}

function constantOf(value: Json | undefined): Constant | undefined {
  if (typeof value === 'number') return value;
  const list = isRecord(value) ? value.value : value;
  return isSizes(list) && list.length > 0 ? list : undefined;
}
