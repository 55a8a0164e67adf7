/** TensorFlow.js on the CPU as an oracle. It comes with an optional package: where it is missing, tests are skipped. */
import { createRequire } from 'node:module';

/** What the tests use of it. */
export interface Tensor {
  readonly shape: number[];
  dataSync(): ArrayLike<number>;
  mul(other: Tensor): Tensor;
  sum(): Tensor;
  dispose(): void;
}
interface LayerVariable {
  read(): Tensor;
}
export interface Layer {
  apply(x: unknown, options?: Record<string, unknown>): Tensor;
  build(shape: (number | null)[]): void;
  setWeights(weights: Tensor[]): void;
  getWeights(): Tensor[];
  countParams(): number;
  computeOutputShape(shape: (number | null)[]): (number | null)[];
  readonly trainableWeights: LayerVariable[];
}
export interface Tfjs {
  tensor(data: readonly number[], shape: readonly number[], dtype?: string): Tensor;
  tidy<T>(run: () => T): T;
  grads(f: (...x: Tensor[]) => Tensor): (x: Tensor[]) => Tensor[];
  setBackend(name: string): Promise<boolean>;
  readonly layers: Record<string, (settings: Record<string, unknown>) => Layer>;
  readonly losses: Record<string, (...args: unknown[]) => Tensor>;
  readonly train: Record<string, (...args: unknown[]) => { applyGradients(g: Record<string, Tensor>): void }>;
  variable(x: Tensor, trainable: boolean, name: string): Tensor;
}

export async function loadTfjs(): Promise<Tfjs | undefined> {
  try {
    const require = createRequire(import.meta.url);
    const log = console.warn;
    console.warn = () => {};
    const tf = require('@tensorflow/tfjs') as Tfjs;
    await tf.setBackend('cpu');
    tf.tensor([1], [1]).sum().dataSync();
    console.warn = log;
    return tf;
  } catch {
    return undefined;
  }
}
