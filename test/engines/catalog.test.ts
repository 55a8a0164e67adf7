/** Every example of the catalogue on ONNX Runtime against the interpreter, forwards and backwards. */
import { expect, test } from 'vitest';
import { interpret } from '../../compiler/index.ts';
import { cases, compiledExample, feed } from '../language/catalog/planned.ts';
import { runOnnx } from './onnx-run.ts';

test.each(cases)('$entry.place/$entry.name: $example', async ({ entry, example }) => {
  const compiled = compiledExample(entry, example);
  for (const mode of ['predict', 'train'] as const) {
    const program = compiled.lower(mode, 3);
    if (program.outputs.length === 0 || program.nodes.length === 0) continue;
    const data = feed(program, compiled);
    const wanted = interpret(program, data);
    const actual = await runOnnx(program, data);
    actual.forEach((values, i) => {
      const { name } = program.outputs[i]!;
      const largest = wanted[i]!.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      for (const [k, value] of wanted[i]!.data.entries()) {
        const gap = Math.abs(Number(values[k]) - value);
        if (!(gap <= 2e-5 * largest)) expect.fail(`${mode} ${name}, cell ${k}: ${values[k]}, should be ${value}`);
      }
    });
  }
});
