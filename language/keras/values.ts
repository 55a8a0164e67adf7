/** Activations and initialisers as Keras calls them. */
import type { Call, Settings, SettingValue } from '../plan/plan.ts';
import { pythonNumber, pythonText } from './python.ts';

/** Activations that Keras has under a name, and that have no settings. */
const activations: Readonly<Record<string, string>> = {
  relu: 'relu',
  relu6: 'relu6',
  sigmoid: 'sigmoid',
  hardSigmoid: 'hard_sigmoid',
  tanh: 'tanh',
  hardTanh: 'hard_tanh',
  softmax: 'softmax',
  logSoftmax: 'log_softmax',
  gelu: 'gelu',
  silu: 'silu',
  swish: 'silu',
  hardSwish: 'hard_silu',
  mish: 'mish',
  selu: 'selu',
  softplus: 'softplus',
  softsign: 'softsign',
  exponential: 'exponential',
  logSigmoid: 'log_sigmoid',
  squareplus: 'squareplus',
  tanhShrink: 'tanh_shrink',
};

/** `"relu"`; undefined where Keras has no such name. */
export function activationName(call: Call): string | undefined {
  const name = nameOf(call);
  const known = Object.hasOwn(activations, name) ? activations[name] : undefined;
  const plain = Object.entries(call.settings).every(([key, value]) => key === 'axis' && value === -1);
  return known !== undefined && plain ? pythonText(known) : undefined;
}

/** What a layer's `activation=` takes; undefined where the activation must be written out behind the layer. */
export function activationSetting(call: Call): string | undefined {
  const named = activationName(call);
  if (named !== undefined) return named;
  switch (nameOf(call)) {
    case 'geluTanh':
      return 'lambda x: keras.activations.gelu(x, approximate=True)';
    case 'leakyRelu':
      return `keras.layers.LeakyReLU(${decimal(call.settings.slope)})`;
    case 'elu':
      return `keras.layers.ELU(${decimal(call.settings.alpha)})`;
    default:
      return undefined;
  }
}

const initialisers: Readonly<Record<string, string>> = {
  glorotUniform: 'glorot_uniform',
  glorotNormal: 'glorot_normal',
  heUniform: 'he_uniform',
  heNormal: 'he_normal',
  lecunNormal: 'lecun_normal',
  zeros: 'zeros',
  ones: 'ones',
  identity: 'identity',
};

/** What a layer's `…_initializer=` takes. */
export function initialiserText(call: Call): string {
  const name = nameOf(call);
  const known = Object.hasOwn(initialisers, name) ? initialisers[name] : undefined;
  if (known !== undefined) return pythonText(known);
  const { settings } = call;
  switch (name) {
    case 'constant':
      return `keras.initializers.Constant(${decimal(settings.value)})`;
    case 'normal':
      return `keras.initializers.RandomNormal(stddev=${decimal(settings.stddev)})`;
    case 'truncatedNormal':
      return `keras.initializers.TruncatedNormal(stddev=${decimal(settings.stddev)})`;
    case 'uniform':
      return `keras.initializers.RandomUniform(${rangeText(settings)})`;
    case 'orthogonal':
      return `keras.initializers.Orthogonal(${decimal(settings.gain ?? 1)})`;
    default:
      return pythonText('zeros');
  }
}

function rangeText({ range }: Settings): string {
  return isList(range) ? range.map(decimal).join(', ') : '-0.05, 0.05';
}

function isList(value: SettingValue | undefined): value is readonly SettingValue[] {
  return Array.isArray(value);
}

function decimal(value: SettingValue | undefined): string {
  return typeof value === 'number' ? pythonNumber(value, false) : '0.0';
}

function nameOf({ call }: Call): string {
  return call.slice(call.indexOf('/') + 1);
}
