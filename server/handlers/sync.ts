/** What the client tells: documents opened, changed, saved, closed; files and folders that changed beside them. */
import type {
  DidChangeConfigurationParams,
  DidChangeTextDocumentParams,
  DidChangeWatchedFilesParams,
  DidChangeWorkspaceFoldersParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Disk, Programs } from '../../files/index.ts';
import { fileOf } from '../convert.ts';
import { guarded, type Session } from '../session.ts';

export interface Sync {
  readonly disk: Disk;
  readonly programs: Programs;
  /** The paths of the open folders: kept up to date here. */
  readonly folders: string[];
  readonly outdated: () => void;
}

/** What is watched: programs, and the data that they name. */
const watched = '**/*{.model,.csv,.tsv,.jsonl,.npy,.parquet,.txt,.gz,ubyte}';

export function registerSync(session: Session, { disk, programs, folders, outdated }: Sync): void {
  const { wire, documents } = session;
  const on = <P>(method: string, handler: (params: P) => void) => {
    wire.onNotification(
      method,
      guarded<P, undefined>(session, method, undefined, (params) => {
        handler(params);
        return undefined;
      }),
    );
  };
  on('initialized', () => {
    if (!session.client.registersWatchers) return;
    const options = { watchers: [{ globPattern: watched }] };
    const registration = { id: 'files', method: 'workspace/didChangeWatchedFiles', registerOptions: options };
    wire.ask('client/registerCapability', { registrations: [registration] });
  });
  on('textDocument/didOpen', ({ textDocument: { uri, languageId, version, text } }: DidOpenTextDocumentParams) => {
    documents.open(TextDocument.create(uri, languageId, version, text));
  });
  on('textDocument/didChange', ({ textDocument, contentChanges }: DidChangeTextDocumentParams) => {
    documents.change(textDocument.uri, textDocument.version, contentChanges);
  });
  on('textDocument/didSave', () => {
    programs.changed();
  });
  on('textDocument/didClose', ({ textDocument }: DidCloseTextDocumentParams) => {
    documents.close(textDocument.uri);
    wire.notify('textDocument/publishDiagnostics', { uri: textDocument.uri, diagnostics: [] });
    outdated();
  });
  on('workspace/didChangeWatchedFiles', ({ changes }: DidChangeWatchedFilesParams) => {
    for (const change of changes) disk.changed(fileOf(change.uri));
    if (changes.some((change) => change.uri.endsWith('.model'))) programs.changed();
    outdated();
  });
  on('workspace/didChangeConfiguration', ({ settings }: DidChangeConfigurationParams) => {
    const names: unknown = settings?.modelwright?.hints?.settingNames;
    if (typeof names !== 'boolean' || names === session.wishes.settings) return;
    session.wishes.settings = names;
    wire.ask('workspace/inlayHint/refresh');
  });
  on('workspace/didChangeWorkspaceFolders', ({ event }: DidChangeWorkspaceFoldersParams) => {
    const removed = event.removed.map((folder) => fileOf(folder.uri));
    const kept = folders.filter((folder) => !removed.includes(folder));
    folders.splice(0, folders.length, ...kept, ...event.added.map((folder) => fileOf(folder.uri)));
    programs.changed();
    outdated();
  });
}
