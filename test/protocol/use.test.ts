/** The lines of a warm process: what is let through, and what is refused in words. */
import { expect, test } from 'vitest';
import {
  isTryAnswer,
  isTryAsk,
  isTryTell,
  MOST_TOKENS,
  parseUseLine,
  parseUseQuestion,
  TRAINER_VERSION,
} from '../../protocol/index.ts';

const checkpoint = { path: 'checkpoints/10', step: 10, epoch: 1, best: true, skipped: [] };
const question = (value: unknown) => parseUseQuestion(JSON.stringify(value));
const line = (value: unknown) => parseUseLine(JSON.stringify(value));

test('questions', () => {
  const inputs = { x: { kind: 'value', value: [1, 2] }, picture: { kind: 'file', name: 'a.png', bytes: 'AA==' } };
  expect(question({ id: 1, kind: 'predict', ask: { inputs } }).ok).toBe(true);
  expect(question({ id: 2, kind: 'cancel' }).ok).toBe(true);
  expect(question({ id: 3, kind: 'form', ask: {} }).ok).toBe(true);
  const refused = [
    [{ id: 4, kind: 'predict', ask: { inputs: { x: { kind: 'path', path: '/etc/passwd' } } } }, 'is not whole'],
    [{ id: 4, kind: 'example', ask: { index: -1 } }, 'is not whole'],
    [
      { id: 4, kind: 'generate', ask: { kind: 'text', prompt: '', length: MOST_TOKENS + 1, temperature: 1, seed: 1 } },
      'is not whole',
    ],
    [{ id: 4, kind: 'toString', ask: {} }, 'Known are'],
    [{ kind: 'predict' }, 'This is no question'],
    ['no object', 'This is no question'],
  ] as const;
  for (const [value, why] of refused) {
    const parsed = question(value);
    expect(parsed.ok ? '' : parsed.message).toContain(why);
  }
  expect(parseUseQuestion('{').ok).toBe(false);
});

test('lines', () => {
  expect(line({ kind: 'ready', version: TRAINER_VERSION, run: 'a', engine: 'b', checkpoint })).toBeDefined();
  expect(line({ kind: 'ready', version: TRAINER_VERSION + 1, run: 'a', engine: 'b', checkpoint })).toBeUndefined();
  expect(
    line({ kind: 'answer', id: 1, of: 'predict', ms: 1, body: { seen: [], outputs: [], notes: [], ms: 1 } }),
  ).toBeDefined();
  expect(
    line({ kind: 'answer', id: 1, of: 'predict', ms: 1, body: { seen: [{}], outputs: [], notes: [], ms: 1 } }),
  ).toBeUndefined();
  // What a kind never says is not let through.
  expect(line({ kind: 'part', id: 1, of: 'predict', body: {} })).toBeUndefined();
  expect(line({ kind: 'part', id: 1, of: 'generate', body: { text: 'a', tokens: 1 } })).toBeDefined();
  expect(parseUseLine('a library says something')).toBeUndefined();
});

test('what passes between panel and host', () => {
  expect(isTryAsk({ kind: 'predict', ask: { inputs: { x: { kind: 'pixels', shape: [2, 2], pixels: 'AAAA' } } } })).toBe(
    true,
  );
  expect(isTryAsk({ kind: 'predict', ask: { inputs: [] } })).toBe(false);
  expect(isTryAsk({ kind: 'stop' })).toBe(false);
  const model = { engine: 'e', checkpoint, ms: 1 };
  const form = {
    inputs: [{ kind: 'number', name: 'x', optional: false }],
    generate: { kind: 'text', length: 4, ends: true },
    untrained: ['score'],
  };
  expect(isTryAnswer({ kind: 'form', model, answer: form })).toBe(true);
  expect(isTryAnswer({ kind: 'form', model, answer: { ...form, inputs: [{ kind: 'paint', name: 'x' }] } })).toBe(false);
  expect(isTryAnswer({ kind: 'form', model: { ...model, checkpoint: {} }, answer: form })).toBe(false);
  expect(isTryTell({ kind: 'part', stream: 1, part: { text: '<b>', tokens: 2 } })).toBe(true);
  expect(isTryTell({ kind: 'part', stream: 1, part: { text: 3, tokens: 2 } })).toBe(false);
});
