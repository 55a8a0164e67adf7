/** Every activation of Keras and of PyTorch with one input has a name here, or a reason why not. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { catalog } from '../../../language/catalog/index.ts';
import { missing, python } from './keras.ts';

/** Their name in lower case without `_` → ours, where it is another one. */
const names: Readonly<Record<string, string>> = {
  hardsilu: 'hardSwish',
  softmax2d: 'softmax',
  linear: 'none',
  multiheadattention: 'Attention',
};

const listing = `
import os
os.environ["KERAS_BACKEND"] = "torch"
import keras, torch
print(*[n for n in dir(keras.activations) if not n.startswith("_") and n not in ("get", "serialize", "deserialize")])
print(*torch.nn.modules.activation.__all__)
`;

test('all of Keras and PyTorch', (context) => {
  if (python === undefined) context.skip(missing);
  const text = execFileSync(python!, ['-c', listing], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const theirs = text.trim().split(/\s+/u);
  expect(theirs.length).toBeGreaterThan(50);
  const ours = new Set(catalog.names('model').map((name) => name.toLowerCase()));
  const lacking = theirs.filter((name) => {
    const plain = name.replaceAll('_', '').toLowerCase();
    const known = names[plain];
    return !(known === 'none' || ours.has((known ?? plain).toLowerCase()));
  });
  expect(lacking).toEqual([]);
});
