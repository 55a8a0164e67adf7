/** Learning rates that were set by hand while a run went on: told among its settings wherever runs are compared. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { changedSettings, RATE_BY_HAND, type RunEvent, runsAsMarkdown, tableOf } from '../../protocol/index.ts';
import { rateChanges, rateSettings } from '../../runs/index.ts';
import { runOf } from '../protocol/run-facts.ts';
import { goodRun } from '../webview-ui/events.ts';

const folder = mkdtempSync(join(tmpdir(), 'mw-rates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
function runWith(events: readonly Partial<RunEvent>[]): string {
  made += 1;
  const run = join(folder, String(made));
  mkdirSync(run);
  writeFileSync(join(run, 'events.jsonl'), textOf(events));
  return run;
}

function textOf(events: readonly Partial<RunEvent>[], from = 1): string {
  return events.map((event, at) => `${JSON.stringify({ seq: from + at, time: 1000 + at, ...event })}\n`).join('');
}

const [begun] = goodRun({ steps: 100, epochs: 1, until: 1 }).filter(({ kind }) => kind === 'started');
const started = (resumedFrom: number) => {
  const { seq: _, ...event } = { ...begun, resumedFrom } as RunEvent;
  return event as Partial<RunEvent>;
};
const changed = (step: number, lr: number): Partial<RunEvent> => ({ kind: 'changed', step, lr, factor: 0.1 });
const log: Partial<RunEvent> = { kind: 'log', level: 'info', text: 'says "kind":"changed" itself' };

test('each with its step, among lines of other kinds', () => {
  const run = runWith([log, changed(40, 1e-4), log, changed(70, 3e-5)]);
  expect(rateChanges(run)).toEqual([
    { step: 40, lr: 1e-4 },
    { step: 70, lr: 3e-5 },
  ]);
  expect(rateSettings(run)).toEqual([{ name: RATE_BY_HAND, value: '40: 0.0001; 70: 0.00003' }]);
});

test('what a run did after the checkpoint that it goes on from is done again', () => {
  const run = runWith([changed(40, 1e-4), changed(70, 3e-5), started(50), changed(60, 2e-5)]);
  expect(rateChanges(run).map(({ step }) => step)).toEqual([40, 60]);
});

test('a run that goes on tells what is new; another run in its place tells its own', () => {
  const run = runWith([log, changed(40, 1e-4)]);
  expect(rateChanges(run)).toHaveLength(1);
  appendFileSync(join(run, 'events.jsonl'), textOf([changed(80, 1e-5)], 3));
  expect(rateChanges(run)).toHaveLength(2);
  writeFileSync(join(run, 'events.jsonl'), textOf([changed(7, 2)]));
  expect(rateChanges(run)).toEqual([{ step: 7, lr: 2 }]);
});

test('none where nothing was changed, no file is there, or it holds nonsense', () => {
  expect(rateSettings(runWith([log]))).toEqual([]);
  expect(rateSettings(join(folder, 'nowhere'))).toEqual([]);
  const run = runWith([]);
  writeFileSync(
    join(run, 'events.jsonl'),
    '{"kind":"changed"\n\0\n{"seq":1,"kind":"changed","step":"x"}\n"kind":"changed"',
  );
  expect(rateSettings(run)).toEqual([]);
});

test('many are told by the first and the last', () => {
  const run = runWith(Array.from({ length: 40 }, (_, at) => changed(at, 1)));
  expect(rateSettings(run)[0]?.value.split('; ')).toHaveLength(13);
});

test('a column of the comparison, a row of what changed, and in Markdown', () => {
  const [plain, steered] = [runOf(1), runOf(2, {}, { [RATE_BY_HAND]: '40: 0.0001' })];
  expect(changedSettings(plain.settings, steered.settings)).toEqual([
    { name: RATE_BY_HAND, from: undefined, to: '40: 0.0001' },
  ]);
  expect(tableOf([plain, steered]).columns.map(({ title }) => title)).toContain(RATE_BY_HAND);
  expect(runsAsMarkdown([plain, steered])).toContain('**40: 0.0001**');
});
