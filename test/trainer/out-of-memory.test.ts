/** Want of memory is told as such, whoever says it and however. */
import { expect, test } from 'vitest';
import { otherNode } from '../../trainer/choose.ts';
import { Failure, trainerError } from '../../trainer/failure.ts';
import { tinyPlan } from './run-helper.ts';

test.each([
  'Non-zero status code returned while running Conv node. Status Message: bfc_arena.cc:376 Failed to allocate memory for requested buffer of size 536870912',
  'Exception during initialization: std::bad_alloc',
  'RESOURCE_EXHAUSTED: OOM when allocating tensor with shape[64,512,128,128] and type float on /job:localhost',
  'WebAssembly.Memory(): could not allocate memory',
  'Array buffer allocation failed',
])('%s', (text) => {
  const place = { source: 0, start: 1, end: 2, line: 4, column: 2 };
  const told = trainerError(new Error(text), tinyPlan({ batch: 64, places: { batch: place } }));
  expect(told.code).toBe('train/out-of-memory');
  expect(told.place?.line).toBe(4);
  expect(told.message).toContain('A step with the batch 64 needs more than there is.');
  expect(told.message).toContain('Try `batch: 32`; with `accumulate: 2` the updates stay the same.');
  if (text.includes('536870912')) expect(told.message).toContain('537 MB more were asked for.');
});

test('what is needed and what is free are told, where the one is more than the other', () => {
  const error = new Error('std::bad_alloc');
  const free = 1024;
  expect(trainerError(error, tinyPlan({ batch: 64 }), free).message).toMatch(
    /^There is not enough memory\. A step with the batch 64 needs about \d+ MiB, and 1 MiB are free\. What was saved before stays\./,
  );
  expect(trainerError(error, tinyPlan({ batch: 64 }), 1e15).message).toContain('needs more than there is.');
});

test('other errors stay what they are', () => {
  expect(trainerError(new Error('The graph has no node x'), tinyPlan()).code).toBe('train/fault');
  const own = new Failure('data/empty', 'A column ran out of memory of its own.');
  expect(trainerError(own, tinyPlan()).code).toBe('data/empty');
});

test('an engine that wraps what its library said is heard all the same', () => {
  const wrapped = new Failure(
    'train/engine',
    'TensorFlow failed in a step: OOM when allocating tensor with shape[64,9]',
  );
  expect(trainerError(wrapped, tinyPlan({ batch: 64 })).code).toBe('train/out-of-memory');
  expect(trainerError(new Failure('train/engine', 'TensorFlow failed in a step: no kernel'), tinyPlan()).code).toBe(
    'train/engine',
  );
});

test('a native part for another Node is told with both versions', () => {
  const error = new Error(
    "The module 'tfjs_binding.node' was compiled against a different Node.js version using NODE_MODULE_VERSION 93. This version of Node.js requires NODE_MODULE_VERSION 115.",
  );
  const told = trainerError(otherNode('tensorflow', error), undefined);
  expect(told.code).toBe('train/runtime-version');
  expect(told.message).toContain(
    `have version 93, those of this Node (${process.version}) ${process.versions.modules}.`,
  );
  expect(otherNode('onnx', new Error('no such file'))).toBeUndefined();
});
