/**
 * What a hidden panel costs while 100 steps a second come: VS Code has thrown its page away and the feed knows that nobody
 * sees it. The same stretch with the run and no panel at all stands against it, in the order A B B A.
 */
import type { Browser } from 'playwright-core';
import type { RunEvent } from '../../protocol/index.ts';
import { type Interval, intervalOf } from '../interval.ts';
import { workOfTree } from '../processor.ts';
import type { BenchTable, BenchTarget } from '../section.ts';
import { BenchHost } from './host.ts';
import { type Bundle, open } from './page.ts';

/** Milliseconds of work in a second. */
const MOST = 1;
const STEPS_A_SECOND = 100;

interface Hidden {
  /** Milliseconds of work a second, beyond those without a panel: of the feed's own calls, and of host and browser. */
  readonly feed: number;
  readonly all: Interval;
  /** Messages to a page that is not there. */
  readonly posted: number;
}

/** Shows a run, hides it, and lets steps come. */
export async function measureHidden(
  browser: Browser,
  bundle: Bundle,
  blocks: number,
  seconds: number,
): Promise<Hidden> {
  const host = new BenchHost();
  host.take(started());
  for (let step = 1; step <= 1000; step++) host.take(stepOf(step), false);
  const { page } = await open(browser, bundle);
  await host.show(page);
  await host.hide();
  const before = host.posted;
  let step = 1000;
  let inFeed = 0;
  const stretch = async (tell: boolean): Promise<number> => {
    const from = workOfTree(process.pid);
    const until = performance.now() + seconds * 1000;
    while (performance.now() < until) {
      await new Promise((done) => setTimeout(done, 1000 / STEPS_A_SECOND));
      host.take(stepOf(++step), false);
      if (!tell) continue;
      const called = performance.now();
      host.feed.changed();
      inFeed += performance.now() - called;
    }
    return (workOfTree(process.pid) - from) / seconds;
  };
  const more: number[] = [];
  // The page's process may end a moment later.
  await stretch(false);
  for (let block = 0; block < blocks; block++) {
    const first = await stretch(false);
    const hidden = (await stretch(true)) + (await stretch(true));
    more.push((hidden - first - (await stretch(false))) / 2);
  }
  return { feed: inFeed / (2 * blocks * seconds), all: intervalOf(more), posted: host.posted - before };
}

/** The rows of what was measured, and whether it holds. */
export function hiddenTable({ feed, all, posted }: Hidden): {
  readonly table: BenchTable;
  readonly targets: readonly BenchTarget[];
} {
  return {
    table: {
      title: `A hidden panel while ${STEPS_A_SECOND} steps a second come, beside the same run without a panel`,
      columns: ['messages', 'its feed, ms a second', 'host and browser, ms a second more', 'interval of 95 %'],
      rows: [[posted, feed, all.mean, `${all.low.toFixed(1)} to ${all.high.toFixed(1)}`]],
    },
    targets: [
      {
        what: 'work of a hidden panel’s feed, and messages to it',
        wanted: `≤ ${MOST} ms a second, none`,
        measured: `${feed.toFixed(3)} ms a second, ${posted}`,
        held: feed <= MOST && posted === 0,
      },
    ],
  };
}

function started(): RunEvent {
  return {
    kind: 'started',
    seq: 1,
    time: 1.7e12,
    version: 1,
    resumedFrom: undefined,
    run: '0001-quick-hare',
    title: 'bench',
    engine: { id: 'onnx', device: 'cpu', title: 'engine', reason: '', threads: 1 },
    parameters: 1,
    trainable: 1,
    steps: 1_000_000,
    epochs: 1000,
    stepsPerEpoch: 1000,
    batch: 64,
    rows: { train: 64_000, validation: 0, test: 0 },
    metrics: [{ name: 'loss', direction: 'min' }],
    preparing: { start: 0, data: 0, compile: 0 },
  };
}

function stepOf(step: number): RunEvent {
  return {
    seq: step + 1,
    time: 1.7e12 + step * 10,
    kind: 'step',
    step,
    epoch: 1 + Math.floor(step / 1000),
    loss: 2.3 / (1 + step / 500),
    metrics: {},
    lr: 0.001,
    ms: { data: 1, compute: 8 },
  };
}
