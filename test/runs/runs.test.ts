/** Where runs live, how they are listed and read, and what a cut line or a dead process looks like. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { eventLine, eventNumber, parseEventLines, parseRequest, type RunEvent } from '../../protocol/index.ts';
import {
  chooseRun,
  deleteRun,
  findRun,
  findRunsFolder,
  listRuns,
  makeRunFolder,
  readEvents,
  readRun,
  runName,
  trainerEnvironment,
  unreadableRuns,
  whyNoRun,
  writeNotes,
} from '../../runs/index.ts';
import { fakeResume, fakeRun, tinyPlan } from '../trainer/run-helper.ts';

const fresh = () => mkdtempSync(join(tmpdir(), 'mw-runs-'));

test('the folder of runs: .modelwright before .git before the own, never above the workspace', () => {
  const top = fresh();
  const deep = join(top, 'a', 'b');
  mkdirSync(deep, { recursive: true });
  const program = join(deep, 'x.model');
  const runs = (...parts: string[]) => join(...parts, '.modelwright', 'runs');
  expect(findRunsFolder(program, { workspace: top })).toBe(runs(deep));
  mkdirSync(join(top, '.git'));
  expect(findRunsFolder(program, { workspace: top })).toBe(runs(top));
  mkdirSync(join(top, 'a', '.modelwright'));
  expect(findRunsFolder(program, { workspace: top })).toBe(runs(top, 'a'));
  expect(findRunsFolder(program, { workspace: deep })).toBe(runs(deep));
  expect(findRunsFolder(program, { override: join(top, 'elsewhere') })).toBe(join(top, 'elsewhere'));
});

test('numbers are given once, and the names of the first thousand differ', () => {
  const runs = join(fresh(), '.modelwright', 'runs');
  const first = makeRunFolder(runs);
  const second = makeRunFolder(runs);
  expect([first.number, second.number]).toEqual([1, 2]);
  expect(readFileSync(join(runs, '..', '.gitignore'), 'utf8')).toBe('*\n');
  expect(runName(14)).toMatch(/^0014-[a-z]+-[a-z]+$/);
  const names = Array.from({ length: 1000 }, (_, i) => runName(i).slice(5));
  expect(new Set(names).size).toBeGreaterThan(900);
});

test('runs are listed, found by what people call them, noted and deleted', async () => {
  const { folder } = await fakeRun(tinyPlan());
  const runs = join(folder, '..');
  const [summary] = listRuns(runs);
  expect(summary?.state).toBe('finished');
  expect(findRun(runs, 'latest')?.folder).toBe(summary?.folder);
  expect(findRun(runs, '1')?.record.number).toBe(1);
  writeNotes(summary!.folder, { name: 'the good one', starred: true });
  expect(findRun(runs, 'the good one')?.notes.starred).toBe(true);
  expect(deleteRun(summary!.folder)).toEqual({ ok: true });
  expect(listRuns(runs)).toEqual([]);
});

test('the run to evaluate: the latest finished one, the best one, or one by name', async () => {
  const first = await fakeRun(tinyPlan({ epochs: 4 }));
  const runs = join(first.folder, '..');
  const wanted = { model: 'Tiny', file: undefined, args: {}, declaration: undefined };
  const chosen = chooseRun(runs, { ...wanted, word: undefined });
  expect(chosen.ok && chosen.run.record.number).toBe(1);
  expect(chooseRun(runs, { ...wanted, word: 'best' }).ok).toBe(true);
  expect(chooseRun(runs, { ...wanted, word: '1' }).ok).toBe(true);
  expect(chooseRun(runs, { ...wanted, word: '7' })).toMatchObject({ ok: false });
  expect(chooseRun(runs, { ...wanted, args: { width: 3 }, word: undefined })).toMatchObject({
    ok: false,
    message: expect.stringContaining('There is no finished run of `Tiny` with the same arguments'),
  });
});

test('the latest finished run of the model is evaluated; of the same program first; of the named declaration only', async () => {
  const first = await fakeRun(tinyPlan());
  const runs = join(first.folder, '..');
  const record = JSON.parse(readFileSync(join(first.folder, 'run.json'), 'utf8'));
  const copy = (number: number, change: object) => {
    const id = runName(number);
    cpSync(first.folder, join(runs, id), { recursive: true });
    writeFileSync(join(runs, id, 'run.json'), JSON.stringify({ ...record, id, number, ...change }));
  };
  copy(2, { model: 'Other' });
  copy(3, { declaration: 'head' });
  copy(4, { file: '/elsewhere/other.model' });
  copy(5, { state: 'failed' });
  const wanted = { model: 'Tiny', file: record.file, args: {}, declaration: undefined, word: undefined };
  const numberOf = (change: object) => {
    const chosen = chooseRun(runs, { ...wanted, ...change });
    return chosen.ok ? chosen.run.record.number : undefined;
  };
  expect(numberOf({})).toBe(3);
  expect(numberOf({ file: '/elsewhere/other.model' })).toBe(4);
  expect(numberOf({ declaration: record.declaration, file: record.file })).toBe(1);
  expect(numberOf({ declaration: 'tail' })).toBeUndefined();
  // Its own run of that name failed: that of a namesake in another program is no stand-in.
  copy(6, { declaration: 'tail', state: 'failed' });
  copy(7, { declaration: 'tail', file: '/elsewhere/other.model' });
  expect(numberOf({ declaration: 'tail' })).toBeUndefined();
  expect(chooseRun(runs, { ...wanted, declaration: 'tail' })).toMatchObject({ unfinished: { record: { number: 6 } } });
  for (const number of [6, 7]) rmSync(join(runs, runName(number)), { recursive: true });
  expect(numberOf({ args: { width: 3 } })).toBeUndefined();
  rmSync(join(runs, runName(1)), { recursive: true });
  for (const number of [2, 3, 4]) rmSync(join(runs, runName(number)), { recursive: true });
  expect(chooseRun(runs, wanted)).toMatchObject({ ok: false, unfinished: { record: { number: 5 } } });
});

test('a run that cannot be read is told of, never passed over', async () => {
  const { folder } = await fakeRun(tinyPlan());
  const runs = join(folder, '..');
  const name = basename(folder);
  const record = readFileSync(join(folder, 'run.json'), 'utf8');
  const broken = [
    ['{', 'damaged: the 1 bytes are no whole JSON'],
    ['', 'its run.json is empty'],
    [record.replace('"version": 1', '"version": 99'), 'run folders of version 99'],
  ] as const;
  for (const [text, why] of broken) {
    writeFileSync(join(folder, 'run.json'), text);
    expect(listRuns(runs)).toEqual([]);
    expect(unreadableRuns(runs)).toEqual([name]);
    for (const word of ['1', name, folder]) expect(whyNoRun(runs, word)).toContain(`The run ${name} cannot be read`);
    const chosen = chooseRun(runs, { model: 'M', file: undefined, args: {}, declaration: undefined, word: '1' });
    expect(chosen).toMatchObject({ ok: false, message: expect.stringContaining(why) });
  }
  const latest = chooseRun(runs, { model: 'M', file: undefined, args: {}, declaration: undefined, word: undefined });
  expect(latest).toMatchObject({ ok: false, message: expect.stringContaining(`The run ${name} cannot be read`) });
  expect(whyNoRun(runs, '2')).toContain('There is no run `2`');
  writeFileSync(join(folder, 'run.json'), record);
  expect(unreadableRuns(runs)).toEqual([]);
});

test('a run whose lock cannot be read is not deleted while its process lives', async () => {
  const { folder } = await fakeRun(tinyPlan());
  const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  writeFileSync(join(folder, 'lock'), '{"version":99}');
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...record, state: 'running', pid: process.pid }));
  expect(deleteRun(folder)).toMatchObject({ ok: false, message: expect.stringContaining('cannot be read') });
  await expect(fakeResume(folder)).rejects.toThrow('cannot be read');
  expect(readRun(folder)?.record.id).toBe(record.id);
  // No process has this number.
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...record, state: 'running', pid: 2 ** 30 }));
  expect(deleteRun(folder)).toEqual({ ok: true });
});

test('a run whose process is gone is interrupted, never finished', async () => {
  const { folder } = await fakeRun(tinyPlan());
  const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...record, state: 'running' }));
  expect(readRun(folder)?.state).toBe('interrupted');
  writeFileSync(join(folder, 'lock'), '{"version":1,"pid":1234567,"address":"/nowhere","token":"x","started":1}');
  expect(readRun(folder)?.state).toBe('interrupted');
});

test('lines cut at any byte lose nothing but the last one', async () => {
  const { folder, events } = await fakeRun(tinyPlan({ epochs: 1 }));
  const text = readFileSync(join(folder, 'metrics.jsonl'), 'utf8');
  for (let end = 0; end <= text.length; end++) {
    const whole = text.slice(0, end).split('\n').length - 1;
    expect(parseEventLines(text.slice(0, end))).toHaveLength(whole);
  }
  writeFileSync(join(folder, 'metrics.jsonl'), text.slice(0, -10));
  expect(readEvents(folder)).toHaveLength(events.length - 1);
});

test('numbers are the shortest text of the same float32', () => {
  let state = 7;
  const bits = new Uint32Array(1);
  const float = new Float32Array(bits.buffer);
  for (let i = 0; i < 20_000; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bits[0] = state;
    const value = float[0] as number;
    const told = eventNumber(value);
    if (Number.isNaN(value)) expect(told).toBe('NaN');
    else expect(Math.fround(Number(told))).toBe(value);
  }
  expect(eventNumber(0.1)).toBe(0.1);
  expect(eventNumber(1 / 3)).toBe(0.33333334);
  expect(eventNumber(Number.POSITIVE_INFINITY)).toBe('Infinity');
  expect(eventNumber(-0)).toBe(0);
  expect(String(eventNumber(123456.789))).toBe('123456.79');
});

test('what is no event is no event', () => {
  const event: RunEvent = { seq: 1, time: 2, kind: 'resumed', step: 3 };
  expect(parseEventLines(eventLine(event))).toEqual([event]);
  for (const wrong of [{ ...event, seq: 'x' }, { ...event, step: -1 }, { ...event, kind: 'toString' }, [], null, 3]) {
    expect(parseEventLines(`${JSON.stringify(wrong)}\n`)).toEqual([]);
  }
});

test('a request of another version is refused in words', () => {
  expect(parseRequest('{"version":7,"kind":"doctor"}')).toEqual({
    ok: false,
    message:
      "This client speaks version 7 of the trainer's messages, this side speaks version 1. Both must come from the same Modelwright: update the older one, or reload the window after an update.",
  });
  expect(parseRequest('{"version":1,"kind":"train"}').ok).toBe(false);
  expect(parseRequest('{"version":1,"kind":"doctor"}').ok).toBe(true);
});

test('a trainer gets nothing of the editor', () => {
  const env = trainerEnvironment(
    { PATH: '/bin', VSCODE_PID: '1', ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect', MODELWRIGHT_DATA: '/d' },
    '/bin/node',
  );
  expect(env).toEqual({ PATH: '/bin', MODELWRIGHT_DATA: '/d' });
});

test('a trainer goes by the proxy that the environment names', () => {
  const env = trainerEnvironment({ https_proxy: 'http://proxy:3128' }, '/bin/node');
  expect(env).toEqual({ https_proxy: 'http://proxy:3128', NODE_USE_ENV_PROXY: '1' });
  const own = trainerEnvironment({ HTTP_PROXY: 'http://proxy:3128', NODE_USE_ENV_PROXY: '0' }, '/bin/node');
  expect(own.NODE_USE_ENV_PROXY).toBe('0');
});
