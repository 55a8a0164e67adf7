/**
 * The panel in a real browser, as it is bundled, with the test as its host: first drawing of a run with 4 × 100,000 points,
 * appending and drawing at 4 × 1,000,000, moving through a zoom, coming back to the tab, work while nothing comes, size of the
 * bundle. Times are of the main thread (scripts, layout, painting commands), as the browser counts them: what a panel costs,
 * whatever else the machine does.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { panelPage } from '../client/panel/page.ts';
import type { Bench, BenchSection, BenchTable, BenchTarget } from './section.ts';

export type FoundBrowser =
  | { readonly path: string; readonly env: Record<string, string> }
  | { readonly reason: string };

const WIDTH = 1200;
const HEIGHT = 900;
const KIB = 1024;

/** Part (c) of `npm run bench`. */
export const bench: Bench = async (options): Promise<BenchSection> => {
  const bundle = readBundle(options.root);
  const sizes = sizeTable(bundle);
  const found = await findBrowser(options.root);
  if ('reason' in found) {
    return { title: 'Panel', tables: [sizes.table], targets: sizes.targets, notes: [`Not measured: ${found.reason}`] };
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
    const moved = await moving(browser, bundle, rounds, 1_000_000);
    const back = await comingBack(browser, bundle, rounds, 100_000);
    const idle = await resting(browser, bundle, 100_000);
    return {
      title: 'Panel',
      tables: [sizes.table, timeTable(first, small, large, moved, back, idle)],
      targets: [
        ...sizes.targets,
        target('first chart at 4 × 100k points', first.drawn, 150),
        target('append and draw at 4 × 1M points', large.busy, 16),
        target('a frame of moving through a zoom at 4 × 1M points', moved.busy, 12),
        target('longest task at 1,000 points a second, 4 × 1M points', large.longest, 50),
        target('back to the tab, 4 × 100k points, page and all', back, 300),
        target('a second in which nothing comes', idle, 10),
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

export interface Bundle {
  readonly script: string;
  readonly style: string;
  /** What the script is made of and what it loads later, by the path below `dist`. */
  readonly parts: ReadonlyMap<string, string>;
}

export function readBundle(root: string): Bundle {
  const dist = join(root, 'dist');
  const parts = readdirSync(join(dist, 'panel')).map((name): [string, string] => [
    `panel/${name}`,
    readFileSync(join(dist, 'panel', name), 'utf8'),
  ]);
  return {
    script: readFileSync(join(dist, 'panel.js'), 'utf8'),
    style: readFileSync(join(dist, 'panel.css'), 'utf8'),
    parts: new Map(parts),
  };
}

/** Parts that the script cannot begin without: those that it imports at once, and what these import. */
function firstParts({ script, parts }: Bundle): Set<string> {
  const needed = new Set<string>();
  const add = (text: string): void => {
    for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/(?:panel\/)?([\w.-]+\.js)"/g)) {
      const path = `panel/${name}`;
      if (needed.has(path)) continue;
      needed.add(path);
      add(parts.get(path) ?? '');
    }
  };
  add(script);
  return needed;
}

/** The finder of the window tests: an installed browser, else the one from the package. */
export async function findBrowser(root: string): Promise<FoundBrowser> {
  const path = pathToFileURL(join(root, 'test', 'vscode', 'server', 'browser.mjs')).href;
  const module: { findBrowser(): Promise<FoundBrowser> } = await import(path);
  return module.findBrowser();
}

function sizeTable(bundle: Bundle): { readonly table: BenchTable; readonly targets: readonly BenchTarget[] } {
  const { script, style, parts } = bundle;
  const needed = firstParts(bundle);
  const texts = (at: boolean) => [...parts].filter(([name]) => needed.has(name) === at).map(([, text]) => text);
  const row = (name: string, all: readonly string[]): readonly [string, number, number] => [
    name,
    all.reduce((sum, text) => sum + text.length, 0) / KIB,
    all.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0) / KIB,
  ];
  const first = row('first view: panel.js, its parts, panel.css', [script, ...texts(true), style]);
  const later = row('tabs, loaded when they are chosen', texts(false));
  const size = (what: string, packed: number, most: number): BenchTarget => {
    return { what, wanted: `≤ ${most} KiB gzip`, measured: `${packed.toFixed(1)} KiB`, held: packed <= most };
  };
  return {
    table: { title: 'Bundle (KiB)', columns: ['what', 'minified', 'gzip'], rows: [first, later] },
    targets: [size('panel, first view', first[2], 90), size('panel, all tabs', first[2] + later[2], 120)],
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

function timeTable(first: Times, small: Times, large: Times, moved: Times, back: number, idle: number): BenchTable {
  return {
    title: 'Times (ms)',
    columns: ['what', 'main thread', 'until drawn', 'longest task'],
    rows: [
      ['first drawing, 4 × 100k', first.busy, first.drawn, first.longest],
      ['append, 4 × 100k', small.busy, small.drawn, small.longest],
      ['append, 4 × 1M', large.busy, large.drawn, large.longest],
      ['a frame of moving through a zoom, 4 × 1M', moved.busy, '', moved.longest],
      ['back to the tab, 4 × 100k', '', back, ''],
      ['a second in which nothing comes', idle, '', ''],
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

/** Zooms in, then moves the picture by the mouse: every move draws all charts anew. */
async function moving(browser: Browser, bundle: Bundle, rounds: number, rows: number): Promise<Times> {
  const all: Times[] = [];
  const moves = 60;
  for (let round = 0; round < rounds; round++) {
    const { page, session } = await open(browser, bundle);
    await page.evaluate(prepare, { rows, appends: 0 });
    await page.evaluate(play);
    const box = await page.locator('[data-chart="loss"] .plot-over').boundingBox();
    const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 4, (box?.y ?? 0) + 60];
    await page.mouse.move(x, y);
    await page.keyboard.down('Alt');
    await page.mouse.wheel(0, -300);
    await page.mouse.wheel(0, -300);
    await page.keyboard.up('Alt');
    await page.keyboard.down('Shift');
    await page.mouse.down();
    await page.evaluate(watchFrames);
    const before = await taskTime(session);
    for (let move = 1; move <= moves; move++) await page.mouse.move(x + move * 2, y);
    const busy = (await taskTime(session)) - before;
    const { frames, longest } = await page.evaluate(framesSeen);
    await page.mouse.up();
    await page.keyboard.up('Shift');
    all.push({ drawn: 0, busy: busy / Math.max(1, Math.min(frames, moves)), longest });
    await page.context().close();
  }
  return medians(all);
}

/** Milliseconds from the empty page to the drawn run: VS Code throws a hidden page away and makes it anew. */
async function comingBack(browser: Browser, bundle: Bundle, rounds: number, rows: number): Promise<number> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { page } = await open(browser, bundle);
    // Made before the clock runs: the host has its rows at hand.
    const loaded = await page.evaluate(() => {
      const [entry] = performance.getEntriesByType('navigation');
      return entry instanceof PerformanceNavigationTiming ? entry.domContentLoadedEventEnd : 0;
    });
    await page.evaluate(prepare, { rows, appends: 0 });
    const { drawn } = await page.evaluate(play);
    all.push(loaded + drawn);
    await page.context().close();
  }
  return all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}

/** Milliseconds of the main thread in a second without messages: what a hidden panel costs. */
async function resting(browser: Browser, bundle: Bundle, rows: number): Promise<number> {
  const { page, session } = await open(browser, bundle);
  await page.evaluate(prepare, { rows, appends: 0 });
  await page.evaluate(play);
  const before = await taskTime(session);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const busy = (await taskTime(session)) - before;
  await page.context().close();
  return busy / 2;
}

/** Runs in the page: counts frames and long tasks from now on. */
function watchFrames(): void {
  const seen = { frames: 0, longest: 0 };
  Object.assign(window, { seen });
  const count = () => {
    seen.frames += 1;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.longest = Math.max(seen.longest, entry.duration);
  }).observe({ type: 'longtask', buffered: false });
}

/** Runs in the page. */
function framesSeen(): { frames: number; longest: number } {
  const { seen = { frames: 0, longest: 0 } }: Window & { seen?: { frames: number; longest: number } } = window;
  return { ...seen };
}

export async function open(browser: Browser, bundle: Bundle): Promise<{ page: Page; session: CDPSession }> {
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
    const part = bundle.parts.get(path.slice(1));
    if (part !== undefined) return route.fulfill({ contentType: 'text/javascript', body: part });
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
export function prepare({ rows, appends }: { rows: number; appends: number }): void {
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
export async function play(): Promise<{ drawn: number; longest: number }> {
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
