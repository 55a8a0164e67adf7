/**
 * Layers that Keras has, too: how a node of the graph is written with them. What has settings that Keras does not know is left
 * to the printer of primitives (`builder.ts`).
 */
import type { Call, PlanNode, Settings, SettingValue } from '../plan/plan.ts';
import { firstAxes, held, learned } from './held.ts';
import { type Helper, pythonFlag, pythonNumber, pythonText, pythonTuple } from './python.ts';
import { activationSetting, initialiserText } from './values.ts';

/** A node as calls: `before`, then the layer itself, then `after`, each on what the one before gives. */
export interface LayerText {
  readonly before: readonly string[];
  /** `layers.Dense(10`: without its name and the closing bracket. */
  readonly layer: string;
  readonly after: readonly string[];
  /** An activation that Keras' layer does not take. */
  readonly activation: Call | undefined;
  /** Behind the value in the call: `mask=…`. */
  readonly more?: string;
  /** A layer that the program brings along. */
  readonly helper?: Helper;
}

/** What the inputs of a node are called in Python, by the entry's names. */
export type InputTexts = Readonly<Record<string, string | undefined>>;

type Writer = (node: PlanNode, inputs: InputTexts) => LayerText | undefined;

/** The layer of a node; undefined where Keras has none that does the same. */
export function layerText(node: PlanNode, inputs: InputTexts): LayerText | undefined {
  const name = node.op.startsWith('model/') ? node.op.slice('model/'.length) : '';
  const own = Object.keys(node.weights);
  // Keras has no layer for weights that are normalised by a length of their own.
  if (own.some((weight) => weight.endsWith('/length'))) return undefined;
  const found = Object.hasOwn(writers, name) ? writers[name]?.(node, inputs) : undefined;
  if (!found || !own.some((weight) => weight.endsWith('/vector'))) return found;
  return { ...found, layer: `layers.SpectralNormalization(${found.layer})` };
}

/** What Keras calls a weight of a layer that another layer reads (`embed.weight`). */
export function weightAttribute(op: string, weight: string): string | undefined {
  if (op === 'model/Embedding') return 'embeddings';
  if (op === 'model/Dense' || /^model\/Conv\dD$/u.test(op)) return weight;
  return undefined;
}

// ---- parts of constructors

const text = (layer: string, more: Partial<LayerText> = {}): LayerText => ({
  before: [],
  after: [],
  activation: undefined,
  layer,
  ...more,
});

function call(name: string, parts: readonly (string | undefined)[]): string {
  return `layers.${name}(${parts.filter((part) => part !== undefined).join(', ')}`;
}

/** One number where all are the same. */
function each(value: SettingValue | undefined, count: number): readonly number[] {
  const list: readonly SettingValue[] = isList(value) ? value : [value ?? 1];
  return Array.from({ length: count }, (_, i) => Number(list[i] ?? list[0] ?? 1));
}

function pair(value: SettingValue | undefined, count: number): string {
  const sizes = each(value, count);
  return sizes.every((size) => size === sizes[0]) ? String(sizes[0]) : pythonTuple(sizes);
}

function isList(value: SettingValue | undefined): value is readonly SettingValue[] {
  return Array.isArray(value);
}

