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
import { readLock } from './store.ts';

export interface ConnectionHandlers {
  /** Each event once, in order, those after the `after` of `open` first. */
  readonly onEvent: (event: RunEvent) => void;
  /**
   * Once, when the line is gone: `ended` after the run's last event, `lost` when the process died or the line broke,
   * `refused` when the trainer would not talk (another version, a wrong token), `disposed` by us.
   */
  readonly onClose: (reason: CloseReason, message: string | undefined) => void;
}

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

  constructor(handlers: ConnectionHandlers) {
    this.#handlers = handlers;
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

  #receive(text: string): void {
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
    this.#socket?.destroy();
    this.#answer({ ok: false, message: message ?? 'The trainer closed the line before it said that it is ready.' });
    this.#handlers.onClose(reason, message);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown message: ${JSON.stringify(value)}`);
}
