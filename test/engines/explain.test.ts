/** Programs that explain run on ONNX Runtime as in the interpreter: slopes through recurrences and convolutions. */
import { afterAll, expect, test } from 'vitest';
import { type Compiled, compile, interpret } from '../../compiler/index.ts';
import type { Batch, HostTensor } from '../../trainer/engine.ts';
import { createOnnxEngine } from '../../trainer/engines/onnx/engine.ts';
import { planOf } from '../compiler/program-plans.ts';
import { numbers } from '../language/catalog/apply.ts';

const engine = await createOnnxEngine({ threads: 1 });
afterAll(() => engine.dispose());

const BATCH = 2;

test.each(['lstm', 'gru', 'cnn'])('slopes at the inputs of %s', async (name) => {
  const plan = planOf(`examples/bench/${name}.model`);
  const compiled = compile(plan);
  const output = plan.graph.outputs[0]?.name ?? '';
  const { program } = compiled.explain(BATCH, { kind: 'inputs', output });
  const fields = Object.fromEntries(
    program.inputs.flatMap(({ kind: of, name: field, tensor: { dtype, shape } }, at): [string, HostTensor][] => {
      if (of !== 'field') return [];
      const size = shape.reduce((product, each) => product * each, 1);
      const values = numbers(size, at + 3);
      if (dtype === 'float32') return [[field, { dtype, shape, data: Float32Array.from(values) }]];
      const whole = Array.from(values, (value) => Math.floor(Math.abs(value) * 7) % 7);
      return [[field, { dtype, shape, data: dtype === 'int32' ? Int32Array.from(whole) : Uint8Array.from(whole) }]];
    }),
  );
  const batch: Batch = { size: BATCH, fields };
  const own: Compiled = { ...compiled, plan: { ...plan, train: undefined }, lower: () => program };
  const session = await engine.open(own, { batch: BATCH, threads: 1, seed: 5 });
  try {
    const found = await session.predict(batch);
    const given = program.inputs.map(({ kind: of, name: input }): [string, ArrayLike<number>] => {
      const weight = compiled.weights.find(({ path }) => path === input);
      return [`${of} ${input}`, of === 'weight' && weight ? compiled.initial(weight, 5) : (fields[input]?.data ?? [])];
    });
    const expected = interpret(program, Object.fromEntries(given));
    for (const [at, { name: result }] of program.outputs.entries()) {
      const exact = expected[at]?.data ?? [];
      const values = found[result]?.data ?? [];
      expect(values.length).toBe(exact.length);
      let [worst, most] = [0, 1e-6];
      for (let i = 0; i < exact.length; i++) {
        worst = Math.max(worst, Math.abs((values[i] ?? 0) - (exact[i] ?? 0)));
        most = Math.max(most, Math.abs(exact[i] ?? 0));
      }
      expect(worst / most, `${result} of ${name}`).toBeLessThan(2e-4);
    }
  } finally {
    await session.dispose();
  }
});
