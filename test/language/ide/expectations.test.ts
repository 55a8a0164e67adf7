/** What an `evaluate` section says, read from its text alone. */
import { expect, test } from 'vitest';
import { evaluatedRunIn, expectationsIn, parseFile } from '../../../language/index.ts';

function sections(text: string) {
  return parseFile('/w/a.model', text).chunks.flatMap(({ chunk }) =>
    chunk.declaration?.kind === 'run' ? [{ declaration: chunk.declaration, text: chunk.text }] : [],
  );
}

test('the train block that it names, and none where it names none', () => {
  const found = sections(`train Bert on Texts as tuned { loss: mse(a, b) }
evaluate Bert on Texts as words { run: tuned }
evaluate Bert on Texts as all { expect: accuracy(a, b) > 5% }
evaluate Bert on Texts as broken { run: }
`);
  expect(found.map(({ declaration }) => evaluatedRunIn(declaration))).toEqual([
    undefined,
    'tuned',
    undefined,
    undefined,
  ]);
});

test('its conditions, one or a list', () => {
  const texts = sections(`evaluate A on B { expect: accuracy(a, b) > 5% }
evaluate A on B { expect: [mae(a, b) < 1, accuracy(a, b) > 5%] }
train A on B { loss: mse(a, b) }
`).map(({ declaration, text }) => expectationsIn(declaration).map(({ start, end }) => text.slice(start, end)));
  expect(texts).toEqual([['accuracy(a, b) > 5%'], ['mae(a, b) < 1', 'accuracy(a, b) > 5%'], []]);
});
