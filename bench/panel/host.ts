/**
 * The extension's part of a panel, without VS Code: events are folded as the extension folds them, its own feed says when the
 * page is told what, and the messages go into a page in the browser.
 */
import type { Page } from 'playwright-core';
import { PanelFeed } from '../../client/panel/panel-feed.ts';
import {
  createRunState,
  createViews,
  type FromPanel,
  PANEL_VERSION,
  type PanelHead,
  progressOf,
  type RunEvent,
  type RunState,
  reduce,
  type ToPanel,
  truncateViews,
} from '../../protocol/index.ts';

const HEAD: Omit<PanelHead, 'state'> = {
  folder: '/run',
  id: '0001-quick-hare',
  number: 1,
  title: 'bench',
  file: 'bench.model',
  attached: true,
  stopping: false,
  keepGoing: true,
  resumable: false,
  created: 0,
};

/** A run and the feed of its panel. */
export class BenchHost {
  readonly feed: PanelFeed;
  readonly #events: RunEvent[] = [];
  #run: RunState = createRunState();
  readonly #views = createViews(this.#run.columns);
  #page: Page | undefined;
  #acknowledged: (() => void) | undefined;
  /** Messages so far. */
  posted = 0;

  constructor() {
    const host = this;
    const source = {
      get head(): PanelHead {
        return { ...HEAD, state: host.#run.state };
      },
      get run() {
        return host.#run;
      },
      views: host.#views,
      get progress() {
        return progressOf(host.#run, host.#views);
      },
      events: host.#events,
    };
    this.feed = new PanelFeed(source, {
      post: (message) => this.#post(message),
      later: (milliseconds, then) => {
        const timer = setTimeout(then, milliseconds);
        return () => clearTimeout(timer);
      },
      now: () => performance.now(),
    });
  }

  get run(): RunState {
    return this.#run;
  }

  /** An event of the run; without `tell` the feed does not hear of it. */
  take(event: RunEvent, tell = true): void {
    if (event.seq <= this.#run.seq) return;
    this.#run = reduce(this.#run, event);
    if (event.kind === 'started') truncateViews(this.#views, this.#run.columns.length);
    if (event.kind !== 'step') this.#events.push(event);
    if (tell) this.feed.changed();
  }

  /** Shows the run in a page that was just opened, until it is drawn. */
  async show(page: Page): Promise<void> {
    this.#page = page;
    await page.exposeFunction('tellHost', (message: FromPanel) => this.#receive(message));
    await page.evaluate(() => {
      const { tellHost }: Window & { tellHost?: (message: unknown) => void } = window;
      window.addEventListener('from-panel', (event) => tellHost?.((event as CustomEvent<unknown>).detail));
    });
    const drawn = new Promise<void>((done) => {
      this.#acknowledged = done;
    });
    this.feed.setVisible(true);
    this.feed.receive({ version: PANEL_VERSION, kind: 'ready' });
    await drawn;
  }

  /** As VS Code hides a panel: its page is thrown away, and the feed is told. */
  async hide(): Promise<void> {
    this.feed.setVisible(false);
    const page = this.#page;
    this.#page = undefined;
    await page?.context().close();
  }

  #receive(message: FromPanel): void {
    this.feed.receive(message);
    if (message.kind === 'ack') this.#acknowledged?.();
    if (message.kind !== 'ask') return;
    this.#post({ version: PANEL_VERSION, kind: 'refused', request: message.request, message: 'There is none.' });
  }

  #post(message: ToPanel): void {
    this.posted += 1;
    // A page that is closed meanwhile hears no more.
    this.#page?.evaluate(hear, packed(message)).catch(() => undefined);
  }
}

/** The browser's line carries no buffers: they go as text. */
function packed(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return { base64: Buffer.from(value).toString('base64') };
  if (ArrayBuffer.isView(value)) return { numbers: Array.from(value as Float64Array), type: value.constructor.name };
  if (Array.isArray(value)) return value.map(packed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, packed(each)]));
}

/** Runs in the page. */
function hear(message: unknown): void {
  const unpacked = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(unpacked);
    if (typeof value !== 'object' || value === null) return value;
    if ('base64' in value) return Uint8Array.from(atob(String(value.base64)), (each) => each.charCodeAt(0)).buffer;
    if ('numbers' in value && Array.isArray(value.numbers) && 'type' in value)
      return value.type === 'Float32Array' ? Float32Array.from(value.numbers) : Float64Array.from(value.numbers);
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unpacked(each)]));
  };
  window.dispatchEvent(new MessageEvent('message', { data: unpacked(message) }));
}
