/** A warm process seen from whoever asks it: answers find their questions, and the end of the process is told to all who wait. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WarmModel } from '../../runs/index.ts';

const checkpoint = { path: 'checkpoints/1', step: 1, epoch: 1, best: true, skipped: [] };
const options = { engine: 'onnx', device: 'cpu', threads: 1 } as const;

/** A process that says `first`, then answers each question by the body of `answer(question)`. */
async function start(first: unknown, answer = '') {
  const script = join(mkdtempSync(join(tmpdir(), 'mw-warm-')), 'trainer.js');
  writeFileSync(
    script,
    `const lines = require('node:readline').createInterface({ input: process.stdin });
     const say = (value) => console.log(JSON.stringify(value));
     let asked = false;
     lines.on('line', (line) => {
       if (!asked) { asked = true; console.log('a library says hello'); say(${JSON.stringify(first)}); return; }
       const question = JSON.parse(line);
       ${answer}
     });`,
  );
  return WarmModel.start({ node: process.execPath, script }, '/runs/1', options);
}

const ready = { kind: 'ready', version: 1, run: '1', engine: 'test', checkpoint };
const BODY = '{ seen: [], outputs: [], notes: [], ms: question.id }';

async function started(answer: string): Promise<WarmModel> {
  const one = await start(ready, answer);
  if (!one.ok) throw new Error(one.error.message);
  return one.model;
}

test('answers find their questions; a newer checkpoint is known from then on', async () => {
  const model = await started(`
    if (question.id === 2) say({ kind: 'checkpoint', checkpoint: { ...${JSON.stringify(checkpoint)}, step: 9 } });
    say({ kind: 'answer', id: question.id, of: question.kind, ms: 3, body: ${BODY} });`);
  const [first, second] = await Promise.all([
    model.ask('predict', { inputs: {} }),
    model.ask('predict', { inputs: {} }),
  ]);
  expect(first).toMatchObject({ ok: true, body: { ms: 1 }, checkpoint: { step: 1 } });
  expect(second).toMatchObject({ ok: true, body: { ms: 2 }, checkpoint: { step: 9 } });
  model.dispose();
});

test('a process that cannot start says why', async () => {
  const one = await start({ error: { code: 'train/no-checkpoint', message: 'There is none yet.' } });
  expect(one).toMatchObject({ ok: false, error: { code: 'train/no-checkpoint', message: 'There is none yet.' } });
});

test('who waits is told when the process dies, and it is known to be gone', async () => {
  const model = await started(`console.error('out of luck'); process.exit(7);`);
  const answer = await model.ask('form', {});
  expect(answer).toMatchObject({ ok: false, cancelled: false });
  expect(answer.ok ? '' : answer.error.message).toMatch(/ended with code 7.*out of luck/s);
  expect(model.alive).toBe(false);
  expect(await model.ask('form', {})).toMatchObject({ ok: false });
});

test('an answer is cancelled by its signal', async () => {
  const model = await started(`
    if (question.kind === 'cancel') say({ kind: 'failed', id: question.id, cancelled: true, error: { code: 'train/cancelled', message: 'Ended.' } });`);
  const abort = new AbortController();
  const waiting = model.ask('form', {}, abort.signal);
  abort.abort();
  expect(await waiting).toMatchObject({ ok: false, cancelled: true });
  model.dispose();
});
