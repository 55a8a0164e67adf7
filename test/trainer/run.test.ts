/** A run from start to end: events, files, pause and stop over the socket, failures, a full disk, another version. */

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventLine, type Lock, type RunEvent } from '../../protocol/index.ts';
import { RunConnection } from '../../runs/index.ts';
import { type Disk, realDisk } from '../../trainer/run/disk.ts';
import { planHash } from '../../trainer/run/hash.ts';
import { fakeResume, fakeRun, ofKind, tinyPlan } from './run-helper.ts';

test('epochs, steps and metrics are told as they are', async () => {
  const { events, record, code, folder } = await fakeRun(tinyPlan(), { rows: [18, 8] });
  expect(code).toBe(0);
  expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1));
  const [started] = ofKind(events, 'started');
  expect(started).toMatchObject({
    steps: 15,
    stepsPerEpoch: 5,
    epochs: 3,
    batch: 4,
    rows: { train: 18, validation: 8 },
    parameters: 1,
  });
  expect(started!.metrics).toEqual([
    { name: 'loss', direction: 'min' },
    { name: 'accuracy', direction: 'max' },
  ]);
  const steps = ofKind(events, 'step');
  expect(steps.map((step) => step.step)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
  expect(steps.map((step) => step.epoch)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3]);
  // The first batch is 0, 1, 2, 3: its mean is 1.5, the weight 0.
  expect(steps[0]).toMatchObject({ loss: 2.25, metrics: { accuracy: 0.5 }, lr: 0.1 });
  const epochs = ofKind(events, 'epoch');
  expect(epochs.map((epoch) => [epoch.epoch, epoch.step, epoch.whole])).toEqual([
    [1, 5, true],
    [2, 10, true],
    [3, 15, true],
  ]);
  const losses = steps.slice(0, 5).map((step) => step.loss as number);
  // The last batch of an epoch has two examples and counts for two.
  const mean = (4 * (losses[0]! + losses[1]! + losses[2]! + losses[3]!) + 2 * losses[4]!) / 18;
  expect(epochs[0]!.train.loss).toBeCloseTo(mean, 4);
  expect(epochs[0]!.train.accuracy).toBe(0.5);
  expect(epochs[0]!.validation!.accuracy).toBe(0.25);
  expect(ofKind(events, 'checkpoint').map((each) => [each.step, each.reason])).toEqual([
    [5, 'last'],
    [10, 'last'],
    [15, 'last'],
  ]);
  expect(readdirSync(join(folder, 'checkpoints')).sort()).toEqual(['10', '15']);
  expect(ofKind(events, 'ended')[0]).toMatchObject({ state: 'finished', step: 15, epoch: 3 });
  expect(record).toMatchObject({ state: 'finished', step: 15, number: 1, engine: 'onnx' });
  expect(record.metrics['validation.accuracy']).toBe(0.25);
  expect(existsSync(join(folder, 'lock'))).toBe(false);
  expect(readFileSync(join(folder, 'source', 'tiny.model'), 'utf8')).toBe('# tiny\n');
  expect(readFileSync(join(folder, '..', '..', '.gitignore'), { encoding: 'utf8', flag: 'a+' })).toBe('');
});

test('each event is on disk before it is sent, byte for byte as it is sent', async () => {
  const sent: RunEvent[] = [];
  let onDisk = true;
  const { folder, events } = await fakeRun(tinyPlan(), {
    onFolder: (folder) => {
      const connection = new RunConnection({
        onEvent: (event) => {
          sent.push(event);
          const file = event.kind === 'step' ? 'metrics.jsonl' : 'events.jsonl';
          onDisk &&= readFileSync(join(folder, file), 'utf8').includes(eventLine(event));
        },
        onClose: () => undefined,
      });
      void connection.open(folder, 0);
    },
  });
  expect(onDisk).toBe(true);
  expect(sent.length).toBe(events.length);
  expect(sent.map(eventLine)).toEqual(events.map(eventLine));
  expect(statSync(join(folder, 'metrics.jsonl')).size).toBeGreaterThan(100);
});

