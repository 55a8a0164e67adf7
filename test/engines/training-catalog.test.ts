/** Every example of a loss, a metric and an optimizer on ONNX Runtime against the interpreter: a training step and an evaluation. */
import { expect, test } from 'vitest';
import { type Compiled, compile, interpret } from '../../compiler/index.ts';
import type { Entry } from '../../language/catalog/entry.ts';
import { exampleProgram } from '../../language/catalog/examples.ts';
import { entries } from '../../language/catalog/index.ts';
import { createAnalyser } from '../../language/check/analyse.ts';
import type { DataHeader } from '../../language/index.ts';
import { render } from '../../language/messages/render.ts';
import { makePlan } from '../../language/plan/make-plan.ts';
import { feed } from '../language/catalog/planned.ts';
import { runOnnx } from './onnx-run.ts';

const headers: Readonly<Record<string, DataHeader>> = {
  'features.idx': { kind: 'idx', dtype: 'float32', shape: [100, 16] },
  'label.idx': { kind: 'idx', dtype: 'int32', shape: [100], range: [0, 9] },
  'answer.idx': { kind: 'idx', dtype: 'float32', shape: [100] },
  'answers.idx': { kind: 'idx', dtype: 'float32', shape: [100, 4] },
  'target.idx': { kind: 'idx', dtype: 'float32', shape: [100] },
  'targets.idx': { kind: 'idx', dtype: 'float32', shape: [100, 4] },
  'text.idx': { kind: 'idx', dtype: 'int32', shape: [100, 4], range: [0, 4] },
};

const cases = entries
  .filter(({ place }) => place === 'loss' || place === 'metric' || place === 'optimizer')
  .flatMap((entry) => entry.examples.map((example) => ({ entry, example })));

test.each(cases)('$entry.place/$entry.name: $example', async ({ entry, example }) => {
  const compiled = compiledExample(entry, example);
  for (const mode of ['train', 'evaluate'] as const) {
    const program = compiled.lower(mode, 3);
    const data = feed(program, compiled);
    for (const name of ['field answer', 'field answers']) {
      const drawn = data[name];
      if (drawn) data[name] = Array.from(drawn, (x) => (x > 0 ? 1 : 0));
    }
    if (data['field text']) data['field text'] = [3, 0, 4, 4, 1, 1, 2, 0, 0, 1, 2, 3];
    if (data['field label']) data['field label'] = [3, 0, 9];
    for (const { kind, name } of program.inputs) {
      // Running squares are never negative.
      if (kind === 'state')
        data[`state ${name}`] = Array.from(data[`state ${name}`]!, (x) => 0.1 + Math.abs(x % 1) / 2);
    }
    const wanted = interpret(program, data);
    const actual = await runOnnx(program, data);
    actual.forEach((values, i) => {
      const { name } = program.outputs[i]!;
      const largest = wanted[i]!.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      for (const [k, value] of wanted[i]!.data.entries()) {
        const gap = Math.abs(Number(values[k]) - value);
        if (!(gap <= 5e-5 * largest)) expect.fail(`${mode} ${name}, cell ${k}: ${values[k]}, should be ${value}`);
      }
    });
  }
});

function compiledExample(entry: Entry, example: string): Compiled {
  const analyser = createAnalyser({
    source: () => 'missing',
    header: (_from, path) => {
      const value = headers[path];
      return value ? { ok: true, value } : { ok: false, trouble: 'missing', path };
    },
  });
  const answer = makePlan(analyser, { file: 'example.model', text: exampleProgram(entry, example), action: 'train' });
  if (answer.kind === 'problems') {
    return expect.fail(answer.problems.map((problem) => render(problem.message)).join('\n'));
  }
  return compile(answer.plan);
}
