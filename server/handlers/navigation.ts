/** Definition, references, highlights. */
import type {
  DocumentHighlight,
  Location,
  LocationLink,
  SelectionRange,
  SymbolInformation,
} from 'vscode-languageserver';
import { definition, outline, references, selections } from '../../language/index.ts';
import { locationOf, rangeOf } from '../convert.ts';
import { answer, openChecks, type Session } from '../session.ts';
import { symbolKinds } from '../symbol-kinds.ts';

interface AtPosition {
  readonly textDocument: { readonly uri: string };
  readonly position: { readonly line: number; readonly character: number };
}

export function registerNavigation(session: Session): void {
  answer(session, 'textDocument/definition', null, (p) => onDefinition(session, p));
  answer(session, 'textDocument/references', [], (p) => onReferences(session, p, p.context.includeDeclaration));
  answer(session, 'textDocument/documentHighlight', [], (p) => onHighlight(session, p));
  answer(session, 'textDocument/selectionRange', [], (p) => onSelection(session, p.textDocument.uri, p.positions));
  answer(session, 'workspace/symbol', [], (p) => onWorkspaceSymbol(session, p.query));
}

function onDefinition(session: Session, { textDocument, position }: AtPosition): LocationLink[] | null {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return null;
  const found = definition(checked.file, checked.open.document.offsetAt(position), session.known);
  const target = found === undefined ? undefined : locationOf(found.target, session.documents.lines);
  if (found === undefined || target === undefined) return null;
  return [
    {
      originSelectionRange: rangeOf(checked.open.document, found.origin),
      targetUri: target.uri,
      targetRange: target.range,
      targetSelectionRange: target.range,
    },
  ];
}

function onReferences(session: Session, { textDocument, position }: AtPosition, withDefinition: boolean): Location[] {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return [];
  const offset = checked.open.document.offsetAt(position);
  const places = references(checked.file, offset, openChecks(session), session.known);
  const own = definition(checked.file, offset, session.known)?.target;
  return places
    .filter((place) => withDefinition || own === undefined || place.file !== own.file || place.start !== own.start)
    .flatMap((place) => locationOf(place, session.documents.lines) ?? []);
}

function onHighlight(session: Session, { textDocument, position }: AtPosition): DocumentHighlight[] {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return [];
  const { document } = checked.open;
  return references(checked.file, document.offsetAt(position), [checked.file], session.known)
    .filter((place) => place.file === checked.open.file)
    .map((place) => ({ range: rangeOf(document, place) }));
}

function onSelection(session: Session, uri: string, positions: readonly AtPosition['position'][]): SelectionRange[] {
  const checked = session.documents.checked(uri);
  if (checked === undefined) return [];
  const { document } = checked.open;
  return positions.map((position) => {
    const spans = [...selections(checked.file, document.offsetAt(position))].reverse();
    const range = { start: position, end: position };
    return (
      spans.reduce<SelectionRange | undefined>(
        (parent, span) => ({ range: rangeOf(document, span), parent }),
        undefined,
      ) ?? { range }
    );
  });
}

/** Declarations of the open programs and of what they import: folders are never walked. */
function onWorkspaceSymbol(session: Session, query: string): SymbolInformation[] {
  const wanted = query.toLowerCase();
  return openChecks(session).flatMap((file) =>
    outline(file.syntax).flatMap((one) => {
      const location = locationOf({ file: file.file, start: one.nameStart, end: one.nameEnd }, session.documents.lines);
      if (location === undefined || !one.name.toLowerCase().includes(wanted)) return [];
      return [{ name: one.name, kind: symbolKinds[one.kind], location }];
    }),
  );
}