/** Attaches and does something at a step. */
function attached(at: number, act: (connection: RunConnection) => void, closed?: (reason: string) => void) {
  return (folder: string) => {
    const connection = new RunConnection({
      onEvent: (event) => {
        if (event.kind === 'step' && event.step === at) act(connection);
      },
      onClose: (reason) => closed?.(reason),
    });
    void connection.open(folder, 0);
  };
}

test('a stop over the socket saves first; resuming goes on as if nothing had been', async () => {
  const whole = await fakeRun(tinyPlan());
  const first = await fakeRun(tinyPlan(), {
    onFolder: attached(3, (connection) => connection.send({ kind: 'stop' })),
    // The loop yields between steps, so that the command arrives.
    onStep: () => new Promise((done) => setImmediate(() => setImmediate(done))),
  });
  expect(first.code).toBe(130);
  expect(first.record.state).toBe('stopped');
  const stop = ofKind(first.events, 'checkpoint').find((each) => each.reason === 'stop')!;
  expect(stop.step).toBeGreaterThanOrEqual(3);
  expect(stop.step).toBeLessThan(15);
  const second = await fakeResume(first.folder);
  expect(second.record.state).toBe('finished');
  const started = ofKind(second.events, 'started');
  expect(started[1]!.resumedFrom).toBe(stop.step);
  expect(second.events.map((event) => event.seq)).toEqual(second.events.map((_, i) => i + 1));
  const values = (events: RunEvent[]) =>
    ofKind(events, 'step').map(({ step, epoch, loss, metrics, lr }) => ({ step, epoch, loss, metrics, lr }));
  expect(values(second.events)).toEqual(values(whole.events));
  const epochs = (events: RunEvent[]) =>
    ofKind(events, 'epoch').map(({ epoch, step, train, validation }) => ({ epoch, step, train, validation }));
  expect(epochs(second.events)).toEqual(epochs(whole.events));
  const weights = (folder: string) => readFileSync(join(folder, 'checkpoints', '15', 'weights.safetensors'));
  expect(weights(second.folder)).toEqual(weights(whole.folder));
});

test('pause keeps the run, resume goes on; a changed rate is told', async () => {
  const { events } = await fakeRun(tinyPlan(), {
    onFolder: (folder) => {
      const connection = new RunConnection({
        onEvent: (event) => {
          if (event.kind === 'step' && event.step === 2) connection.send({ kind: 'pause' });
          if (event.kind === 'paused') {
            connection.send({ kind: 'rate', factor: 0.5 });
            connection.send({ kind: 'resume' });
          }
        },
        onClose: () => undefined,
      });
      void connection.open(folder, 0);
    },
    // Steps reach who watches a few at a time: each lasts as long as that takes.
    onStep: () => new Promise((done) => setTimeout(done, 100)),
  });
  const kinds = events.map((event) => event.kind);
  expect(kinds.indexOf('paused')).toBeLessThan(kinds.indexOf('resumed'));
  expect(ofKind(events, 'checkpoint')[0]!.reason).toBe('pause');
  const [changed] = ofKind(events, 'changed');
  expect(changed).toMatchObject({ factor: 0.5, lr: 0.05 });
  expect(ofKind(events, 'step').at(-1)!.lr).toBe(0.05);
  expect(ofKind(events, 'ended')[0]!.state).toBe('finished');
});

test('with nobody attached it saves and stops, unless it was told to keep going', async () => {
  const patient = { patience: 5 };
  const wait = { onStep: () => new Promise<void>((done) => setTimeout(done, 2)) };
  const alone = await fakeRun(tinyPlan({ epochs: 40 }), { keepGoing: false, deps: patient, ...wait });
  expect(alone.record.state).toBe('stopped');
  expect(alone.record.reason).toContain('Nobody has watched it');
  expect(ofKind(alone.events, 'checkpoint').at(-1)!.reason).toBe('stop');
  const kept = await fakeRun(tinyPlan({ epochs: 8 }), { keepGoing: true, deps: patient, ...wait });
  expect(kept.record.state).toBe('finished');
});

