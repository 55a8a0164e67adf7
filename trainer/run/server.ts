/**
 * The local socket of a run (a named pipe on Windows). A client is heard after its `ready` with the lock's token; it gets
 * the events that it does not know yet, then each as it happens, steps a few at a time. With nobody attached for a while the owner is told.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  parseCommand,
  type RunEvent,
  TRAINER_VERSION,
  type TrainerCommand,
  type TrainerMessage,
} from '../../protocol/index.ts';

export interface ServerOptions {
  readonly run: string;
  readonly state: () => 'preparing' | 'running' | 'paused';
  /** Events after that number, from memory or disk. */
  readonly since: (after: number) => readonly RunEvent[];
  readonly onCommand: (command: TrainerCommand) => void;
  /** Nobody has been attached for `patience` milliseconds. */
  readonly onAlone: () => void;
  readonly patience: number;
}

/** Lines that a server can give without reading the disk. */
export const RECENT = 2000;
/** Milliseconds between two signs of life. */
export const BEAT = 5000;
/** A client that reads so slowly that this much waits for it is let go: it can attach again and read from disk. */
const MOST_WAITING = 64 * 1024 * 1024;
/** Steps wait so many milliseconds for others: writing each by itself takes longer than a small step may be slowed. */
const GATHERED = 50;
/** A client must say `ready` within this time. */
const GREETING = 5000;

export class RunServer {
  readonly address: string;
  readonly token: string;
  readonly #options: ServerOptions;
  readonly #server: Server;
  readonly #clients = new Set<Socket>();
  /** Lines that no client has yet. */
  #waiting = '';
  #flushing: NodeJS.Timeout | undefined;
  #alone: NodeJS.Timeout | undefined;

  private constructor(options: ServerOptions) {
    this.#options = options;
    this.token = randomBytes(24).toString('base64url');
    this.address =
      process.platform === 'win32'
        ? `\\\\.\\pipe\\modelwright-${randomBytes(12).toString('hex')}`
        : join(mkdtempSync(join(tmpdir(), 'modelwright-')), 'run.sock');
    this.#server = createServer((socket) => this.#greet(socket));
  }

  /** A server that listens. */
  static async open(options: ServerOptions): Promise<RunServer> {
    const server = new RunServer(options);
    await new Promise<void>((listening, failed) => {
      server.#server.once('error', failed);
      server.#server.listen(server.address, listening);
    });
    // The folder was made for its owner only; the socket says so too.
    if (process.platform !== 'win32') chmodSync(server.address, 0o600);
    server.#waitForSomebody();
    return server;
  }

  /** Clients that have said `ready`. */
  get attached(): number {
    return this.#clients.size;
  }

  send(event: RunEvent): void {
    if (this.#clients.size === 0) return;
    this.#waiting += lineOf({ kind: 'event', event });
    if (event.kind === 'step') this.#flushing ??= setTimeout(() => this.#flush(), GATHERED);
    else this.#flush();
  }

  #flush(): void {
    clearTimeout(this.#flushing);
    this.#flushing = undefined;
    if (this.#waiting === '') return;
    const lines = this.#waiting;
    this.#waiting = '';
    for (const client of this.#clients) {
      client.write(lines);
      if (client.writableLength > MOST_WAITING) client.destroy();
    }
  }

  /** A sign of life. */
  beat(time: number): void {
    this.#flush();
    const line = lineOf({ kind: 'alive', time });
    for (const client of this.#clients) client.write(line);
  }

  /** Lets every client read to the end, then closes. */
  async close(): Promise<void> {
    this.#flush();
    clearTimeout(this.#alone);
    const gone = [...this.#clients].map(
      (client) =>
        new Promise<void>((done) => {
          // A client that hangs must not keep the process alive.
          const timer = setTimeout(() => client.destroy(), 1000);
          client.once('close', () => {
            clearTimeout(timer);
            done();
          });
          client.end();
        }),
    );
    const closed = new Promise<void>((done) => this.#server.close(() => done()));
    await Promise.all(gone);
    await closed;
    this.removeAddress();
  }

  /** Removes the socket's file, also where the process must end at once. */
  removeAddress(): void {
    if (process.platform !== 'win32') rmSync(dirname(this.address), { recursive: true, force: true });
  }

  #greet(socket: Socket): void {
    socket.setEncoding('utf8');
    let rest = '';
    const late = setTimeout(() => socket.destroy(), GREETING);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(late);
      if (this.#clients.delete(socket)) this.#waitForSomebody();
    });
    socket.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const parsed = parseCommand(line);
        if (!parsed.ok) {
          refuse(socket, parsed.message);
          // A client that is heard already stays: one unknown command is no reason to leave it.
          if (!this.#clients.has(socket)) socket.end();
        } else if (this.#clients.has(socket)) {
          this.#options.onCommand(parsed.value);
        } else if (this.#admit(socket, parsed.value)) {
          clearTimeout(late);
        }
      }
    });
  }

  #admit(socket: Socket, command: TrainerCommand): boolean {
    if (command.kind !== 'ready' || !this.#isToken(command.token)) {
      refuse(
        socket,
        'The token is not the one of this run’s lock, so the trainer does not answer. Read the lock of the run again.',
      );
      socket.end();
      return false;
    }
    clearTimeout(this.#alone);
    this.#alone = undefined;
    socket.write(
      lineOf({ kind: 'ready', version: TRAINER_VERSION, run: this.#options.run, state: this.#options.state() }),
    );
    // What waits for the others is among the events that this one is told now.
    this.#flush();
    for (const event of this.#options.since(command.after)) socket.write(lineOf({ kind: 'event', event }));
    this.#clients.add(socket);
    return true;
  }

  #isToken(token: string): boolean {
    const given = Buffer.from(token);
    const own = Buffer.from(this.token);
    return given.length === own.length && timingSafeEqual(given, own);
  }

  #waitForSomebody(): void {
    if (this.#clients.size > 0 || this.#alone !== undefined) return;
    this.#alone = setTimeout(() => {
      this.#alone = undefined;
      this.#options.onAlone();
    }, this.#options.patience);
    this.#alone.unref();
  }
}

function lineOf(message: TrainerMessage): string {
  return `${JSON.stringify(message)}\n`;
}

function refuse(socket: Socket, message: string): void {
  socket.write(lineOf({ kind: 'refused', message }));
}
