/**
 * `modelwright mcp` given what no good assistant gives: lines that are no messages, wrong types, endless texts, paths that lead
 * out, calls taken back, an end in the middle of a training. It refuses in words, writes nothing outside, and ends.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { listRuns, readLock } from '../../runs/index.ts';
import { bundleTrainer } from '../trainer/bundle.ts';

let cli: string;
/** The folder around the one that the server is started in. */
let around: string;
let folder: string;
const servers: ChildProcessWithoutNullStreams[] = [];

const program = (epochs: number, batch: number) => `data Digits {
  source: idx(images: "test-images.idx.gz", labels: "test-labels.idx.gz")
  image: float32[784] = images -> reshape([784]) -> scale(0..255, 0..1)
  label: int32 = labels
  validation: 10%
}

model Small {
  input image: float32[784]

  output digit = image -> Dense(10, softmax)
}

train Small on Digits {
  loss: crossEntropy(digit, label)
  batch: ${batch}
  epochs: ${epochs}
}
`;

beforeAll(async () => {
  cli = join(dirname(await bundleTrainer()), 'cli.js');
  around = mkdtempSync(join(tmpdir(), 'mw-mcp-hostile-'));
  folder = join(around, 'work');
  mkdirSync(join(folder, '.modelwright'), { recursive: true });
  const digits = join(import.meta.dirname, '..', '..', 'examples', 'digits');
  for (const name of readdirSync(digits).filter((each) => each.endsWith('.gz')))
    copyFileSync(join(digits, name), join(folder, name));
  writeFileSync(join(folder, 'small.model'), program(1, 64));
  writeFileSync(join(folder, 'long.model'), program(5000, 1));
  writeFileSync(join(around, 'secret.model'), 'model Secret { input hidden: float32[3] }\n');
  writeFileSync(join(around, 'secret.txt'), 'the secret\n');
  symlinkSync(join(around, 'secret.model'), join(folder, 'link.model'));
  symlinkSync(around, join(folder, 'up'));
});

afterEach(() => {
  for (const server of servers.splice(0)) server.kill('SIGKILL');
});

interface Reply {
  readonly id?: number;
  readonly error?: { readonly message: string };
  readonly result?: { readonly content?: { readonly text: string }[]; readonly isError?: boolean };
}

/** The server with its bare lines. */
function started() {
  const env = { ...process.env, MODELWRIGHT_MEASURE: '0' };
  const server = spawn(process.execPath, [cli, 'mcp'], { cwd: folder, env });
  servers.push(server);
  let said = '';
  server.stderr.on('data', (bytes: Buffer) => {
    said += bytes;
  });
  server.stdin.on('error', () => undefined);
  const waiting = new Map<number, (reply: Reply) => void>();
  createInterface({ input: server.stdout }).on('line', (line) => {
    // Whatever comes in, what goes out are messages.
    const reply = JSON.parse(line) as Reply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  });
  const ended = new Promise<number | null>((done) => server.once('exit', (code) => done(code)));
  let number = 0;
  const raw = (text: string | Buffer) => server.stdin.write(text);
  const ask = (method: string, params: unknown) => {
    const id = ++number;
    const reply = new Promise<Reply>((done) => waiting.set(id, done));
    raw(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return { id, reply };
  };
  const call = async (name: string, input: unknown) => {
    const { result, error } = await ask('tools/call', { name, arguments: input }).reply;
    return { text: result?.content?.[0]?.text ?? error?.message ?? '', failed: result?.isError === true || !!error };
  };
  const hello = async () => {
    const clientInfo = { name: 'test', version: '1' };
    await ask('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo }).reply;
    raw(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
  };
  return { server, ended, raw, ask, call, hello, said: () => said };
}

/** Starts the training of a program after the word that agrees to it; the reply that is not there yet. */
async function training(mcp: ReturnType<typeof started>, file: string, wait: number) {
  const first = await mcp.call('modelwright_train', { file });
  const confirm = /confirm: "(.*?)"/.exec(first.text)?.[1];
  return mcp.ask('tools/call', { name: 'modelwright_train', arguments: { file, confirm, wait } });
}

const runs = () => join(folder, '.modelwright', 'runs');
const newest = () => listRuns(runs())[0];

/** Until it holds, or the test's time is over. */
async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 250_000, interval: 50 }).toBe(true);
}