test('NaN ends the run at once and names the last good checkpoint', async () => {
  const { code, record, events } = await fakeRun(tinyPlan(), { nanAt: 7 });
  expect(code).toBe(3);
  expect(record.state).toBe('failed');
  const [problem] = ofKind(events, 'problem');
  expect(problem!.code).toBe('train/not-finite');
  expect(problem!.message).toContain(
    'The loss became not-a-number (NaN) at step 7 (epoch 2) with the learning rate 0.1',
  );
  expect(problem!.message).toContain('The last good checkpoint is checkpoints/5');
  expect(problem!.place).toMatchObject({ file: 'tiny.model', line: 1 });
  expect(ofKind(events, 'step').at(-1)!.loss).toBe('NaN');
  expect(ofKind(events, 'ended')[0]).toMatchObject({ state: 'failed', step: 7 });
});

test('a weight that is infinite is never saved', async () => {
  const { record, events, folder } = await fakeRun(tinyPlan(), { brokenAt: 10 });
  expect(record.state).toBe('failed');
  expect(ofKind(events, 'problem')[0]!.message).toContain('The weight Tiny/w is no finite number any more at step 10');
  expect(readdirSync(join(folder, 'checkpoints'))).toEqual(['5']);
});

test('early stopping ends as finished and says why', async () => {
  const { record, events } = await fakeRun(
    tinyPlan({ epochs: 50, stop: { watch: 'accuracy', patience: 2, change: 0 } }),
  );
  expect(record.state).toBe('finished');
  expect(record.reason).toBe('Stopped early: accuracy has not risen above 0.5 for 2 validations.');
  expect(ofKind(events, 'epoch')).toHaveLength(3);
});

test('`steps:` validates twenty times, `every` and `best` keep their checkpoints', async () => {
  const save = [
    { kind: 'best' as const, metric: 'loss' },
    { kind: 'every' as const, steps: 7 },
  ];
  const { events, folder } = await fakeRun(tinyPlan({ epochs: undefined, steps: 40, save }));
  const epochs = ofKind(events, 'epoch');
  expect(epochs.filter((epoch) => epoch.validation !== undefined).length).toBeGreaterThanOrEqual(20);
  expect(epochs.filter((epoch) => epoch.whole).map((epoch) => epoch.step)).toEqual([5, 10, 15, 20, 25, 30, 35, 40]);
  const kept = readdirSync(join(folder, 'checkpoints')).map(Number);
  expect(kept).toEqual(expect.arrayContaining([7, 14, 21, 28, 35, 40]));
  expect(ofKind(events, 'ended')[0]!.best!.metric).toBe('loss');
  expect(kept).toContain(ofKind(events, 'ended')[0]!.best!.step);
});

test('a full disk pauses the run and says how much it needs; nothing is lost', async () => {
  let full = false;
  const whole = await fakeRun(tinyPlan());
  const noSpace = () => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  const disk: Disk = {
    ...realDisk,
    appender(path) {
      const real = realDisk.appender(path);
      return {
        append(bytes) {
          if (full) throw noSpace();
          real.append(bytes);
        },
        sync: real.sync,
        close: real.close,
      };
    },
    write(path, parts) {
      if (full) throw noSpace();
      realDisk.write(path, parts);
    },
    replace(path, text) {
      if (full) throw noSpace();
      realDisk.replace(path, text);
    },
  };
  const { events, record } = await fakeRun(tinyPlan(), {
    deps: { disk },
    onStep: (step) => {
      full = step === 4;
    },
    onFolder: (folder) => {
      const connection = new RunConnection({
        onEvent: (event) => {
          if (event.kind !== 'paused') return;
          full = false;
          connection.send({ kind: 'resume' });
        },
        onClose: () => undefined,
      });
      void connection.open(folder, 0);
    },
  });
  const problem = ofKind(events, 'problem').find((each) => each.code === 'train/disk-full')!;
  expect(problem.message).toMatch(/The disk is full, so the run has paused: it needs about \d+ kB/);
  expect(ofKind(events, 'paused')[0]!.reason).toBe('disk-full');
  expect(record.state).toBe('finished');
  const losses = (list: RunEvent[]) => ofKind(list, 'step').map((step) => step.loss);
  expect(losses(events)).toEqual(losses(whole.events));
});

