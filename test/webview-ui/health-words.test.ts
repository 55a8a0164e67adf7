// @vitest-environment happy-dom
/** What the trainer finds, in the reader's language: in the health line and in the log. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import chinese from '../../l10n/bundle.l10n.zh-cn.json' with { type: 'json' };
import {
  createRunState,
  createViews,
  type EndedEvent,
  eventLine,
  FAILURE_TEXTS,
  type LayerBrief,
  type ProblemEvent,
  parseEventLine,
  progressOf,
  REASON_TEXTS,
  type RunEvent,
  reduce,
  type Sentence,
  told,
} from '../../protocol/index.ts';
import { explainNotFinite } from '../../trainer/health/not-finite.ts';
import { outOfMemoryText } from '../../trainer/out-of-memory.ts';
import { type Health, healthOf } from '../../webview-ui/health.ts';
import { findingAt, layers } from '../../webview-ui/layers/state.ts';
import { linesOf } from '../../webview-ui/parts/log.tsx';
import { endText } from '../../webview-ui/text/end-words.ts';
import { setTexts } from '../../webview-ui/text/translate.ts';
import { found } from '../trainer/health/found.ts';
import { history, learning } from '../trainer/health/made-up.ts';
import { goodRun, T0 } from './events.ts';
import { headOf } from './messages.ts';

beforeEach(() => setTexts('zh-cn', chinese));
afterEach(() => setTexts('en', {}));

const problem: ProblemEvent = {
  kind: 'problem',
  seq: 900,
  time: T0 + 5000,
  code: 'train/not-finite',
  severity: 'error',
  message: '',
  step: 60,
  place: { file: 'mnist.model', line: 14, column: 3, start: 200, end: 207 },
};
const ended: EndedEvent = {
  kind: 'ended',
  seq: 901,
  time: T0 + 5001,
  state: 'failed',
  step: 60,
  epoch: 3,
  best: undefined,
  reason: undefined,
};

function runOf(events: readonly RunEvent[]) {
  // As they are read from the file of a run.
  const read = events.map((event) => parseEventLine(eventLine(event))!);
  return [...goodRun({ steps: 100, epochs: 5, until: 60 }), ...read].reduce(reduce, createRunState());
}

function health(...events: readonly RunEvent[]): Health {
  const run = runOf(events);
  return healthOf(headOf({ state: run.state }), run, progressOf(run, createViews(run.columns)));
}

const logged = (...events: readonly RunEvent[]): string => linesOf(runOf(events).log).at(-1)!.text;

/** Chinese, but for what the language has words for and names of the program. */
function expectChinese(text: string): void {
  expect(text).toMatch(/\p{Script=Han}/u);
  expect(text.replace(/`[^`]*`/gu, '')).not.toMatch(/(?:\b[a-z]+ ){2}|[,;:] |\{\d\}|undefined/u);
}

test.each(found)('%o is told in Chinese in the health line and in the log', (rule, made, words) => {
  const [finding] = rule(history(made));
  const { code, severity, message, words: made_ } = finding!;
  const event: ProblemEvent = { ...problem, code, severity, message, words: made_ };
  expectChinese(logged(event));
  // What is only information stands in the log.
  const line = health({ ...event, severity: 'warning' });
  expect(line.title).toMatch(/\p{Script=Han}/u);
  expectChinese(line.text);
  for (const name of words.flatMap((word) => word.match(/`[^`]+`/gu) ?? [])) expect(line.text).toContain(name);
  // In English it is the message, to the byte.
  setTexts('en', {});
  expect(health({ ...event, severity: 'warning' }).text).toBe(message);
  expect(logged(event)).toBe(message);
});

test("a name keeps its backticks and has its line in the reader's words", () => {
  const [finding] = found[0]![0](history(found[0]![1]));
  const { code, severity, message, words } = finding!;
  expect(health({ ...problem, code, severity, message, words }).text).toMatch(
    /^梯度爆炸：`Dense\.1`（第 3 行）的梯度在 \d+ 步内从 0\.1 增长到 [\d.]+，同时损失升至 [\d.]+。请限制梯度（`clip: 1\.0`），或尝试更小的学习率。$/u,
  );
});

const cause = explainNotFinite(
  history({ loss: learning(100), gradients: (step) => [0.1, step > 60 ? 0.1 * 10 ** ((step - 60) / 10) : 0.1, 0.1] }),
  undefined,
);
const broken = told(
  [FAILURE_TEXTS.lossNaN, 60, 3, '0.1'],
  cause.cause,
  [FAILURE_TEXTS.hasStopped],
  [FAILURE_TEXTS.lastGood, 'checkpoints/40'],
  cause.cure,
);

