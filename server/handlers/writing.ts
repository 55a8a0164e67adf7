/** What a writer asks beside suggestions: formatting, rename. */
import type { Range, RenameParams, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { formatting, formattingIn, formattingTyped, rename, renameable, wordAt } from '../../language/index.ts';
import { changesOf, rangeOf } from '../convert.ts';
import { type AtPosition, answer, type InDocument, type Session } from '../session.ts';
import { Refusal } from '../wire.ts';
import { wordUnder } from './navigation.ts';

export function registerWriting(session: Session): void {
  answer(session, 'textDocument/formatting', [], (p) => onFormat(session, p));
  answer(session, 'textDocument/rangeFormatting', [], (p) => onFormat(session, p, p.range));
  answer(session, 'textDocument/onTypeFormatting', [], (p) => onTyped(session, p, p.ch));
  answer(session, 'textDocument/prepareRename', null, (p) => onPrepareRename(session, p));
  // Not guarded: what it throws is the reason that the editor shows.
  session.wire.onRequest('textDocument/rename', async (p: RenameParams) => {
    await session.workspace.ready('now');
    await session.workspace.warm(wordUnder(session, p));
    return onRename(session, p, p.newName);
  });
}

function onFormat(session: Session, { textDocument }: InDocument, range?: Range): TextEdit[] {
  const open = session.documents.get(textDocument.uri);
  if (open === undefined) return [];
  const { document } = open;
  const text = document.getText();
  const edits =
    range === undefined
      ? formatting(text)
      : formattingIn(text, document.offsetAt(range.start), document.offsetAt(range.end));
  return edits.map((edit) => ({ range: rangeOf(document, edit), newText: edit.newText }));
}

/** After `}` and a new line: the lines of the declaration up to there. */
function onTyped(session: Session, { textDocument, position }: AtPosition, character: string): TextEdit[] {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return [];
  const { document } = checked.open;
  const edits = formattingTyped(checked.file.syntax, document.offsetAt(position), character);
  return edits.map((edit) => ({ range: rangeOf(document, edit), newText: edit.newText }));
}

function onPrepareRename(session: Session, { textDocument, position }: AtPosition): Range | null {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return null;
  const span = renameable(checked.file, checked.open.document.offsetAt(position));
  return span === undefined ? null : rangeOf(checked.open.document, span);
}

/** An illegal name is refused with the reason, which the editor shows. */
function onRename(session: Session, { textDocument, position }: AtPosition, name: string): WorkspaceEdit | null {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return null;
  const offset = checked.open.document.offsetAt(position);
  const files = session.workspace.checks(wordAt(checked.file, offset));
  const renaming = rename(checked.file, offset, name, files, session.known, session.locale);
  if (!renaming.ok) throw new Refusal(renaming.reason);
  return { changes: changesOf(renaming.edits, session.documents.lines) };
}
