/**
 * A run read from its folder, and what was written since: the same state as the fold over all its events gives, without an
 * object for each of a million steps. Reads only; columns that were read once may be kept in a folder for caches.
 */
import { join } from 'node:path';
import {
  createColumns,
  parseEventLines,
  type RunColumns,
  type RunEvent,
  type RunState,
  reduce,
  truncateAfter,
} from '../protocol/index.ts';
import { ColumnsCache } from './columns-cache.ts';
import { LineFile } from './line-file.ts';
import { type LastStep, StepLines } from './step-lines.ts';

/** Columns are kept again once they are so many times as long. */
const WORTH_KEEPING = 1.25;

export interface RunReading {
  readonly run: RunState;
  /** What is new besides steps, in order. */
  readonly events: readonly RunEvent[];
  /** Rows that are what they were: a continued run does others again. */
  readonly kept: number;
}

export class RunReader {
  readonly #steps: LineFile;
  readonly #others: LineFile;
  readonly #lines = new StepLines();
  readonly #cache: ColumnsCache | undefined;
  #fresh = true;

  /** `caches`: a folder for what was read, so that the second time is quick; left out: none. */
  constructor(folder: string, caches?: string) {
    this.#steps = new LineFile(join(folder, 'metrics.jsonl'));
    this.#others = new LineFile(join(folder, 'events.jsonl'));
    this.#cache = caches === undefined ? undefined : new ColumnsCache(caches, this.#steps.path);
  }

  /** Ends when what is kept for the next reader is written. */
  get kept(): Promise<void> {
    return this.#cache?.kept ?? Promise.resolve();
  }

  /** The run with what was written since the last reading. Its columns are those of `run`, with more rows. */
  read(run: RunState): RunReading {
    const events = this.#otherEvents().filter((event) => event.seq > run.seq);
    const { columns } = run;
    const before = columns.length;
    const cached = this.#fresh && before === 0 ? this.#cache?.restore(columns) : undefined;
    this.#fresh = false;
    if (cached !== undefined) this.#steps.skipTo(cached.offset);
    const cuts = cutsOf(events, cached?.last.seq ?? 0);
    let kept = before;
    const cutBefore = (seq: number): void => {
      for (let cut = cuts[0]; cut !== undefined && cut.seq < seq; cut = cuts[0]) {
        truncateAfter(columns, cut.from);
        kept = Math.min(kept, columns.length);
        cuts.shift();
      }
    };
    let last = cached?.last;
    const sink = { columns, after: Math.max(run.seq, last?.seq ?? 0), before: cutBefore };
    this.#steps.read((bytes, end) => {
      last = this.#lines.take(bytes, end, sink) ?? last;
    });
    cutBefore(Number.POSITIVE_INFINITY);
    const grown = cached === undefined || columns.length > cached.rows * WORTH_KEEPING;
    if (last !== undefined && grown) this.#cache?.keepLater(columns, last, this.#steps.offset);
    return { run: together(run, events, columns, last), events, kept };
  }

  #otherEvents(): RunEvent[] {
    const events: RunEvent[] = [];
    this.#others.read((bytes, end) => {
      for (const event of parseEventLines(bytes.toString('utf8', 0, end))) events.push(event);
    });
    return events;
  }
}

interface Cut {
  readonly seq: number;
  readonly from: number;
}

/** Where a continued run begins again; those before `known` are in the columns already. */
function cutsOf(events: readonly RunEvent[], known: number): Cut[] {
  return events.flatMap((event) =>
    event.kind === 'started' && event.resumedFrom !== undefined && event.seq > known
      ? [{ seq: event.seq, from: event.resumedFrom }]
      : [],
  );
}

/** The fold over the other events, with the columns and what the last step says. */
function together(
  run: RunState,
  events: readonly RunEvent[],
  columns: RunColumns,
  last: LastStep | undefined,
): RunState {
  // The fold shortens its columns at a continued start; ours were shortened in their order.
  const folded = events.reduce(reduce, { ...run, columns: createColumns() });
  const first = firstTimeOf(run, events, columns);
  if (last === undefined || last.seq <= run.seq) return { ...folded, columns, firstTime: first };
  const told = events.reduce((seq, event) => (saysStep(event) ? event.seq : seq), 0);
  const newest = last.seq > folded.seq;
  return {
    ...folded,
    columns,
    firstTime: first,
    seq: Math.max(folded.seq, last.seq),
    lastTime: newest ? last.time : folded.lastTime,
    ...(last.seq > told ? { step: last.step, epoch: last.epoch } : {}),
  };
}

/** A folder that lost its other events begins with its first row. */
function firstTimeOf(run: RunState, events: readonly RunEvent[], columns: RunColumns): number | undefined {
  return run.firstTime ?? events[0]?.time ?? (columns.length > 0 ? columns.time[0] : undefined);
}

function saysStep(event: RunEvent): boolean {
  return (
    event.kind === 'epoch' || event.kind === 'ended' || (event.kind === 'started' && event.resumedFrom !== undefined)
  );
}
