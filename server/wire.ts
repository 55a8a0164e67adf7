/**
 * The server's line to its editor, on `vscode-languageserver`: it chooses the channel, ends the process as the protocol says,
 * and watches the editor's process. Handlers register by method; what they ask and answer is typed in `session.ts`.
 */
import type { CancellationToken, InitializeParams, InitializeResult } from 'vscode-languageserver';
import { type Connection, createConnection, ErrorCodes, ResponseError } from 'vscode-languageserver/node';

export interface Wire {
  onInitialize(handler: (params: InitializeParams) => InitializeResult): void;
  onRequest<P, R>(method: string, handler: (params: P, token: CancellationToken) => R): void;
  onNotification<P>(method: string, handler: (params: P) => void): void;
  notify(method: string, params: object): void;
  /** Asks the editor something; what it answers is of no interest, nor that it does not know the question. */
  ask(method: string, params?: object): void;
  /** To the editor's log. */
  error(text: string): void;
  /** From here on messages are handled. */
  listen(): void;
  dispose(): void;
}

/** Thrown by a handler to tell the asker why there is no answer; editors show its text. */
export class Refusal extends ResponseError<void> {
  constructor(text: string) {
    super(ErrorCodes.InvalidParams, text);
  }
}

/** The channel that the editor opened, as the process's arguments say. */
export function processWire(): Wire {
  return wireOf(createConnection());
}

export function streamWire(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Wire {
  return wireOf(createConnection(input, output));
}

function wireOf(connection: Connection): Wire {
  return {
    onInitialize: (handler) => {
      connection.onInitialize(handler);
    },
    // What is answered is JSON: the library's own types for it also speak of promises and errors.
    onRequest: (method, handler) => {
      connection.onRequest(method, handler as (params: unknown, token: CancellationToken) => unknown);
    },
    onNotification: (method, handler) => {
      connection.onNotification(method, handler as (params: unknown) => void);
    },
    notify: (method, params) => {
      void connection.sendNotification(method, params);
    },
    ask: (method, params) => {
      connection.sendRequest(method, params).catch(() => undefined);
    },
    error: (text) => connection.console.error(text),
    listen: () => connection.listen(),
    dispose: () => connection.dispose(),
  };
}
