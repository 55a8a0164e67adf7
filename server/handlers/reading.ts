/** What a reader asks: hover, signature help, hints, lenses, colours, outline, folds. */
import type {
  CodeLens,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Range,
  SignatureHelp,
} from 'vscode-languageserver';
import {
  type CheckedFile,
  folds,
  hintTooltip,
  hover,
  inlayHints,
  type Lens,
  lenses,
  type Outline,
  outline,
  signatureHelp,
} from '../../language/index.ts';
import {
  LOOK_AT_DATA_COMMAND,
  SHOW_GRAPH_COMMAND,
  SHOW_REFERENCES_COMMAND,
  SHOW_SHAPES_COMMAND,
} from '../../protocol/index.ts';
import { locationOf, rangeOf } from '../convert.ts';
import type { Open } from '../documents.ts';
import { type AtPosition, answer, answerLater, complete, type InDocument, type Session } from '../session.ts';
import { type Costs, createCosts } from '../study/costs.ts';
import { symbolKinds } from '../symbol-kinds.ts';

export function registerReading(session: Session): void {
  const costs = createCosts(session);
  answerLater(session, 'textDocument/hover', null, (p) => onHover(session, p, costs));
  answer(session, 'textDocument/signatureHelp', null, (p) => onSignature(session, p));
  answer(session, 'textDocument/inlayHint', [], (p) => onInlay(session, p.textDocument.uri, p.range));
  complete(session, 'inlayHint/resolve', (hint: InlayHint) => onInlayResolve(session, hint));
  answerLater(session, 'textDocument/codeLens', [], (p) => onLens(session, p));
  complete(session, 'codeLens/resolve', async (lens: CodeLens): Promise<CodeLens> => {
    const { file, unit }: Partial<CostData> = lens.data ?? {};
    if (file === undefined || unit === undefined) return lens;
    const title = await costs.quiet(file, unit);
    return { ...lens, command: { title: title ?? '', command: '' } };
  });
  answer(session, 'textDocument/documentSymbol', [], (p) => onSymbols(session, p));
  answer(session, 'textDocument/foldingRange', [], (p) => onFolds(session, p));
}

/** Hints and lenses are asked again: something on disk has become known. */
export function refreshReading(session: Session): void {
  session.wire.ask('workspace/inlayHint/refresh');
  session.wire.ask('workspace/codeLens/refresh');
}

async function onHover(session: Session, { textDocument, position }: AtPosition, costs: Costs): Promise<Hover | null> {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return null;
  const { document } = checked.open;
  const found = hover(checked.file, document.offsetAt(position), session.known, session.locale);
  if (found === undefined) return null;
  const range = rangeOf(document, found);
  const cost = found.model === undefined ? undefined : await costs.soon(found.model.file, found.model.unit);
  const value = cost === undefined ? found.markdown : `${found.markdown}\n\n${cost}`;
  return { range, contents: { kind: 'markdown', value } };
}

function onSignature(session: Session, { textDocument, position }: AtPosition): SignatureHelp | null {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return null;
  const help = signatureHelp(checked.file, checked.open.document.offsetAt(position), session.locale);
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

interface HintData {
  readonly uri: string;
  readonly offset: number;
}

function onInlay(session: Session, uri: string, range: Range): InlayHint[] {
  const checked = session.documents.checked(uri);
  if (checked === undefined) return [];
  const { document } = checked.open;
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return inlayHints(checked.file, start, end, session.wishes).map((hint) => {
    const position = document.positionAt(hint.offset);
    const data: HintData = { uri, offset: hint.offset };
    return {
      position,
      label: hint.text,
      kind: hint.kind === 'setting' ? 2 : 1,
      textEdits: hint.inserts.map(({ offset: at, text }) => ({
        range: rangeOf(document, { start: at, end: at }),
        newText: text,
      })),
      data,
    };
  });
}

/** The sums behind a hint, for the one that is looked at; none where the text has moved on. */
function onInlayResolve(session: Session, hint: InlayHint): InlayHint {
  const { uri, offset }: Partial<HintData> = hint.data ?? {};
  if (uri === undefined || offset === undefined) return hint;
  const checked = session.documents.checked(uri);
  if (checked === undefined) return hint;
  const found = inlayHints(checked.file, offset, offset).find((one) => one.text === hint.label);
  if (found === undefined) return hint;
  return { ...hint, tooltip: { kind: 'markdown', value: hintTooltip(found, session.locale) } };
}

function onLens(session: Session, { textDocument }: InDocument): CodeLens[] {
  const checked = session.documents.checked(textDocument.uri);
  if (checked === undefined) return [];
  const found = lenses(checked.file, filesUsing(session, checked.file), session.locale);
  return found.map((lens): CodeLens => {
    const range = rangeOf(checked.open.document, lens);
    if (lens.kind !== 'cost') return { range, command: commandOf(session, lens, checked.open) };
    const data: CostData = { file: checked.open.file, unit: lens.unit };
    return { range, data };
  });
}

/** Which model a lens is about. */
interface CostData {
  readonly file: string;
  readonly unit: string;
}

/** The programs that may use a block of this one: open ones, and closed ones that import something. */
function filesUsing(session: Session, file: CheckedFile): readonly CheckedFile[] {
  const base = file.file.split(/[\\/]/).at(-1) ?? file.file;
  const blocks = file.syntax.chunks.some(({ chunk }) => chunk.declaration?.kind === 'unit');
  return blocks ? session.workspace.checks(base) : [file];
}

function commandOf(session: Session, lens: Exclude<Lens, { kind: 'cost' }>, open: Open) {
  const { uri } = open.document;
  switch (lens.kind) {
    case 'run': {
      const title = `${lens.run === 'train' ? '$(play)' : '$(beaker)'} ${lens.text}`;
      return { title, command: `modelwright.${lens.run}`, arguments: [{ uri, declaration: lens.declaration }] };
    }
    case 'data':
      return {
        title: `$(table) ${lens.text}`,
        command: LOOK_AT_DATA_COMMAND,
        arguments: [{ uri, declaration: lens.declaration }],
      };
    case 'graph':
      return {
        title: `$(type-hierarchy-sub) ${lens.text}`,
        command: SHOW_GRAPH_COMMAND,
        arguments: [{ uri, declaration: lens.unit }],
      };
    case 'parameters':
      return { title: lens.text, command: SHOW_SHAPES_COMMAND, arguments: [{ uri, unit: lens.unit }] };
    case 'uses': {
      const locations = lens.places.flatMap((place) => locationOf(place, session.documents.lines) ?? []);
      if (locations.length === 0) return { title: lens.text, command: '' };
      const position = open.document.positionAt(lens.start);
      return { title: lens.text, command: SHOW_REFERENCES_COMMAND, arguments: [{ uri, position, locations }] };
    }
  }
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
