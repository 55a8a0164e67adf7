/** Every example of a model's entry, from its text to its numbers: checked, planned, lowered, run, and differentiated. */
import { expect, test } from 'vitest';
import { interpret } from '../../../compiler/index.ts';
import { cases, compiledExample, feed } from './planned.ts';

test.each(cases)('$entry.place/$entry.name: $example', ({ entry, example }) => {
  const compiled = compiledExample(entry, example);
  for (const mode of ['predict', 'train'] as const) {
    const lowered = compiled.lower(mode, 2);
    const results = interpret(lowered, feed(lowered, compiled));
    results.forEach((result, i) => {
      const wrong = Array.from(result.data).findIndex((value) => !Number.isFinite(value));
      expect(wrong, `${lowered.outputs[i]!.name} is ${result.data[wrong]} at ${wrong}`).toBe(-1);
    });
  }
});