test('a disk that has room for lines but not for a checkpoint pauses the run once, until the checkpoint is written', async () => {
  let tries = 0;
  const disk: Disk = {
    ...realDisk,
    write(path, parts) {
      if (path.endsWith('weights.safetensors') && ++tries <= 2)
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      realDisk.write(path, parts);
    },
  };
  const { events, record } = await fakeRun(tinyPlan(), {
    deps: { disk },
    onFolder: (folder) => {
      const connection = new RunConnection({
        // `resume` asks it to look again at once; it goes on only when it can.
        onEvent: (event) => {
          if (event.kind === 'paused') connection.send({ kind: 'resume' });
        },
        onClose: () => undefined,
      });
      void connection.open(folder, 0);
    },
  });
  expect(tries).toBeGreaterThan(2);
  expect(ofKind(events, 'paused')).toHaveLength(1);
  expect(ofKind(events, 'resumed')).toHaveLength(1);
  expect(ofKind(events, 'checkpoint').length).toBeGreaterThan(0);
  expect(record.state).toBe('finished');
});

test('a client of another version, or with a wrong token, is refused in words', async () => {
  const heard: string[] = [];
  const talk = (folder: string, line: (lock: Lock) => unknown) =>
    new Promise<void>((done) => {
      const lock: Lock = JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'));
      const socket = connect(lock.address);
      socket.on('data', (text) => heard.push(text.toString()));
      socket.on('close', () => done());
      socket.on('error', () => done());
      socket.write(`${JSON.stringify(line(lock))}\n`);
    });
  let talked: Promise<unknown> | undefined;
  await fakeRun(tinyPlan(), {
    onFolder: (folder) => {
      talked = Promise.all([
        talk(folder, (lock) => ({ kind: 'ready', version: 99, token: lock.token, after: 0 })),
        talk(folder, () => ({ kind: 'ready', version: 1, token: 'wrong', after: 0 })),
        talk(folder, () => 'nonsense'),
      ]);
    },
    onStep: () => talked?.then(() => undefined),
  });
  const text = heard.join('');
  expect(text).toContain('speaks version 99 of the trainer');
  expect(text).toContain('The token is not the one of this run');
  expect(text).toContain('This is no command');
});

test('a lock of a living process is not taken over', async () => {
  const { folder } = await fakeRun(tinyPlan(), { nanAt: 2 });
  await fakeRun(tinyPlan(), {
    onFolder: (other) => {
      const lock: Lock = JSON.parse(readFileSync(join(other, 'lock'), 'utf8'));
      writeFileSync(join(folder, 'lock'), JSON.stringify(lock));
    },
    onStep: async () => {
      await expect(fakeResume(folder)).rejects.toThrow(`is being trained by process ${process.pid} already`);
    },
    rows: [4, 0],
  });
});

test('a checkpoint of other data or another model is refused', async () => {
  const { folder } = await fakeRun(tinyPlan(), { nanAt: 7 });
  const other = await fakeResume(folder, {
    deps: { prepare: async () => ({ ...(await import('./run-helper.ts')).countingPreparer(), hash: 'other' }) },
  });
  expect(ofKind(other.events, 'problem').at(-1)!.code).toBe('train/other-data');
  const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'));
  plan.graph.weights[0].shape = [2];
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
  await expect(fakeResume(folder)).rejects.toThrow('is not the one that the run began with');
  const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...record, planHash: planHash(plan) }));
  const model = await fakeResume(folder);
  expect(ofKind(model.events, 'problem').at(-1)!.message).toContain(
    'the weight Tiny/w should be [2], but the checkpoint has [1]',
  );
});