function isCall(value: SettingValue | undefined): value is Call {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** `name=value`, left out where it is Keras' default. */
function unless(name: string, value: SettingValue | undefined, standard: SettingValue): string | undefined {
  if (value === undefined || value === standard) return undefined;
  if (typeof value === 'boolean') return `${name}=${pythonFlag(value)}`;
  if (typeof value === 'number') return `${name}=${pythonNumber(value)}`;
  return typeof value === 'string' ? `${name}=${pythonText(value)}` : undefined;
}

function initial(name: string, value: SettingValue | undefined, standard: string): string | undefined {
  if (!isCall(value)) return undefined;
  const written = initialiserText(value);
  return written === standard ? undefined : `${name}_initializer=${written}`;
}

function starts(settings: Settings): readonly (string | undefined)[] {
  return [initial('kernel', settings.init, '"glorot_uniform"'), initial('bias', settings.biasInit, '"zeros"')];
}

/** The activation as the layer's setting, or behind it. */
function activated(settings: Settings, write: (activation: string | undefined) => LayerText): LayerText {
  const { activation } = settings;
  if (!isCall(activation)) return write(undefined);
  const known = activationSetting(activation);
  return known === undefined ? { ...write(undefined), activation } : write(`activation=${known}`);
}

/** Padding by numbers: cells before and after on each axis; undefined for a word. */
function cells(padding: SettingValue | undefined, axes: number): readonly (readonly [number, number])[] | undefined {
  if (typeof padding === 'string' || padding === null || padding === undefined) return undefined;
  const list: readonly SettingValue[] = isList(padding) ? padding : new Array<number>(axes).fill(Number(padding));
  return Array.from({ length: axes }, (_, i): readonly [number, number] => {
    const one = list[i] ?? 0;
    return isList(one) ? [Number(one[0] ?? 0), Number(one[1] ?? 0)] : [Number(one), Number(one)];
  });
}

/** The padding as Keras' word, and the layer that pads where it is numbers. */
function paddingOf(
  settings: Settings,
  axes: number,
): { readonly word: string | undefined; readonly before: readonly string[] } {
  const amounts = cells(settings.padding, axes);
  if (!amounts) return { word: unless('padding', settings.padding, 'valid'), before: [] };
  if (amounts.every(([a, b]) => a === 0 && b === 0)) return { word: undefined, before: [] };
  const even = amounts.every(([a, b]) => a === amounts[0]?.[0] && b === a);
  const written = even ? String(amounts[0]?.[0] ?? 0) : pythonTuple(amounts.map((amount) => pythonTuple(amount)));
  return {
    word: undefined,
    before: [`layers.ZeroPadding${axes}D(${axes === 1 && !even ? pythonTuple(amounts[0] ?? []) : written})`],
  };
}

/** Keras pads causally in `Conv1D` alone: elsewhere the cells before the first step are put there. */
function causal(settings: Settings): { readonly word: undefined; readonly before: readonly string[] } {
  const [kernel = 1] = each(settings.kernel, 1);
  const [dilation = 1] = each(settings.dilation, 1);
  return { word: undefined, before: [`layers.ZeroPadding1D((${(kernel - 1) * dilation}, 0))`] };
}

// ---- layers

function windows(
  name: string,
  axes: number,
  head: (settings: Settings) => readonly string[],
  kind: keyof typeof learned = 'plain',
): Writer {
  const weights = learned[kind](axes);
  const depthwise = 'depthwise' in weights;
  return ({ settings }) => {
    const { word, before } = depthwise && settings.padding === 'causal' ? causal(settings) : paddingOf(settings, axes);
    return activated(settings, (activation) =>
      text(
        call(name, [
          ...head(settings),
          pair(settings.kernel, axes),
          each(settings.stride, axes).every((size) => size === 1)
            ? undefined
            : `strides=${pair(settings.stride, axes)}`,
          word,
          each(settings.dilation, axes).every((size) => size === 1)
            ? undefined
            : `dilation_rate=${pair(settings.dilation, axes)}`,
          unless('depth_multiplier', settings.multiplier, 1),
          unless('groups', settings.groups, 1),
          activation,
          unless('use_bias', settings.bias, true),
          ...Object.keys(weights).map((weight) => initial(weight, settings.init, '"glorot_uniform"')),
          initial('bias', settings.biasInit, '"zeros"'),
          ...held(settings, weights),
        ]),
        { before },
      ),
    );
  };
}

function transposed(name: string, axes: number): Writer {
  return ({ settings }) => {
    const simple = settings.padding === 'same' || settings.padding === 'valid';
    const plain = settings.outputPadding === null || settings.outputPadding === undefined;
    if (!simple || !plain) return undefined;
    return windows(name, axes, filters, 'transposed')({ settings } as PlanNode, {});
  };
}

const filters = (settings: Settings): readonly string[] => [String(settings.filters)];

function pool(name: string, axes: number): Writer {
  return ({ settings }) => {
    const worded = settings.padding === 'same' || settings.padding === 'valid';
    if (!worded || settings.ceil === true) return undefined;
    const stride = settings.stride === null ? undefined : `strides=${pair(settings.stride, axes)}`;
    return text(call(name, [pair(settings.window, axes), stride, unless('padding', settings.padding, 'valid')]));
  };
}

function globalPool(name: string): Writer {
  return ({ settings }) => text(call(name, [unless('keepdims', settings.keep, false)]));
}

const units = (settings: Settings): readonly string[] => [String(settings.units)];

/** What stands first in a convolution that is a recurrence. */
const painted = (settings: Settings): readonly string[] => [
  String(settings.filters),
  pair(settings.kernel, 2),
  ...[
    each(settings.stride, 2).every((size) => size === 1) ? undefined : `strides=${pair(settings.stride, 2)}`,
    unless('padding', settings.padding, 'valid'),
    each(settings.dilation, 2).every((size) => size === 1) ? undefined : `dilation_rate=${pair(settings.dilation, 2)}`,
  ].filter((part) => part !== undefined),
];

function recurrent(name: string, states: number, size = units, axes?: readonly number[]): Writer {
  return ({ settings }, inputs) => {
    const taken = ['activation', 'gate']
      .map((key) => settings[key])
      .filter(isCall)
      .map(activationSetting);
    if (taken.includes(undefined) || (settings.projection ?? null) !== null) return undefined;
    const [activation, gate] = [settings.activation, settings.gate].map((value) =>
      isCall(value) ? activationSetting(value) : undefined,
    );
    const { sequences, state, backwards } = settings;
    const from = [inputs.initial, inputs.cell].filter((value) => value !== undefined);
    const more = [
      inputs.mask === undefined ? undefined : `mask=${inputs.mask}`,
      from.length === 0 ? undefined : `initial_state=[${from.slice(0, states).join(', ')}]`,
    ].filter((part) => part !== undefined);
    return text(
      call(name, [
        ...size(settings),
        activation === undefined ? 'activation=None' : activation === '"tanh"' ? undefined : `activation=${activation}`,
        gate === undefined || gate === '"sigmoid"' ? undefined : `recurrent_activation=${gate}`,
        unless('use_bias', settings.bias, true),
        unless('return_sequences', sequences, false),
        unless('return_state', state, false),
        unless('go_backwards', backwards, false),
        unless('dropout', settings.dropout, 0),
        unless('recurrent_dropout', settings.recurrentDropout, 0),
        name === 'GRU' ? unless('reset_after', settings.reset === 'after', true) : undefined,
        initial('kernel', settings.init, '"glorot_uniform"'),
        ...held(settings, { kernel: axes, recurrent: axes }),
      ]),
      {
        // Keras gives the steps as they were read, we in the order of time.
        after: backwards === true && sequences === true ? ['layers.Lambda(lambda y: ops.flip(y, axis=1))'] : [],
        ...(more.length === 0 ? {} : { more: more.join(', ') }),
      },
    );
  };
}

const attention: Writer = ({ settings, outputs }, inputs) => {
  const { heads, keyWidth, width } = settings;
  const size = outputs[0]?.shape.at(-1) ?? 1;
  const words: readonly SettingValue[] = isList(settings.mask) ? settings.mask : [settings.mask ?? ''];
  const masked = Object.entries(inputs).some(([name, value]) => !['x', 'memory'].includes(name) && value !== undefined);
  const keyHeads = settings.keyHeads ?? null;
  if (masked || settings.rotary === true || (keyHeads !== null && keyHeads !== heads) || width !== null)
    return undefined;
  // The kernels have other axes there: one setting cannot measure all of them.
  if (typeof settings.maxNorm === 'number') return undefined;
  const key = typeof keyWidth === 'number' ? keyWidth : size / Number(heads);
  const more = [inputs.memory ?? inputs.x ?? '', ...(words.includes('causal') ? ['use_causal_mask=True'] : [])];
  return text(
    call('MultiHeadAttention', [
      String(heads),
      String(key),
      unless('dropout', settings.dropout, 0),
      unless('use_bias', settings.bias, true),
      ...starts(settings),
      ...held(settings),
    ]),
    { more: more.join(', ') },
  );
};

const normal =
  (name: string, weights: boolean): Writer =>
  ({ settings }) =>
    text(
      call(name, [
        unless('momentum', settings.momentum, 0.99),
        unless('epsilon', settings.epsilon, 1e-3),
        weights ? unless('scale', settings.scale, true) : undefined,
        weights ? unless('center', settings.shift, true) : undefined,
      ]),
    );

/** Noise of one number along some axes: `noise_shape` of as many axes as the value has. */
const dropPath: Writer = ({ settings, outputs }) => {
  const shape = pythonTuple(['None', ...(outputs[0]?.shape ?? []).map(() => '1')]);
  return text(call('Dropout', [pythonNumber(Number(settings.rate)), `noise_shape=${shape}`]));
};

const writers: Readonly<Record<string, Writer>> = {
  Dense: ({ settings, outputs }) =>
    outputs[0]?.shape.length === 0
      ? undefined
      : activated(settings, (activation) =>
          text(
            call('Dense', [
              String(settings.units),
              activation,
              unless('use_bias', settings.bias, true),
              ...starts(settings),
              ...held(settings),
            ]),
          ),
        ),
  Embedding: ({ settings }) =>
    text(
      call('Embedding', [
        String(settings.size),
        String(settings.width),
        initial('embeddings', settings.init, 'keras.initializers.RandomUniform(-0.05, 0.05)'),
        ...held(settings, { embeddings: [1] }),
      ]),
    ),
  Conv1D: windows('Conv1D', 1, filters),
  Conv2D: windows('Conv2D', 2, filters),
  Conv3D: windows('Conv3D', 3, filters),
  DepthwiseConv1D: windows('DepthwiseConv1D', 1, () => [], 'depthwise'),
  DepthwiseConv2D: windows('DepthwiseConv2D', 2, () => [], 'depthwise'),
  SeparableConv1D: windows('SeparableConv1D', 1, filters, 'separable'),
  SeparableConv2D: windows('SeparableConv2D', 2, filters, 'separable'),
  Conv1DTranspose: transposed('Conv1DTranspose', 1),
  Conv2DTranspose: transposed('Conv2DTranspose', 2),
  Conv3DTranspose: transposed('Conv3DTranspose', 3),
  MaxPool1D: pool('MaxPooling1D', 1),
  MaxPool2D: pool('MaxPooling2D', 2),
  MaxPool3D: pool('MaxPooling3D', 3),
  AvgPool1D: pool('AveragePooling1D', 1),
  AvgPool2D: (node, inputs) =>
    node.settings.countPadding === true && node.settings.padding !== 'valid'
      ? undefined
      : pool('AveragePooling2D', 2)(node, inputs),
  AvgPool3D: pool('AveragePooling3D', 3),
  GlobalAvgPool1D: globalPool('GlobalAveragePooling1D'),
  GlobalAvgPool2D: globalPool('GlobalAveragePooling2D'),
  GlobalAvgPool3D: globalPool('GlobalAveragePooling3D'),
  GlobalMaxPool1D: globalPool('GlobalMaxPooling1D'),
  GlobalMaxPool2D: globalPool('GlobalMaxPooling2D'),
  GlobalMaxPool3D: globalPool('GlobalMaxPooling3D'),
  Flatten: () => text('layers.Flatten('),
  BatchNorm: normal('BatchNormalization', true),
  LayerNorm: normal('LayerNormalization', true),
  UnitNorm: ({ settings }) => {
    const axis = Number(settings.axis ?? -1);
    return text(call('UnitNormalization', [axis < 0 ? unless('axis', axis, -1) : `axis=${axis + 1}`]));
  },
  Dropout: ({ settings }) => text(call('Dropout', [pythonNumber(Number(settings.rate))])),
  GaussianNoise: ({ settings }) => text(call('GaussianNoise', [pythonNumber(Number(settings.stddev))])),
  GaussianDropout: ({ settings }) => text(call('GaussianDropout', [pythonNumber(Number(settings.rate))])),
  DropPath: dropPath,
  LSTM: recurrent('LSTM', 2),
  GRU: recurrent('GRU', 1),
  SimpleRNN: recurrent('SimpleRNN', 1),
  ConvLSTM2D: (node, inputs) =>
    typeof node.settings.padding === 'string'
      ? recurrent('ConvLSTM2D', 2, painted, firstAxes(3))(node, inputs)
      : undefined,
  Attention: attention,
  PositionSignal: () => text('PositionSignal(', { helper: 'PositionSignal' }),
};
