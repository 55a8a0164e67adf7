/** What the handlers share: the wire, the documents, the analyser, and the guard that keeps one bug from ending all. */
import type {
  CodeActionParams,
  CodeLensParams,
  CompletionParams,
  DefinitionParams,
  DocumentFormattingParams,
  DocumentHighlightParams,
  DocumentLinkParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  DocumentSymbolParams,
  FoldingRangeParams,
  HoverParams,
  InlayHintParams,
  PrepareRenameParams,
  ReferenceParams,
  SelectionRangeParams,
  SemanticTokensParams,
  SemanticTokensRangeParams,
  SignatureHelpParams,
  WorkspaceSymbolParams,
} from 'vscode-languageserver';
import type { Analyser, CheckedFile, Known } from '../language/index.ts';
import type { Documents } from './documents.ts';
import type { Wire } from './wire.ts';

export interface Session {
  readonly wire: Wire;
  readonly documents: Documents;
  readonly analyser: Analyser;
  /** Trees and checks of files, for features that point into other files. */
  readonly known: Known;
}

/** The requests that are answered, with what they ask. */
export interface RequestParams {
  readonly 'textDocument/hover': HoverParams;
  readonly 'textDocument/signatureHelp': SignatureHelpParams;
  readonly 'textDocument/inlayHint': InlayHintParams;
  readonly 'textDocument/codeLens': CodeLensParams;
  readonly 'textDocument/semanticTokens/full': SemanticTokensParams;
  readonly 'textDocument/semanticTokens/range': SemanticTokensRangeParams;
  readonly 'textDocument/documentSymbol': DocumentSymbolParams;
  readonly 'textDocument/foldingRange': FoldingRangeParams;
  readonly 'textDocument/documentLink': DocumentLinkParams;
  readonly 'textDocument/selectionRange': SelectionRangeParams;
  readonly 'workspace/symbol': WorkspaceSymbolParams;
  readonly 'textDocument/onTypeFormatting': DocumentOnTypeFormattingParams;
  readonly 'textDocument/completion': CompletionParams;
  readonly 'textDocument/codeAction': CodeActionParams;
  readonly 'textDocument/formatting': DocumentFormattingParams;
  readonly 'textDocument/rangeFormatting': DocumentRangeFormattingParams;
  readonly 'textDocument/prepareRename': PrepareRenameParams;
  readonly 'textDocument/definition': DefinitionParams;
  readonly 'textDocument/references': ReferenceParams;
  readonly 'textDocument/documentHighlight': DocumentHighlightParams;
}

/** The checks of all open documents: where uses are looked for. */
export function openChecks(session: Session): readonly CheckedFile[] {
  return session.documents.all().flatMap(({ document }) => session.documents.checked(document.uri)?.file ?? []);
}

/** Answers a request; a throw is a bug: it is logged, and the answer is `empty`. */
export function answer<M extends keyof RequestParams, R>(
  session: Session,
  method: M,
  empty: R,
  handler: (params: RequestParams[M]) => R,
): void {
  session.wire.onRequest(method, guarded(session, method, empty, handler));
}

/** The handler, which never throws. */
export function guarded<P, R>(session: Session, name: string, empty: R, handler: (params: P) => R): (params: P) => R {
  return (params) => {
    try {
      return handler(params);
    } catch (error) {
      session.wire.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return empty;
    }
  };
}
