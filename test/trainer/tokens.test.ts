/** Byte pairs: learned as Hugging Face's trainer learns them, applied as its library applies them; any text comes back. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tokenizer as Library } from '@huggingface/tokenizers';
import { afterAll, expect, test } from 'vitest';
import { signs, wordsOf } from '../../trainer/data/tokens/alphabet.ts';
import { BytePairCode } from '../../trainer/data/tokens/encode.ts';
import { learnMerges } from '../../trainer/data/tokens/learn.ts';

const folder = mkdtempSync(join(tmpdir(), 'modelwright-tokens-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function count(texts: readonly string[]): Map<string, number> {
  const words = new Map<string, number>();
  for (const text of texts) for (const word of wordsOf(text)) words.set(word, (words.get(word) ?? 0) + 1);
  return words;
}

/** Text that repeats itself as language does, made by a small grammar. */
function prose(sentences: number): readonly string[] {
  const parts =
    "the a small large cat dog bird runs sleeps sings sang under over house garden über Straße, 12 345 don’t it's we'll".split(
      ' ',
    );
  let state = 1;
  return Array.from({ length: sentences }, () =>
    Array.from({ length: 8 }, () => {
      state = (state * 48271) % 2147483647;
      return parts[state % parts.length];
    }).join(' '),
  );
}

test('the classical example: low, lower, newest, widest', () => {
  const words = new Map([
    ['low', 5],
    ['lower', 2],
    ['newest', 6],
    ['widest', 3],
  ]);
  expect(learnMerges(words, 4)).toEqual(['e s', 'es t', 'l o', 'lo w']);
});

test('the same merges as the Rust library, in the same order', async () => {
  const { BPE, Tokenizer, byteLevelPreTokenizer } = await import('tokenizers');
  const texts = prose(400);
  const file = join(folder, 'text.txt');
  writeFileSync(file, texts.join(' '));
  const tokenizer = new Tokenizer(BPE.empty());
  tokenizer.setPreTokenizer(byteLevelPreTokenizer(false));
  tokenizer.train([file]);
  const path = join(folder, 'tokenizer.json');
  tokenizer.save(path);
  const { model } = JSON.parse(readFileSync(path, 'utf8')) as { model: { merges: (string | [string, string])[] } };
  const theirs = model.merges.map((merge) => (typeof merge === 'string' ? merge : merge.join(' ')));
  const ours = learnMerges(count([texts.join(' ')]), 10_000);
  expect(ours.length).toBeGreaterThan(60);
  expect(ours).toEqual(theirs);
});

test("the same numbers as Hugging Face's library in JavaScript", () => {
  const merges = learnMerges(count(prose(200)), 80);
  const code = new BytePairCode(merges);
  const library = new Library(
    {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      post_processor: null,
      decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
      model: {
        type: 'BPE',
        dropout: null,
        unk_token: null,
        continuing_subword_prefix: null,
        end_of_word_suffix: null,
        fuse_unk: false,
        byte_fallback: false,
        vocab: Object.fromEntries(code.pieces.map((piece, number) => [piece, number])),
        merges: merges.map((merge) => merge.split(' ')),
      },
    },
    {},
  );
  for (const text of [...prose(20), 'Never seen: 日本語 🙂  two blanks', '  leading', "they're 007's"]) {
    expect(code.encode(text)).toEqual(Array.from(library.encode(text).ids, Number));
  }
});

test('every text comes back, whatever bytes it holds', () => {
  const code = new BytePairCode(learnMerges(count(prose(100)), 50));
  for (const text of ['', 'the cat', 'zażółć gęślą', '🙂🙃', '\n\t  \u0000 end ', 'x'.repeat(1000)]) {
    expect(code.decode(code.encode(text))).toBe(text);
  }
  expect(new BytePairCode([]).encode('é')).toHaveLength(2);
  expect(signs).toHaveLength(256);
  expect(new Set(signs).size).toBe(256);
});

test('numbers stop at the length that is asked for', () => {
  const code = new BytePairCode([]);
  expect(code.encode('abcdef', 3)).toEqual(code.encode('abc'));
});