test('lines that are no messages are passed over', async () => {
  const mcp = started();
  mcp.raw('nonsense\n{"jsonrpc":"2.0"\n\n[]\nnull\n{}\n"\\ud800"\n{"jsonrpc":"1.0","id":1}\n');
  mcp.raw(Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x80, 0x0a]));
  mcp.raw(`${'['.repeat(100_000)}${']'.repeat(100_000)}\n`);
  mcp.raw(`{"jsonrpc":"2.0","id":null,"method":"tools/call","params":${'[1,'.repeat(1000)}1${']'.repeat(1000)}}\n`);
  await mcp.hello();
  mcp.raw('{"jsonrpc":"2.0","method":"notifications/nobody","params":3}\n{"jsonrpc":"2.0","id":99,"result":{}}\n');
  expect((await mcp.ask('tools/fly', {}).reply).error).toBeDefined();
  expect((await mcp.ask('tools/call', { name: 3, arguments: 'x' }).reply).error).toBeDefined();
  expect((await mcp.ask('tools/call', undefined).reply).error).toBeDefined();
  expect((await mcp.call('modelwright_entry', { name: 'Dense' })).failed).toBe(false);
  mcp.server.stdin.end();
  expect(await mcp.ended).toBe(0);
  expect(mcp.said()).toBe('');
});

test('wrong types, names of prototypes and endless texts are told shortly', async () => {
  const mcp = started();
  await mcp.hello();
  const long = 'W'.repeat(10_000_000);
  const wrong: [string, unknown, RegExp][] = [
    ['modelwright_check', { text: 3 }, /takes a text as `text`, but got 3/],
    ['modelwright_check', { text: null }, /takes a text/],
    ['modelwright_check', { text: ['a'] }, /a list of 1/],
    ['modelwright_check', {}, /Give a program/],
    ['modelwright_check', { text: long }, /at most 8388608 letters as `text`, but got 10000000/],
    ['modelwright_check', { [long]: 1 }, /takes text, file, but got `W+…`/],
    ['modelwright_check', { text: 'x', __proto__x: 1 }, /takes text, file/],
    ['modelwright_summary', { file: 'small.model', set: { a: { b: 1 } } }, /an object of texts/],
    ['modelwright_summary', { file: 'small.model', set: { [long]: 'x' } }, /at most 4096 letters/],
    ['modelwright_summary', { file: 'small.model', unit: '__proto__' }, /no model or block/],
    ['modelwright_entry', { name: long }, /at most 4096/],
    ['modelwright_entry', { name: '__proto__' }, /no entry/],
    ['modelwright_explain', { code: '../../../package' }, /no page/],
    ['modelwright_explain', { code: 'shape/../../../x' }, /no page/],
    ['modelwright_runs', { limit: 'all' }, /takes a number as `limit`/],
    ['modelwright_run', { run: '../../etc' }, /no name of a run/],
    ['modelwright_run', { run: around }, /no name of a run/],
    ['modelwright_run', { run: 'a\\b' }, /no name of a run/],
    ['modelwright_run', { run: '99' }, /There is no run `99`/],
    ['modelwright_run', { run: '' }, /There is no run/],
    ['modelwright_evaluate', { file: 'small.model', run: '/x' }, /no name of a run|evaluate/],
    ['constructor', {}, /There is no tool/],
    [long, {}, /There is no tool/],
  ];
  for (const [name, input, expected] of wrong) {
    const { text, failed } = await mcp.call(name, input);
    expect(failed, text.slice(0, 200)).toBe(true);
    expect(text.slice(0, 2000)).toMatch(expected);
    expect(text.length).toBeLessThan(2000);
  }
  // A long program that is one: checked, not refused.
  const many = Array.from({ length: 3000 }, (_, at) => `model M${at} {\n  input x: float32[3]\n}\n`).join('');
  expect((await mcp.call('modelwright_check', { text: many })).failed).toBe(false);
  expect((await mcp.call('modelwright_check', { text: '\u0000\ud800\u202e'.repeat(1000) })).failed).toBe(false);
  mcp.server.stdin.end();
  expect(await mcp.ended).toBe(0);
});

