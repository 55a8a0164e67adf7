/**
 * Where the extension begins. It makes its parts and connects them; nothing is probed or loaded that isn't needed for the open
 * file: no engine, no trainer, no run is touched before it is asked for, save for runs that still train.
 */
import * as vscode from 'vscode';
import { PANEL_VERSION } from '../protocol/index.ts';
import { registerTools } from './assist/tools.ts';
import { chooseDevice } from './commands/choose-device.ts';
import { control } from './commands/control.ts';
import { deleteRuns } from './commands/delete-run.ts';
import { doctor } from './commands/doctor.ts';
import { evaluate } from './commands/evaluate.ts';
import { clearRunFilter, filterRuns, sortRuns } from './commands/filter-runs.ts';
import { installTensorFlow } from './commands/install.ts';
import { exportMetrics, openTensorBoard } from './commands/interop.ts';
import { lookAtData } from './commands/look-at-data.ts';
import { newModel } from './commands/new-model.ts';
import { noteRun, renameRun, starRun, tagRun } from './commands/note-run.ts';
import { breakShape, openExample, showLanguage } from './commands/open-example.ts';
import { answerPanel, openRun, showLog, showText } from './commands/run-commands.ts';
import { copyRuns, duplicateRun, showRunFolder, showRunProgram } from './commands/run-copies.ts';
import { restoreGraph, showGraph } from './commands/show-graph.ts';
import { resumeRun, train } from './commands/train.ts';
import { tryIt } from './commands/try-run.ts';
import { ComparePages } from './compare/compare-pages.ts';
import { compareRuns } from './compare/compare-runs.ts';
import { Evaluations } from './evaluate/evaluations.ts';
import { LanguageServer } from './language-server.ts';
import { Logs } from './logs.ts';
import { showError } from './notify.ts';
import { Panels } from './panel/panels.ts';
import { problemPages, showKeras, showShapes } from './program-texts.ts';
import { offerResume } from './run/resume-offer.ts';
import { registerRunFixes } from './run/run-fixes.ts';
import { tellNews } from './run/run-news.ts';
import { RunProblems } from './run/run-problems.ts';
import { Runs } from './run/runs.ts';
import type { Services } from './services.ts';
import { registerTasks } from './tasks.ts';
import { expectationTests } from './tests/expectations.ts';
import { TextDocuments } from './text-documents.ts';
import { Devices } from './views/devices-tree.ts';
import { LanguageStatus } from './views/language-status.ts';
import { ModelsTree } from './views/models-tree.ts';
import { ProgramLenses } from './views/program-lenses.ts';
import { RunsTree } from './views/runs-tree.ts';
import { Status } from './views/status.ts';

/** Called by VS Code when a `.model` file is opened, or a command or view of ours is used. */
export function activate(context: vscode.ExtensionContext): void {
  const services = makeServices(context);
  const { runs, server, logs } = services;
  const tree = new RunsTree(runs, context.workspaceState);
  const pages = new ComparePages(services);
  // Before anything that names a command is shown.
  context.subscriptions.push(...registerCommands(services, { tree, pages }));
  context.subscriptions.push(
    tree,
    new Status(runs),
    new ModelsTree(server, runs),
    new LanguageStatus(services),
    new ProgramLenses(server, runs),
    pages,
    vscode.window.registerTreeDataProvider('modelwright.devices', services.devices),
    runs.onDidChange(({ run, event }) => tellNews(services, run, event)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => discover(services)),
    problemPages(context),
    registerRunFixes(),
    expectationTests(services),
    restoreGraph(services),
    registerTasks(services),
    ...registerTools(services),
  );
  server.start().catch((error: unknown) => report(logs, error));
  discover(services);
}

/** At the start, and again when the workspace becomes trusted: then runs that still train may be attached to. */
function discover(services: Services): void {
  services.runs
    .discover()
    .then(() => offerResume(services))
    .catch((error: unknown) => report(services.logs, error));
}

