/** Data files that are named by an address: what is fetched, kept and told, with a server as bad as each test wants. */
import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFiles } from '../../files/index.ts';
import {
  createAnalyser,
  DOWNLOADED,
  downloadOf,
  makePlan,
  nameOfDownload,
  type Plan,
  unfetched,
} from '../../language/index.ts';
import { lookAtData } from '../../trainer/answer/data.ts';
import { type FetchWish, fetchAll, fetchDownloads } from '../../trainer/data/downloads.ts';
import { loadData } from '../../trainer/data/prepare.ts';
import { Failure } from '../../trainer/failure.ts';
import { countingPreparer, fakeRun, ofKind, tinyPlan } from './run-helper.ts';

const rows = Array.from({ length: 4000 }, (_, i) => `${i / 1000},${i % 2}`);
const table = Buffer.from(`size,price\n${rows.join('\n')}\n`);
const sumOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let root = '';
let server: Server | undefined;
const asked: string[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'modelwright-downloads-'));
  asked.length = 0;
});
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise<void>((done) => (server ? server.close(() => done()) : done()));
  server = undefined;
  rmSync(root, { recursive: true, force: true });
});

type Answer = (request: IncomingMessage, response: ServerResponse, from: number, times: number) => void;

/** Sends the table, from the start or from the asked place on. */
const honest: Answer = (_request, response, from) => {
  response.writeHead(from === 0 ? 200 : 206, { etag: '"one"', 'content-length': table.length - from });
  response.end(table.subarray(from));
};

async function serve(answer: Answer = honest): Promise<string> {
  let times = 0;
  const made = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.range ?? ''} ${request.headers['if-range'] ?? ''}`.trim());
    answer(request, response, Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0), times++);
  });
  server = made;
  await new Promise<void>((done) => made.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}/data/houses.csv`;
}

const program = (url: string, sum: string | undefined): string => `
data Houses {
  source: csv(download("${url}"${sum === undefined ? '' : `, sha256: "${sum}"`}))
  size: float32[1] = stack(size)
  price: float32[1] = stack(price)
  validation: 10%
}
model Price {
  input size: float32[1]
  output price = size -> Dense(1)
}
train Price on Houses {
  loss: mse(Price.price, Houses.price)
  optimizer: SGD(0.01)
  epochs: 1
  batch: 100
}
`;

function planOf(text: string): Plan {
  const file = join(root, 'houses.model');
  writeFileSync(file, text);
  // A plan depends on what the file holds: here it is told of one that was not fetched.
  writeFileSync(join(root, 'sample.csv'), table);
  const files = createFiles();
  const analyser = createAnalyser({
    ...files,
    header: (from, path, wish) => files.header(from, path.startsWith(DOWNLOADED) ? 'sample.csv' : path, wish),
  });
  const answer = makePlan(analyser, { file, text, declaration: 'Price', action: 'train', overrides: {} });
  if (answer.kind !== 'plan') throw new Error(JSON.stringify(answer.problems));
  return answer.plan;
}

const said: string[] = [];
function wish(more: Partial<FetchWish> = {}): FetchWish {
  said.length = 0;
  return {
    dataFolder: root,
    say: (level, text) => void said.push(`${level} ${text}`),
    wait: async () => undefined,
    ...more,
  };
}

const kept = (): string[] => (existsSync(join(root, 'downloads')) ? readdirSync(join(root, 'downloads')).sort() : []);
const nameOf = (plan: Plan): string => nameOfDownload(downloadOf(plan.data.source.settings.file)!);

async function failure(run: Promise<unknown>): Promise<Failure> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Failure) return error;
  throw error ?? new Error('nothing went wrong');
}

test('a file is fetched once, kept with its sum, and read like any other', async () => {
  const plan = planOf(program(await serve(), sumOf(table)));
  await fetchDownloads(plan.data, wish());
  const name = `${sumOf(table).slice(0, 16)}-houses.csv`;
  expect(kept()).toEqual([name, `${name}.json`]);
  expect(said).toEqual([
    expect.stringMatching(/^info Downloading houses\.csv from http:\/\/127/),
    `info Downloaded houses.csv (${(table.length / 1024).toFixed(1)} KiB) to ${join(root, 'downloads', name)}`,
  ]);
  await fetchDownloads(plan.data, wish());
  expect([asked.length, said.length]).toEqual([1, 0]);
  const data = await loadData({ plan, dataFolder: root, fitted: undefined, whole: false });
  expect(data.rows).toEqual({ train: 3600, validation: 400, test: 0 });
  await data.dispose();
});

