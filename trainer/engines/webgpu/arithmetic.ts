/**
 * Small graphs over many values of the device at once: to the device and back, scaled, and two sets mixed. A value of the
 * device must never be read where it lies (the runtime ends the process); it is copied through a graph.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { encodeModel } from '../../../compiler/index.ts';
import type { Runtime } from '../onnx/runtime.ts';
import { createGpuSession, type GpuSettings, resultOf } from './graph.ts';

export type Tensors = ReadonlyMap<string, Tensor>;

export interface GpuArithmetic {
  upload(values: Tensors): Promise<Tensors>;
  /** The same values on the host. */
  download(values: Tensors): Promise<Tensors>;
  /** x · factor. */
  scaled(x: Tensors, factor: number): Promise<Tensors>;
  /** a · keep + b · add. */
  mixed(a: Tensors, keep: number, b: Tensors, add: number): Promise<Tensors>;
  dispose(): Promise<void>;
}

type Form = 'copy' | 'scale' | 'mix';

/** Operations of one value: `a` and `b` are what goes in, `k` and `f` numbers. */
const forms: Readonly<Record<Form, (i: number) => readonly (readonly [string, readonly string[], string])[]>> = {
  copy: (i) => [['Identity', [`a${i}`], `y${i}`]],
  scale: (i) => [['Mul', [`a${i}`, 'f'], `y${i}`]],
  mix: (i) => [
    ['Mul', [`a${i}`, 'k'], `p${i}`],
    ['Mul', [`b${i}`, 'f'], `q${i}`],
    ['Add', [`p${i}`, `q${i}`], `y${i}`],
  ],
};
const numbersOf: Readonly<Record<Form, readonly string[]>> = { copy: [], scale: ['f'], mix: ['k', 'f'] };

export function createArithmetic(runtime: Runtime, settings: GpuSettings): GpuArithmetic {
  const sessions = new Map<string, Promise<InferenceSession>>();

  const sessionFor = (form: Form, to: Tensor.DataLocation, values: Tensors): Promise<InferenceSession> => {
    const shapes = [...values.values()].map(({ dims }) => dims);
    const key = `${form} ${to} ${shapes.join(';')}`;
    const before = sessions.get(key);
    if (before) return before;
    const opened = createGpuSession(runtime, modelOf(form, shapes), settings, placesOf(shapes.length, to));
    sessions.set(key, opened);
    return opened;
  };
  const run = async (
    form: Form,
    to: Tensor.DataLocation,
    a: Tensors,
    more: { readonly b?: Tensors; readonly k?: number; readonly f?: number } = {},
  ): Promise<Tensors> => {
    if (a.size === 0) return new Map();
    const session = await sessionFor(form, to, a);
    const feeds: Record<string, Tensor> = {};
    const keys = [...a.keys()];
    for (const [i, key] of keys.entries()) {
      feeds[`a${i}`] = tensorAt(a, key);
      if (more.b) feeds[`b${i}`] = tensorAt(more.b, key);
    }
    for (const name of ['k', 'f'] as const) {
      const number = more[name];
      if (number !== undefined) feeds[name] = new runtime.Tensor('float32', Float32Array.of(number), []);
    }
    const results = await session.run(feeds);
    return new Map(keys.map((key, i) => [key, resultOf(results, `y${i}`)]));
  };

  return {
    upload: (values) => run('copy', 'gpu-buffer', values),
    download: (values) => run('copy', 'cpu', values),
    scaled: (x, factor) => run('scale', 'gpu-buffer', x, { f: factor }),
    mixed: (a, keep, b, add) => run('mix', 'gpu-buffer', a, { b, k: keep, f: add }),
    async dispose() {
      for (const session of sessions.values()) await (await session).release();
      sessions.clear();
    },
  };
}

function tensorAt(values: Tensors, key: string): Tensor {
  const found = values.get(key);
  if (!found) throw new Error(`The device keeps no numbers named '${key}'.`);
  return found;
}

function placesOf(count: number, to: Tensor.DataLocation): Readonly<Record<string, Tensor.DataLocation>> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`y${i}`, to]));
}

function modelOf(form: Form, shapes: readonly (readonly number[])[]): Uint8Array {
  const value = (name: string, shape: readonly number[]) => ({ name, dtype: 'float32' as const, shape });
  return encodeModel({
    name: form,
    operations: shapes.flatMap((_, i) =>
      forms[form](i).map(([type, inputs, output]) => ({ type, domain: '', inputs, outputs: [output], attributes: {} })),
    ),
    initializers: [],
    inputs: [
      ...shapes.flatMap((shape, i) =>
        form === 'mix' ? [value(`a${i}`, shape), value(`b${i}`, shape)] : [value(`a${i}`, shape)],
      ),
      ...numbersOf[form].map((name) => value(name, [])),
    ],
    outputs: shapes.map((shape, i) => value(`y${i}`, shape)),
  });
}
