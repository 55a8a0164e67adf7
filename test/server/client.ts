/** A client that speaks to the server over streams in this process: documents opened, typed in, asked about. */
import { PassThrough } from 'node:stream';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { Programs } from '../../files/index.ts';
import type { Files } from '../../language/index.ts';
import { serve } from '../../server/serve.ts';
import { study } from '../../server/study/study.ts';
import { streamWire } from '../../server/wire.ts';

export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly {
    readonly range: Range;
    readonly severity: number;
    readonly code: string;
    readonly message: string;
    readonly relatedInformation: readonly {
      readonly location: { readonly uri: string; readonly range: Range };
      readonly message: string;
    }[];
  }[];
}

export interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export interface Client {
  readonly connection: MessageConnection;
  open(uri: string, text: string): Promise<Published>;
  /** Replaces the first `find` by `replace`, as an incremental change; answers the problems of that version. */
  edit(uri: string, find: string, replace: string): Promise<Published>;
  text(uri: string): string;
  position(uri: string, find: string, into?: number): { readonly line: number; readonly character: number };
  ask<T>(method: string, uri: string, more?: object): Promise<T>;
  /** The next problems that are published for the document. */
  next(uri: string, version?: number): Promise<Published>;
  readonly logged: readonly string[];
  close(): void;
}

/** Files of a table; nothing else is there. */
export function tableFiles(table: Readonly<Record<string, string>>): Files {
  return {
    source: (from, path) => {
      const file = new URL(path, `file://${from}`).pathname;
      const text = table[file];
      return text === undefined ? 'missing' : { file, text };
    },
    header: () => undefined,
  };
}

/** Programs of a table: the closed ones of a workspace. */
export function tablePrograms(table: Record<string, string>): Programs {
  let seen = '';
  return {
    refresh: async () => {
      const now = JSON.stringify(table);
      const changed = now !== seen;
      seen = now;
      return changed;
    },
    paths: () => Object.keys(table),
    text: (path) => table[path],
    changed: () => undefined,
  };
}

/** Names right below a folder (a path that ends in `/`). */
function namesOf(table: Readonly<Record<string, string>>, folder: string): { name: string; folder: boolean }[] {
  const found = new Map<string, boolean>();
  for (const path of Object.keys(table).filter((each) => each.startsWith(folder))) {
    const [name = '', ...more] = path.slice(folder.length).split('/');
    found.set(name, more.length > 0);
  }
  return [...found].map(([name, isFolder]) => ({ name, folder: isFolder }));
}

export interface StartOptions {
  /** Programs on disk beside the open ones; they can be imported too. */
  readonly programs?: Record<string, string>;
  readonly capabilities?: object;
  readonly options?: object;
  readonly locale?: string;
}

export async function startClient(
  files?: Files,
  { programs = {}, capabilities = {}, options, locale }: StartOptions = {},
): Promise<Client> {
  const known = files ?? tableFiles(programs);
  const up = new PassThrough();
  const down = new PassThrough();
  const server = streamWire(up, down);
  serve(server, {
    disk: () => ({ files: known, changed: () => undefined }),
    files: () => known,
    programs: () => tablePrograms(programs),
    names: async (_, program, folder) => namesOf(programs, new URL(folder || '.', `file://${program}`).pathname),
    find: async (_, program, path) => {
      const file = new URL(path, `file://${program}`).pathname;
      return file in programs ? file : undefined;
    },
    study: async (_, question) => study(question, known),
    problemPages: 'file:///docs/problems/',
  });
  const connection = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const waiting: { uri: string; version: number | undefined; resolve: (p: Published) => void }[] = [];
  const logged: string[] = [];
  const documents = new Map<string, { text: string; version: number }>();
  connection.onNotification('textDocument/publishDiagnostics', (published: Published) => {
    for (const one of waiting.splice(0)) {
      if (one.uri === published.uri && (one.version === undefined || one.version === published.version))
        one.resolve(published);
      else waiting.push(one);
    }
  });
  connection.onNotification('window/logMessage', (p: { message: string }) => {
    logged.push(p.message);
  });
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    capabilities,
    locale,
    initializationOptions: options,
    workspaceFolders: null,
  });
  await connection.sendNotification('initialized', {});
  const next = (uri: string, version?: number) =>
    new Promise<Published>((resolve) => waiting.push({ uri, version, resolve }));
  const positionIn = (text: string, offset: number) => {
    const lines = text.slice(0, offset).split('\n');
    return { line: lines.length - 1, character: lines.at(-1)!.length };
  };
  const text = (uri: string) => documents.get(uri)?.text ?? '';
  return {
    connection,
    logged,
    next,
    text,
    open(uri, opened) {
      documents.set(uri, { text: opened, version: 1 });
      const published = next(uri, 1);
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'model', version: 1, text: opened },
      });
      return published;
    },
    edit(uri, find, replace) {
      const document = documents.get(uri)!;
      const at = document.text.indexOf(find);
      if (at < 0) throw new Error(`there is no ${find}`);
      const range = { start: positionIn(document.text, at), end: positionIn(document.text, at + find.length) };
      document.text = document.text.slice(0, at) + replace + document.text.slice(at + find.length);
      document.version++;
      const published = next(uri, document.version);
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: document.version },
        contentChanges: [{ range, text: replace }],
      });
      return published;
    },
    position(uri, find, into = 0) {
      const at = text(uri).indexOf(find);
      if (at < 0) throw new Error(`there is no ${find}`);
      return positionIn(text(uri), at + into);
    },
    ask: (method, uri, more = {}) => connection.sendRequest(method, { textDocument: { uri }, ...more }),
    close() {
      connection.dispose();
      server.dispose();
    },
  };
}
