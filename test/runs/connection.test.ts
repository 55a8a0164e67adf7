/** A line to a trainer: one that says nothing is told of, and told of again when it speaks. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Lock, TRAINER_VERSION } from '../../protocol/index.ts';
import { processStamp, RunConnection, readLock, startTrainer } from '../../runs/index.ts';

const windows = process.platform === 'win32';

/** A trainer that listens and answers nothing of its own. */
async function mute() {
  const folder = mkdtempSync(join(tmpdir(), 'mw-mute-'));
  const address = windows ? `\\\\.\\pipe\\mw-mute-${process.pid}` : join(folder, 'run.sock');
  const clients: Socket[] = [];
  const server = createServer((socket) => clients.push(socket));
  await new Promise<void>((listening) => server.listen(address, listening));
  const lock: Lock = { version: TRAINER_VERSION, pid: process.pid, address, token: 't', started: 0 };
  writeFileSync(join(folder, 'lock'), JSON.stringify(lock));
  const say = (message: unknown) => {
    for (const client of clients) client.write(`${JSON.stringify(message)}\n`);
  };
  return { folder, say, close: () => server.close() };
}

test('silence is told once, and a sign of life ends it', async () => {
  const trainer = await mute();
  const heard: boolean[] = [];
  let next: () => void = () => undefined;
  const change = () => new Promise<void>((done) => (next = done));
  const connection = new RunConnection(
    {
      onEvent: () => undefined,
      onClose: () => undefined,
      onSilence: (silent) => {
        heard.push(silent);
        next();
      },
    },
    20,
  );
  const silent = change();
  const opened = connection.open(trainer.folder, 0);
  await silent;
  const back = change();
  trainer.say({ kind: 'ready', version: TRAINER_VERSION, run: '0001-a-b', state: 'running' });
  await back;
  expect(await opened).toMatchObject({ ok: true });
  const again = change();
  await again;
  trainer.say({ kind: 'alive', time: 5 });
  await change();
  expect(heard.slice(0, 4)).toEqual([true, false, true, false]);
  connection.dispose();
  trainer.close();
});

test('a trainer that never answers can be ended', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mw-mute-'));
  const script = join(folder, 'trainer.js');
  writeFileSync(script, 'setInterval(() => undefined, 1000);');
  const started = await startTrainer(
    { node: process.execPath, script, silence: 20, onSilence: (kill) => kill() },
    {
      version: TRAINER_VERSION,
      kind: 'resume',
      folder,
      options: { engine: 'auto', device: 'auto', threads: 0 },
      keepGoing: false,
      started: 0,
    },
  );
  expect(started).toMatchObject({ ok: false, error: { code: 'train/trainer' } });
});

test('a lock is of the process that wrote it, not of a later one with its number', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mw-lock-'));
  const write = (change: Partial<Lock>) => {
    mkdirSync(folder, { recursive: true });
    const lock = { version: TRAINER_VERSION, pid: process.pid, address: folder, token: 't', started: 0, ...change };
    writeFileSync(join(folder, 'lock'), JSON.stringify(lock));
  };
  write({});
  expect(readLock(folder)).toBeDefined();
  const stamp = processStamp(process.pid);
  if (stamp === undefined) return;
  write({ stamp });
  expect(readLock(folder)).toBeDefined();
  // A cleaner of temporary files took the socket: the run lives nevertheless.
  write({ stamp, address: join(folder, 'gone') });
  expect(readLock(folder)).toBeDefined();
  write({ stamp: `${stamp}0` });
  expect(readLock(folder)).toBeUndefined();
});
