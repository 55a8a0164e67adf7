/** What the handlers share: the wire, the documents, the analyser, and the guard that keeps one bug from ending all. */
import type {
  CallHierarchyIncomingCallsParams,
  CallHierarchyOutgoingCallsParams,
  CallHierarchyPrepareParams,
  CancellationToken,
  CodeActionParams,
  CodeLensParams,
  CompletionParams,
  DefinitionParams,
  DocumentDiagnosticParams,
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
  RenameFilesParams,
  SelectionRangeParams,
  SemanticTokensDeltaParams,
  SemanticTokensParams,
  SemanticTokensRangeParams,
  SignatureHelpParams,
  TextDocumentContentParams,
  TypeDefinitionParams,
  WorkspaceDiagnosticParams,
  WorkspaceSymbolParams,
} from 'vscode-languageserver';
import type { Analyser, Known, Locale, Tell } from '../language/index.ts';
import type { Documents } from './documents.ts';
import type { Answer, Question } from './study/study.ts';
import type { Wire } from './wire.ts';
import type { Workspace } from './workspace.ts';

export interface Session {
  readonly wire: Wire;
  readonly documents: Documents;
  readonly analyser: Analyser;
  /** Trees and checks of files, for features that point into other files. */
  readonly known: Known;
  readonly workspace: Workspace;
  /** The reader's language. */
  readonly locale: Locale;
  readonly tell: Tell;
  /** Asks for what takes longer than a keystroke may wait. */
  readonly study: (question: Question) => Promise<Answer>;
  /** What the reader has set; changes while the server runs. */
  readonly wishes: Wishes;
  /** What the client can do or has asked for. */
  readonly client: ClientTraits;
}

export interface Wishes {
  /** Names of settings as hints. */
  settings: boolean;
}

/** What many requests ask about. */
export interface InDocument {
  readonly textDocument: { readonly uri: string };
}

export interface AtPosition extends InDocument {
  readonly position: { readonly line: number; readonly character: number };
}

export interface ClientTraits {
  /** Problems of open documents are pushed; else the client asks for them. */
  readonly pushes: boolean;
  /** Edits may hold places to type in. */
  readonly snippetEdits: boolean;
  /** Watchers are to be asked for: the client has none of its own and can make them. */
  readonly registersWatchers: boolean;
  /** Changes on disk are told. */
  readonly watched: boolean;
  /** Address of the page about a problem; undefined: there are no pages. */
  readonly problemPage: ((code: string) => string) | undefined;
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
  readonly 'textDocument/typeDefinition': TypeDefinitionParams;
  readonly 'textDocument/semanticTokens/full/delta': SemanticTokensDeltaParams;
  readonly 'textDocument/diagnostic': DocumentDiagnosticParams;
  readonly 'workspace/diagnostic': WorkspaceDiagnosticParams;
  readonly 'textDocument/prepareCallHierarchy': CallHierarchyPrepareParams;
  readonly 'callHierarchy/incomingCalls': CallHierarchyIncomingCallsParams;
  readonly 'callHierarchy/outgoingCalls': CallHierarchyOutgoingCallsParams;
  readonly 'workspace/willRenameFiles': RenameFilesParams;
  readonly 'workspace/textDocumentContent': TextDocumentContentParams;
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

/** The same for what needs the programs on disk; `now` for what must miss none. */
export function answerLater<M extends keyof RequestParams, R>(
  session: Session,
  method: M,
  empty: R,
  handler: (params: RequestParams[M], token: CancellationToken) => R | Promise<R>,
  now?: 'now',
): void {
  session.wire.onRequest(method, async (params: RequestParams[M], token) => {
    try {
      await session.workspace.ready(now);
      return await handler(params, token);
    } catch (error) {
      logged(session, method, error);
      return empty;
    }
  });
}

/** The same for a request of the project's own, which looks at the disk itself where it must. */
export function answerFreely<P, R>(
  session: Session,
  method: string,
  empty: R,
  handler: (params: P, token: CancellationToken) => Promise<R>,
): void {
  session.wire.onRequest(method, async (params: P, token) => {
    try {
      return await handler(params, token);
    } catch (error) {
      logged(session, method, error);
      return empty;
    }
  });
}

/** Completes an item that was sent before; one that cannot be completed comes back as it was. */
export function complete<T>(session: Session, method: string, handler: (item: T) => T | Promise<T>): void {
  session.wire.onRequest(method, async (item: T) => {
    try {
      return await handler(item);
    } catch (error) {
      logged(session, method, error);
      return item;
    }
  });
}

/** The handler, which never throws. */
export function guarded<P, R>(session: Session, name: string, empty: R, handler: (params: P) => R): (params: P) => R {
  return (params) => {
    try {
      return handler(params);
    } catch (error) {
      logged(session, name, error);
      return empty;
    }
  };
}

function logged(session: Session, name: string, error: unknown): void {
  session.wire.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}