test('paths that lead out are refused, and nothing is read or written there', async () => {
  const mcp = started();
  await mcp.hello();
  const out = [
    '../secret.model',
    join(around, 'secret.model'),
    'link.model',
    'up/secret.model',
    'up/new.model',
    '/etc/passwd',
    '../../../../etc/passwd',
    'test-images.idx.gz',
    '.',
    '/dev/zero',
    'a\u0000b.model',
  ];
  for (const tool of ['check', 'summary', 'train', 'evaluate', 'runs'] as const) {
    for (const file of out) {
      const { text, failed } = await mcp.call(`modelwright_${tool}`, { file });
      expect(failed, `${tool} ${file}: ${text}`).toBe(true);
      expect(text, `${tool} ${file}`).toMatch(/is no \.model program|lies outside|cannot be read/);
      expect(text).not.toMatch(/root:|hidden|the secret/);
    }
  }
  const { text } = await mcp.call('modelwright_check', { file: '../x.model', text: 'model A {}' });
  expect(text).toContain('lies outside');
  expect((await mcp.call('modelwright_check', { file: join(folder, 'small.model') })).failed).toBe(false);
  expect(readdirSync(around).sort()).toEqual(['secret.model', 'secret.txt', 'work']);
  mcp.server.stdin.end();
  expect(await mcp.ended).toBe(0);
});

test('two runs of one program at once are two runs', async () => {
  const mcp = started();
  await mcp.hello();
  const before = listRuns(runs()).length;
  const both = await Promise.all([training(mcp, 'small.model', 90), training(mcp, 'small.model', 90)]);
  const told = await Promise.all(both.map(({ reply }) => reply));
  const stories = told.map(({ result }) => JSON.parse(result?.content?.[0]?.text ?? '{}'));
  expect(stories.map(({ state }) => state)).toEqual(['finished', 'finished']);
  expect(new Set(stories.map(({ number }) => number)).size).toBe(2);
  expect(listRuns(runs())).toHaveLength(before + 2);
  mcp.server.stdin.end();
  expect(await mcp.ended).toBe(0);
});

test('a call that is taken back stops its run, with a checkpoint; the server goes on', async () => {
  const mcp = started();
  await mcp.hello();
  const { id } = await training(mcp, 'long.model', 600);
  await until(() => newest()?.record.title.includes('Small') === true && newest()?.state === 'running');
  const { folder: run } = newest()!;
  mcp.raw(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } })}\n`);
  await until(() => newest()?.state === 'stopped');
  expect(existsSync(join(run, 'checkpoints'))).toBe(true);
  const { text } = await mcp.call('modelwright_run', { run: 'latest' });
  expect(JSON.parse(text)).toMatchObject({ state: 'stopped', checkpoints: [expect.any(String)] });
  mcp.server.stdin.end();
  expect(await mcp.ended).toBe(0);
});

test('input that ends in the middle of a training: the server ends, the run saves and stops', async () => {
  const mcp = started();
  await mcp.hello();
  await training(mcp, 'long.model', 600);
  await until(() => newest()?.state === 'running');
  const { folder: run } = newest()!;
  const trainer = readLock(run)!.pid;
  mcp.server.stdin.end();
  expect(await mcp.ended).toBe(0);
  await expect.poll(() => readLock(run), { timeout: 250_000, interval: 200 }).toBeUndefined();
  expect(listRuns(runs()).find((each) => each.folder === run)?.state).toBe('stopped');
  expect(readdirSync(join(run, 'checkpoints')).length).toBeGreaterThan(0);
  expect(() => process.kill(trainer, 0)).toThrow();
  expect(readFileSync(join(around, 'secret.txt'), 'utf8')).toBe('the secret\n');
});
