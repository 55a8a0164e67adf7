/** What a reader can have done at a place: fixes of problems, imports, whole-file mends. */
import type { CodeAction, CodeActionParams, Range, SnippetTextEdit, WorkspaceEdit } from 'vscode-languageserver';
import {
  type CheckedFile,
  type FilePlace,
  fixAll,
  fixableTogether,
  importFixes,
  organiseImports,
  quickFixes,
  refactorings,
  shownProblem,
} from '../../language/index.ts';
import { changesOf, diagnosticOf, rangeOf } from '../convert.ts';
import type { Open } from '../documents.ts';
import { answerLater, type Session } from '../session.ts';

const quickFix = 'quickfix';
const fixAllKind = 'source.fixAll.modelwright';
const organiseKind = 'source.organizeImports';
const refactorKinds = ['refactor.extract', 'refactor.inline', 'refactor.rewrite'] as const;

export const actionKinds: readonly string[] = [quickFix, ...refactorKinds, fixAllKind, organiseKind];

interface Asked {
  readonly session: Session;
  readonly file: CheckedFile;
  readonly open: Open;
  readonly start: number;
  readonly end: number;
}

export function registerActions(session: Session): void {
  answerLater(session, 'textDocument/codeAction', [], (p) => onCodeAction(session, p));
}

function onCodeAction(session: Session, { textDocument, range, context }: CodeActionParams): CodeAction[] {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return [];
  const asked: Asked = { session, file: checked.file, open: checked.open, ...offsets(checked.open, range) };
  const { only } = context;
  const wants = (kind: string) => only === undefined || only.some((o) => kind === o || kind.startsWith(`${o}.`));
  return [
    ...(wants(quickFix) ? fixes(asked) : []),
    ...(refactorKinds.some(wants) ? refactors(asked).filter((action) => wants(action.kind)) : []),
    // Whole files are mended only where that was asked for.
    ...(only !== undefined && wants(fixAllKind) ? wholeFile(asked, fixAllKind, fixAll(asked.file), 'fix-all') : []),
    ...(only !== undefined && wants(organiseKind) ? organise(asked) : []),
  ];
}

function offsets({ document }: Open, range: Range): { readonly start: number; readonly end: number } {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

function fixes({ session, file, open, start, end }: Asked): CodeAction[] {
  const { locale } = session;
  const trial = (text: string) => session.analyser.tryOut(file.file, text);
  const mends = quickFixes(file, start, end, locale, trial).map((fix) => ({
    title: fix.title,
    kind: quickFix,
    isPreferred: fix.preferred,
    diagnostics: [diagnosticOf(fix.diagnostic, open.document, session)],
    edit: { changes: changesOf(fix.edits, session.documents.lines) },
  }));
  const imports = importFixes(file, start, end, session.workspace.trees(), locale).map((fix) => ({
    title: fix.title,
    kind: quickFix,
    diagnostics: [diagnosticOf(shownProblem(fix.problem, locale), open.document, session)],
    edit: { changes: changesOf(fix.edits, session.documents.lines) },
  }));
  const together = fixableTogether(file, start, end).map((code) => ({
    title: session.tell('fix-all.same', { code }),
    kind: quickFix,
    edit: { changes: changesOf(fixAll(file, code), session.documents.lines) },
  }));
  return [...imports, ...mends, ...together];
}

function refactors({ session, file, open, start, end }: Asked): (CodeAction & { readonly kind: string })[] {
  return refactorings(file, start, end, session.known, session.locale).map(({ kind, title, edits, made }) => {
    const inOne = edits.every((edit) => edit.file === file.file);
    const edit =
      made !== undefined && inOne && session.client.snippetEdits
        ? asSnippets(open, edits, made)
        : { changes: changesOf(edits, session.documents.lines) };
    return { kind, title, edit };
  });
}

/** The made-up name becomes a place to type in, everywhere at once. */
function asSnippets(
  { document }: Open,
  edits: readonly (FilePlace & { readonly newText: string })[],
  made: string,
): WorkspaceEdit {
  const name = new RegExp(`(?<![\\p{L}\\p{N}_])${made}(?![\\p{L}\\p{N}_])`, 'gu');
  const written = edits.map((edit): SnippetTextEdit => {
    const value = edit.newText.replace(/[\\$}]/g, '\\$&').replace(name, `\${1:${made}}`);
    return { range: rangeOf(document, edit), snippet: { kind: 'snippet', value } };
  });
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: written }] };
}

function organise(asked: Asked): CodeAction[] {
  const { file } = asked;
  const edits = organiseImports(file).map((edit) => ({ ...edit, file: file.file }));
  return wholeFile(asked, organiseKind, edits, 'organise-imports');
}

function wholeFile(
  { session }: Asked,
  kind: string,
  edits: readonly (FilePlace & { readonly newText: string })[],
  title: 'fix-all' | 'organise-imports',
): CodeAction[] {
  if (edits.length === 0) return [];
  return [{ title: session.tell(title), kind, edit: { changes: changesOf(edits, session.documents.lines) } }];
}
