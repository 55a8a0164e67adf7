/** Paths that can be followed. Where a file lies is looked up for the link that is clicked. */
import type { DocumentLink } from 'vscode-languageserver';
import { links } from '../../language/index.ts';
import { rangeOf, uriOf } from '../convert.ts';
import { answer, complete, type Session } from '../session.ts';

/** The file that a path in a program means, if it is there. */
export type FindFile = (program: string, path: string, kind: 'program' | 'data') => Promise<string | undefined>;

interface LinkData {
  readonly program: string;
  readonly path: string;
  readonly kind: 'program' | 'data';
}

export function registerLinks(session: Session, find: FindFile): void {
  answer(session, 'textDocument/documentLink', [], ({ textDocument }): DocumentLink[] => {
    const checked = session.documents.checked(textDocument.uri);
    if (checked === undefined) return [];
    const { document, file } = checked.open;
    return links(checked.file.syntax).map((link) => {
      const range = rangeOf(document, link);
      if (/^[a-z][a-z0-9+.-]+:\/\//i.test(link.path)) return { range, target: link.path };
      const data: LinkData = { program: file, path: link.path, kind: link.kind };
      return { range, data };
    });
  });
  complete(session, 'documentLink/resolve', async (link: DocumentLink): Promise<DocumentLink> => {
    const { program, path, kind }: Partial<LinkData> = link.data ?? {};
    if (program === undefined || path === undefined || kind === undefined) return link;
    const found = await find(program, path, kind).catch(() => undefined);
    // What is not there yet is told by the editor when it is opened.
    return { ...link, target: found === undefined ? new URL(path, uriOf(program)).href : uriOf(found) };
  });
}
