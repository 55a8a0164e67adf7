/** Definition, where sizes were introduced, references, highlights, selection. */
import type { DocumentHighlight, Location, LocationLink, SelectionRange } from 'vscode-languageserver';
import { definition, references, selections, typeDefinition, wordAt } from '../../language/index.ts';
import { locationOf, rangeOf } from '../convert.ts';
import { type AtPosition, answer, answerLater, type Session } from '../session.ts';

/** Numbers of the protocol. */
const [read, written] = [2, 3] as const;

export function registerNavigation(session: Session): void {
  answer(session, 'textDocument/definition', null, (p) => onDefinition(session, p));
  answer(session, 'textDocument/typeDefinition', null, (p) => onTypeDefinition(session, p));
  answerLater(
    session,
    'textDocument/references',
    [],
    (p) => onReferences(session, p, p.context.includeDeclaration),
    'now',
  );
  answer(session, 'textDocument/documentHighlight', [], (p) => onHighlight(session, p));
  answer(session, 'textDocument/selectionRange', [], (p) => onSelection(session, p.textDocument.uri, p.positions));
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

/** Where the sizes of the value under the cursor were introduced. */
function onTypeDefinition(session: Session, { textDocument, position }: AtPosition): LocationLink[] | null {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return null;
  const found = typeDefinition(checked.file, checked.open.document.offsetAt(position), session.known);
  if (found === undefined) return null;
  const originSelectionRange = rangeOf(checked.open.document, found.origin);
  return found.targets.flatMap((place) => {
    const target = locationOf(place, session.documents.lines);
    if (target === undefined) return [];
    return [
      { originSelectionRange, targetUri: target.uri, targetRange: target.range, targetSelectionRange: target.range },
    ];
  });
}

/** The name under the cursor. */
export function wordUnder(session: Session, { textDocument, position }: AtPosition): string {
  const checked = session.documents.checked(textDocument.uri);
  return checked === undefined ? '' : wordAt(checked.file, checked.open.document.offsetAt(position));
}

async function onReferences(
  session: Session,
  { textDocument, position }: AtPosition,
  withDefinition: boolean,
): Promise<Location[]> {
  await session.workspace.warm(wordUnder(session, { textDocument, position }));
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return [];
  const offset = checked.open.document.offsetAt(position);
  const files = session.workspace.checks(wordAt(checked.file, offset));
  const places = references(checked.file, offset, files, session.known);
  const own = definition(checked.file, offset, session.known)?.target;
  return places
    .filter((place) => withDefinition || own === undefined || place.file !== own.file || place.start !== own.start)
    .flatMap((place) => locationOf(place, session.documents.lines) ?? []);
}

function onHighlight(session: Session, { textDocument, position }: AtPosition): DocumentHighlight[] {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return [];
  const { document } = checked.open;
  const offset = document.offsetAt(position);
  const own = definition(checked.file, offset, session.known)?.target;
  return references(checked.file, offset, [checked.file], session.known)
    .filter((place) => place.file === checked.open.file)
    .map((place) => {
      const defines = own !== undefined && own.file === place.file && own.start === place.start;
      return { range: rangeOf(document, place), kind: defines ? written : read };
    });
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
