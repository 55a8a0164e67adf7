/**
 * Texts that are made from a program and shown beside it: the table of its shapes, the Keras program. Their address is `scheme:title?program`,
 * the program's own address encoded; while the program is typed in, the client is told to ask again.
 */
import type { TextDocumentContentResult } from 'vscode-languageserver';
import { KERAS_SCHEME, SHAPE_SCHEME } from '../../protocol/index.ts';
import { fileOf } from '../convert.ts';
import { answerLater, type Session } from '../session.ts';
import type { Publisher } from './diagnostics.ts';

export const contentSchemes: readonly string[] = [SHAPE_SCHEME, KERAS_SCHEME];

export function registerContent(session: Session, publisher: Publisher): void {
  /** Texts that were asked for since their program changed last, by the program's address. */
  const shown = new Map<string, Set<string>>();
  const empty: TextDocumentContentResult = { text: '' };
  answerLater(session, 'workspace/textDocumentContent', empty, async ({ uri }): Promise<TextDocumentContentResult> => {
    const program = programOf(uri);
    const kept = shown.get(program) ?? new Set();
    shown.set(program, kept.add(uri));
    const text = session.documents.get(program)?.document.getText() ?? textOnDisk(session, program);
    if (text === undefined) return { text: session.tell('unreadable-program', { file: fileOf(program) }) };
    const kind = uri.startsWith(KERAS_SCHEME) ? 'keras' : 'shapes';
    const answer = await session.study({ kind, file: fileOf(program), text, locale: session.locale });
    return { text: answer.text ?? '' };
  });
  publisher.onChecked((uri) => {
    const kept = shown.get(uri);
    shown.delete(uri);
    for (const content of kept ?? []) session.wire.ask('workspace/textDocumentContent/refresh', { uri: content });
  });
}

function programOf(uri: string): string {
  const query = uri.slice(uri.indexOf('?') + 1);
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}

function textOnDisk(session: Session, program: string): string | undefined {
  return session.workspace.check(fileOf(program))?.syntax.text;
}
