// @vitest-environment happy-dom
/** The lines of a run's log, whatever its file says. */
import { expect, test } from 'vitest';
import { linesOf } from '../../webview-ui/parts/log.tsx';

const event = { kind: 'log', seq: 1, time: 1e300, level: 'info', text: 'said' } as const;

test('a moment beyond all dates has no time, and its line is there', () => {
  expect(linesOf([event])).toEqual([{ text: 'said', level: 'info', time: '' }]);
});

test('colours of terminals are taken out, lines are told apart, the first has the time', () => {
  const lines = linesOf([{ ...event, time: Date.UTC(2026, 0, 15), text: '\u001b[31mred\u001b[0m\nmore' }]);
  expect(lines.map(({ text }) => text)).toEqual(['red', 'more']);
  expect(lines.map(({ time }) => time === '')).toEqual([false, true]);
});
