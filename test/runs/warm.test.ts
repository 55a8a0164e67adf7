/** A warm process seen from whoever asks it: answers find their questions, and the end of the process is told to all who wait. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WarmModel } from '../../runs/index.ts';

const checkpoint = { path: 'checkpoints/1', step: 1, epoch: 1, best: true, skipped: [] };
const options = { engine: 'onnx', device: 'cpu', threads: 1 } as const;

/** A process that says `first`, then answers each question by the body of `answer(question)`. */
async function start(first: unknown, answer = '', signal?: AbortSignal, doing?: (what: string) => void) {
  const script = join(mkdtempSync(join(tmpdir(), 'mw-warm-')), 'trainer.js');
  writeFileSync(
    script,
    `const lines = require('node:readline').createInterface({ input: process.stdin });
     const say = (value) => console.log(JSON.stringify(value));
     let asked = false;
     lines.on('line', (line) => {
       if (!asked) { asked = true; console.log('a library says hello'); say({ kind: 'doing', what: 'engine' }); say(${JSON.stringify(first)}); return; }
       const question = JSON.parse(line);
       ${answer}
     });`,
  );
  return WarmModel.start({ node: process.execPath, script }, '/runs/1', options, signal, doing);
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

test('what takes a while is heard, before it is ready and before an answer', async () => {
  const heard: string[] = [];
  const answer = `say({ kind: 'doing', what: 'data' }); say({ kind: 'doing', what: 'lunch' });
    say({ kind: 'answer', id: question.id, of: question.kind, ms: 3, body: ${BODY} });`;
  const one = await start(ready, answer, undefined, (what) => heard.push(what));
  if (!one.ok) throw new Error(one.error.message);
  expect(heard).toEqual(['engine']);
  await one.model.ask('predict', { inputs: {} });
  expect(heard).toEqual(['engine', 'data']);
  one.model.dispose();
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

test('a process that never gets ready is ended by its signal, and one that is ready is left alone', async () => {
  const abort = new AbortController();
  const waiting = start({ kind: 'hello' }, '', abort.signal);
  abort.abort();
  const one = await waiting;
  expect(one.ok ? '' : one.error.message).toContain('was killed by SIGKILL');
  const other = new AbortController();
  const two = await start(
    ready,
    `say({ kind: 'answer', id: question.id, of: question.kind, ms: 3, body: ${BODY} });`,
    other.signal,
  );
  other.abort();
  if (!two.ok) throw new Error(two.error.message);
  expect(await two.model.ask('predict', { inputs: {} })).toMatchObject({ ok: true });
  two.model.dispose();
});

test('lines that are none are passed over; an answer of another shape ends the waiting in words', async () => {
  const model = await started(`
    for (const line of ['', '{', 'null', '[]', '{"id": 1}x', '{"__proto__": {"id": 1}}', '\\u0000'.repeat(9), '{"kind":"answer","id":77,"of":"predict"}'])
      console.log(line);
    say({ kind: 'part', id: question.id, of: question.kind, body: 3 });
    if (question.id === 1) say({ kind: 'answer', id: question.id, of: question.kind, ms: 3, body: { outputs: 'all' } });
    else say({ kind: 'answer', id: question.id, of: question.kind, ms: 3, body: ${BODY} });`);
  const wrong = await model.ask('predict', { inputs: {} });
  expect(wrong).toMatchObject({ ok: false, cancelled: false, error: { code: 'train/trainer' } });
  expect(wrong.ok ? '' : wrong.error.message).toContain('a line that is not understood');
  expect(await model.ask('predict', { inputs: {} })).toMatchObject({ ok: true });
  model.dispose();
});
