/** The requests that are the project's own: the run declarations of a document. */
import { runName } from '../../language/index.ts';
import { DECLARATIONS_REQUEST, type RunDeclaration } from '../../protocol/index.ts';
import { guarded, type Session } from '../session.ts';

export function registerCustom(session: Session): void {
  session.connection.onRequest(
    DECLARATIONS_REQUEST,
    guarded(session, 'declarations', [], (p: { readonly uri: string }) => declarations(session, p.uri)),
  );
}

function declarations(session: Session, uri: string): readonly RunDeclaration[] {
  const checked = session.documents.checked(uri);
  if (checked === undefined) return [];
  return checked.file.syntax.chunks.flatMap(({ chunk, offset }): readonly RunDeclaration[] => {
    const d = chunk.declaration;
    if (d?.kind !== 'run') return [];
    const model = d.model.map((name) => name.text).join('.');
    return [{ name: runName(d), kind: d.run, model, line: checked.open.document.positionAt(offset + d.start).line }];
  });
}
