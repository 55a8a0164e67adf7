/** Problems are pushed, with the version of the text that they belong to. One check a turn, however many changes came. */
import { diagnostics } from '../../language/index.ts';
import { CURSOR_NOTIFICATION, type CursorParams } from '../../protocol/index.ts';
import { diagnosticOf } from '../convert.ts';
import type { Open } from '../documents.ts';
import { guarded, type Session } from '../session.ts';

/** How many turns of the event loop a check waits for more changes, at most. */
const turnLimit = 50;

export interface Publisher {
  /** Checks and publishes a document in the next turn of the event loop. */
  soon(uri: string): void;
  /** All open documents: something on disk has become known or has changed. */
  everything(): void;
  /** Tells of each open document that was checked because its text changed. */
  onChecked(listener: (uri: string) => void): void;
}

export function createPublisher(get: () => Session): Publisher {
  const waiting = new Set<string>();
  let scheduled = false;
  /** Something was asked for since the last turn. */
  let fresh = false;
  const listeners: ((uri: string) => void)[] = [];

  function schedule(): void {
    fresh = true;
    if (scheduled) return;
    scheduled = true;
    setImmediate(turn, turnLimit);
  }

  /** Messages come one a turn: while they do, the check waits (so that it is made once), but not for ever. */
  function turn(left: number): void {
    if (fresh && left > 0) {
      fresh = false;
      setImmediate(turn, left - 1);
      return;
    }
    scheduled = false;
    const uris = [...waiting];
    waiting.clear();
    // A client that asks for problems is only told to ask again.
    if (get().client.pushes) {
      for (const uri of uris) publishGuarded(uri);
      others(uris);
    }
    for (const uri of uris) for (const listener of listeners) listener(uri);
  }

  /** Documents that import something may see a changed text: they are checked after the one that is being typed in. */
  function others(done: readonly string[]): void {
    const session = get();
    for (const { document, file } of session.documents.all()) {
      if (done.includes(document.uri)) continue;
      const imports = session.analyser.syntax(file)?.chunks.some(({ chunk }) => chunk.declaration?.kind === 'import');
      if (imports === true) publishGuarded(document.uri);
    }
  }

  function publishGuarded(uri: string): void {
    guarded(get(), 'diagnostics', undefined, (one: string) => publish(get(), one))(uri);
  }

  return {
    onChecked(listener) {
      listeners.push(listener);
    },
    soon(uri) {
      waiting.add(uri);
      schedule();
    },
    everything() {
      const session = get();
      if (!session.client.pushes) session.wire.ask('workspace/diagnostic/refresh');
      for (const { document } of session.documents.all()) waiting.add(document.uri);
      schedule();
    },
  };
}

function publish(session: Session, uri: string): undefined {
  const checked = session.documents.checked(uri);
  if (checked === undefined) {
    session.wire.notify('textDocument/publishDiagnostics', { uri, diagnostics: [] });
    return undefined;
  }
  const { open, file } = checked;
  session.wire.notify('textDocument/publishDiagnostics', {
    uri,
    version: open.document.version,
    diagnostics: diagnostics(file, typingLine(open), session.locale).map((d) =>
      diagnosticOf(d, open.document, session),
    ),
  });
  return undefined;
}

/** The line of the cursor, in which what is unfinished is only hinted at. */
export function typingLine(open: Open): { readonly start: number; readonly end: number } | undefined {
  if (open.typing === undefined) return undefined;
  return {
    start: open.document.offsetAt({ line: open.typing, character: 0 }),
    end: open.document.offsetAt({ line: open.typing, character: Number.MAX_SAFE_INTEGER }),
  };
}

/** The client says when the cursor comes to another line: what is unfinished there becomes an error, or stops being one. */
export function listenToCursor(session: Session, publisher: Publisher): void {
  session.wire.onNotification(
    CURSOR_NOTIFICATION,
    guarded(session, 'cursor', undefined, ({ uri, line }: CursorParams) => {
      if (session.documents.cursor(uri, line)) publisher.soon(uri);
      return undefined;
    }),
  );
}
