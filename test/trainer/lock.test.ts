/** The lock of a run: taken by one, taken over from the dead only, and given up where another has it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Lock, TRAINER_VERSION } from '../../protocol/index.ts';
import { processStamp, readRun } from '../../runs/index.ts';
import type { Preparer } from '../../trainer/data/feed.ts';
import { dropLock, keepLock, takeLock } from '../../trainer/run/lock.ts';
import { countingPreparer, fakeRun, tinyPlan } from './run-helper.ts';

const fresh = () => mkdtempSync(join(tmpdir(), 'mw-lock-'));
const lockOf = (folder: string, token: string, change: Partial<Lock> = {}): Lock => {
  const stamp = processStamp(process.pid);
  return {
    ...{ version: TRAINER_VERSION, pid: process.pid, address: folder, token, started: 0 },
    ...(stamp === undefined ? {} : { stamp }),
    ...change,
  };
};
const tokenIn = (folder: string) => (JSON.parse(readFileSync(join(folder, 'lock'), 'utf8')) as Lock).token;
/** No process has this number. */
const DEAD = 2 ** 22 + 1;

test('a living lock is respected, a dead one is taken over, and nothing else is left', () => {
  const folder = fresh();
  takeLock(folder, lockOf(folder, 'first'));
  expect(() => takeLock(folder, lockOf(folder, 'second'))).toThrow('is being trained by process');
  expect(tokenIn(folder)).toBe('first');
  writeFileSync(join(folder, 'lock'), JSON.stringify(lockOf(folder, 'dead', { pid: DEAD })));
  takeLock(folder, lockOf(folder, 'third'));
  expect(tokenIn(folder)).toBe('third');
  expect(readdirSync(folder)).toEqual(['lock']);
  dropLock(folder);
  expect(readdirSync(folder)).toEqual([]);
});

test('who has the lock writes it again when it is gone, and gives up when another one has it', () => {
  const folder = fresh();
  const own = lockOf(folder, 'own');
  takeLock(folder, own);
  expect(keepLock(folder, own)).toBe(true);
  rmSync(join(folder, 'lock'));
  expect(keepLock(folder, own)).toBe(true);
  expect(tokenIn(folder)).toBe('own');
  writeFileSync(join(folder, 'lock'), JSON.stringify(lockOf(folder, 'other')));
  expect(keepLock(folder, own)).toBe(false);
});

test('a trainer shows life while it prepares, and gives up when another one has its lock', async () => {
  let prepared: (data: Preparer) => void = () => undefined;
  const waiting = new Promise<Preparer>((done) => {
    prepared = done;
  });
  let beats = 0;
  const ends: number[] = [];
  let folder = '';
  const run = fakeRun(tinyPlan({ epochs: 1 }), {
    onFolder(at) {
      folder = at;
      const lock = JSON.parse(readFileSync(join(at, 'lock'), 'utf8')) as Lock;
      const socket = connect(lock.address, () => {
        socket.write(`${JSON.stringify({ kind: 'ready', version: TRAINER_VERSION, token: lock.token, after: 0 })}\n`);
      });
      socket.on('data', (text) => {
        beats += text.toString().split('"kind":"alive"').length - 1;
        if (beats > 2 && ends.length === 0) writeFileSync(join(at, 'lock'), JSON.stringify(lockOf(at, 'other')));
      });
    },
    deps: {
      beat: 1,
      prepare: () => waiting,
      exit(code) {
        if (ends.push(code) === 1) prepared(countingPreparer());
        // Called by a timer of the run: what would end a process must not end the test.
        return undefined as never;
      },
    },
  });
  await run;
  expect(beats).toBeGreaterThan(2);
  expect(ends[0]).toBe(3);
  expect(readFileSync(join(folder, 'log.txt'), 'utf8')).toContain('Another process has taken the lock of this run');
});

test('a run whose lock is damaged is not shown as interrupted while its process lives', async () => {
  const { folder, record } = await fakeRun(tinyPlan({ epochs: 1 }));
  const write = (change: object) => writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...record, ...change }));
  writeFileSync(join(folder, 'lock'), '{"version": 1, "pid":');
  write({ state: 'running', pid: process.pid });
  expect(readRun(folder)?.state).toBe('running');
  write({ state: 'running', pid: DEAD });
  expect(readRun(folder)?.state).toBe('interrupted');
});
