/** The language server as a child process, and the questions of ours that it answers beside those of the protocol. */
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type State,
  TransportKind,
  vsdiag,
} from 'vscode-languageclient/node';
import {
  ASSIST_REQUEST,
  type AssistParams,
  type AssistResult,
  DATA_PLAN_REQUEST,
  type DataPlanParams,
  type DataPlanResult,
  DECLARATIONS_REQUEST,
  EXAMPLE_DATA_REQUEST,
  type ExampleDataAnswer,
  GRAPH_REQUEST,
  type GraphParams,
  type GraphResult,
  MODELS_CHANGED_NOTIFICATION,
  MODELS_REQUEST,
  type ModelsParams,
  NEW_PROGRAM_REQUEST,
  type NewProgramAnswer,
  type NewProgramParams,
  PLAN_REQUEST,
  type PlanParams,
  type PlanResult,
  PROBLEM_SCHEME,
  type ProgramBrief,
  type RunDeclaration,
  TEMPLATES_REQUEST,
  type TemplateBrief,
} from '../protocol/index.ts';
import { followCursor, showReferences } from './editor-server.ts';
import { readSettings } from './settings.ts';

export class LanguageServer implements vscode.Disposable {
  readonly #script: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #env: Record<string, string> = {};
  #client: LanguageClient | undefined;
  #starting: Promise<LanguageClient> | undefined;
  #helpers: vscode.Disposable | undefined;
  readonly #states = new vscode.EventEmitter<State>();
  /** The server starts, runs, or has stopped. */
  readonly onDidChangeState = this.#states.event;
  readonly #models = new vscode.EventEmitter<void>();
  /** What `models` answered may have changed. */
  readonly onDidChangeModels = this.#models.event;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.#script = context.asAbsolutePath('dist/server.js');
    this.#log = log;
  }

  /** Starts the server, once. */
  start(): Promise<LanguageClient> {
    this.#starting ??= this.#launch();
    return this.#starting;
  }

  /** The plan of a declaration, or why there is none. */
  async plan(params: PlanParams): Promise<PlanResult> {
    return (await this.start()).sendRequest<PlanResult>(PLAN_REQUEST, params);
  }

  /** The plan of a data declaration alone, or why there is none. */
  async dataPlan(params: DataPlanParams): Promise<DataPlanResult> {
    return (await this.start()).sendRequest<DataPlanResult>(DATA_PLAN_REQUEST, params);
  }

  /** The graph of a program, or of a run's plan. */
  async graph(params: GraphParams): Promise<GraphResult> {
    return (await this.start()).sendRequest<GraphResult>(GRAPH_REQUEST, params);
  }

  /** The declarations of a program that can be run or looked at. */
  async declarations(uri: vscode.Uri): Promise<readonly RunDeclaration[]> {
    return (await this.start()).sendRequest<readonly RunDeclaration[]>(DECLARATIONS_REQUEST, { uri: uri.toString() });
  }

  /** The declarations of a program, or of all programs of the open folders, with sizes and errors. */
  async models(uri?: vscode.Uri): Promise<readonly ProgramBrief[]> {
    const params: ModelsParams = { uri: uri?.toString() };
    return (await this.start()).sendRequest<readonly ProgramBrief[]>(MODELS_REQUEST, params);
  }

  /** Answers an assistant's question about programs. */
  async assist(params: AssistParams): Promise<AssistResult> {
    return (await this.start()).sendRequest<AssistResult>(ASSIST_REQUEST, params);
  }

  /** What a new program may begin as. */
  async templates(): Promise<readonly TemplateBrief[]> {
    return (await this.start()).sendRequest<readonly TemplateBrief[]>(TEMPLATES_REQUEST, {});
  }

  /** Data made for a template. */
  async exampleData(family: string): Promise<ExampleDataAnswer> {
    return (await this.start()).sendRequest<ExampleDataAnswer>(EXAMPLE_DATA_REQUEST, { family });
  }

  /** The program of a template for some data, or why there is none. */
  async newProgram(params: NewProgramParams): Promise<NewProgramAnswer> {
    return (await this.start()).sendRequest<NewProgramAnswer>(NEW_PROGRAM_REQUEST, params);
  }

  /** Starts the server anew, where it hangs or has stopped. */
  async restart(): Promise<void> {
    this.#setEnvironment();
    await (await this.start()).restart();
  }

  dispose(): void {
    this.#models.dispose();
    this.#states.dispose();
    this.#helpers?.dispose();
    void this.#client?.dispose().catch((error: unknown) => this.#log.debug(String(error)));
  }

  /** What the server is told by its environment, each time it starts: the data folder of the settings. */
  #setEnvironment(): void {
    const { dataFolder } = readSettings();
    const inherited = process.env.MODELWRIGHT_DATA;
    const folder = dataFolder === '' ? inherited : dataFolder;
    if (folder === undefined) delete this.#env.MODELWRIGHT_DATA;
    else this.#env.MODELWRIGHT_DATA = folder;
  }

  async #launch(): Promise<LanguageClient> {
    if (!existsSync(this.#script)) {
      throw new Error(vscode.l10n.t('The language server is missing: {0}. Install the extension again.', this.#script));
    }
    this.#setEnvironment();
    const module = { module: this.#script, transport: TransportKind.ipc, options: { env: this.#env } };
    const options: LanguageClientOptions = {
      documentSelector: [{ language: 'model' }],
      outputChannel: this.#log,
      initializationOptions: () => ({
        locale: vscode.env.language,
        trusted: vscode.workspace.isTrusted,
        // Pushed problems come at once; asking for them is for programs that are not open.
        push: true,
        settingNames: vscode.workspace.getConfiguration('modelwright').get<boolean>('hints.settingNames'),
        problemPage: `${PROBLEM_SCHEME}:/{code}.md`,
      }),
      middleware: { provideDiagnostics: () => ({ kind: vsdiag.DocumentDiagnosticReportKind.full, items: [] }) },
      // What programs read: other programs, and the headers of data files.
      synchronize: {
        configurationSection: 'modelwright',
        fileEvents: vscode.workspace.createFileSystemWatcher(
          '**/*{.model,.csv,.tsv,.txt,.jsonl,.npy,.parquet,.idx,.gz,ubyte}',
        ),
      },
    };
    const client = new LanguageClient(
      'modelwright',
      'Modelwright',
      { run: module, debug: { ...module, options: { env: this.#env, execArgv: ['--nolazy', '--inspect=6011'] } } },
      options,
    );
    this.#client = client;
    client.onDidChangeState(({ newState }) => this.#states.fire(newState));
    await client.start();
    this.#helpers = vscode.Disposable.from(
      followCursor(client),
      client.onNotification(MODELS_CHANGED_NOTIFICATION, () => this.#models.fire()),
      showReferences(),
      // In an untrusted workspace nothing outside it is read.
      vscode.workspace.onDidGrantWorkspaceTrust(() => void client.restart()),
    );
    return client;
  }
}
