/** What can be done about a failed run: read from its own words, for the program as it stands. */
import { expect, test } from 'vitest';
import { type Failed, failureActions } from '../../client/run/failure-actions.ts';
import { memoryEdits } from '../../client/run/memory-edits.ts';
import { outOfMemoryText } from '../../trainer/out-of-memory.ts';

const program = `train Net on Points {
  loss: mse(y, z)
  optimizer: SGD(0.1)
  batch: 64
}
`;
const place = { file: 'a.model', line: 3, column: 1, start: 1, end: 2 };
const failed = (code: string, message: string, more: Partial<Failed> = {}): Failed => ({
  problem: { code, message, place, seq: 9 },
  saved: undefined,
  ring: 0,
  device: 'cpu',
  program,
  ...more,
});
const kinds = (given: Failed) => failureActions(given).map(({ kind }) => kind);

test('not-a-number: the checkpoint with a smaller rate, the last steps, the fix in the program', () => {
  const message =
    'Loss became NaN at step 2412. The gradient of `Dense` grew from 1.9 to 4.1e6 in 37 steps. Try the learning rate 0.01, or limit the gradients (`clip: 1.0`).';
  const given = failed('train/not-finite', message, { saved: 2000, ring: 100 });
  expect(failureActions(given)).toEqual([
    { kind: 'resumeWithRate', step: 2000, rate: 0.01, problem: 9 },
    { kind: 'showSteps', steps: 100 },
    { kind: 'fix', problem: 9 },
  ]);
  expect(kinds(failed('train/not-finite', message))).toEqual(['fix']);
  expect(kinds(failed('train/not-finite', 'Fill or drop such cells.', { saved: 2000 }))).toEqual(['line']);
});

test('want of memory: half the batch, the same updates by accumulation, the processor in place of the GPU', () => {
  const message = outOfMemoryText(new Error('out of memory'), { train: { batch: 64 } } as never)?.message ?? '';
  const given = failed('train/out-of-memory', message, { device: 'gpu' });
  expect(kinds(given)).toEqual(['batch', 'accumulate', 'cpu']);
  expect(kinds({ ...given, device: 'cpu' })).toEqual(['batch', 'accumulate', 'line']);
  const applied = (kind: 'smaller' | 'same') =>
    [...(memoryEdits(program, message)?.[kind] ?? [])]
      .sort((a, b) => b.start - a.start)
      .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), program);
  expect(applied('smaller')).toBe(program.replace('64', '32'));
  expect(applied('same')).toBe(program.replace('64', '32').replace('{\n', '{\n  accumulate: 2\n'));
  // Which of two train blocks it was is open: nothing is changed.
  expect(kinds({ ...given, program: program + program })).toEqual(['cpu', 'line']);
});

test('a runtime for another Node is installed again, a missing one installed or done without; anything else leads to its line', () => {
  expect(kinds(failed('train/runtime-version', 'Built for another Node.'))).toEqual(['reinstall']);
  const none = 'No TensorFlow can be used here. No Python was found.';
  expect(kinds(failed('train/engine', none))).toEqual(['install', 'cpu']);
  expect(kinds(failed('train/engine', 'No GPU was found: none.'))).toEqual(['install', 'cpu']);
  expect(kinds(failed('train/engine', 'TensorFlow failed in a step: no reason.'))).toEqual(['line']);
  expect(kinds(failed('data/cells', 'Row 3 is empty.'))).toEqual(['line']);
});

test('labels beyond the scores: the size that they need, in the layer or as the default of its parameter', () => {
  const message =
    'The field `label` has the number 10 in row 7 of `a.csv`, but the scores have 10 classes (0 to 9). Give the model 11 or more, or correct the data.';
  const layer = 'Dense(10, softmax)';
  const written = `output y = x -> ${layer}\n`;
  const at = (text: string, what: string) => ({
    ...place,
    start: text.indexOf(what),
    end: text.indexOf(what) + what.length,
  });
  const action = (text: string, what: string) =>
    failureActions({
      ...failed('data/label-range', message),
      program: text,
      problem: { code: 'data/label-range', message, seq: 1, place: at(text, what) },
    })[0];
  const start = written.indexOf('10');
  const size = { kind: 'size', size: 11, edits: [{ size: 11, text: '11', start, end: start + 2 }] };
  expect(action(written, layer)).toEqual(size);
  const byName = 'model M(classes: int = 10) {\n  output y = x -> Dense(classes, softmax)\n}\n';
  expect(action(byName, 'Dense(classes, softmax)')).toMatchObject({
    kind: 'size',
    edits: [{ start: byName.indexOf('10') }],
  });
  expect(action('output y = x -> Dense(n, softmax)\n', 'Dense(n, softmax)')).toEqual({ kind: 'line' });
});
