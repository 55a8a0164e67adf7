/**
 * First drawing, appending, moving through a zoom, coming back, resting. Times are of the main thread (scripts, layout, painting
 * commands), as the browser counts them: what a panel costs, whatever else the machine does.
 */
import type { Browser } from 'playwright-core';
import type { BenchTable, BenchTarget } from '../section.ts';
import { type Bundle, open, taskTime } from './page.ts';
import { play, prepare } from './play.ts';

interface Times {
  /** Milliseconds from the message to the frame that shows it. */
  readonly drawn: number;
  /** Milliseconds of the main thread for each message. */
  readonly busy: number;
  /** Longest single task, in milliseconds. */
  readonly longest: number;
}

/** All of them. */
export async function measureTimes(
  browser: Browser,
  bundle: Bundle,
  rounds: number,
): Promise<{ readonly table: BenchTable; readonly targets: readonly BenchTarget[] }> {
  const first = await firstDrawing(browser, bundle, rounds, 100_000);
  const small = await appending(browser, bundle, rounds, 100_000);
  const large = await appending(browser, bundle, rounds, 1_000_000);
  const moved = await moving(browser, bundle, rounds, 1_000_000);
  const back = await comingBack(browser, bundle, rounds, 100_000);
  const idle = await resting(browser, bundle, 100_000);
  return {
    table: timeTable(first, small, large, moved, back, idle),
    targets: [
      target('first chart at 4 × 100k points', first.drawn, 150),
      target('append and draw at 4 × 1M points', large.busy, 16),
      target('a frame of moving through a zoom at 4 × 1M points', moved.busy, 12),
      target('longest task at 1,000 points a second, 4 × 1M points', large.longest, 50),
      target('back to the tab, 4 × 100k points, page and all', back, 300),
      target('a second in which nothing comes', idle, 10),
    ],
  };
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
