/** Saved networks: the shape behind each layer, of TensorFlow.js and Keras files, and what is said of others. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseHeader } from '../../../language/data/header.ts';
import type { NetworkHeader } from '../../../language/data/network.ts';
import type { DataHeader } from '../../../language/files.ts';
import { check } from '../check/check.ts';

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const read = (path: string, bytes: Uint8Array): DataHeader =>
  parseHeader(path, { bytes, whole: true, more: [], decode }, { kind: 'network' });
const network = (path: string, bytes: Uint8Array): NetworkHeader => {
  const found = read(path, bytes);
  if (found.kind !== 'network') throw new Error(`read as ${found.kind}`);
  return found;
};
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const older = (class_name: string, name: string, config: object, ...inputs: string[]) => ({
  class_name,
  name,
  config: { name, ...config },
  inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])],
});

/** A little MobileNet as TensorFlow.js writes it. */
const topology = {
  format: 'layers-model',
  modelTopology: {
    model_config: {
      class_name: 'Model',
      config: {
        layers: [
          older('InputLayer', 'image', { batch_input_shape: [null, 32, 24, 3] }),
          older(
            'ZeroPadding2D',
            'pad',
            {
              padding: [
                [0, 1],
                [0, 1],
              ],
            },
            'image',
          ),
          older('Conv2D', 'conv', { filters: 8, kernel_size: [3, 3], strides: [2, 2], padding: 'valid' }, 'pad'),
          older('BatchNormalization', 'bn', {}, 'conv'),
          older(
            'DepthwiseConv2D',
            'deep',
            { kernel_size: [3, 3], strides: [1, 1], padding: 'same', depth_multiplier: 1 },
            'bn',
          ),
          older('Add', 'sum', {}, 'bn', 'deep'),
          older('Concatenate', 'joined', { axis: -1 }, 'sum', 'conv'),
          older('ReLU', 'out_relu', {}, 'joined'),
          older('GlobalAveragePooling2D', 'pool', {}, 'out_relu'),
          older('Dense', 'logits', { units: 10 }, 'pool'),
          older('SomethingNew', 'new', {}, 'logits'),
          older('Dense', 'after', { units: 3 }, 'new'),
        ],
        input_layers: [['image', 0, 0]],
        output_layers: [['logits', 0, 0]],
      },
    },
  },
  weightsManifest: [],
};

test('TensorFlow.js: layers of a graph', () => {
  const found = network('model.json', json(topology));
  expect(found.input).toEqual([32, 24, 3]);
  expect(found.last).toBe('logits');
  const shapes = Object.fromEntries(found.layers.map(({ name, shape }) => [name, shape]));
  expect(shapes).toEqual({
    image: [32, 24, 3],
    pad: [33, 25, 3],
    conv: [16, 12, 8],
    bn: [16, 12, 8],
    deep: [16, 12, 8],
    sum: [16, 12, 8],
    joined: [16, 12, 16],
    out_relu: [16, 12, 16],
    pool: [16],
    logits: [10],
    new: undefined,
    after: undefined,
  });
});

test('TensorFlow.js: a frozen graph tells what comes in and out', () => {
  const dim = (...sizes: number[]) => ({ tensorShape: { dim: sizes.map((size) => ({ size: String(size) })) } });
  const graph = {
    format: 'graph-model',
    modelTopology: { node: [] },
    signature: { inputs: { image: dim(-1, 224, 224, 3) }, outputs: { scores: dim(-1, 1000) } },
  };
  expect(network('model.json', json(graph))).toEqual({
    kind: 'network',
    input: [224, 224, 3],
    layers: [{ name: 'scores', shape: [1000] }],
    last: 'scores',
  });
});

test('what is no network, and what tells nothing', () => {
  expect(read('rows.json', json({ a: 1 })).kind).toBe('text');
  expect(read('x.keras', json({})).kind).toBe('text');
  expect(read('x.safetensors', json({})).kind).toBe('text');
  const head = new TextEncoder().encode('{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}');
  const tensors = new Uint8Array(8 + head.length + 4);
  tensors[0] = head.length;
  tensors.set(head, 8);
  expect(network('x.safetensors', tensors).layers).toEqual([]);
  const odd = [null, [], 3, { modelTopology: null }, { modelTopology: { config: { layers: [1] } } }];
  for (const value of odd) expect(['network', 'text']).toContain(read('model.json', json(value)).kind);
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const layer = `{"class_name":"Add","name":"a","config":{},"inbound_nodes":`;
  for (const nodes of [deep, `[{"args":${deep}}]`]) {
    const text = `{"modelTopology":{"class_name":"Model","config":{"layers":[${layer}${nodes}}],"output_layers":${deep}}}}`;
    expect(network('model.json', new TextEncoder().encode(text)).layers).toEqual([{ name: 'a', shape: undefined }]);
  }
  const whole = json(topology);
  for (let end = 0; end < whole.length; end += 7) read('model.json', whole.subarray(0, end));
});

