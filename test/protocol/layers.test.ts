/** Messages of the Layers tab are checked at both ends. */
import { describe, expect, test } from 'vitest';
import {
  isUseLayersAnswer,
  isUseLayersAsk,
  PANEL_VERSION,
  readFromPanel,
  readToPanel,
  type UseLayersAsk,
} from '../../protocol/index.ts';

const version = PANEL_VERSION;
const ask = (body: unknown) => readFromPanel({ version, kind: 'ask', request: 1, topic: 'layers', body });
const answer = (body: unknown) => readToPanel({ version, kind: 'answer', request: 1, topic: 'layers', body });

const asks: readonly UseLayersAsk[] = [
  { kind: 'distribution', path: 'M/Dense.0' },
  { kind: 'filters', path: 'M/Conv2D.0' },
  { kind: 'attention', example: { part: 'validation', index: 3 }, look: 1 },
  { kind: 'saliency', example: { part: 'test', index: 0 }, method: 'integrated' },
  { kind: 'saliency', example: { part: 'train', index: 0 }, method: 'gradient', target: 4 },
];

describe('what the tab may ask', () => {
  test.each(asks)('$kind passes', (each) => {
    expect(isUseLayersAsk(each)).toBe(true);
    expect(ask({ kind: 'inside', ask: each })).toBeDefined();
  });

  test.each([
    [{ kind: 'delete' }],
    [{ kind: 'show' }],
    [{ kind: 'show', path: 7 }],
    [{ kind: 'inside' }],
    [{ kind: 'inside', ask: { kind: 'filters' } }],
    [{ kind: 'inside', ask: { kind: 'attention', example: { part: 'all', index: 0 }, look: 0 } }],
    [{ kind: 'inside', ask: { kind: 'attention', example: { part: 'test', index: -1 }, look: 0 } }],
    [{ kind: 'inside', ask: { kind: 'saliency', example: { part: 'test', index: 0 }, method: 'guess' } }],
    [
      {
        kind: 'inside',
        ask: { kind: 'saliency', example: { part: 'test', index: 0 }, method: 'gradient', target: 0.5 },
      },
    ],
    [{ kind: '__proto__' }],
    [null],
  ])('%j is refused', (body) => {
    expect(ask(body)).toBeUndefined();
  });
});

describe('what the tab takes', () => {
  const layer = {
    path: 'M/D',
    name: 'D',
    kind: 'Dense',
    shape: [2],
    parameters: 6,
    trained: true,
    file: 'm.model',
    line: 3,
  };

  test('a list of layers, and where the cursor stands', () => {
    expect(answer({ kind: 'list', layers: [layer], cursor: ['M/D'], attends: false })).toBeDefined();
    const tell = { version, kind: 'tell', topic: 'layers', body: { kind: 'cursor', paths: ['M/D'] } };
    expect(readToPanel(tell)).toBeDefined();
    expect(readToPanel({ ...tell, body: { kind: 'cursor', paths: [4] } })).toBeUndefined();
  });

  test.each([
    [{ kind: 'list', layers: [{ ...layer, line: -1 }], cursor: [], attends: false }],
    [{ kind: 'list', layers: [{ ...layer, shape: ['2'] }], cursor: [], attends: false }],
    [{ kind: 'show', opened: 'shell' }],
    [{ kind: 'inside', step: 4, answer: { kind: 'filters', path: 'M/D', shape: [3], values: 7, norms: [] } }],
  ])('%j is refused', (body) => {
    expect(answer(body)).toBeUndefined();
  });

  test('numbers that are none come as words', () => {
    const filters = { kind: 'filters', path: 'M/D', shape: [2, 2], values: undefined, norms: ['NaN', 1] };
    expect(isUseLayersAnswer(filters)).toBe(true);
    expect(isUseLayersAnswer({ ...filters, norms: [Number.NaN] })).toBe(false);
  });
});
