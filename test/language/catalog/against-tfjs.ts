/** One layer on the same numbers here and in TensorFlow.js: values, shapes of weights, and gradients of weights. */
import { expect, test } from 'vitest';
import type { Settings } from '../../../language/index.ts';
import { apply, type Given, slope, weightShapes } from './apply.ts';
import { type Layer, loadTfjs, type Tensor, type Tfjs } from './tfjs.ts';

export const tf = await loadTfjs();
export const withTfjs = (name: string, run: () => void) =>
  test(name, (context) => {
    if (!tf) context.skip('@tensorflow/tfjs is not installed (it comes with the optional @tensorflow/tfjs-node-gpu)');
    run();
  });

interface Case {
  readonly key: string;
  readonly given: Given;
  readonly settings: Settings;
  readonly layer: (tf: Tfjs) => Layer;
  /** Names of our weights in the order of tfjs. */
  readonly order: readonly string[];
  readonly training?: boolean;
}

/** Runs both on the same numbers and compares everything. */
export function compare({ key, given, settings, layer: make, order, training }: Case): void {
  if (!tf) return;
  const x = given.x as { shape: readonly number[]; data: readonly number[]; dtype?: string };
  const batch = x.data.length / x.shape.reduce((a, c) => a * c, 1);
  const ran = apply(key, given, { settings, batch });
  const shapes = weightShapes(key, given, settings);
  const layer = make(tf);
  const input = tf.tensor(x.data, [batch, ...x.shape], x.dtype === 'int32' ? 'int32' : 'float32');
  layer.apply(input);
  const ours = order.map((name) => tf.tensor(ran.weights[`Test/${name}`]!, shapes[name]!));
  expect(
    layer.getWeights().map((w) => w.shape),
    'weights',
  ).toEqual(ours.map((w) => w.shape));
  layer.setWeights(ours);
  const wanted = layer.apply(input, training ? { training: true } : {});
  close(ran.outputs[0]!, wanted.dataSync(), `${key} ${JSON.stringify(settings)}`);
  const trainable = layer.trainableWeights.map((w) => w.read());
  // TensorFlow.js has no gradient of a window with holes.
  if (trainable.length === 0 || settings.dilation === 2) return;
  const size = wanted.shape.slice(1).reduce((a, c) => a * c, 1);
  const slopes = tf.tensor(slope(size), wanted.shape.slice(1));
  const slopesOf = (
    tf as unknown as { variableGrads(f: () => Tensor): { grads: Record<string, Tensor> } }
  ).variableGrads(() =>
    layer
      .apply(input, training ? { training: true } : {})
      .mul(slopes)
      .sum(),
  ).grads;
  const wantedSlopes = Object.values(slopesOf);
  order
    .filter((name) => ran.gradients[name])
    .forEach((name) => {
      const match = wantedSlopes.find((g) =>
        sameNumbers(
          ran.gradients[name]!,
          Array.from(g.dataSync(), (v) => v / batch),
        ),
      );
      expect(
        match,
        `gradient of ${name} of ${key} ${JSON.stringify(settings)}: ${ran.gradients[name]!.slice(0, 4)} …`,
      ).toBeDefined();
    });
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((v, i) => Math.abs(v - b[i]!) < 2e-4 * (1 + Math.abs(b[i]!)));
}

export function close(ours: readonly number[], wanted: ArrayLike<number>, what: string): void {
  expect(ours.length, what).toBe(wanted.length);
  for (let i = 0; i < ours.length; i++) {
    const gap = Math.abs(ours[i]! - wanted[i]!);
    if (!(gap < 1e-4 * (1 + Math.abs(wanted[i]!)))) {
      expect.fail(`${what}: place ${i} is ${ours[i]}, should be ${wanted[i]}`);
    }
  }
}
