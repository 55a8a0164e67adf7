/** What a writer asks: completion, quick fixes, formatting, rename. */
import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  ErrorCodes,
  InsertTextFormat,
  type Range,
  ResponseError,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import {
  type CompletionEntry,
  type CompletionKind,
  completion,
  fixAll,
  formatting,
  formattingIn,
  quickFixes,
  rename,
  renameable,
} from '../../language/index.ts';
import { changesOf, diagnosticOf, rangeOf } from '../convert.ts';
import { guarded, openChecks, type Session } from '../session.ts';

interface InDocument {
  readonly textDocument: { readonly uri: string };
}

interface AtPosition extends InDocument {
  readonly position: { readonly line: number; readonly character: number };
}

export function registerWriting(session: Session): void {
  const { connection } = session;
  connection.onCompletion(guarded(session, 'completion', null, (p) => onCompletion(session, p)));
  connection.onCodeAction(
    guarded(session, 'code action', [], (p) => onCodeAction(session, p.textDocument.uri, p.range, p.context.only)),
  );
  connection.onDocumentFormatting(guarded(session, 'formatting', [], (p) => onFormat(session, p)));
  connection.onDocumentRangeFormatting(guarded(session, 'formatting', [], (p) => onFormat(session, p, p.range)));
  connection.onPrepareRename(guarded(session, 'rename', null, (p) => onPrepareRename(session, p)));
  connection.onRenameRequest((p) => onRename(session, p, p.newName));
}

const kinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  layer: CompletionItemKind.Class,
  function: CompletionItemKind.Function,
  unit: CompletionItemKind.Module,
  data: CompletionItemKind.Struct,
  variable: CompletionItemKind.Variable,
  parameter: CompletionItemKind.TypeParameter,
  size: CompletionItemKind.Constant,
  setting: CompletionItemKind.Property,
  key: CompletionItemKind.Property,
  word: CompletionItemKind.EnumMember,
  keyword: CompletionItemKind.Keyword,
  type: CompletionItemKind.Interface,
};

function onCompletion(session: Session, { textDocument, position, context }: CompletionParams): CompletionList | null {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return null;
  const { document } = checked.open;
  const offset = document.offsetAt(position);
  if (context?.triggerCharacter === ' ' && !asksAfterSpace(document.getText().slice(Math.max(0, offset - 24), offset)))
    return null;
  const found = completion(checked.file, offset);
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
    insertTextFormat: entry.snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range, newText: entry.insert },
    preselect: index === 0 ? true : undefined,
    command: /: $/.test(entry.insert) ? { title: 'Suggest', command: 'editor.action.triggerSuggest' } : undefined,
  };
}

const fixAllKind = `${CodeActionKind.SourceFixAll}.modelwright`;

function onCodeAction(session: Session, uri: string, range: Range, only: readonly string[] | undefined): CodeAction[] {
  const checked = session.documents.checked(uri);
  if (checked === undefined) return [];
  const { document } = checked.open;
  const wants = (kind: string) => only === undefined || only.some((o) => kind === o || kind.startsWith(`${o}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    for (const fix of quickFixes(checked.file, document.offsetAt(range.start), document.offsetAt(range.end))) {
      actions.push({
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        isPreferred: fix.preferred,
        diagnostics: [diagnosticOf(fix.diagnostic, document, session.documents.lines)],
        edit: { changes: changesOf(fix.edits, session.documents.lines) },
      });
    }
  }
  if (only !== undefined && wants(fixAllKind)) {
    const edits = fixAll(checked.file);
    if (edits.length > 0) {
      actions.push({
        title: 'Fix everything that can be fixed',
        kind: fixAllKind,
        edit: { changes: changesOf(edits, session.documents.lines) },
      });
    }
  }
  return actions;
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
  const renaming = rename(checked.file, offset, name, openChecks(session), session.known);
  if (!renaming.ok) throw new ResponseError(ErrorCodes.InvalidParams, renaming.reason);
  return { changes: changesOf(renaming.edits, session.documents.lines) };
}
