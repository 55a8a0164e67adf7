/** Colours by meaning: of a document, of a part of it, and what changed since the last answer. */
import type { Range, SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';
import { semanticTokens, tokenModifiers, tokenTypes } from '../../language/index.ts';
import { answer, type Session } from '../session.ts';

interface Given {
  readonly id: string;
  readonly data: readonly number[];
}

export function registerTokens(session: Session): void {
  /** The last answer for each document: what the next one is compared with. */
  const given = new Map<string, Given>();
  let count = 0;

  function full(uri: string): SemanticTokens {
    const data = encoded(session, uri);
    const id = String(++count);
    if (session.documents.get(uri) === undefined) given.delete(uri);
    else given.set(uri, { id, data });
    return { resultId: id, data };
  }

  answer(session, 'textDocument/semanticTokens/full', { data: [] }, (p): SemanticTokens => full(p.textDocument.uri));
  answer(session, 'textDocument/semanticTokens/full/delta', { data: [] }, (p): SemanticTokens | SemanticTokensDelta => {
    const before = given.get(p.textDocument.uri);
    const now = full(p.textDocument.uri);
    return before?.id === p.previousResultId ? { resultId: now.resultId, edits: edits(before.data, now.data) } : now;
  });
  answer(session, 'textDocument/semanticTokens/range', { data: [] }, (p) => ({
    data: encoded(session, p.textDocument.uri, p.range),
  }));
}

/** Five numbers each, lines and columns counted from the token before. */
function encoded(session: Session, uri: string, range?: Range): number[] {
  const checked = session.documents.checked(uri);
  if (checked === undefined) return [];
  const { document } = checked.open;
  const tokens =
    range === undefined
      ? semanticTokens(checked.file)
      : semanticTokens(checked.file, document.offsetAt(range.start), document.offsetAt(range.end));
  const data: number[] = [];
  let [lastLine, lastCharacter] = [0, 0];
  for (const token of tokens) {
    const { line, character } = document.positionAt(token.start);
    const modifiers = token.modifiers.reduce((bits, modifier) => bits | (1 << tokenModifiers.indexOf(modifier)), 0);
    const column = line === lastLine ? character - lastCharacter : character;
    data.push(line - lastLine, column, token.end - token.start, tokenTypes.indexOf(token.type), modifiers);
    [lastLine, lastCharacter] = [line, character];
  }
  return data;
}

/** One edit: all that lies between what is alike at the start and at the end. */
function edits(before: readonly number[], after: readonly number[]): SemanticTokensDelta['edits'] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return [];
  let tail = 0;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return [{ start, deleteCount: before.length - start - tail, data: after.slice(start, after.length - tail) }];
}
