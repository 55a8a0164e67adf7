/**
 * The language server: the protocol on one side, the language on the other, nothing of its own in between.
 * Positions follow UTF-16, sync is incremental, problems are pushed.
 */
import type { InitializeParams } from 'vscode-languageserver';
import type { Disk, Programs } from '../files/index.ts';
import { createAnalyser, type Files, type FolderEntry, localeOf, tellIn } from '../language/index.ts';
import { capabilities } from './capabilities.ts';
import { fileOf } from './convert.ts';
import { createDocuments, type Documents } from './documents.ts';
import { registerActions } from './handlers/actions.ts';
import { registerAssist } from './handlers/assist.ts';
import { registerCompletion } from './handlers/completion.ts';
import { registerContent } from './handlers/content.ts';
import { registerCustom } from './handlers/custom.ts';
import { createPublisher, listenToCursor } from './handlers/diagnostics.ts';
import { registerGraph } from './handlers/graph.ts';
import { registerLinks } from './handlers/links.ts';
import { registerModels } from './handlers/models.ts';
import { registerNavigation } from './handlers/navigation.ts';
import { registerNewProgram } from './handlers/new-program.ts';
import { registerPull } from './handlers/pull.ts';
import { refreshReading, registerReading } from './handlers/reading.ts';
import { registerSync } from './handlers/sync.ts';
import { registerTokens } from './handlers/tokens.ts';
import { registerWorkspace } from './handlers/workspace.ts';
import { registerWriting } from './handlers/writing.ts';
import type { ClientTraits, Session } from './session.ts';
import { watchRoom } from './study/room.ts';
import type { Answer, Question } from './study/study.ts';
import type { Wire } from './wire.ts';
import { createWorkspace } from './workspace.ts';

/** How the server reads the disk: later, for what is typed, and at once, for plans. */
export interface Ports {
  disk(options: ReadOptions & { readonly known: () => void }): Disk;
  files(options: ReadOptions): Files;
  /** The programs of the open folders. */
  programs(options: ReadOptions): Programs;
  /** Names in a folder, as it is written in a program. */
  names(options: ReadOptions, program: string, folder: string): Promise<readonly FolderEntry[]>;
  /** The file that a path in a program means, if it is there. */
  find(options: ReadOptions, program: string, path: string, kind: 'program' | 'data'): Promise<string | undefined>;
  /** What takes longer: the table of shapes, the program as Keras, what a model costs. */
  study(options: ReadOptions, question: Question, open: Readonly<Record<string, string>>): Promise<Answer>;
  /** Where the pages about problems lie, as a URI that ends in `/`; undefined: nowhere. */
  readonly problemPages?: string | undefined;
}

export interface ReadOptions {
  /** The text of an open document, which wins over the disk. */
  readonly open: (file: string) => string | undefined;
  readonly trusted: boolean;
  /** Paths of the open folders; the list changes when folders are added or removed. */
  readonly folders: readonly string[];
}

/** What the client says when it starts the server. */
export interface InitializationOptions {
  /** False in an untrusted workspace: nothing outside it is read. */
  readonly trusted?: boolean;
  /** The reader's language, where it is not that of `initialize`. */
  readonly locale?: string;
  /** True: problems of open documents are to be pushed, though the client could ask for them. */
  readonly push?: boolean;
  /** Address of the page about a problem, with `{code}` in it. */
  readonly problemPage?: string;
  /** True: names of settings are shown as hints. */
  readonly settingNames?: boolean;
}

export function serve(wire: Wire, ports: Ports): void {
  wire.onInitialize((params) => {
    start(wire, ports, params);
    return { capabilities: capabilities(params), serverInfo: { name: 'modelwright' } };
  });
  wire.listen();
}

function start(wire: Wire, ports: Ports, params: InitializeParams): void {
  const options: InitializationOptions = params.initializationOptions ?? {};
  const publisher = createPublisher(() => session);
  const folders = (params.workspaceFolders ?? []).map((folder) => fileOf(folder.uri));
  const reading: ReadOptions = {
    open: (file) => documents.byFile(file)?.document.getText(),
    trusted: options.trusted ?? true,
    folders,
  };
  const disk = ports.disk({ ...reading, known: outdated });
  const analyser = createAnalyser(disk.files);
  const documents = createDocuments(analyser, publisher.soon);
  const programs = ports.programs(reading);
  const client = traitsOf(params, options, ports.problemPages);
  const locale = localeOf(options.locale ?? params.locale);
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
    workspace: createWorkspace({ programs, documents, analyser, watched: client.watched, changed: outdated }),
    locale,
    tell: tellIn(locale),
    study: (question) => ports.study(reading, question, openTexts(documents)),
    wishes: { settings: options.settingNames ?? false },
    client,
  };
  const pull = registerPull(session);
  const models = registerModels(session);
  /** What is known of the disk changed. */
  function outdated(): void {
    documents.outdate();
    publisher.everything();
    refreshReading(session);
    pull.changed();
    models.changed();
  }
  registerSync(session, { disk, programs, folders, outdated });
  listenToCursor(session, publisher);
  registerReading(session);
  registerLinks(session, (program, path, kind) => ports.find(reading, program, path, kind));
  registerTokens(session);
  registerCompletion(session, (program, folder) => ports.names(reading, program, folder));
  registerWriting(session);
  registerActions(session);
  registerNavigation(session);
  registerWorkspace(session);
  registerContent(session, publisher);
  watchRoom(session, publisher);
  registerCustom(session, () => ports.files(reading));
  registerNewProgram(session);
  registerGraph(session);
  registerAssist(session, ports.problemPages);
}

function openTexts(documents: Documents): Readonly<Record<string, string>> {
  return Object.fromEntries(documents.all().map(({ file, document }) => [file, document.getText()]));
}

function traitsOf(params: InitializeParams, options: InitializationOptions, pages: string | undefined): ClientTraits {
  const template = options.problemPage;
  const canWatch = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  return {
    // A client that can ask does so; one that asks for pushing as well would show everything twice.
    pushes: options.push === true || params.capabilities.textDocument?.diagnostic === undefined,
    snippetEdits: params.capabilities.workspace?.workspaceEdit?.snippetEditSupport === true,
    registersWatchers: options.push !== true && canWatch,
    watched: options.push === true || canWatch,
    problemPage:
      template !== undefined
        ? (code) => template.replace('{code}', code)
        : pages !== undefined
          ? (code) => `${pages}${code}.md`
          : undefined,
  };
}