const root = fileURLToPath(new URL('../../../', import.meta.url));
const python = [`${root}.references/bin/python`, `${root}.references/Scripts/python.exe`].find(existsSync);

test('files that Keras writes, with the shapes that Keras has', (context) => {
  if (python === undefined) context.skip('no reference Python here (npm run references)');
  const folder = mkdtempSync(join(tmpdir(), 'mw-network-'));
  const code = `
import json, os, sys
os.environ["KERAS_BACKEND"] = "torch"
import keras
L = keras.layers
x = L.Input((64, 48, 3), name="image")
y = L.Conv2D(8, 3, strides=2, padding="same", name="a")(x)
z = L.SeparableConv2D(12, 5, dilation_rate=2, name="b")(L.ReLU()(y))
p = L.MaxPooling2D(3, strides=1, padding="same")(z)
c = L.Concatenate(name="c")([z, p])
s = L.Add(name="s")([c, L.Conv2D(24, 1)(z)])
graph = keras.Model(x, L.Dense(5, name="d")(L.Flatten(name="f")(L.AveragePooling2D((2, 3))(s))))
row = keras.Sequential([L.Input((10,)), L.Embedding(50, 6), L.Dense(4), L.GlobalMaxPooling1D(), L.Dense(2)])
graph.save(sys.argv[1] + "/graph.keras")
row.save(sys.argv[1] + "/row.keras")
print(json.dumps([{layer.name: list(layer.output.shape)[1:] for layer in m.layers} for m in (graph, row)]))`;
  const said = execFileSync(python!, ['-c', code, folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [graph, row] = JSON.parse(said.trim().split('\n').at(-1)!) as Record<string, number[]>[];
  const found = network('graph.keras', readFileSync(join(folder, 'graph.keras')));
  expect(found.input).toEqual([64, 48, 3]);
  expect(found.last).toBe('d');
  expect(Object.fromEntries(found.layers.map(({ name, shape }) => [name, shape]))).toEqual(graph);
  const other = network('row.keras', readFileSync(join(folder, 'row.keras')));
  for (const { name, shape } of other.layers) if (shape && row![name]) expect(shape, name).toEqual(row![name]);
  expect(other.layers.filter(({ shape }) => shape).length).toBeGreaterThan(1);
});

test('in a program: shapes follow, and what does not fit is said', () => {
  const headers: Record<string, DataHeader> = {
    'net/model.json': read('model.json', json(topology)),
    'words.txt': { kind: 'text' },
    'weights.safetensors': { kind: 'network', input: undefined, layers: [], last: undefined },
  };
  check(
    `
    model A {
      input image: float32[32, 24, 3]
      layer backbone = Pretrained("net/model.json", output: "out_relu")
      features: [16, 12, 16] = image -> backbone
      output kind = features -> GlobalAvgPool2D -> Dense(5, softmax)
    }
    model B {
      input image: float32[32, 24, 3]
      output y: [10] = image -> Pretrained("net/model.json")
      output z: [7, 7] = image -> Pretrained("weights.safetensors")
      output missing: [3] = image -> Pretrained("later.keras")
    }
    model C {
      input image: float32[28, 28, 3]
      output y = image -> Pretrained("net/model.json")
                          ^^^^^^^^^^ shape/pretrained: This network was trained on [32, 24, 3], but gets [28, 28, 3]: bring the data to that shape, for example with \`resize\`.
    }
    model D {
      input image: float32[32, 24, 3]
      output y = image -> Pretrained("net/model.json", output: "out_rel")
                                                               ^^^^^^^^^ argument/output: The network has no layer \`out_rel\`. Did you mean \`out_relu\`?
      output z = image -> Pretrained("words.txt")
                                     ^^^^^^^^^^^ data/wrong-format: \`words.txt\` is no network that \`Pretrained\` can read: it takes the \`model.json\` of TensorFlow.js, a \`.keras\` file, or \`.safetensors\`.
    }
  `,
    { headers },
  );
});
