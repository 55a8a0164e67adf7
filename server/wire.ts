/**
 * The server's line to its editor: JSON-RPC 2.0 over the process's channel or its standard streams, and the life of the process
 * (a polite end by `shutdown` and `exit`, a quick one when the editor is gone). Messages are handled in their order, each to its end.
 *
 * `vscode-languageserver` gives its types only: its code would be two fifths of the bundle (`docs/decisions/`).
 */
import { createFrames, frame } from './frames.ts';

export interface Wire {
  onRequest<P, R>(method: string, handler: (params: P) => R): void;
  onNotification<P>(method: string, handler: (params: P) => void): void;
  notify(method: string, params: object): void;
  /** Asks the editor something; what it answers is of no interest, nor that it does not know the question. */
  ask(method: string): void;
  /** To the editor's log. */
  error(text: string): void;
  /** From here on messages are handled. */
  listen(): void;
  dispose(): void;
}

/** Thrown by a handler to tell the asker why there is no answer; editors show its text. */
export class Refusal extends Error {}

const codes = { unknownMethod: -32601, refused: -32602, failed: -32603 } as const;

/** Something that carries messages: objects in, objects out. */
interface Carrier {
  send(message: object): void;
  receive(take: (message: unknown) => void, broken: (text: string) => void): void;
  close(): void;
}

/** The channel that the editor opened: `--node-ipc`, else standard input and output. */
export function processWire(args: readonly string[] = process.argv): Wire {
  if (args.includes('--node-ipc')) {
    process.on('disconnect', () => process.exit(0));
    return createWire({
      send: (message) => process.send?.(message),
      receive: (take) => process.on('message', take),
      close: () => process.disconnect?.(),
    });
  }
  process.stdin.on('end', () => process.exit(0));
  process.stdout.on('error', () => process.exit(1));
  // Anything printed by accident must not get between the messages.
  console.log = console.error;
  return streamWire(process.stdin, process.stdout);
}

export function streamWire(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Wire {
  return createWire({
    send: (message) => output.write(frame(message)),
    receive: (take, broken) => {
      const frames = createFrames(broken);
      input.on('data', (piece: Uint8Array) => {
        for (const message of frames(piece)) take(message);
      });
    },
    close: () => input.removeAllListeners('data'),
  });
}

type Handler = (params: never) => unknown;

function createWire(carrier: Carrier): Wire {
  const requests = new Map<string, Handler>();
  const notifications = new Map<string, Handler>();
  let asked = 0;
  const send = (message: object) => carrier.send({ jsonrpc: '2.0', ...message });
  const error = (message: string) => send({ method: 'window/logMessage', params: { type: 1, message } });

  function take(message: unknown): void {
    if (!isCall(message)) return;
    const { id, method, params } = message;
    if (id === undefined) {
      run(() => notifications.get(method)?.(params as never), error);
      return;
    }
    const handler = requests.get(method);
    if (handler === undefined)
      send({ id, error: { code: codes.unknownMethod, message: `This server does not answer ${method}.` } });
    else {
      run(
        () => send({ id, result: handler(params as never) ?? null }),
        (text, refused) => send({ id, error: { code: refused ? codes.refused : codes.failed, message: text } }),
      );
    }
  }

  return {
    onRequest: (method, handler) => {
      requests.set(method, handler);
    },
    onNotification: (method, handler) => {
      notifications.set(method, handler);
    },
    notify: (method, params) => send({ method, params }),
    ask: (method) => send({ id: `server-${++asked}`, method }),
    error,
    listen: () => carrier.receive(take, (text) => error(`This is no message of the protocol: ${text}`)),
    dispose: () => carrier.close(),
  };
}

function run(action: () => unknown, failed: (text: string, refused: boolean) => void): void {
  try {
    action();
  } catch (error) {
    failed(error instanceof Error ? error.message : String(error), error instanceof Refusal);
  }
}

/** A request or a notification; answers to our own questions are not looked at. */
function isCall(
  message: unknown,
): message is { readonly id?: string | number; readonly method: string; readonly params?: unknown } {
  return typeof message === 'object' && message !== null && 'method' in message && typeof message.method === 'string';
}

/** Ends the process as the protocol says. */
export function endWithEditor(wire: Wire): void {
  let asked = false;
  wire.onRequest('shutdown', () => {
    asked = true;
    return null;
  });
  wire.onNotification('exit', () => process.exit(asked ? 0 : 1));
}

/** Looks every few seconds whether the editor's process is still there: a killed one says nothing. */
export function watchEditor(pid: number | null | undefined): void {
  if (typeof pid !== 'number') return;
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(1);
    }
  }, 3_000).unref();
}
