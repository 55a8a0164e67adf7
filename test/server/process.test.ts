/** The server as a process of its own: it answers over standard streams, ends politely, and stays within its budget. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { serverSize } from '../../bench/server-size.ts';
import { PLAN_REQUEST, type PlanResult } from '../../protocol/index.ts';
import type { Published } from './client.ts';

const folder = mkdtempSync(join(tmpdir(), 'server-'));
afterAll(() => rmSync(folder, { recursive: true }));

const script = join(folder, 'server.cjs');
const bundled = build({
  entryPoints: [join(import.meta.dirname, '../../server/main.ts')],
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outfile: script,
  metafile: true,
});

const program = `data Numbers {
  source: csv("numbers.csv")
  x: float32 = a
  y: float32 = b
}

model Line {
  input x: float32

  output y = x -> expand -> Dense(1) -> squeeze
}

train Line on Numbers {
  loss: mse(Line.y, Numbers.y)
  epochs: 2
}
`;

test('a session: hello, problems of a missing column, mended, planned, goodbye', async () => {
  await bundled;
  writeFileSync(join(folder, 'numbers.csv'), 'a,b\n1,2\n2,4\n3,6\n');
  const uri = pathToFileURL(join(folder, 'line.model')).href;
  const child = spawn(process.execPath, [script, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published: Published[] = [];
  let notice: (() => void) | undefined;
  connection.onNotification('textDocument/publishDiagnostics', (p: Published) => {
    published.push(p);
    notice?.();
  });
  /** Headers are read later: problems are waited for, whatever number of publications that takes. */
  const until = async (holds: (p: Published) => boolean): Promise<Published> => {
    for (;;) {
      const found = published.find(holds);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        notice = resolve;
      });
    }
  };
  connection.listen();
  const hello = await connection.sendRequest<{ capabilities: { textDocumentSync: { change: number } } }>('initialize', {
    processId: process.pid,
    capabilities: {},
    rootUri: null,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'test' }],
  });
  expect(hello.capabilities.textDocumentSync.change).toBe(2);
  connection.sendNotification('initialized', {});
  const wrong = program.replace('float32 = b', 'float32 = bb');
  connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'model', version: 1, text: wrong },
  });
  const first = await until((p) => p.diagnostics.length > 0);
  expect(first.diagnostics[0]?.message).toContain('`bb`');
  connection.sendNotification('textDocument/didChange', {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: program }],
  });
  const mended = await until((p) => p.version === 2);
  expect(mended.diagnostics).toEqual([]);
  const answer = await connection.sendRequest<PlanResult>(PLAN_REQUEST, {
    uri,
    version: 2,
    declaration: undefined,
    action: 'train',
    overrides: { epochs: '3' },
  });
  expect(answer.kind === 'plan' ? answer.plan.train?.epochs : answer).toBe(3);
  expect(await connection.sendRequest('shutdown')).toBe(null);
  const ended = once(child, 'exit');
  connection.sendNotification('exit');
  expect((await ended)[0]).toBe(0);
});

// The target is 400 KB and is missed (`npm run bench` says by how much): this lock keeps it from growing unseen. Each entry of the
// catalogue adds about half a kilobyte, a check one or two. Decision 8 says what the bundle holds.
test('the bundle without the texts for readers is at most 855 KB', async () => {
  const { all, texts } = serverSize((await bundled).metafile);
  expect(all - texts).toBeLessThanOrEqual(855_000);
});
