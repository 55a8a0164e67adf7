/** A network that was trained elsewhere. */
import type { NetworkHeader } from '../../data/network.ts';
import { agree } from '../../shapes/broadcast.ts';
import { known, unknown } from '../../shapes/dim.ts';
import { printShape, type Shape } from '../../shapes/type.ts';
import { nearest } from '../../syntax/nearest.ts';
import { flagOf } from '../checked.ts';
import { model } from '../define.ts';
import type { CheckedSettings, Refusal, RuleContext, RuleInputs } from '../entry.ts';
import { atSetting, isRefusal, refuse, remark, setTo } from '../refuse.ts';
import { unreadable } from '../rules/files.ts';
import { made, needNumber, typeOf } from '../rules/types.ts';
import { init } from '../rules/weights.ts';
import { flag, literal, text } from '../settings.ts';

export const Pretrained = model('Pretrained', {
  doc: 'A network that was trained elsewhere, from its file: up to its last layer, or up to the one that `output` names. The file says which layers there are: a `.keras` file of Keras 3, a `model.json` of TensorFlow.js with its `.bin` files beside it, or the folder of a run of one’s own (or of one of its checkpoints). They become layers of the program below this one (`backbone/conv1/kernel`) and start with the file’s weights; `freeze: backbone` or `trainable: false` keeps them. Of other `.safetensors` the shape stays open, and no run starts with them.',
  source: 'Keras 3 `keras.applications` and `keras.saving.load_model`, cut at a layer',
  examples: ['image -> Pretrained("backbone/model.json", output: "out_relu") -> GlobalAvgPool2D -> Dense(5)'],
  inputs: [{ name: 'x', doc: 'What the network was trained on.', dtype: 'number' }],
  settings: {
    file: text('The file of the network: `.keras`, `model.json`, or the folder of a run.'),
    output: literal('The name of the layer whose result is taken, in quotes; `last` for the last one.', {
      default: 'last',
      named: true,
    }),
    trainable: flag('Training moves its weights, too.', true),
  },
  result(inputs, settings, context) {
    const x = typeOf(inputs, 'x');
    const refused = needNumber('Pretrained', x);
    if (refused) return refused;
    const network = networkOf(settings, context);
    if (isRefusal(network)) return network;
    const shape = network && shapeBehind(network, inputs, settings);
    return isRefusal(shape) ? shape : [made('float32', shape, [x])];
  },
  /** How many there are, only the whole file tells. */
  weights: (_inputs, settings) => ({
    weights: { shape: [unknown], init: init('zeros'), trainable: flagOf(settings, 'trainable') },
  }),
  lower() {
    throw new Error('A network from a file is written out as its layers before it is lowered.');
  },
});

/** What the file says of itself; undefined where it is missing (said as information) or not known yet. */
function networkOf(settings: CheckedSettings, context: RuleContext): NetworkHeader | Refusal | undefined {
  const { file } = settings;
  if (typeof file !== 'string') return undefined;
  const found = context.header?.(file, { kind: 'network' });
  if (!found) return undefined;
  if (!found.ok) {
    const problem = unreadable('file', found);
    if (problem.refused !== 'data/missing-file') return problem;
    const { message, at } = problem;
    context.remark({ ...remark('information', 'data/missing-file', message.values, { at }), message });
    return undefined;
  }
  if (found.value.kind === 'network') return found.value;
  return refuse('data/wrong-format', { file, found: found.value.kind }, { variant: 'network', at: atSetting('file') });
}

/** The shape behind the wanted layer; open where the file does not tell. */
function shapeBehind(network: NetworkHeader, inputs: RuleInputs, settings: CheckedSettings): Shape | Refusal {
  const { shape } = typeOf(inputs, 'x');
  const wanted = network.input?.map((size) => (size === undefined ? unknown : known(size)));
  if (shape && wanted && !agree(shape, wanted).ok) {
    const values = { given: printShape(shape), wanted: printShape(wanted) };
    return refuse('shape/pretrained', values, { blame: shape });
  }
  if (network.layers.length === 0) return undefined;
  const { output } = settings;
  const name = output === 'last' || typeof output !== 'string' ? network.last : output;
  const layer = network.layers.find((one) => one.name === name);
  if (!layer) {
    const names = network.layers.map((one) => one.name);
    const near = nearest(String(name), names);
    return refuse(
      'argument/output',
      { name: String(name), near: near ?? '', last: network.last ?? '' },
      {
        ...(near === undefined ? {} : { variant: 'near' }),
        at: atSetting('output'),
        fixes: near === undefined ? [] : [setTo('argument/output/near', 'output', JSON.stringify(near))],
      },
    );
  }
  return layer.shape?.map((size) => (size === undefined ? unknown : known(size)));
}
