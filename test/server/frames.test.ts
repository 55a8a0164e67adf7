/** Messages on a stream, however it is cut. */
import { expect, test } from 'vitest';
import { createFrames, frame } from '../../server/frames.ts';

test('messages survive any cutting of the stream', () => {
  const messages = [{ a: 'ä→🙂' }, { b: [1, 2, 3] }, { c: '\r\n\r\n' }];
  const bytes = Buffer.from(messages.map(frame).join(''));
  for (const size of [1, 2, 3, 7, 50, bytes.length]) {
    const frames = createFrames(() => expect.fail('nothing is broken'));
    const found: unknown[] = [];
    for (let at = 0; at < bytes.length; at += size) found.push(...frames(bytes.subarray(at, at + size)));
    expect(found).toEqual(messages);
  }
});

test('what is no message is told and passed over', () => {
  const broken: string[] = [];
  const frames = createFrames((text) => broken.push(text));
  const good = frame({ ok: true });
  expect(frames(Buffer.from(`Hello\r\n\r\n${good}Content-Length: 3\r\n\r\n{x}${good}`))).toEqual([
    { ok: true },
    { ok: true },
  ]);
  expect(broken).toEqual(['Hello', '{x}']);
});

test('further headers and other spellings are fine', () => {
  const frames = createFrames(() => expect.fail('nothing is broken'));
  expect(frames(Buffer.from('Content-Type: application/json\r\ncontent-length:2\r\n\r\n{}'))).toEqual([{}]);
});
