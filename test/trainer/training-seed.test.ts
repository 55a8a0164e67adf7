/** Another `seed` of the training takes the same rows in another order; the parts and what is measured stay as they are. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makePlan } from '../../language/index.ts';
import { loadData } from '../../trainer/data/prepare.ts';

const programOf = (seed: number) => `
  data Words40 {
    source: csv("words.csv")
    tokens: int32[6] = sentence -> Words(60, length: 6)
    (words, hidden) = tokens -> hide(30%)
    number: float32 = id
    validation: 25%
  }
  model Guess {
    input words: int32[T]
    input number: float32
    output logits = words -> Embedding(60, 4) -> Dense(60)
  }
  train Guess on Words40 { loss: crossEntropy(logits, tokens, where: hidden); batch: 30; seed: ${seed} }
`;

async function rowsOf(seed: number) {
  const folder = mkdtempSync(join(tmpdir(), 'mw-seed-'));
  const lines = Array.from({ length: 40 }, (_, i) => `${i},w${i} a b c d e`);
  writeFileSync(join(folder, 'words.csv'), `id,sentence\n${lines.join('\n')}\n`);
  const file = join(folder, 'words.model');
  const answer = makePlan(createAnalyser(createFiles()), { file, text: programOf(seed), action: 'train' });
  if (answer.kind !== 'plan') throw new Error(JSON.stringify(answer));
  const data = await loadData({ plan: answer.plan, dataFolder: undefined, fitted: undefined, whole: false });
  const batch = async (part: 'train' | 'validation') => {
    const { fields } = await data.prepare({ part, epoch: part === 'train' ? 1 : 0, index: 0, size: 30 });
    const list = (name: string) => Array.from(fields[name]?.data ?? []);
    return { number: list('number'), words: list('words') };
  };
  return { train: await batch('train'), validation: await batch('validation') };
}

const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);

test('the order of rows and what is hidden follow the seed of the training', async () => {
  const [zero, again, one] = [await rowsOf(0), await rowsOf(0), await rowsOf(1)];
  expect(again).toEqual(zero);
  expect(one.train.number).not.toEqual(zero.train.number);
  expect(sorted(one.train.number)).toEqual(sorted(zero.train.number));
  const wordsOf = ({ number, words }: { number: number[]; words: number[] }, id: number | undefined) => {
    const at = number.indexOf(id ?? -1);
    return words.slice(6 * at, 6 * at + 6);
  };
  const differ = zero.train.number.filter((id) => wordsOf(zero.train, id).join() !== wordsOf(one.train, id).join());
  expect(differ.length).toBeGreaterThan(5);
  expect(one.validation).toEqual(zero.validation);
});
