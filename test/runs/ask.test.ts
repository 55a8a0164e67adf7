/** What a trainer says in answer: lines of native libraries are passed over, an answer that was cut off is an error. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TRAINER_VERSION } from '../../protocol/index.ts';
import { askTrainer } from '../../runs/index.ts';

function ask(program: string) {
  const script = join(mkdtempSync(join(tmpdir(), 'mw-ask-')), 'trainer.js');
  writeFileSync(script, program);
  return askTrainer({ node: process.execPath, script }, { version: TRAINER_VERSION, kind: 'doctor' });
}

test('lines that are no answers are passed over', async () => {
  expect(await ask(`console.log('a library says hello'); console.log('{"a":1}');`)).toEqual({
    ok: true,
    lines: [{ a: 1 }],
  });
});

test('an answer that was cut off is an error', async () => {
  const answer = await ask(`process.stdout.write('{"outputs": [1, 2');`);
  expect(answer).toMatchObject({ ok: false, error: { code: 'train/trainer' } });
});
