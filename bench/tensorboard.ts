/**
 * Beside TensorBoard, over the same run as our own writers leave it: time to the first chart from nothing and again, memory,
 * and how many of 25 planted spikes are among the points that are drawn. TensorBoard is started as the editor starts it; its
 * page and ours are drawn by the same browser.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findTensorBoard, startTensorBoard } from '../client/tensorboard.ts';
import { createRunState, createViews, eventLine, eventNumber, type RunEvent, viewOf } from '../protocol/index.ts';
import { RunReader } from '../runs/index.ts';
import { type Disk, realDisk } from '../trainer/run/disk.ts';
import { openTensorBoard, tagged } from '../trainer/run/tensorboard.ts';
import { findBrowser, open, readBundle } from './panel/page.ts';
import { play, prepare } from './panel/play.ts';
import type { Bench, BenchSection } from './section.ts';

const SPIKES = 25;
const SPIKE = 50;
const WIDTH = 800;
const TAG = 'step/train/loss';

/** What one of the two needs for a run. */
interface Needed {
  /** Milliseconds. */
  readonly first: number;
  readonly again: number;
  /** MiB of its process and of its page. */
  readonly process: number;
  readonly page: number;
  readonly spikes: number;
}

export const bench: Bench = async ({ root, python, quick }): Promise<BenchSection> => {
  const title = 'Beside TensorBoard';
  const setting = python === undefined ? '' : join(dirname(python), 'tensorboard');
  const found = await findBrowser(root);
  const missing =
    'reason' in found
      ? found.reason
      : findTensorBoard({ setting, folders: [] }) === undefined
        ? 'there is no TensorBoard'
        : process.platform === 'linux'
          ? undefined
          : 'memory of other processes is read on Linux only';
  if (missing !== undefined || 'reason' in found) {
    return { title, tables: [], targets: [], notes: [`Not measured: ${missing}.`] };
  }
  const browser = await chromium.launch({
    executablePath: found.path,
    env: { ...process.env, ...found.env },
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--use-angle=swiftshader'],
  });
  const home = mkdtempSync(join(tmpdir(), 'mw-bench-tb-'));
  try {
    const rows: (readonly (string | number)[])[] = [];
    const targets = [];
    for (const steps of quick ? [100_000] : [100_000, 1_000_000]) {
      const run = writeRun(join(home, String(steps)), steps);
      const ours = await measureOurs(browser, root, run, steps);
      const theirs = await measureTheirs(browser, setting, run, steps);
      const row = (who: string, { first, again, process: mib, page, spikes }: Needed) => {
        rows.push([`${steps.toLocaleString('en')} steps, ${who}`, first, again, mib, page, spikes]);
      };
      row('Modelwright', ours);
      row('TensorBoard', theirs);
      targets.push({
        what: `spikes kept, ${steps.toLocaleString('en')} steps`,
        wanted: `${SPIKES}`,
        measured: `${ours.spikes} (TensorBoard ${theirs.spikes})`,
        held: ours.spikes === SPIKES,
      });
    }
    const columns = ['', 'first chart, ms', 'again, ms', 'process, MiB', 'page, MiB', `spikes of ${SPIKES}`];
    return {
      title,
      tables: [{ title: 'The same run of four metrics', columns, rows }],
      targets,
      notes: [
        'First: ours from opening the folder, TensorBoard’s from the start of its program, to the drawn chart. Again: the page is made anew. ' +
          `Process: what the host’s objects and buffers grow by, garbage included, and the resident memory of all of TensorBoard’s processes. Spikes: among the points drawn at ${WIDTH} pixels.` +
          ' Not alike: our page draws rows of the same number that the bench makes, outside VS Code; TensorBoard’s time holds its whole program, at its usual sampling; our page’s memory holds the bench’s own copy of the rows.',
      ],
    };
  } finally {
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  }
};

/** The run's lines and TensorBoard's events, as the trainer writes both; the files are written in large pieces. */
function writeRun(folder: string, steps: number): string {
  mkdirSync(folder, { recursive: true });
  const lines: string[] = [];
  const board = openTensorBoard(inPieces(), folder, 1_795_533_903_890, 1, undefined);
  const every = Math.floor(steps / SPIKES);
  for (let step = 1; step <= steps; step++) {
    const wave = Math.abs(Math.sin(step * 12.9898) * 43758.5453) % 1;
    const loss = step % every === every >> 1 ? SPIKE : 2.3 / (1 + step / 5000) + wave / 10;
    const metrics = { accuracy: 1 - 0.8 / (1 + step / 5000), f1: 1 - wave / 20, mae: wave };
    const event: RunEvent = {
      seq: step + 1,
      time: 1_795_533_903_890 + step * 17,
      kind: 'step',
      step,
      epoch: 1 + Math.floor(step / 1000),
      loss: eventNumber(loss),
      metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, eventNumber(value)])),
      lr: 0.001,
      ms: { data: 1, compute: 16 },
    };
    lines.push(eventLine(event));
    const values = Object.entries({ loss, ...metrics }).map(([name, value]) => [`train.${name}`, value] as const);
    board.scalars(event.time, step, tagged('step', Object.fromEntries(values)));
  }
  board.close();
  writeFileSync(join(folder, 'metrics.jsonl'), lines.join(''));
  writeFileSync(join(folder, 'events.jsonl'), '');
  return folder;
}

