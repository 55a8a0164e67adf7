/** Requests about all programs of the open folders: symbols, who uses whom, files that are renamed. */
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver';
import {
  type HierarchyItem,
  hierarchyItem,
  incomingCalls,
  itemAt,
  movedImports,
  outgoingCalls,
  outline,
} from '../../language/index.ts';
import { changesOf, fileOf, type Lines, linesOf, locationOf, rangeOf, uriOf } from '../convert.ts';
import { type AtPosition, answerLater, type Session } from '../session.ts';
import { symbolKinds } from '../symbol-kinds.ts';

/** More symbols than this are of no use to a reader. */
const SYMBOL_LIMIT = 500;

export function registerWorkspace(session: Session): void {
  answerLater(session, 'workspace/symbol', [], (p) => onSymbol(session, p.query));
  answerLater(session, 'textDocument/prepareCallHierarchy', null, (p) => onPrepare(session, p));
  answerLater(session, 'callHierarchy/incomingCalls', [], async (p) => {
    await session.workspace.warm(p.item.name);
    return onIncoming(session, p.item);
  });
  answerLater(session, 'callHierarchy/outgoingCalls', [], (p) => onOutgoing(session, p.item));
  answerLater(session, 'workspace/willRenameFiles', null, (p): WorkspaceEdit | null => {
    const moves = p.files.map((file) => ({ from: fileOf(file.oldUri), to: fileOf(file.newUri) }));
    const edits = movedImports(session.workspace.trees(), moves);
    return edits.length === 0 ? null : { changes: changesOf(edits, linesIn(session)) };
  });
}

/** Lines of every program, whether it was analysed or not. */
function linesIn(session: Session): (file: string) => Lines | undefined {
  const trees = new Map(session.workspace.trees().map((tree) => [tree.file, tree.text]));
  return (file) => {
    const text = trees.get(file);
    return session.documents.lines(file) ?? (text === undefined ? undefined : linesOf(text));
  };
}

function onSymbol(session: Session, query: string): SymbolInformation[] {
  const wanted = query.toLowerCase();
  const lines = linesIn(session);
  return session.workspace
    .trees()
    .flatMap((syntax) =>
      outline(syntax)
        .filter((one) => one.name.toLowerCase().includes(wanted))
        .flatMap((one): SymbolInformation[] => {
          const location = locationOf({ file: syntax.file, start: one.nameStart, end: one.nameEnd }, lines);
          return location === undefined ? [] : [{ name: one.name, kind: symbolKinds[one.kind], location }];
        }),
    )
    .slice(0, SYMBOL_LIMIT);
}

// ---- who uses whom

function onPrepare(session: Session, { textDocument, position }: AtPosition): CallHierarchyItem[] | null {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return null;
  const item = hierarchyItem(checked.file, checked.open.document.offsetAt(position), session.known);
  return item === undefined ? null : itemsOf(session, item);
}

function itemsOf(session: Session, { file, outline: one }: HierarchyItem): CallHierarchyItem[] {
  const lines = session.documents.lines(file);
  if (lines === undefined) return [];
  return [
    {
      name: one.name,
      detail: one.detail,
      kind: symbolKinds[one.kind],
      uri: uriOf(file),
      range: rangeOf(lines, one),
      selectionRange: rangeOf(lines, { start: one.nameStart, end: one.nameEnd }),
      data: { nameStart: one.nameStart },
    },
  ];
}

/** The declaration of an item, found again. */
function declarationOf(session: Session, { uri, data }: CallHierarchyItem) {
  const nameStart = typeof data?.nameStart === 'number' ? data.nameStart : undefined;
  const file = session.known.checked(fileOf(uri));
  return file === undefined || nameStart === undefined ? undefined : itemAt(file, { nameStart });
}

function onIncoming(session: Session, item: CallHierarchyItem): CallHierarchyIncomingCall[] {
  const declaration = declarationOf(session, item);
  if (declaration === undefined) return [];
  return incomingCalls(declaration, session.workspace.checks(item.name), session.known).flatMap((call) => {
    const lines = session.documents.lines(call.item.file);
    const [from] = itemsOf(session, call.item);
    if (from === undefined || lines === undefined) return [];
    return [{ from, fromRanges: call.places.map((place) => rangeOf(lines, place)) }];
  });
}

function onOutgoing(session: Session, item: CallHierarchyItem): CallHierarchyOutgoingCall[] {
  const declaration = declarationOf(session, item);
  const lines = session.documents.lines(fileOf(item.uri));
  if (declaration === undefined || lines === undefined) return [];
  return outgoingCalls(declaration, session.known).flatMap((call) => {
    const [to] = itemsOf(session, call.item);
    return to === undefined ? [] : [{ to, fromRanges: call.places.map((place) => rangeOf(lines, place)) }];
  });
}