function makeServices(context: vscode.ExtensionContext): Services {
  const logs = new Logs();
  const runs = new Runs(vscode.Uri.joinPath(context.globalStorageUri, 'columns').fsPath);
  const problems = new RunProblems();
  const services: Services = {
    context,
    logs,
    runs,
    server: new LanguageServer(context, logs.main),
    problems,
    evaluations: new Evaluations(context, logs, problems),
    panels: new Panels(context, runs, (request, panel) => {
      answerPanel(services, request, panel).catch((error: unknown) => report(logs, error));
    }),
    texts: new TextDocuments(),
    devices: new Devices(runs),
  };
  context.subscriptions.push(
    services.panels,
    services.runs,
    services.problems,
    services.evaluations,
    services.evaluations.onNews(({ folder, tell: body }) =>
      services.panels.tell(folder, { version: PANEL_VERSION, kind: 'tell', topic: 'evaluation', body }),
    ),
    services.texts,
    services.devices,
    services.server,
    services.logs,
  );
  return services;
}

interface RunParts {
  readonly tree: RunsTree;
  readonly pages: ComparePages;
}

/** `all`: the selected rows, where the argument is a row of a tree. */
type Command = (argument: unknown, all: unknown) => Promise<void>;

function registerCommands(services: Services, parts: RunParts): vscode.Disposable[] {
  const commands: Readonly<Record<string, Command>> = {
    train: (argument) => train(services, argument),
    evaluate: (argument) => evaluate(services, argument),
    resumeRun: (argument) => resumeRun(services, argument),
    pause: (argument) => control(services, argument, 'pause'),
    evaluateNow: (argument) => control(services, argument, 'evaluate'),
    resume: (argument) => control(services, argument, 'resume'),
    stop: (argument) => control(services, argument, 'stop'),
    openRun: (argument) => openRun(services, argument),
    showLog: (argument) => showLog(services, argument),
    showText: (argument) => showText(services, argument),
    doctor: () => doctor(services),
    chooseDevice: () => chooseDevice(services),
    installTensorFlow: () => installTensorFlow(services),
    exportMetrics: (argument) => exportMetrics(services, argument),
    openTensorBoard: (argument) => openTensorBoard(services, argument),
    lookAtData: (argument) => lookAtData(services, argument),
    showGraph: (argument) => showGraph(services, argument),
    showShapes: (argument) => showShapes(argument),
    showKeras: (argument) => showKeras(argument),
    newModel: () => newModel(services),
    openExample: (argument) => openExample(services, argument),
    breakShape: () => breakShape(services),
    tryIt: (argument) => tryIt(services, argument),
    showLanguage: () => showLanguage(services),
    renameRun: (argument) => renameRun(services, argument),
    starRun: (argument, all) => starRun(services, argument, all, true),
    unstarRun: (argument, all) => starRun(services, argument, all, false),
    tagRun: (argument) => tagRun(services, argument),
    noteRun: (argument) => noteRun(services, argument),
    deleteRun: (argument, all) => deleteRuns(services, argument, all),
    duplicateRun: (argument) => duplicateRun(services, argument),
    showRunProgram: (argument) => showRunProgram(services, argument),
    showRunFolder: (argument) => showRunFolder(services, argument),
    copyRun: (argument, all) => copyRuns(services, argument, all),
    compareRuns: (argument, all) => compareRuns(services, parts, argument, all),
    filterRuns: () => filterRuns(services, parts.tree),
    clearRunFilter: () => clearRunFilter(parts.tree),
    sortRuns: () => sortRuns(parts.tree),
    restartServer: () => services.server.restart(),
  };
  return Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(`modelwright.${name}`, (argument: unknown, all: unknown) =>
      run(argument, all).catch((error: unknown) => report(services.logs, error)),
    ),
  );
}

/** An error that nobody foresaw: shown in one line, whole in the log. */
function report(logs: Logs, error: unknown): void {
  logs.main.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  void showError(error instanceof Error ? error.message : String(error));
}