function inPieces(): Disk {
  return {
    ...realDisk,
    appender(path) {
      const file = realDisk.appender(path);
      let waiting: Uint8Array[] = [];
      const flush = () => {
        file.append(Buffer.concat(waiting));
        waiting = [];
      };
      return {
        append(bytes) {
          waiting.push(bytes);
          if (waiting.length === 10_000) flush();
        },
        sync: () => file.sync(),
        close() {
          flush();
          file.close();
        },
      };
    },
  };
}

async function measureOurs(browser: Browser, root: string, run: string, steps: number): Promise<Needed> {
  const bundle = readBundle(root);
  const before = memoryInUse(true);
  const from = performance.now();
  const reader = new RunReader(run, join(run, 'caches'));
  const state = createRunState();
  reader.read(state);
  const read = performance.now() - from;
  const grown = (memoryInUse(false) - before) / 2 ** 20;
  await reader.kept;
  const view = viewOf(
    createViews(state.columns),
    { raw: ['train.loss'], smooth: [], weight: 0, axis: 'step', from: 1, to: steps, buckets: WIDTH * 2 },
    state.marks,
  );
  const drawn: number[] = [];
  let page = 0;
  for (let round = 0; round < 2; round++) {
    const made = await open(browser, bundle);
    const loaded = await made.page.evaluate(() => performance.now());
    await made.page.evaluate(prepare, { rows: steps, appends: 0 });
    drawn.push(loaded + (await made.page.evaluate(play)).drawn);
    page = await heapOf(made.page);
    await made.page.context().close();
  }
  const spikes = view.raw[0]?.filter((value) => value === SPIKE).length ?? 0;
  return { first: read + (drawn[0] ?? 0), again: drawn[1] ?? 0, process: grown, page, spikes };
}

async function measureTheirs(browser: Browser, setting: string, run: string, steps: number): Promise<Needed> {
  const from = performance.now();
  const signal = new AbortController().signal;
  const started = await startTensorBoard({ setting, folders: [], logs: join(run, 'tb'), signal });
  if (!started.ok) throw new Error(started.message);
  try {
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
    const page = await context.newPage();
    await shown(page, () => page.goto(`${started.address}#timeseries`));
    const first = performance.now() - from;
    const points = await pointsWhenRead(started.address, steps);
    const reload = performance.now();
    await shown(page, () => page.reload());
    const again = performance.now() - reload;
    const needed = {
      first,
      again,
      process: memoryOfChildren() / 2 ** 20,
      page: await heapOf(page),
      spikes: points.filter(([, , value]) => value === SPIKE).length,
    };
    await context.close();
    return needed;
  } finally {
    started.end();
  }
}

/** Until a card has a chart, and the frame after it. While nothing is read yet, its page asks again on its own only every 30 seconds, so it is asked to. */
async function shown(page: Page, act: () => Promise<unknown>): Promise<void> {
  await act();
  const chart = page.locator('card-view line-chart').first();
  for (let tries = 0; tries < 120; tries++) {
    const there = await chart.waitFor({ state: 'visible', timeout: 1000 }).then(
      () => true,
      () => false,
    );
    if (there) break;
    await page
      .locator('app-header-reload button, .reload-button')
      .first()
      .click({ timeout: 500 })
      .catch(() => {});
  }
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

type Point = readonly [time: number, step: number, value: number];

async function pointsWhenRead(address: string, steps: number): Promise<readonly Point[]> {
  for (;;) {
    const answer = await fetch(`${address}data/plugin/scalars/scalars?run=.&tag=${encodeURIComponent(TAG)}`);
    const points = answer.ok ? ((await answer.json()) as readonly Point[]) : [];
    if (points.at(-1)?.[1] === steps) return points;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  return (usedSize + backingStorageSize) / 2 ** 20;
}

/** Bytes of this process: objects and buffers. Its resident memory would not do, since it has room from writing the run. */
function memoryInUse(collect: boolean): number {
  if (collect) {
    setFlagsFromString('--expose-gc');
    runInNewContext('gc()');
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Bytes that the TensorBoard that this process started holds, its own processes included. */
function memoryOfChildren(): number {
  const parents = new Map<number, number>();
  const bytes = new Map<number, number>();
  const names = new Map<number, string>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const field = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      parents.set(Number(name), field('PPid'));
      bytes.set(Number(name), field('VmRSS') * 1024);
      names.set(Number(name), readFileSync(`/proc/${name}/cmdline`, 'utf8'));
    } catch {
      // It has ended meanwhile.
    }
  }
  const ours = (pid: number): boolean => {
    const parent = parents.get(pid);
    if (parent === undefined) return false;
    return parent === process.pid ? (names.get(pid)?.includes('tensorboard') ?? false) : ours(parent);
  };
  return [...bytes].reduce((sum, [pid, size]) => sum + (ours(pid) ? size : 0), 0);
}