/** Tells how much of a file has arrived. */
const arrivals = new EventEmitter();

/** Sends so many bytes of the first answers and, when they have arrived, breaks the connection. */
const cutting =
  (counts: readonly number[]): Answer =>
  (request, response, from, times) => {
    const count = counts[times];
    if (count === undefined) return honest(request, response, from, times);
    if (count === 0) return void response.destroy();
    response.writeHead(from === 0 ? 200 : 206, { etag: '"one"', 'content-length': table.length - from });
    const heard = (): void => {
      const part = kept().find((name) => name.endsWith('.part'));
      if (part === undefined || readFileSync(join(root, 'downloads', part)).length < from + count) return;
      arrivals.off('read', heard);
      response.destroy();
    };
    arrivals.on('read', heard);
    response.write(table.subarray(from, from + count));
  };

/** The clock is asked after each piece that was written. */
const listening = {
  clock() {
    arrivals.emit('read');
    return 0;
  },
};

test('a connection that breaks twice is taken up where it broke', async () => {
  const plan = planOf(program(await serve(cutting([10_000, 5000])), sumOf(table)));
  await fetchDownloads(plan.data, wish(listening));
  expect(asked.map((line) => line.split(' ').slice(1).join(' '))).toEqual([
    '',
    'bytes=10000- "one"',
    'bytes=15000- "one"',
  ]);
  expect(readFileSync(join(root, 'downloads', nameOf(plan))).equals(table)).toBe(true);
});

test('what an earlier try left is gone on with; what does not fit together is fetched anew', async () => {
  const plan = planOf(program(await serve(cutting([10_000, 0, 0, 0, 0])), sumOf(table)));
  const error = await failure(fetchDownloads(plan.data, wish(listening)));
  expect(error.message).toContain('could not be fetched');
  expect(kept()).toEqual([`${nameOf(plan)}.${process.pid}.part`]);
  await fetchDownloads(plan.data, wish());
  expect(asked.at(-1)).toMatch(/bytes=10000-$/);
  expect(kept()).toEqual([nameOf(plan), `${nameOf(plan)}.json`]);
  rmSync(join(root, 'downloads'), { recursive: true });
  await fetchDownloads(plan.data, wish());
  // Left by a process that is gone, of a file that has become another one since.
  rmSync(join(root, 'downloads', nameOf(plan)));
  writeFileSync(join(root, 'downloads', `${nameOf(plan)}.999999999.part`), Buffer.alloc(500, 'x'));
  await fetchDownloads(plan.data, wish());
  expect(asked.slice(-2).map((line) => line.split(' ')[1] ?? '')).toEqual(['bytes=500-', '']);
  expect(kept()).toEqual([nameOf(plan), `${nameOf(plan)}.json`]);
});

test('another checksum is an error with both sums, and nothing is kept', async () => {
  const plan = planOf(program(await serve(), '0'.repeat(64)));
  const error = await failure(fetchDownloads(plan.data, wish()));
  expect(error.code).toBe('data/download');
  expect(error.message).toContain(`sha256 ${sumOf(table)}, but the program says ${'0'.repeat(64)}`);
  expect(error.place?.line).toBe(3);
  expect(kept()).toEqual([]);
});

test('a file that was changed is fetched again; one that was only touched is not', async () => {
  const plan = planOf(program(await serve(), sumOf(table)));
  await fetchDownloads(plan.data, wish());
  const file = join(root, 'downloads', nameOf(plan));
  utimesSync(file, 1, 1);
  await fetchDownloads(plan.data, wish());
  expect(asked).toHaveLength(1);
  writeFileSync(file, 'size,price\n1,2\n');
  await fetchDownloads(plan.data, wish());
  expect(said[0]).toBe(`warning ${file} was changed: it no longer has its checksum, so it is fetched again.`);
  expect(readFileSync(file).equals(table)).toBe(true);
});

test('without a sum the address counts, and the sum is told', async () => {
  const plan = planOf(program(await serve(), undefined));
  await fetchDownloads(plan.data, wish());
  expect(nameOf(plan)).toMatch(/^url-[0-9a-f]{16}-houses\.csv$/);
  expect(said.at(-1)).toContain(`Write \`sha256: "${sumOf(table)}"\` behind its address`);
});

