/** A program whose data is named by an address: fetched before it trains, once, and told where it cannot be. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleTrainer } from '../trainer/bundle.ts';

const rows = Array.from({ length: 200 }, (_, i) => `${i / 200},${i < 100 ? 'owl' : 'jay'}\n`);
const table = Buffer.from(`size,kind\n${rows.join('')}`);
const sum = createHash('sha256').update(table).digest('hex');

let cli = '';
let folder = '';
let server: Server;
let asked = 0;
beforeAll(async () => {
  cli = join(dirname(await bundleTrainer()), 'cli.js');
  folder = mkdtempSync(join(tmpdir(), 'modelwright-cli-downloads-'));
  server = createServer((_request, response) => {
    asked++;
    response.writeHead(200, { 'content-length': table.length });
    response.end(table);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise<void>((done) => server.close(() => done()));
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, sha256: string): void {
  const { port } = server.address() as AddressInfo;
  writeFileSync(
    join(folder, name),
    `data Birds {
  source: csv(download("http://127.0.0.1:${port}/birds.csv", sha256: "${sha256}"))
  size: float32[1] = stack(size)
  kind: int32 = kind -> Index
  validation: 10%
}
model Bird {
  input size: float32[1]
  output scores = size -> Dense(2)
}
train Bird on Birds {
  loss: crossEntropy(scores, kind)
  optimizer: SGD(0.1)
  epochs: 1
  batch: 32
}
`,
  );
}

function modelwright(...args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((done) => {
    // No folder of data: what is fetched lies in the cache, which lies here.
    const env = { ...process.env, MODELWRIGHT_DATA: '', MODELWRIGHT_HOME: join(folder, 'home') };
    const child = spawn(process.execPath, [cli, ...args], { cwd: folder, env });
    let [out, err] = ['', ''];
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      err += text.toString();
    });
    child.on('close', (code) => done({ code, out, err }));
  });
}

test('it is fetched, checked and trained on; the second time it is there', async () => {
  write('birds.model', sum);
  const trained = await modelwright('train', 'birds.model', '--engine', 'onnx', '--device', 'cpu', '--threads', '1');
  expect(trained.err).toContain('Downloading birds.csv from http://127.0.0.1');
  expect(trained.out).toContain('finished at step 6');
  expect(trained.code).toBe(0);
  const kept = join(folder, 'home', 'cache', 'downloads');
  expect(readdirSync(kept).sort()).toEqual([`${sum.slice(0, 16)}-birds.csv`, `${sum.slice(0, 16)}-birds.csv.json`]);
  const looked = await modelwright('data', 'birds.model', '--rows', '1');
  expect(looked.out).toContain('Birds: train 180 · validation 20 · test 0');
  expect(asked).toBe(1);
});

test('another checksum ends it before anything starts', async () => {
  write('other.model', 'f'.repeat(64));
  const trained = await modelwright('train', 'other.model');
  expect(trained.code).toBe(3);
  expect(trained.err).toContain(`arrived with the checksum sha256 ${sum}, but the program says ${'f'.repeat(64)}`);
});
