/** What is said of a finished run's best value, and of what is marked on a chart. */
import { expect, test, vi } from 'vitest';
import chinese from '../../l10n/bundle.l10n.zh-cn.json' with { type: 'json' };
import { createRunState, type RunEvent, type RunState, reduce } from '../../protocol/index.ts';
import { bestText, keptText } from '../../webview-ui/best-text.ts';
import type { ChartInfo } from '../../webview-ui/charts/chart-list.ts';
import { chartSentence } from '../../webview-ui/charts/sentence.ts';
import type { Ghost } from '../../webview-ui/ghost.ts';
import { logWords } from '../../webview-ui/text/log-words.ts';
import { metricWord } from '../../webview-ui/text/metric-word.ts';
import { setTexts, t } from '../../webview-ui/text/translate.ts';
import { goodRun, T0 } from './events.ts';

const fold = (events: readonly RunEvent[]): RunState => events.reduce(reduce, createRunState());

/** The same run as `behind`, its validation values moved by this much. */
function ghost(behind: RunState, by: number, name = '#11 best'): Ghost {
  const none = new Float64Array(0);
  const epochs = behind.epochs.map((epoch) => ({
    ...epoch,
    validation: { accuracy: Number(epoch.validation?.accuracy ?? 0) + by },
  }));
  const run = { number: 11 } as Ghost['run'];
  return { run, name, epochs, stepsPerEpoch: 20, step: none, elapsed: none, wall: none };
}

test('the best value: alone, as a new best, below the best, against one that was chosen, and the same', () => {
  const run = fold(goodRun({ steps: 100, epochs: 5, until: 100 }));
  const alone = bestText(run, undefined);
  expect(alone).toMatch(/^Best validation accuracy: 9\d\.\d\d% at epoch 5\.$/);
  const start = alone.slice(0, -1);
  expect(bestText(run, ghost(run, -0.003))).toBe(`${start}, new best (+0.30 points against #11).`);
  expect(bestText(run, ghost(run, 0.003))).toBe(`${start} (−0.30 points against #11).`);
  expect(bestText(run, ghost(run, -0.003, '#11'))).toBe(`${start} (+0.30 points against #11).`);
  expect(bestText(run, ghost(run, 0))).toBe(alone);
  expect(bestText(fold([]), undefined)).toBe('');
});

test('which checkpoint is used is told where it is not that of the best epoch', () => {
  const events = goodRun({ steps: 100, epochs: 5, until: 100 });
  const last = [...events].reverse().find((event) => event.kind === 'epoch');
  const worse = events.map(
    (event): RunEvent =>
      event === last && event.kind === 'epoch' ? { ...event, validation: { loss: 9, accuracy: 0.1 } } : event,
  );
  expect(keptText(fold(events))).toBe('');
  expect(keptText(fold(worse))).toBe(
    'Evaluated and tried is the last checkpoint, of epoch 5: `save: best(validation.accuracy)` in `train` would keep the best one.',
  );
  const kept = worse.map(
    (event): RunEvent => (event.kind === 'checkpoint' && event.epoch === 4 ? { ...event, reason: 'best' } : event),
  );
  expect(keptText(fold(kept))).toBe('');
});

test('a chart tells what is marked on it, the latest five', () => {
  const chart: ChartInfo = {
    id: 'loss',
    kind: 'metric',
    title: 'Loss',
    metric: 'loss',
    direction: 'min',
    columns: ['loss', 'validation.loss'],
    wide: true,
  };
  const events = goodRun({ steps: 100, epochs: 5, until: 60 });
  const say = (more: readonly RunEvent[]) => chartSentence(chart, fold([...events, ...more]), String);
  expect(say([])).not.toContain('Marked');
  const pauses = [1, 2, 3, 4, 5].flatMap((index): RunEvent[] => [
    { kind: 'paused', seq: 900 + 2 * index, time: T0 + 9e5, step: 40 + index, reason: 'asked' },
    { kind: 'resumed', seq: 901 + 2 * index, time: T0 + 9e5, step: 40 + index },
  ]);
  const rate: RunEvent = { kind: 'changed', seq: 950, time: T0 + 9e5, step: 50, lr: 3e-4, factor: 0.3 };
  expect(say([...pauses, rate])).toContain(
    'Marked: paused (step 42), paused (step 43), paused (step 44), paused (step 45), rate 3e-4 (step 50). Arrow keys',
  );
});

test('names that every language has words for, and lines of every log, are worded; a space between Chinese characters goes', () => {
  const line = 'Engine: ONNX Runtime 1.30.0, CPU, 2 threads (the default; GPU not used: none was found).';
  const data = 'Data: Digits, 9000 rows to train on, 1000 for validation, 0 kept for tests.';
  expect(logWords(data)).toBe('Data: Digits, 9,000 rows to train on, 1,000 for validation, 0 kept for tests.');
  expect(logWords('Cleaning: 3 rows dropped.')).toBe('Cleaning: 3 rows dropped.');
  vi.stubGlobal('document', { documentElement: {} });
  setTexts('zh-cn', chinese);
  expect(logWords(line)).toMatch(/^引擎：ONNX Runtime 1\.30\.0, CPU，2 个线程（[^a-z]*GPU[^a-z]*）。$/);
  expect(logWords(data)).toBe('数据：Digits，训练 9,000 行，验证 1,000 行，留作测试 0 行。');
  const run = fold(goodRun({ steps: 100, epochs: 5, until: 100 }));
  expect(bestText(run, undefined)).toMatch(/^验证集准确率最佳：9\d\.\d\d%（第 5 轮）。$/);
  expect(t('validation {0}', metricWord('accuracy'))).toBe('验证准确率');
  expect(t('validation {0}', metricWord('my_metric'))).toBe('验证 my_metric');
});
