/** Sentences that the trainer writes in English are worded in the reader's language, each clause of them. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { decide, type Measured } from '../../trainer/choice/decide.ts';
import { Cleaning, Extremes, noteChanged } from '../../trainer/data/cleaning.ts';
import { cleaningText, placeText, stageText } from '../../webview-ui/text/data-words.ts';
import { engineReason, gpuTrouble } from '../../webview-ui/text/engine-reason.ts';
import { setTexts } from '../../webview-ui/text/translate.ts';
import { pseudoTexts } from './pseudo.ts';

beforeAll(() => {
  vi.stubGlobal('document', { documentElement: {} });
  setTexts('en', pseudoTexts());
});
afterAll(() => {
  setTexts('en', {});
  vi.unstubAllGlobals();
});

const cpu: Measured = {
  engine: 'onnx',
  device: 'cpu',
  title: 'ONNX',
  trouble: '',
  times: [{ threads: 8, ms: 12.3 }],
  losses: [2, 1.9],
};
const gpu: Measured = { ...cpu, device: 'gpu', title: 'WebGPU', times: [{ threads: 8, ms: 1.5 }] };

/** What is left in English letters without the names of engines and signals. */
const left = (text: string) => text.replaceAll(/\b(?:ONNX|WebGPU|TensorFlow|SIGSEGV)\b/g, '').match(/[A-Za-z]{2,}/g);

test.each([
  decide([cpu, gpu], 8)?.reason,
  decide([cpu], 8)?.reason,
  decide([cpu, { ...gpu, losses: [2.5, 1] }], 8)?.reason,
  decide([cpu, { ...gpu, trouble: 'its process ended with SIGSEGV' }], 8)?.reason,
  decide([cpu, { ...gpu, trouble: 'it did not finish a step within 20 s' }], 8)?.reason,
  decide([cpu, { ...gpu, trouble: 'there was no time left to measure it' }], 8)?.reason,
  'the default; GPU not used: none was found; 12.3 ms a step',
  'the default; GPU not used: it was not measured',
  'the default, on the GPU as asked for; trying it took too long',
  'asked for, on the CPU as asked for',
  'asked for; 3e-5 ms a step, as measured before',
  'the default, since TensorFlow on the GPU failed',
])('why an engine was taken: %s', (reason) => {
  expect(left(engineReason(reason ?? ''))).toBeNull();
});

test('words of a driver stay as they are, and only a GPU that is there is spoken of', () => {
  expect(engineReason('Vulkan said no')).toBe('Vulkan said no');
  expect(gpuTrouble('the default; GPU not used: none was found; 12.3 ms a step')).toBeUndefined();
  expect(gpuTrouble('the default; GPU not used: Vulkan said no; 12.3 ms a step')).toBe('Vulkan said no');
  expect(gpuTrouble('the default')).toBeUndefined();
});

test('what cleaning did', () => {
  const cleaning = new Cleaning();
  const node = (op: string, settings = {}) => ({ id: 0, op: `transform/${op}`, inputs: [], settings }) as never;
  const values = { shape: [], count: 2, dtype: 'float64', data: Float64Array.of(Number.NaN, 7) } as never;
  noteChanged(cleaning, node('fill'), 'age', values, (row) => `line ${row + 1} of "a.csv"`);
  noteChanged(cleaning, node('clip', { range: [0, 1] }), undefined, values, (row) => `row ${row + 1}`);
  const extremes = new Extremes();
  extremes.add(
    Array.from({ length: 2000 }, (_, at) => (at === 0 ? 1e6 : at % 3)),
    Uint32Array.from({ length: 2000 }, (_, at) => at),
  );
  extremes.tell(cleaning, 'age', () => 'example 1 of `b`');
  expect(cleaning.lines.map(({ rule }) => rule)).toEqual(['fill', 'clip', 'outlier']);
  const made = ['keep', 'drop', 'deduplicate', 'unseen'].map((rule) => ({ rule, column: 'age', rows: 2, text: '' }));
  for (const line of [...cleaning.lines, ...made.map((each) => ({ ...each, examples: [] }))]) {
    expect(cleaningText(line).replaceAll(/`\w+`/g, '')).not.toMatch(/[A-Za-z]{2,}/);
    for (const place of line.examples) expect(placeText(place).replace(/a\.csv/, '')).not.toMatch(/[A-Za-z]{2,}/);
  }
});

test('stages and places', () => {
  expect(placeText('row 1,234 of "x.idx"')).toMatch(/1,234.*x\.idx/);
  expect(placeText('"pictures/a.png"')).toBe('"pictures/a.png"');
  expect(stageText('column age').replace('age', '')).not.toMatch(/[A-Za-z]/);
  expect(stageText('Normalize')).toBe('Normalize');
});