test('a loss that is no number: the step is the title, the rest follows, the checkpoint is named once', () => {
  const line = health({ ...problem, ...broken }, ended);
  expect(line).toMatchObject({
    tone: 'bad',
    title: '在第 60 步（第 3 轮），学习率为 0.1 时，损失变为非数（NaN）。',
    text: '`Dense.1`（第 3 行）的梯度在 40 步内从 0.1 增长到 1000。训练已停止，因为再往后不会有好结果。最后一个完好的检查点是本次运行的 checkpoints/40。可尝试学习率 0.01，或限制梯度（`clip: 1.0`）。',
  });
  setTexts('en', {});
  const { words, ...old } = { ...problem, ...broken };
  const english = health({ ...problem, ...broken }, ended);
  // A run from before has no words, and is told the same.
  expect({ ...english, problem: old }).toEqual({ ...health(old, ended), problem: old });
  expect(words).toHaveLength(5);
});

test('want of memory, and a failure that names no step', () => {
  const memory = outOfMemoryText(new Error('std::bad_alloc'), { train: { batch: 64 } } as never)!;
  const line = health({ ...problem, code: 'train/out-of-memory', ...memory }, ended);
  expect(line).toMatchObject({
    title: '在第 60 步失败。',
    text: expect.stringMatching(
      /^内存不足。批大小为 64 的一步所需超过现有内存。之前保存的内容仍在。可尝试 `batch: 32`；/u,
    ),
  });
});

test('the finding of a layer is told at its row of the map', () => {
  const [finding] = found[3]![0](history(found[3]![1]));
  const { code, severity, message, words } = finding!;
  const { file, line } = problem.place!;
  const dense = { path: 'M/Dense.1', file, line } as LayerBrief;
  layers.value = { ...layers.value, byPath: new Map([[dense.path, dense]]) };
  expectChinese(findingAt('M/Dense.1', [{ ...problem, code, severity, message, words }]));
});

test('why a run ended', () => {
  const reasons: readonly Sentence[] = [
    [REASON_TEXTS.lossNaN, 60],
    [REASON_TEXTS.notFallenOnce, 'validation.loss', '0.25'],
    [REASON_TEXTS.notRisen, 'validation.accuracy', '0.9', 4],
    [REASON_TEXTS.endedAtOnce],
    [REASON_TEXTS.unwatched],
    [REASON_TEXTS.askedToEnd],
  ];
  for (const reason of reasons) {
    const { message } = told(reason);
    expectChinese(endText(message));
    expectChinese(logged({ ...ended, reason: message }));
    expectChinese(health({ ...ended, state: 'stopped', reason: message }).text);
  }
  expect(endText('Stopped early: validation.loss has not fallen below 0.25 for 3 validations.')).toBe(
    '提前停止：3 次验证中 validation.loss 都没有降到 0.25 以下。',
  );
  expect(logged({ ...ended, reason: 'The loss became infinite at step 60.' })).toBe(
    '在第 60 步失败：损失在第 60 步变为无穷大。',
  );
  // Words of a library stay as they are.
  expect(logged({ ...ended, reason: 'no kernel for Conv' })).toBe('在第 60 步失败：no kernel for Conv');
  setTexts('en', {});
  expect(logged({ ...ended, reason: 'no kernel for Conv' })).toBe('failed at step 60: no kernel for Conv');
});

test('templates of a foreign file, and values that lack, are not told: the message is', () => {
  const message = 'What the file says.';
  const say = (words: unknown) => health({ ...problem, message, words } as ProblemEvent).text;
  expect(say([{ text: 'Delete', values: [] }])).toBe(message);
  expect(say([{ text: FAILURE_TEXTS.lossNaN, values: [1] }])).toBe(message);
  expect(say([])).toBe(message);
  expect(say([{ text: FAILURE_TEXTS.lastGood, values: ['<b>{0}</b>'] }])).toBe(
    '最后一个完好的检查点是本次运行的 <b>{0}</b>。',
  );
  const read = (words: unknown) => parseEventLine(eventLine({ ...problem, message, words } as ProblemEvent));
  expect(read(undefined)).toBeDefined();
  expect(read([{ text: 'x', values: [Number.NaN] }])).toBeUndefined();
  expect(read([{ text: 'x', values: [{}] }])).toBeUndefined();
  expect(read([{ text: 'x', values: Array(13).fill(1) }])).toBeUndefined();
  expect(read(Array(13).fill({ text: 'x', values: [] }))).toBeUndefined();
  expect(read({ text: 'x', values: [] })).toBeUndefined();
});
