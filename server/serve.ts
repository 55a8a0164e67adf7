/**
 * The language server: the protocol on one side, the language on the other, nothing of its own in between.
 * Positions follow UTF-16, sync is incremental, problems are pushed.
 */
import type {
  DidChangeTextDocumentParams,
  DidChangeWatchedFilesParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  InitializeParams,
  InitializeResult,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Disk } from '../files/index.ts';
import { createAnalyser, type Files, tokenModifiers, tokenTypes } from '../language/index.ts';
import { fileOf } from './convert.ts';
import { createDocuments } from './documents.ts';
import { registerCustom } from './handlers/custom.ts';
import { createPublisher, listenToCursor } from './handlers/diagnostics.ts';
import { registerNavigation } from './handlers/navigation.ts';
import { refreshReading, registerReading } from './handlers/reading.ts';
import { fixAllKind, quickFixKind, registerWriting } from './handlers/writing.ts';
import { guarded, type Session } from './session.ts';
import type { Wire } from './wire.ts';

/** How the server reads the disk: later, for what is typed, and at once, for plans. */
export interface Ports {
  disk(options: ReadOptions & { readonly known: () => void }): Disk;
  files(options: ReadOptions): Files;
}

export interface ReadOptions {
  /** The text of an open document, which wins over the disk. */
  readonly open: (file: string) => string | undefined;
  readonly trusted: boolean;
  /** Paths of the open folders. */
  readonly folders: readonly string[];
}

/** What the client says when it starts the server. */
export interface InitializationOptions {
  /** False in an untrusted workspace: nothing outside it is read. */
  readonly trusted?: boolean;
}

export function serve(wire: Wire, ports: Ports): void {
  wire.onInitialize((params) => {
    start(wire, ports, params);
    return { capabilities: capabilities(), serverInfo: { name: 'modelwright' } };
  });
  wire.listen();
}

function start(wire: Wire, ports: Ports, params: InitializeParams): void {
  const options: InitializationOptions = params.initializationOptions ?? {};
  const publisher = createPublisher(() => session);
  const reading: ReadOptions = {
    open: (file) => documents.byFile(file)?.document.getText(),
    trusted: options.trusted ?? true,
    folders: folderPaths(params),
  };
  const disk = ports.disk({
    ...reading,
    known: () => {
      documents.outdate();
      publisher.everything();
      refreshReading(session);
    },
  });
  const analyser = createAnalyser(disk.files);
  const documents = createDocuments(analyser, publisher.soon);
  const session: Session = {
    wire,
    documents,
    analyser,
    known: {
      syntax: (file) => analyser.syntax(file),
      checked: (file) => {
        const open = documents.byFile(file);
        if (open !== undefined) return documents.checked(open.document.uri)?.file;
        const syntax = analyser.syntax(file);
        return syntax === undefined ? undefined : analyser.analyse(file, syntax.text);
      },
    },
  };
  registerSync(session, disk, publisher.everything);
  listenToCursor(session, publisher);
  registerReading(session);
  registerWriting(session);
  registerNavigation(session);
  registerCustom(session, () => ports.files(reading));
}

function folderPaths(params: InitializeParams): readonly string[] {
  return (params.workspaceFolders ?? []).map((folder) => fileOf(folder.uri));
}

function registerSync(session: Session, disk: Disk, everything: () => void): void {
  const { wire, documents } = session;
  wire.onNotification(
    'textDocument/didOpen',
    guarded(
      session,
      'open',
      undefined,
      ({ textDocument: { uri, languageId, version, text } }: DidOpenTextDocumentParams) => {
        documents.open(TextDocument.create(uri, languageId, version, text));
        return undefined;
      },
    ),
  );
  wire.onNotification(
    'textDocument/didChange',
    guarded(session, 'change', undefined, ({ textDocument, contentChanges }: DidChangeTextDocumentParams) => {
      documents.change(textDocument.uri, textDocument.version, contentChanges);
      return undefined;
    }),
  );
  wire.onNotification(
    'textDocument/didClose',
    guarded(session, 'close', undefined, ({ textDocument }: DidCloseTextDocumentParams) => {
      documents.close(textDocument.uri);
      wire.notify('textDocument/publishDiagnostics', { uri: textDocument.uri, diagnostics: [] });
      everything();
      return undefined;
    }),
  );
  wire.onNotification(
    'workspace/didChangeWatchedFiles',
    guarded(session, 'watched files', undefined, ({ changes }: DidChangeWatchedFilesParams) => {
      for (const change of changes) disk.changed(fileOf(change.uri));
      documents.outdate();
      everything();
      return undefined;
    }),
  );
}

function capabilities(): InitializeResult['capabilities'] {
  return {
    positionEncoding: 'utf-16',
    // Incremental: with whole texts the editor's client holds changes back.
    textDocumentSync: { openClose: true, change: 2 },
    hoverProvider: true,
    completionProvider: { triggerCharacters: ['>', '(', ',', ':', '.', '{', ' '], resolveProvider: false },
    signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [',', ':'] },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    documentSymbolProvider: true,
    codeActionProvider: { codeActionKinds: [quickFixKind, fixAllKind] },
    codeLensProvider: { resolveProvider: false },
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '}' },
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    workspaceSymbolProvider: true,
    documentLinkProvider: { resolveProvider: false },
    inlayHintProvider: { resolveProvider: false },
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: true,
      range: true,
    },
    workspace: { workspaceFolders: { supported: true } },
  };
}
