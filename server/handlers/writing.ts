/** What a writer asks: completion, quick fixes, formatting, rename. */
import type {
  CompletionItem,
  CompletionItemKind,
  CompletionList,
  CompletionParams,
  Range,
  RenameParams,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import {
  type CompletionEntry,
  type CompletionKind,
  completion,
  formatting,
  formattingIn,
  rename,
  renameable,
  wordAt,
} from '../../language/index.ts';
import { changesOf, rangeOf } from '../convert.ts';
import { type AtPosition, answer, type InDocument, type Session } from '../session.ts';
import { Refusal } from '../wire.ts';
import { wordUnder } from './navigation.ts';

export function registerWriting(session: Session): void {
  answer(session, 'textDocument/completion', null, (p) => onCompletion(session, p));
  answer(session, 'textDocument/formatting', [], (p) => onFormat(session, p));
  answer(session, 'textDocument/rangeFormatting', [], (p) => onFormat(session, p, p.range));
  answer(session, 'textDocument/onTypeFormatting', [], (p) => onBrace(session, p));
  answer(session, 'textDocument/prepareRename', null, (p) => onPrepareRename(session, p));
  // Not guarded: what it throws is the reason that the editor shows.
  session.wire.onRequest('textDocument/rename', async (p: RenameParams) => {
    await session.workspace.ready();
    await session.workspace.warm(wordUnder(session, p));
    return onRename(session, p, p.newName);
  });
}

/** Numbers of the protocol: they choose the icon. */
const kinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  layer: 7, // Class
  function: 3, // Function
  unit: 9, // Module
  data: 22, // Struct
  variable: 6, // Variable
  parameter: 25, // TypeParameter
  size: 21, // Constant
  setting: 10, // Property
  key: 10, // Property
  word: 20, // EnumMember
  keyword: 14, // Keyword
  type: 8, // Interface
};

function onCompletion(session: Session, { textDocument, position, context }: CompletionParams): CompletionList | null {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return null;
  const { document } = checked.open;
  const offset = document.offsetAt(position);
  if (context?.triggerCharacter === ' ' && !asksAfterSpace(document.getText().slice(Math.max(0, offset - 24), offset)))
    return null;
  const found = completion(checked.file, offset, session.locale);
  if (found === undefined) return null;
  const range = rangeOf(document, found.replace);
  return { isIncomplete: false, items: found.items.map((entry, index) => itemOf(entry, index, range)) };
}

/** A space alone asks for nothing; after `->`, `:`, `,`, `on` it does. */
function asksAfterSpace(before: string): boolean {
  return /(?:->|[:,]|\b(?:on|train|evaluate|tune|export|output|layer)) $/.test(before);
}

function itemOf(entry: CompletionEntry, index: number, range: Range): CompletionItem {
  return {
    label: entry.label,
    kind: kinds[entry.kind],
    detail: entry.detail,
    documentation: entry.doc === '' ? undefined : { kind: 'markdown', value: entry.doc },
    sortText: String(index).padStart(4, '0'),
    insertTextFormat: entry.snippet ? 2 : 1,
    textEdit: { range, newText: entry.insert },
    preselect: index === 0 ? true : undefined,
    command: /: $/.test(entry.insert) ? { title: 'Suggest', command: 'editor.action.triggerSuggest' } : undefined,
  };
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

/** After `}`: the lines that it closes. */
function onBrace(session: Session, { textDocument, position }: AtPosition): TextEdit[] {
  const open = session.documents.get(textDocument.uri);
  if (open === undefined) return [];
  const syntax = session.documents.checked(textDocument.uri)?.file.syntax;
  const offset = open.document.offsetAt(position);
  const chunk = syntax?.chunks.filter((placed) => placed.offset <= offset).at(-1);
  if (chunk === undefined) return [];
  return onFormat(session, { textDocument }, { start: open.document.positionAt(chunk.offset), end: position });
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
