/** Trains the same small model by the compiler's program and by Keras, from the same weights. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DataHeader } from '../../language/index.ts';
import { numbers } from '../language/catalog/apply.ts';
import { close, python } from '../language/catalog/keras.ts';
import { planOfModel, train } from './trained.ts';

const BATCH = 4;
const STEPS = 3;
const RATE = 0.1;

export interface TrainedCase {
  readonly name: string;
  /** Of the model, from the input `x` to the output `y`. */
  readonly lines: readonly string[];
  /** Of one example. */
  readonly shape: readonly number[];
  /** Whole numbers from 0 to 5 in place of decimal ones. */
  readonly whole?: true;
  /** In Keras: `{ keras: 'layers.Dense', … }`. */
  readonly layers: readonly unknown[];
  /** What is evaluated has other weights than what is trained: moving statistics. */
  readonly moves?: true;
}

interface Answer {
  readonly losses: readonly number[];
  readonly evaluated: number;
  readonly weights: readonly (readonly number[])[];
}

const volume = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

function dataOf({ shape, whole }: TrainedCase): readonly number[] {
  const drawn = numbers(BATCH * volume(shape), 5);
  return whole ? drawn.map((value) => Math.abs(Math.round(value * 10)) % 6) : drawn;
}

function planned({ lines, shape, whole }: TrainedCase) {
  const dtype = whole ? 'int32' : 'float32';
  const header: DataHeader = { kind: 'idx', dtype, shape: [100, ...shape] };
  return planOfModel(lines, { type: `${dtype}[${shape.join(', ')}]`, header });
}

/** Fails unless losses and weights of all cases are Keras' after each of some steps. */
export function trainBoth(cases: readonly TrainedCase[]): void {
  const target = numbers(BATCH * 2, 9);
  const runs = cases.map((one) => train(planned(one), BATCH));
  const asked = cases.map((one, i) => ({
    layers: one.layers,
    x: { shape: [BATCH, ...one.shape], data: dataOf(one), dtype: one.whole ? 'int32' : 'float64' },
    y: { shape: [BATCH, 2], data: target },
    weights: [...runs[i]!.weights.values()].map((data) => Array.from(data)),
    rate: RATE,
    steps: STEPS,
  }));
  const script = fileURLToPath(new URL('./keras_training.py', import.meta.url));
  const text = execFileSync(python!, [script], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const answers = JSON.parse(text) as readonly Answer[];
  for (const [i, one] of cases.entries()) {
    const fields = { x: dataOf(one), target };
    const losses = Array.from({ length: STEPS }, () => runs[i]!.step(fields, RATE));
    close(losses, answers[i]!.losses, `${one.name}: losses`);
    if (!one.moves) close([runs[i]!.evaluate(fields)], [answers[i]!.evaluated], `${one.name}: evaluated`);
    for (const [k, [path, data]] of [...runs[i]!.weights].entries()) {
      close(Array.from(data), answers[i]!.weights[k]!, `${one.name}: ${path}`);
    }
  }
}
