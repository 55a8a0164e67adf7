/**
 * Problems for clients that ask: of a document, and of the programs that are not open. An answer that is the same as the
 * last one says so. A question about the workspace stays open until something changes, as the protocol wishes.
 */
import type {
  CancellationToken,
  DocumentDiagnosticReport,
  Diagnostic as LspDiagnostic,
  PreviousResultId,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { type CheckedFile, diagnostics } from '../../language/index.ts';
import { diagnosticOf, fileOf, linesOf, uriOf } from '../convert.ts';
import { answerLater, type Session } from '../session.ts';
import { typingLine } from './diagnostics.ts';

export interface Pull {
  /** Something changed beside what is being typed: open questions are answered. */
  changed(): void;
}

interface Result {
  readonly id: string;
  readonly text: string;
}

export function registerPull(session: Session): Pull {
  const results = new Map<string, Result>();
  const waiting = new Set<() => void>();
  let count = 0;

  /** The result's name: the same as before while the problems are the same. */
  function named(uri: string, items: readonly LspDiagnostic[]): string {
    const text = JSON.stringify(items);
    const before = results.get(uri);
    if (before?.text === text) return before.id;
    const id = String(++count);
    results.set(uri, { id, text });
    return id;
  }

  function report(uri: string, items: LspDiagnostic[], previous: string | undefined): DocumentDiagnosticReport {
    const resultId = named(uri, items);
    return resultId === previous ? { kind: 'unchanged', resultId } : { kind: 'full', resultId, items };
  }

  function document(uri: string): LspDiagnostic[] {
    const open = session.documents.checked(uri);
    if (open !== undefined) return problemsOf(session, open.file, uri);
    const file = session.workspace.check(fileOf(uri));
    return file === undefined ? [] : problemsOf(session, file, uri);
  }

  function workspace(previous: readonly PreviousResultId[]): WorkspaceDocumentDiagnosticReport[] {
    const before = new Map(previous.map(({ uri, value }) => [uri, value]));
    const opened = session.documents.all().map(({ document: { uri, version } }) => ({ uri, version }));
    const closed = session.workspace.closed().map((path) => ({ uri: uriOf(path), version: null }));
    const there = [...opened, ...closed];
    // A program that is gone has no problems any more.
    const gone = previous.filter(({ uri }) => there.every((one) => one.uri !== uri)).map(({ uri }) => uri);
    return [
      ...there.map(({ uri, version }) => {
        // What is pushed is not given a second time.
        const items = version !== null && session.client.pushes ? [] : document(uri);
        return { ...report(uri, items, before.get(uri)), uri, version };
      }),
      ...gone.map((uri) => ({ ...report(uri, [], before.get(uri)), uri, version: null })),
    ];
  }

  answerLater(session, 'textDocument/diagnostic', { kind: 'full', items: [] }, (p): DocumentDiagnosticReport => {
    return report(p.textDocument.uri, document(p.textDocument.uri), p.previousResultId);
  });

  answerLater(session, 'workspace/diagnostic', { items: [] }, async (p, token): Promise<WorkspaceDiagnosticReport> => {
    for (;;) {
      await session.workspace.warm();
      const items = workspace(p.previousResultIds);
      const told = items.filter((item) => item.kind === 'full');
      if (told.length > 0 || token.isCancellationRequested) return { items: told };
      await change(waiting, token);
      await session.workspace.ready();
    }
  });

  return {
    changed() {
      for (const go of [...waiting]) go();
    },
  };
}

/** Resolves at the next change, or when nobody waits for the answer any more. */
function change(waiting: Set<() => void>, token: CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      waiting.delete(go);
      cancelled.dispose();
      resolve();
    };
    const cancelled = token.onCancellationRequested(go);
    waiting.add(go);
  });
}

function problemsOf(session: Session, file: CheckedFile, uri: string): LspDiagnostic[] {
  const open = session.documents.get(uri);
  const lines = open?.document ?? linesOf(file.syntax.text);
  const typing = open === undefined ? undefined : typingLine(open);
  return diagnostics(file, typing, session.locale).map((d) => diagnosticOf(d, lines, session));
}
