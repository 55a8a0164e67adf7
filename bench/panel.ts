/**
 * The panel in a real browser, as it is bundled, with the test as its host: first drawing of a run with 4 × 100,000 points,
 * appending and drawing at 4 × 1,000,000, work while hidden, size of the bundle. Times are of the main thread (scripts, layout,
 * painting commands), as the browser counts them: what a panel costs, whatever else the machine does.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { panelPage } from '../client/panel/page.ts';
import type { Bench, BenchSection, BenchTable, BenchTarget } from './section.ts';

type FoundBrowser = { readonly path: string; readonly env: Record<string, string> } | { readonly reason: string };

const WIDTH = 1200;
const HEIGHT = 900;
const KIB = 1024;

/** Part (c) of `npm run bench`. */
export const bench: Bench = async (options): Promise<BenchSection> => {
  const bundle = readBundle(options.root);
  const sizes = sizeTable(bundle);
  const found = await findBrowser(options.root);
  if ('reason' in found) {
    return { title: 'Panel', tables: [sizes.table], targets: [sizes.target], notes: [`Not measured: ${found.reason}`] };
  }
  const browser = await chromium.launch({
    executablePath: found.path,
    env: { ...process.env, ...found.env },
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  try {
    const rounds = options.quick ? 1 : 5;
    const first = await firstDrawing(browser, bundle, rounds, 100_000);
    const small = await appending(browser, bundle, rounds, 100_000);
    const large = await appending(browser, bundle, rounds, 1_000_000);
    return {
      title: 'Panel',
      tables: [sizes.table, timeTable(first, small, large)],
      targets: [
        sizes.target,
        target('first chart at 4 × 100k points', first.drawn, 150),
        target('append and draw at 4 × 1M points', large.busy, 16),
      ],
      notes: [
        `${browser.version()}, headless, drawn by software at ${WIDTH} × ${HEIGHT}; medians of ${rounds} rounds. ` +
          'Main thread: the time that the page’s tasks took. An append is 100 rows, ten a second.',
      ],
    };
  } finally {
    await browser.close();
  }
};

interface Bundle {
  readonly script: string;
  readonly style: string;
}

function readBundle(root: string): Bundle {
  return {
    script: readFileSync(join(root, 'dist', 'panel.js'), 'utf8'),
    style: readFileSync(join(root, 'dist', 'panel.css'), 'utf8'),
  };
}

/** The finder of the window tests: an installed browser, else the one from the package. */
async function findBrowser(root: string): Promise<FoundBrowser> {
  const path = pathToFileURL(join(root, 'test', 'vscode', 'server', 'browser.mjs')).href;
  const module: { findBrowser(): Promise<FoundBrowser> } = await import(path);
  return module.findBrowser();
}

function sizeTable({ script, style }: Bundle): { readonly table: BenchTable; readonly target: BenchTarget } {
  const rows = [
    ['panel.js', script.length / KIB, gzipSync(script, { level: 9 }).length / KIB],
    ['panel.css', style.length / KIB, gzipSync(style, { level: 9 }).length / KIB],
  ] as const;
  const packed = rows.reduce((sum, row) => sum + row[2], 0);
  return {
    table: { title: 'Bundle (KiB)', columns: ['file', 'minified', 'gzip'], rows },
    target: {
      what: 'panel bundle',
      wanted: '≤ 90 KiB gzip',
      measured: `${packed.toFixed(1)} KiB`,
      held: packed <= 90,
    },
  };
}

interface Times {
  /** Milliseconds from the message to the frame that shows it. */
  readonly drawn: number;
  /** Milliseconds of the main thread for each message. */
  readonly busy: number;
  /** Longest single task, in milliseconds. */
  readonly longest: number;
}

function timeTable(first: Times, small: Times, large: Times): BenchTable {
  return {
    title: 'Times (ms)',
    columns: ['what', 'main thread', 'until drawn', 'longest task'],
    rows: [
      ['first drawing, 4 × 100k', first.busy, first.drawn, first.longest],
      ['append, 4 × 100k', small.busy, small.drawn, small.longest],
      ['append, 4 × 1M', large.busy, large.drawn, large.longest],
    ],
  };
}

function target(what: string, measured: number, limit: number): BenchTarget {
  return { what, wanted: `≤ ${limit} ms`, measured: `${measured.toFixed(1)} ms`, held: measured <= limit };
}

async function firstDrawing(browser: Browser, bundle: Bundle, rounds: number, rows: number): Promise<Times> {
  const all: Times[] = [];
  for (let round = 0; round < rounds; round++) {
    const { page, session } = await open(browser, bundle);
    await page.evaluate(prepare, { rows, appends: 0 });
    const before = await taskTime(session);
    const drawn = await page.evaluate(play);
    all.push({ ...drawn, busy: (await taskTime(session)) - before });
    await page.context().close();
  }
  return medians(all);
}

async function appending(browser: Browser, bundle: Bundle, rounds: number, rows: number): Promise<Times> {
  const all: Times[] = [];
  const appends = 20;
  for (let round = 0; round < rounds; round++) {
    const { page, session } = await open(browser, bundle);
    await page.evaluate(prepare, { rows, appends: 0 });
    await page.evaluate(play);
    await page.evaluate(prepare, { rows, appends });
    const before = await taskTime(session);
    const drawn = await page.evaluate(play);
    all.push({ ...drawn, busy: ((await taskTime(session)) - before) / appends });
    await page.context().close();
  }
  return medians(all);
}

async function open(browser: Browser, bundle: Bundle): Promise<{ page: Page; session: CDPSession }> {
  const context = await browser.newContext({ viewport: { width: WIDTH, height: HEIGHT } });
  const page = await context.newPage();
  const origin = 'http://panel.test';
  const html = panelPage({
    script: `${origin}/panel.js`,
    style: `${origin}/panel.css`,
    source: origin,
    nonce: 'bench',
    title: 'bench',
  });
  await page.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/panel.js') return route.fulfill({ contentType: 'text/javascript', body: bundle.script });
    if (path === '/panel.css') return route.fulfill({ contentType: 'text/css', body: bundle.style });
    return route.fulfill({ contentType: 'text/html', body: html });
  });
  await page.addInitScript(() => {
    const received: unknown[] = [];
    Object.assign(window, {
      received,
      acquireVsCodeApi: () => ({
        postMessage: (message: unknown) => {
          received.push(message);
          window.dispatchEvent(new CustomEvent('from-panel', { detail: message }));
        },
        getState: () => undefined,
        setState: () => undefined,
      }),
    });
  });
  await page.goto(`${origin}/`);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return { page, session };
}

