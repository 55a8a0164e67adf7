/**
 * Shapes and numbers of weights of random layers, checked from their text, against Keras and PyTorch, layers that they refuse
 * among them. A short part here; `npm run oracle` asks about as many as it is told.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createAnalyser } from '../../../../language/check/index.ts';
import { constant } from '../../../../language/shapes/dim.ts';
import { missing, python } from '../../catalog/keras.ts';
import { filesOf } from '../check.ts';
import { drawing, type Sample } from './draw.ts';
import { kerasSample } from './keras-samples.ts';
import { torchSample } from './torch-samples.ts';

const COUNT = Number(process.env.MODELWRIGHT_ORACLE ?? 600);
const SEED = Number(process.env.MODELWRIGHT_ORACLE_SEED ?? 2026);

type Answer = { readonly shape: readonly number[]; readonly parameters: number } | { readonly refused: string };

const analyser = createAnalyser(filesOf({}));

function ours({ shape, dtype, text, results }: Sample): Answer {
  const input = `  input x: ${dtype}[${shape.join(', ')}]`;
  const names = Array.from({ length: results ?? 1 }, (_, i) => `y${i}`);
  const flow = results ? [`  (${names.join(', ')}) = x -> ${text}`, '  output y0'] : [`  output y0 = x -> ${text}`];
  const program = ['model M {', input, ...flow, '}', ''].join('\n');
  const { problems, declarations } = analyser.analyse('test.model', program);
  expect(analyser.crashes).toEqual([]);
  const error = problems.find(({ severity }) => severity === 'error');
  if (error) return { refused: error.code };
  const { outputs, parameters } = declarations[0]!.facts.unit!;
  return {
    shape: outputs[0]!.type.shape!.map((dim) => constant(dim) ?? Number.NaN),
    parameters: constant(parameters) ?? Number.NaN,
  };
}

test(`${COUNT} random layers have the shapes and weights of Keras and PyTorch`, { timeout: 1_800_000 }, (context) => {
  if (python === undefined) context.skip(missing);
  const draw = drawing(SEED);
  const samples = Array.from({ length: COUNT }, (_, i) => (i % 3 === 2 ? torchSample(draw) : kerasSample(draw)));
  const script = fileURLToPath(new URL('./keras_torch_shapes.py', import.meta.url));
  const text = execFileSync(python!, [script], {
    input: JSON.stringify(samples),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const answers = JSON.parse(text) as readonly Answer[];
  let refused = 0;
  const different = samples.flatMap((one, i) => {
    const [found, wanted] = [ours(one), answers[i]!];
    if ('refused' in wanted) refused++;
    const same =
      'refused' in wanted || 'refused' in found
        ? 'refused' in wanted && 'refused' in found
        : JSON.stringify(found) === JSON.stringify(wanted);
    return same
      ? []
      : [
          `${one.library} [${one.shape.join(', ')}] -> ${one.text}\n  ${JSON.stringify(found)}, should be ${JSON.stringify(wanted)}`,
        ];
  });
  expect(different.slice(0, 20), `${different.length} of ${COUNT}`).toEqual([]);
  expect(refused).toBeGreaterThan(COUNT / 100);
  expect(refused).toBeLessThan(COUNT / 4);
});
