/**
 * What being watched costs the training: one process trains the digits on and on, as the extension starts it, and in turn
 * somebody watches (a line to the process, the extension's fold and feed, a page that draws) and nobody does. Each stretch is
 * a number of whole epochs; four of them, watched or not in the order A B B A, give one ratio, so that what the machine does
 * besides, and how it changes, falls out.
 */
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makePlan, type Plan } from '../../language/index.ts';
import { TRAINER_VERSION } from '../../protocol/index.ts';
import { RunConnection, startTrainer } from '../../runs/index.ts';
import { type Interval, intervalOf } from '../interval.ts';
import { workOf, workOfTree } from '../processor.ts';
import type { BenchTable, BenchTarget } from '../section.ts';
import { BenchHost } from './host.ts';
import { type Bundle, open } from './page.ts';

/** By how much the panel may slow the training. */
const MOST = 0.01;
/** Milliseconds after which somebody who begins or ceases to watch has settled. */
const SETTLE = 500;

export interface WatchedOptions {
  readonly root: string;
  readonly threads: number;
  /** Ratios that are measured. */
  readonly blocks: number;
  /** Of a stretch. */
  readonly epochs: number;
}

/** Watched over unwatched. */
export interface Watched {
  readonly threads: number;
  /** Of the processor time that the training process takes for an epoch. */
  readonly work: Interval;
  /** Of an epoch by the clock. */
  readonly clock: Interval;
  /** Milliseconds a second that the browser and the bench as its host work while they watch. */
  readonly watching: number;
}

/** Trains and watches in turn. */
export async function measureWatched(browser: Browser, bundle: Bundle, options: WatchedOptions): Promise<Watched> {
  const runs = mkdtempSync(join(tmpdir(), 'mw-bench-watched-'));
  const started = await startTrainer(
    { node: process.execPath, script: join(options.root, 'dist', 'trainer.js') },
    {
      version: TRAINER_VERSION,
      kind: 'train',
      // More than are measured; a bench that is killed must not leave a training behind that never ends.
      plan: digitsPlan(options.root, options.blocks * 4 * (options.epochs + 4) * 4),
      runs,
      options: { engine: 'onnx', device: 'cpu', threads: options.threads },
      keepGoing: true,
      started: Date.now(),
    },
  );
  if (!started.ok) throw new Error(started.error.message);
  const { folder, pid = 0 } = started;
  const epochs = new Epochs(join(folder, 'events.jsonl'));
  const host = new BenchHost();
  const stretch = async (): Promise<Stretch> => {
    await new Promise((done) => setTimeout(done, SETTLE));
    await epochs.next();
    const before = { clock: performance.now(), work: workOf(pid), watching: workOfTree(process.pid) - workOf(pid) };
    for (let epoch = 0; epoch < options.epochs; epoch++) await epochs.next();
    const clock = performance.now() - before.clock;
    const work = workOf(pid) - before.work;
    return { clock, work, watching: (workOfTree(process.pid) - workOf(pid) - before.watching) / (clock / 1000) };
  };
  const watched = async (): Promise<Stretch> => {
    const connection = new RunConnection({ onEvent: (event) => host.take(event), onClose: () => undefined });
    const opened = await connection.open(folder, host.run.seq);
    if (!opened.ok) throw new Error(opened.message);
    const { page } = await open(browser, bundle);
    await host.show(page);
    const found = await stretch();
    connection.dispose();
    await host.hide();
    return found;
  };
  try {
    await epochs.next();
    const blocks: Block[] = [];
    for (let block = 0; block < options.blocks; block++) {
      const first = block % 2 === 0 ? stretch : watched;
      const second = block % 2 === 0 ? watched : stretch;
      const outer = [await first()];
      const inner = [await second(), await second()];
      outer.push(await first());
      blocks.push(block % 2 === 0 ? { alone: outer, watched: inner } : { alone: inner, watched: outer });
    }
    return {
      threads: options.threads,
      work: ratio(blocks, ({ work }) => work),
      clock: ratio(blocks, ({ clock }) => clock),
      watching: intervalOf(
        blocks.map(
          (each) => mean(each.watched, ({ watching }) => watching) - mean(each.alone, ({ watching }) => watching),
        ),
      ).mean,
    };
  } finally {
    process.kill(pid, 'SIGKILL');
    await started.exited;
    rmSync(runs, { recursive: true, force: true });
  }
}

/** The rows of what was measured, and whether it holds. */
export function watchedTable(all: readonly Watched[]): {
  readonly table: BenchTable;
  readonly targets: readonly BenchTarget[];
} {
  const text = ({ mean, low, high }: Interval): string => `${share(mean)} (${share(low)} to ${share(high)})`;
  return {
    table: {
      title: 'Training watched by a panel over training that nobody watches, with intervals of 95 %',
      columns: [
        'threads of the training',
        'processor time of its process',
        'by the clock',
        'work of page and host, ms a second',
      ],
      rows: all.map(({ threads, work, clock, watching }) => [String(threads), text(work), text(clock), watching]),
    },
    targets: all.slice(0, 1).map(({ work }) => ({
      what: 'training slowed by the panel, processor time of its process',
      wanted: `≤ ${MOST * 100} %`,
      measured: text(work),
      held: work.mean - 1 <= MOST,
    })),
  };
}

function share(ratio: number): string {
  return `${ratio >= 1 ? '+' : '−'}${Math.abs((ratio - 1) * 100).toFixed(1)} %`;
}

interface Stretch {
  /** Milliseconds. */
  readonly clock: number;
  readonly work: number;
  readonly watching: number;
}

interface Block {
  readonly alone: readonly Stretch[];
  readonly watched: readonly Stretch[];
}

function mean(stretches: readonly Stretch[], of: (stretch: Stretch) => number): number {
  return stretches.reduce((sum, each) => sum + of(each), 0) / stretches.length;
}

function ratio(blocks: readonly Block[], of: (stretch: Stretch) => number): Interval {
  return intervalOf(blocks.map(({ alone, watched }) => mean(watched, of) / mean(alone, of)));
}

/** The ends of epochs, as the trainer writes them to disk: seen in the same way whether somebody watches or not. */
class Epochs {
  readonly #path: string;
  #size = 0;
  #seen = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Until one more has ended. */
  async next(): Promise<void> {
    this.#look();
    const before = this.#seen;
    while (this.#seen === before) {
      await new Promise((done) => setTimeout(done, 5));
      this.#look();
    }
  }

  #look(): void {
    const { size } = statSync(this.#path);
    if (size <= this.#size) return;
    const file = openSync(this.#path, 'r');
    const bytes = Buffer.alloc(size - this.#size);
    readSync(file, bytes, 0, bytes.length, this.#size);
    closeSync(file);
    // Whole lines are written, so none is seen in two pieces.
    this.#size = size;
    this.#seen += bytes.toString('latin1').split('"kind":"epoch"').length - 1;
  }
}

function digitsPlan(root: string, epochs: number): Plan {
  const file = join(root, 'examples', 'digits', 'digits.model');
  const answer = makePlan(createAnalyser(createFiles({})), {
    file,
    text: readFileSync(file, 'utf8'),
    action: 'train',
    overrides: { epochs: String(epochs) },
  });
  if (answer.kind !== 'plan') throw new Error('The digits example has no plan.');
  return answer.plan;
}
