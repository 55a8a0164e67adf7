/**
 * The server's line to its editor: JSON-RPC over the process's channel or its standard streams, and the life of the process
 * (a polite end by `shutdown` and `exit`, a quick one when the editor is gone).
 *
 * `vscode-languageserver` gives its types only: with its code the bundle would be a third larger and start later, for
 * registrations that are one line each here (`docs/decisions/`).
 */
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';

export interface Wire {
  onRequest<P, R>(method: string, handler: (params: P) => R): void;
  onNotification<P>(method: string, handler: (params: P) => void): void;
  notify(method: string, params: object): void;
  /** Asks the editor something; what it answers is of no interest, nor that it does not know the question. */
  ask(method: string): void;
  /** To the editor's log. */
  error(text: string): void;
  listen(): void;
  dispose(): void;
}

/** An answer that tells the asker why there is none; editors show its text. */
export function refusal(text: string): ResponseError<void> {
  return new ResponseError<void>(-32602, text);
}

/** The channel that the editor opened: `--node-ipc`, else standard input and output. */
export function processWire(args: readonly string[] = process.argv): Wire {
  if (args.includes('--node-ipc')) {
    process.on('disconnect', () => process.exit(0));
    return createWire(createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process)));
  }
  const wire = streamWire(process.stdin, process.stdout);
  process.stdin.on('end', () => process.exit(0));
  // Anything printed by accident must not get between the messages.
  console.log = console.error;
  return wire;
}

export function streamWire(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Wire {
  return createWire(createMessageConnection(new StreamMessageReader(input), new StreamMessageWriter(output)));
}

function createWire(connection: MessageConnection): Wire {
  return {
    onRequest: (method, handler) => {
      // What is answered is JSON: the library's own type for it also speaks of promises and errors.
      connection.onRequest(method, handler as (params: unknown) => unknown);
    },
    onNotification: (method, handler) => {
      connection.onNotification(method, handler as (params: unknown) => void);
    },
    notify: (method, params) => {
      void connection.sendNotification(method, params);
    },
    ask: (method) => {
      connection.sendRequest(method).catch(() => undefined);
    },
    error: (message) => {
      void connection.sendNotification('window/logMessage', { type: 1, message });
    },
    listen: () => connection.listen(),
    dispose: () => connection.dispose(),
  };
}

/** Ends the process as the protocol says, and when the editor's process is gone. */
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
