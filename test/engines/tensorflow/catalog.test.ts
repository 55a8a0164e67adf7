/** Every example of the catalogue on TensorFlow against the interpreter, forwards and backwards. */
import { expect, test } from 'vitest';
import { interpret } from '../../../compiler/index.ts';
import type { HostTensor } from '../../../trainer/engine.ts';
import { cases, compiledExample, feed } from '../../language/catalog/planned.ts';
import { graphOf, inputKey, load, openFor, outputKey, whyNot } from './runtime.ts';

const runtime = (await openFor('library')) ?? (await openFor('package'));

if (!runtime) test.skip(`the catalogue on TensorFlow: ${whyNot('library')}`, () => undefined);
else {
  test.each(cases)('$entry.place/$entry.name: $example', async ({ entry, example }) => {
    const compiled = compiledExample(entry, example);
    for (const mode of ['predict', 'train'] as const) {
      const program = compiled.lower(mode, 3);
      if (program.outputs.length === 0 || program.nodes.length === 0) continue;
      const data = feed(program, compiled);
      const wanted = interpret(program, data);
      const { file, signatures } = graphOf(program);
      const model = await load(runtime, file, signatures);
      const inputs = program.inputs.map((input): [string, HostTensor] => {
        const { dtype, shape } = input.tensor;
        return [inputKey(input), { dtype, shape, data: typed(dtype, data[`${input.kind} ${input.name}`]!) }];
      });
      const found = await model.run('run', Object.fromEntries(inputs));
      model.dispose();
      for (const [i, { data: values }] of wanted.entries()) {
        const result = found[outputKey(program.outputs[i]!, i)]!.data;
        const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
        for (const [k, value] of values.entries()) {
          const gap = Math.abs(result[k]! - value);
          if (!(gap <= 2e-5 * largest)) expect.fail(`${mode} ${i}, cell ${k}: ${result[k]}, should be ${value}`);
        }
      }
    }
  });
}

function typed(dtype: string, values: ArrayLike<number>): HostTensor['data'] {
  if (dtype === 'int32') return Int32Array.from(values);
  return dtype === 'float32' ? Float32Array.from(values) : Uint8Array.from(values);
}
