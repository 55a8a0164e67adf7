/** What the handlers share: the connection, the documents, the analyser, and the guard that keeps one bug from ending all. */
import type { Connection } from 'vscode-languageserver';
import type { Analyser, CheckedFile, Known } from '../language/index.ts';
import type { Documents } from './documents.ts';

export interface Session {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly analyser: Analyser;
  /** Trees and checks of files, for features that point into other files. */
  readonly known: Known;
}

/** The checks of all open documents: where uses are looked for. */
export function openChecks(session: Session): readonly CheckedFile[] {
  return session.documents.all().flatMap(({ document }) => session.documents.checked(document.uri)?.file ?? []);
}

/** Runs a handler; a throw is a bug: it is logged, and the answer is empty. */
export function guarded<P, R>(session: Session, name: string, empty: R, handler: (params: P) => R): (params: P) => R {
  return (params) => {
    try {
      return handler(params);
    } catch (error) {
      session.connection.console.error(
        `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return empty;
    }
  };
}
