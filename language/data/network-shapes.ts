/** Shapes behind the layers of a Keras model, by the settings that it was saved with. What is not known here is left open. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Of one example; undefined for a size that is left open. */
export type LayerShape = readonly (number | undefined)[];

/** One number, or one for each channel. */
export type Constant = number | readonly number[];

export interface Layer {
  readonly name: string;
  /** `Conv2D`, `Add` … */
  readonly kind: string;
  readonly config: Readonly<Record<string, Json>>;
  readonly inputs: readonly string[];
  /** The group of its weights in files of Keras 3: `conv2d_1`. */
  readonly group: string;
  /** The number on the other side of an operation (`x + 3`). */
  readonly operand?: Constant;
  /** Used at several places of the graph. */
  readonly shared?: true;
}

export function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The shapes behind all layers, and what comes into the first. */
export function shapesBehind(layers: readonly Layer[]): {
  readonly input: LayerShape | undefined;
  readonly of: ReadonlyMap<string, LayerShape | undefined>;
} {
  const of = new Map<string, LayerShape | undefined>();
  let input: LayerShape | undefined;
  for (const layer of layers) {
    const stated = statedShape(layer.config);
    input ??= stated;
    if (layer.kind === 'InputLayer') {
      of.set(layer.name, stated);
      continue;
    }
    const sources = layer.inputs.map((name) => of.get(name));
    // The first layer of a row may say itself what comes in.
    const [x] = sources.length > 0 ? sources : [stated];
    of.set(layer.name, x && behind(layer, x, sources));
  }
  return { input, of };
}

function statedShape({ batch_shape: shape, batch_input_shape: older }: Layer['config']): LayerShape | undefined {
  const stated = Array.isArray(shape) ? shape : older;
  if (!Array.isArray(stated)) return undefined;
  return stated.slice(1).map((size) => (typeof size === 'number' ? size : undefined));
}

/** Layers that keep the shape. */
const keeping: ReadonlySet<string> = new Set([
  ...['Activation', 'ReLU', 'LeakyReLU', 'PReLU', 'ELU', 'Softmax', 'BatchNormalization', 'LayerNormalization'],
  ...['GroupNormalization', 'Dropout', 'SpatialDropout2D', 'GaussianNoise', 'Rescaling', 'Normalization'],
  ...['Add', 'Multiply', 'Average', 'Maximum', 'Subtract', 'ActivityRegularization'],
]);

function behind(
  { kind, config }: Layer,
  x: LayerShape,
  all: readonly (LayerShape | undefined)[],
): LayerShape | undefined {
  if (config.data_format === 'channels_first') return undefined;
  if (keeping.has(kind)) return kind === 'Multiply' || kind === 'Add' ? largest(all) : x;
  const [height, width, channels] = x;
  switch (kind) {
    case 'Conv2D':
      return x.length === 3 ? [...slid(config, [height, width], 'kernel_size'), numberIn(config.filters)] : undefined;
    case 'SeparableConv2D':
      return x.length === 3 ? [...slid(config, [height, width], 'kernel_size'), numberIn(config.filters)] : undefined;
    case 'DepthwiseConv2D': {
      const multiplier = numberIn(config.depth_multiplier) ?? 1;
      const deep = channels === undefined ? undefined : channels * multiplier;
      return x.length === 3 ? [...slid(config, [height, width], 'kernel_size'), deep] : undefined;
    }
    case 'MaxPooling2D':
    case 'AveragePooling2D':
      return x.length === 3 ? [...slid(config, [height, width], 'pool_size'), channels] : undefined;
    case 'GlobalAveragePooling2D':
    case 'GlobalMaxPooling2D':
      return config.keepdims === true ? [1, 1, channels] : [channels];
    case 'ZeroPadding2D':
      return padded(config.padding, x);
    case 'Flatten':
      return [x.reduce<number | undefined>((a, c) => (a === undefined || c === undefined ? undefined : a * c), 1)];
    case 'Dense':
      return [...x.slice(0, -1), numberIn(config.units)];
    case 'Embedding':
      return [...x, numberIn(config.output_dim)];
    case 'Reshape':
      return reshaped(config.target_shape);
    case 'Concatenate':
      return joined(config.axis, all);
    default:
      return undefined;
  }
}

/** The largest of shapes that stretch over each other. */
function largest(all: readonly (LayerShape | undefined)[]): LayerShape | undefined {
  const [first] = all;
  if (!first || all.some((shape) => shape?.length !== first.length)) return undefined;
  return first.map((_, axis) => {
    const sizes = all.map((shape) => shape?.[axis]);
    return sizes.find((size) => size !== 1) ?? sizes[0];
  });
}

/** Height and width after a window slid over them. */
function slid(config: Layer['config'], sizes: LayerShape, window: 'kernel_size' | 'pool_size'): LayerShape {
  const [over, strides, dilation] = [pair(config[window]), pair(config.strides), pair(config.dilation_rate)];
  return sizes.map((size, axis) => {
    const stride = strides[axis] ?? (window === 'pool_size' ? over[axis] : 1) ?? 1;
    if (size === undefined) return undefined;
    if (config.padding === 'same') return Math.ceil(size / stride);
    const covered = ((over[axis] ?? 1) - 1) * (dilation[axis] ?? 1) + 1;
    return Math.floor((size - covered) / stride) + 1;
  });
}

/** A number for each axis, or one for both; nothing where nothing was said. */
function pair(value: Json | undefined): readonly number[] {
  if (typeof value === 'number') return [value, value];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'number') : [];
}

function padded(padding: Json | undefined, [height, width, channels]: LayerShape): LayerShape | undefined {
  if (!Array.isArray(padding)) return undefined;
  const sums = padding.map((side) => pair(side).reduce((a, c) => a + c, 0));
  const grown = (size: number | undefined, by: number | undefined) =>
    size === undefined || by === undefined ? undefined : size + by;
  return [grown(height, sums[0]), grown(width, sums[1]), channels];
}

function reshaped(target: Json | undefined): LayerShape | undefined {
  if (!Array.isArray(target)) return undefined;
  return target.map((size) => (typeof size === 'number' && size > 0 ? size : undefined));
}

/** Along the last axis the sizes are added. */
function joined(axis: Json | undefined, all: readonly (LayerShape | undefined)[]): LayerShape | undefined {
  const [first] = all;
  if (!first || all.some((shape) => shape === undefined)) return undefined;
  if (axis !== undefined && axis !== -1 && axis !== first.length) return undefined;
  const sizes = all.map((shape) => shape?.at(-1));
  const sum = sizes.reduce<number | undefined>((a, c) => (a === undefined || c === undefined ? undefined : a + c), 0);
  return [...first.slice(0, -1), sum];
}

function numberIn(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