test('no such file, and no server', async () => {
  const url = await serve((_request, response) => void response.writeHead(404).end());
  const missing = await failure(fetchDownloads(planOf(program(url, undefined)).data, wish()));
  expect(missing.message).toContain(
    `${url} could not be fetched: the server answered 404 Not Found. Check the address`,
  );
  expect(asked).toHaveLength(1);
  const gone = planOf(program(await nowhere(), undefined));
  const error = await failure(fetchDownloads(gone.data, wish()));
  expect(error.message).toMatch(/could not be fetched: .*ECONNREFUSED.*put it at .*downloads/s);
});

test('progress is told every few seconds', async () => {
  let now = 0;
  const plan = planOf(program(await serve(), sumOf(table)));
  await fetchDownloads(plan.data, wish({ clock: () => (now += 4000) }));
  expect(said.slice(1, -1).length).toBeGreaterThan(0);
  for (const line of said.slice(1, -1))
    expect(line).toMatch(/^info Downloading houses\.csv: [\d.]+ Ki?B of [\d.]+ KiB$/);
});

/** An address that nobody listens at any more. */
async function nowhere(): Promise<string> {
  const gone = createServer();
  await new Promise<void>((done) => gone.listen(0, '127.0.0.1', done));
  const { port } = gone.address() as AddressInfo;
  await new Promise<void>((done) => gone.close(() => done()));
  return `http://127.0.0.1:${port}/houses.csv`;
}

test('a run fetches its data first and says so', async () => {
  const { data } = planOf(program(await serve(), sumOf(table)));
  const plan = { ...tinyPlan({ epochs: 1 }), data };
  const prepare = () => {
    expect(kept()).toHaveLength(2);
    return Promise.resolve(countingPreparer());
  };
  const run = await fakeRun(plan, { deps: { dataFolder: root, prepare } });
  const texts = ofKind(run.events, 'log').map(({ text }) => text);
  expect(texts.slice(0, 2)).toEqual([expect.stringMatching(/^Downloading /), expect.stringMatching(/^Downloaded /)]);
  expect(run.record.state).toBe('finished');
});

test('a run that is told to end while it fetches ends, and what has arrived stays', async () => {
  let stop = (): void => undefined;
  const hanging: Answer = (_request, response) => {
    response.writeHead(200, { 'content-length': table.length });
    response.write(table.subarray(0, 1000), () => stop());
  };
  const { data } = planOf(program(await serve(hanging), sumOf(table)));
  const onSignal = (given: () => void): void => {
    stop = given;
  };
  const deps = { dataFolder: root, onSignal };
  const run = await fakeRun({ ...tinyPlan(), data }, { deps });
  expect(run.record.state).toBe('stopped');
  expect(kept().some((name) => name === nameOf({ ...tinyPlan(), data }))).toBe(false);
});

test('a plan waits for the file, and once it is there its columns are known', async () => {
  const url = await serve();
  const text = program(url, sumOf(table));
  const file = join(root, 'houses.model');
  const analyser = createAnalyser(createFiles({ dataFolder: root }));
  const plan = (of: string) => makePlan(analyser, { file, text: of, declaration: 'Price', action: 'train' });
  const codes = (of: string) => analyser.analyse(file, of).problems.map(({ code, severity }) => `${severity} ${code}`);
  expect(codes(text)).toEqual(['information data/not-fetched']);
  expect(unfetched(plan(text))).toEqual([{ url, sha256: sumOf(table) }]);
  // Whatever else is wrong is mended first.
  expect(unfetched(plan(text.replace('epochs: 1', 'epochs: 0')))).toEqual([]);
  await fetchAll(unfetched(plan(text)), wish());
  expect(codes(text)).toEqual([]);
  expect(codes(text.replace('stack(size)', 'stack(sizes)'))).toContain('error name/unknown');
  const made = plan(text);
  if (made.kind !== 'plan') throw new Error(JSON.stringify(made.problems));
  const { data, sources } = made.plan;
  const report = await lookAtData({ file, sources, data }, { part: 'train', from: 0, count: 2, epoch: 1 }, root);
  expect(report.rows.train).toBe(3600);
});
