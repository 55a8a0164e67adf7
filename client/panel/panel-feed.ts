/**
 * What a panel is told and when: a snapshot when it is ready; then what is new, at most ten times a second, less often where
 * drawing takes long, only while it can be seen, and only after it has drawn the update before. Knows no VS Code.
 */
import {
  APPEND_INTERVAL,
  blockOf,
  COPIED_ROWS,
  type FromPanel,
  PANEL_VERSION,
  type PanelHead,
  type RunEvent,
  type RunProgress,
  type RunState,
  type RunViews,
  type ToPanel,
  viewOf,
} from '../../protocol/index.ts';

/** The run that is shown. */
export interface FeedSource {
  readonly head: PanelHead;
  readonly run: RunState;
  readonly views: RunViews;
  readonly progress: RunProgress;
  /** All events but steps, in order. */
  readonly events: readonly RunEvent[];
}

export interface FeedOptions {
  readonly post: (message: ToPanel) => void;
  /** Calls back after that many milliseconds; returns what takes it back. */
  readonly later: (milliseconds: number, then: () => void) => () => void;
  /** Milliseconds of a clock. */
  readonly now: () => number;
  readonly copiedRows?: number;
}

/** Between two updates lies so many times as long as drawing one took, so that a busy machine is left to the training; and no more than this. */
const [REST, LONGEST_REST] = [3, 500];

export class PanelFeed {
  readonly #source: FeedSource;
  readonly #options: FeedOptions;
  #ready = false;
  #visible = true;
  #remote = false;
  /** Rows and events that the panel has. */
  #rows = 0;
  #events = 0;
  #id = 0;
  #waiting: number | undefined;
  #posted = 0;
  #rest = APPEND_INTERVAL;
  #dirty = false;
  #cancel: (() => void) | undefined;

  constructor(source: FeedSource, options: FeedOptions) {
    this.#source = source;
    this.#options = options;
  }

  /** Takes a message of the panel; false for those that are not the feed's. */
  receive(message: FromPanel): boolean {
    switch (message.kind) {
      case 'ready':
        this.#snapshot();
        return true;
      case 'ack':
        if (message.upTo === this.#waiting) {
          this.#waiting = undefined;
          const rest = REST * (this.#options.now() - this.#posted);
          this.#rest = Math.max(APPEND_INTERVAL, Math.min(LONGEST_REST, rest));
        }
        this.#schedule();
        return true;
      case 'range': {
        const view = viewOf(this.#source.views, message.view, this.#source.run.marks);
        this.#options.post({ version: PANEL_VERSION, kind: 'range', request: message.request, view });
        return true;
      }
      case 'command':
      case 'failed':
      case 'ask':
        return false;
      default:
        return assertNever(message);
    }
  }

  /** The run has changed. */
  changed(): void {
    // A resumed run does steps again: the panel's rows are right up to the lowest count in between.
    this.#rows = Math.min(this.#rows, this.#source.run.columns.length);
    this.#dirty = true;
    this.#schedule();
  }

  /** A hidden panel gets nothing; it catches up when it is seen again. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible) this.#schedule();
  }

  dispose(): void {
    this.#ready = false;
    this.#cancel?.();
  }

  #snapshot(): void {
    this.#ready = true;
    this.#rows = this.#source.run.columns.length;
    this.#remote = this.#rows > (this.#options.copiedRows ?? COPIED_ROWS);
    this.#post('snapshot', 0, 0);
  }

  #schedule(): void {
    if (!this.#dirty || !this.#ready || !this.#visible || this.#waiting !== undefined || this.#cancel !== undefined)
      return;
    this.#cancel = this.#options.later(this.#rest, () => {
      this.#cancel = undefined;
      if (this.#ready && this.#visible && this.#waiting === undefined) this.#post('append', this.#rows, this.#events);
    });
  }

  #post(kind: 'snapshot' | 'append', fromRow: number, fromEvent: number): void {
    const { head, run, events, progress } = this.#source;
    const rows = run.columns.length;
    this.#id += 1;
    this.#waiting = this.#id;
    this.#posted = this.#options.now();
    this.#rows = rows;
    this.#events = events.length;
    this.#dirty = false;
    const update = {
      version: PANEL_VERSION,
      id: this.#id,
      head,
      events: events.slice(fromEvent),
      columns: this.#remote ? blockOf(run.columns, 0, 0) : blockOf(run.columns, fromRow, rows),
      progress,
    } as const;
    this.#options.post(kind === 'snapshot' ? { ...update, kind, remote: this.#remote } : { ...update, kind });
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown message: ${JSON.stringify(value)}`);
}