async function taskTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0);
}

/** Runs in the page: makes a snapshot of `rows` rows, or appends to it. Made there, since a million rows are too many to send in. */
function prepare({ rows, appends }: { rows: number; appends: number }): void {
  const names = ['train.loss', 'train.accuracy', 'train.f1', 'train.mae'];
  const others = ['lr', 'ms.data', 'ms.compute'];
  const block = (from: number, count: number) => {
    const step = Float64Array.from({ length: count }, (_, index) => from + index + 1);
    const values = [...names, ...others].map((_name, which) =>
      Float32Array.from(
        { length: count },
        (_, index) => 0.1 + which * 0.05 + Math.exp(-(from + index) / (rows / 8)) * (0.6 + ((index * 7919) % 97) / 97),
      ),
    );
    return {
      from,
      count,
      step: step.buffer,
      time: step.map((each) => 1.7e12 + each * 17).buffer,
      names: [...names, ...others],
      values: values.map((each) => each.buffer),
    };
  };
  const head = {
    folder: '/run',
    id: '0001-quick-hare',
    number: 1,
    title: 'bench',
    file: 'bench.model',
    state: 'running',
    attached: true,
    stopping: false,
    keepGoing: false,
    resumable: false,
    created: 0,
  };
  const started = {
    kind: 'started',
    seq: 1,
    time: 1.7e12,
    version: 1,
    run: head.id,
    title: head.title,
    engine: { id: 'onnx', device: 'cpu', title: 'engine', reason: '', threads: 1 },
    parameters: 1,
    trainable: 1,
    steps: rows * 2,
    epochs: 4,
    stepsPerEpoch: rows / 2,
    batch: 64,
    rows: { train: 1, validation: 1, test: 0 },
    metrics: names.map((name) => ({ name: name.slice(6), direction: name === 'train.loss' ? 'min' : 'max' })),
    preparing: { start: 0, data: 0, compile: 0 },
  };
  const update = (kind: string, id: number, from: number, count: number) => ({
    version: 1,
    kind,
    id,
    head,
    events: kind === 'snapshot' ? [started] : [],
    columns: block(from, count),
    progress: {
      step: from + count,
      epoch: 1,
      rows: from + count,
      elapsed: (from + count) / 60,
      stepMs: 17,
      left: 60,
      spent: { data: 1, compute: 9, validation: 1, checkpoint: 0 },
      latest: { 'train.loss': 0.1, lr: 1e-3 },
    },
    remote: false,
  });
  const messages =
    appends === 0
      ? [update('snapshot', 1, 0, rows)]
      : Array.from({ length: appends }, (_, index) => update('append', index + 2, rows + index * 100, 100));
  Object.assign(window, { prepared: messages });
}

/** Runs in the page: sends what was prepared, ten a second, and waits until each is acknowledged. */
async function play(): Promise<{ drawn: number; longest: number }> {
  const { prepared = [] }: Window & { prepared?: { id: number }[] } = window;
  const acknowledged = (id: number) =>
    new Promise<void>((resolve) => {
      const hear = (event: Event) => {
        const { kind, upTo } = (event as CustomEvent<{ kind: string; upTo?: number }>).detail;
        if (kind !== 'ack' || upTo !== id) return;
        window.removeEventListener('from-panel', hear);
        resolve();
      };
      window.addEventListener('from-panel', hear);
    });
  let longest = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
  }).observe({ type: 'longtask', buffered: false });
  const drawn: number[] = [];
  for (const message of prepared) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const sent = performance.now();
    const seen = acknowledged(message.id);
    window.dispatchEvent(new MessageEvent('message', { data: message }));
    await seen;
    drawn.push(performance.now() - sent);
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  drawn.sort((a, b) => a - b);
  return { drawn: drawn[Math.floor(drawn.length / 2)] ?? 0, longest };
}

function medians(all: readonly Times[]): Times {
  const median = (pick: (times: Times) => number) => {
    const sorted = all.map(pick).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return {
    drawn: median((each) => each.drawn),
    busy: median((each) => each.busy),
    longest: median((each) => each.longest),
  };
}
