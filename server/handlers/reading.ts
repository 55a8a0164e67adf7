/** What a reader asks: hover, signature help, hints, lenses, colours, outline, folds, links. */
import type {
  CodeLens,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Range,
  SemanticTokens,
  SignatureHelp,
} from 'vscode-languageserver';
import {
  folds,
  hover,
  inlayHints,
  type Lens,
  lenses,
  links,
  type Outline,
  outline,
  semanticTokens,
  signatureHelp,
  tokenModifiers,
  tokenTypes,
} from '../../language/index.ts';
import { locationOf, rangeOf, uriOf } from '../convert.ts';
import type { Open } from '../documents.ts';
import { answer, openChecks, type Session } from '../session.ts';
import { symbolKinds } from '../symbol-kinds.ts';

interface InDocument {
  readonly textDocument: { readonly uri: string };
}

interface AtPosition extends InDocument {
  readonly position: { readonly line: number; readonly character: number };
}

export function registerReading(session: Session): void {
  answer(session, 'textDocument/hover', null, (p) => onHover(session, p));
  answer(session, 'textDocument/signatureHelp', null, (p) => onSignature(session, p));
  answer(session, 'textDocument/inlayHint', [], (p) => onInlay(session, p.textDocument.uri, p.range));
  answer(session, 'textDocument/codeLens', [], (p) => onLens(session, p));
  answer(session, 'textDocument/semanticTokens/full', { data: [] }, (p) => onTokens(session, p.textDocument.uri));
  answer(session, 'textDocument/semanticTokens/range', { data: [] }, (p) =>
    onTokens(session, p.textDocument.uri, p.range),
  );
  answer(session, 'textDocument/documentSymbol', [], (p) => onSymbols(session, p));
  answer(session, 'textDocument/foldingRange', [], (p) => onFolds(session, p));
  answer(session, 'textDocument/documentLink', [], (p) => onLinks(session, p));
}

/** Hints and lenses are asked again: something on disk has become known. */
export function refreshReading(session: Session): void {
  session.wire.ask('workspace/inlayHint/refresh');
  session.wire.ask('workspace/codeLens/refresh');
}

function onHover(session: Session, { textDocument, position }: AtPosition): Hover | null {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return null;
  const { document } = checked.open;
  const found = hover(checked.file, document.offsetAt(position), session.known);
  if (found === undefined) return null;
  return { range: rangeOf(document, found), contents: { kind: 'markdown', value: found.markdown } };
}

function onSignature(session: Session, { textDocument, position }: AtPosition): SignatureHelp | null {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return null;
  const help = signatureHelp(checked.file, checked.open.document.offsetAt(position));
  if (help === undefined) return null;
  return {
    activeSignature: 0,
    activeParameter: help.active ?? help.params.length,
    signatures: [
      {
        label: help.label,
        documentation: { kind: 'markdown', value: help.doc },
        parameters: help.params.map((param) => ({ label: [param.start, param.end], documentation: param.doc })),
      },
    ],
  };
}

function onInlay(session: Session, uri: string, range: Range): InlayHint[] {
  const checked = session.documents.checked(uri);
  if (checked === undefined) return [];
  const { document } = checked.open;
  return inlayHints(checked.file, document.offsetAt(range.start), document.offsetAt(range.end)).map((hint) => {
    const position = document.positionAt(hint.offset);
    return {
      position,
      label: hint.text,
      tooltip: { kind: 'markdown', value: hint.tooltip },
      textEdits: [{ range: { start: position, end: position }, newText: hint.text }],
    };
  });
}

function onLens(session: Session, { textDocument }: InDocument): CodeLens[] {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return [];
  return lenses(checked.file, openChecks(session), session.known).map((lens) => ({
    range: rangeOf(checked.open.document, lens),
    command: commandOf(session, lens, checked.open),
  }));
}

function commandOf(session: Session, lens: Lens, open: Open) {
  const { uri } = open.document;
  switch (lens.kind) {
    case 'run': {
      const title = lens.run === 'train' ? '$(play) Train' : '$(beaker) Evaluate';
      return { title, command: `modelwright.${lens.run}`, arguments: [{ uri, declaration: lens.declaration }] };
    }
    case 'parameters':
      return { title: lens.text, command: '' };
    case 'uses': {
      const locations = lens.places.flatMap((place) => locationOf(place, session.documents.lines) ?? []);
      if (locations.length === 0) return { title: lens.text, command: '' };
      const position = open.document.positionAt(lens.start);
      return { title: lens.text, command: 'modelwright.showReferences', arguments: [{ uri, position, locations }] };
    }
  }
}

function onTokens(session: Session, uri: string, range?: Range): SemanticTokens {
  const checked = session.documents.checked(uri);
  if (checked === undefined) return { data: [] };
  const { document } = checked.open;
  const tokens =
    range === undefined
      ? semanticTokens(checked.file)
      : semanticTokens(checked.file, document.offsetAt(range.start), document.offsetAt(range.end));
  // Five numbers each, lines and columns counted from the token before.
  const data: number[] = [];
  let [lastLine, lastCharacter] = [0, 0];
  for (const token of tokens) {
    const { line, character } = document.positionAt(token.start);
    const modifiers = token.modifiers.reduce((bits, modifier) => bits | (1 << tokenModifiers.indexOf(modifier)), 0);
    const column = line === lastLine ? character - lastCharacter : character;
    data.push(line - lastLine, column, token.end - token.start, tokenTypes.indexOf(token.type), modifiers);
    [lastLine, lastCharacter] = [line, character];
  }
  return { data };
}

function onSymbols(session: Session, { textDocument }: InDocument): DocumentSymbol[] {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return [];
  const { document } = checked.open;
  const convert = (one: Outline): DocumentSymbol => ({
    name: one.name,
    detail: one.detail,
    kind: symbolKinds[one.kind],
    range: rangeOf(document, one),
    selectionRange: rangeOf(document, { start: one.nameStart, end: one.nameEnd }),
    children: one.children.map(convert),
  });
  return outline(checked.file.syntax).map(convert);
}

function onFolds(session: Session, { textDocument }: InDocument): FoldingRange[] {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return [];
  const { document } = checked.open;
  return folds(checked.file.syntax).map((fold) => {
    const startLine = document.positionAt(fold.start).line;
    const endLine = document.positionAt(fold.end).line;
    // The line of the closing bracket stays in sight.
    return fold.comment
      ? { startLine, endLine, kind: 'comment' }
      : { startLine, endLine: Math.max(startLine, endLine - 1) };
  });
}

function onLinks(session: Session, { textDocument }: InDocument): DocumentLink[] {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return [];
  const { document } = checked.open;
  return links(checked.file.syntax).map((link) => ({
    range: rangeOf(document, link),
    target: /^[a-z]+:/i.test(link.path) ? link.path : new URL(link.path, uriOf(checked.open.file)).href,
  }));
}
