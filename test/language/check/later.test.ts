/** Names of later versions are told from misspelt ones, and none of them is in the catalogue. */
import { expect, test } from 'vitest';
import { catalog } from '../../../language/catalog/index.ts';
import { laterNames } from '../../../language/check/later.ts';
import { check } from './check.ts';

test('no name of a later version is in the catalogue', () => {
  const there = laterNames().filter(([place, name]) => catalog.get(`${place}/${name}`));
  expect(there).toEqual([]);
});

test('they are told as what they are', () =>
  check(`
    data D {
      source: csv("rows.csv")
      image: float32[8, 8, 3] = image
    }
    model M {
      input image: float32[8, 8, 3]
      output y = image -> Pretrained("net.onnx") -> Flatten -> Dense(1)
                          ^^^^^^^^^^ name/later: \`Pretrained\` is part of the language, but this version of Modelwright does not have it yet.
    }
    train M on D {
      loss: ctc(y, y)
            ^^^ name/later: \`ctc\` is part of the language, but this version of Modelwright does not have it yet.
      metrics: auc(y, y)
               ^^^ name/later: \`auc\` is part of the language, but this version of Modelwright does not have it yet.
    }
  `));
