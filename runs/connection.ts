/**
 * A line to a living trainer: events come in, commands go out. It is opened from the run's `lock`, by whoever started the
 * run, a reloaded window, or the command line; any number may be attached at once.
 */
import { connect, type Socket } from 'node:net';
import {
  parseMessage,
  type RunEvent,
  TRAINER_VERSION,
  type TrainerCommand,
  type TrainerMessage,
} from '../protocol/index.ts';
import { readLock } from './lock.ts';

export interface ConnectionHandlers {
  /** Each event once, in order, those after the `after` of `open` first. */
  readonly onEvent: (event: RunEvent) => void;
  /**
   * Once, when the line is gone: `ended` after the run's last event, `lost` when the process died or the line broke,
   * `refused` when the trainer would not talk (another version, a wrong token), `disposed` by us.
   */
  readonly onClose: (reason: CloseReason, message: string | undefined) => void;
  /** True when nothing was heard for a while, though a living trainer speaks every few seconds; false when it speaks again. */
  readonly onSilence?: (silent: boolean) => void;
}

/** Milliseconds without a word after which a trainer is silent. */
export const SILENCE = 30_000;

export type CloseReason = 'ended' | 'lost' | 'refused' | 'disposed';
export type OpenResult =
  | { readonly ok: true; readonly run: string; readonly state: 'preparing' | 'running' | 'paused' }
  | { readonly ok: false; readonly message: string };

export class RunConnection {
  readonly #handlers: ConnectionHandlers;
  #socket: Socket | undefined;
  #rest = '';
  #ended = false;
  #closed = false;
  #opened: ((result: OpenResult) => void) | undefined;
  readonly #silence: number;
  #timer: NodeJS.Timeout | undefined;
  #silent = false;

  constructor(handlers: ConnectionHandlers, silence = SILENCE) {
    this.#handlers = handlers;
    this.#silence = silence;
  }

  /** True between the trainer's `ready` and the end of the line. */
  get connected(): boolean {
    return this.#socket !== undefined && this.#opened === undefined && !this.#closed;
  }

  /** Attaches to the run of that folder. Events up to `after` are known already (read from disk). */
  open(folder: string, after: number): Promise<OpenResult> {
    const lock = readLock(folder);
    if (lock === undefined) {
      return Promise.resolve({
        ok: false,
        message: 'The run is not alive: its folder has no lock of a living process.',
      });
    }
    return new Promise((done) => {
      this.#opened = done;
      const socket = connect(lock.address);
      this.#socket = socket;
      socket.setEncoding('utf8');
      this.#listen();
      socket.on('connect', () => this.#write({ kind: 'ready', version: TRAINER_VERSION, token: lock.token, after }));
      socket.on('data', (text: string) => this.#receive(text));
      socket.on('error', (error) => this.#close('lost', error.message));
      socket.on('close', () => this.#close(this.#ended ? 'ended' : 'lost', undefined));
    });
  }

  /** False where the line is not open (any more). */
  send(command: TrainerCommand): boolean {
    if (!this.connected) return false;
    this.#write(command);
    return true;
  }

  dispose(): void {
    this.#close('disposed', undefined);
  }

  #write(command: TrainerCommand): void {
    this.#socket?.write(`${JSON.stringify(command)}\n`);
  }

  /** Something was heard, or is waited for. */
  #listen(): void {
    clearTimeout(this.#timer);
    if (this.#silent) {
      this.#silent = false;
      this.#handlers.onSilence?.(false);
    }
    this.#timer = setTimeout(() => {
      this.#silent = true;
      this.#handlers.onSilence?.(true);
    }, this.#silence);
    this.#timer.unref();
  }

  #receive(text: string): void {
    this.#listen();
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (this.#closed) return;
      const parsed = parseMessage(line);
      if (parsed.ok) this.#take(parsed.value);
      else this.#close('refused', parsed.message);
    }
  }

  #take(message: TrainerMessage): void {
    switch (message.kind) {
      case 'ready':
        this.#answer({ ok: true, run: message.run, state: message.state });
        return;
      case 'event':
        this.#ended ||= message.event.kind === 'ended';
        this.#handlers.onEvent(message.event);
        return;
      case 'alive':
        return;
      case 'refused':
        this.#close('refused', message.message);
        return;
      default:
        assertNever(message);
    }
  }

  #answer(result: OpenResult): void {
    const opened = this.#opened;
    this.#opened = undefined;
    opened?.(result);
  }

  #close(reason: CloseReason, message: string | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.destroy();
    this.#answer({ ok: false, message: message ?? 'The trainer closed the line before it said that it is ready.' });
    this.#handlers.onClose(reason, message);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown message: ${JSON.stringify(value)}`);
}
