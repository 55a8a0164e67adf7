/**
 * Tasks of the type `modelwright`: train, evaluate, check or test a program in a terminal, by the command line that comes
 * with the extension. Its exit code is the task's; its problems are read by the matcher `$modelwright`.
 */
import { dirname, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { trainerEnvironment } from '../runs/index.ts';
import type { Services } from './services.ts';
import { readSettings } from './settings.ts';
import { TaskTerminal, type TerminalProgram } from './task-terminal.ts';
import { type TaskWords, TRAINING_TASKS, taskWords } from './task-words.ts';
import { findTrainer } from './trainer-program.ts';

const TYPE = 'modelwright';
/** Tasks that are offered for a workspace with very many programs. */
const MOST_OFFERED = 200;

/** Offers tasks for the programs of the workspace, and carries out those of `tasks.json`. */
export function registerTasks(services: Services): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks: () => offered(services),
    resolveTask(task) {
      const words = taskWords(task.definition);
      const folder = folderOf(task.scope);
      if (words === undefined || folder === undefined) return undefined;
      // VS Code wants the very definition back that it asked about.
      return makeTask(services, { definition: task.definition, folder, words });
    },
  });
}

async function offered(services: Services): Promise<vscode.Task[]> {
  if (!vscode.workspace.isTrusted) return [];
  const programs = await services.server.models();
  const definitions = programs.flatMap(({ uri, declarations }) => {
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri));
    if (folder === undefined) return [];
    const file = vscode.workspace.asRelativePath(vscode.Uri.parse(uri), false);
    const runs = declarations.flatMap(({ kind, name }) =>
      kind === 'train' || kind === 'evaluate' ? [{ folder, task: kind, file, declaration: name }] : [],
    );
    return [{ folder, task: 'check', file }, ...runs];
  });
  return definitions.slice(0, MOST_OFFERED).flatMap(({ folder, ...rest }) => {
    const words = taskWords(rest);
    return words === undefined ? [] : [makeTask(services, { definition: { type: TYPE, ...rest }, folder, words })];
  });
}

interface Wanted {
  readonly definition: vscode.TaskDefinition;
  readonly folder: vscode.WorkspaceFolder;
  readonly words: TaskWords;
}

function makeTask(services: Services, { definition, folder, words }: Wanted): vscode.Task {
  const task = new vscode.Task(
    definition,
    folder,
    words.name,
    TYPE,
    new vscode.CustomExecution(async () => new TaskTerminal(() => programOf(services, folder, words))),
    '$modelwright',
  );
  if (words.task === 'test' || words.task === 'check') task.group = vscode.TaskGroup.Test;
  task.detail = `modelwright ${words.args.join(' ')}`;
  return task;
}

/** The command line of the extension, on the Node that trains. */
async function programOf(
  services: Services,
  folder: vscode.WorkspaceFolder,
  words: TaskWords,
): Promise<TerminalProgram> {
  const program = await findTrainer(services.context, services.logs.main);
  if ('message' in program) throw new Error(program.message);
  return {
    file: program.node,
    args: [join(dirname(program.script), 'cli.js'), ...words.args, ...settingsOf(words, folder)],
    cwd: folder.uri.fsPath,
    env: { ...trainerEnvironment(process.env, program.node), ...program.env },
  };
}

/** Engine and device as the settings say, where the task itself says nothing. */
function settingsOf({ task, args }: TaskWords, folder: vscode.WorkspaceFolder): string[] {
  if (!TRAINING_TASKS.includes(task)) return [];
  const { options, runsFolder } = readSettings(folder.uri);
  const wishes: readonly (readonly [string, string, string])[] = [
    ['engine', options.engine, 'auto'],
    ['device', options.device, 'auto'],
    ['threads', String(options.threads), '0'],
    ['runs', runsFolder === '' || isAbsolute(runsFolder) ? runsFolder : join(folder.uri.fsPath, runsFolder), ''],
  ];
  return wishes.flatMap(([name, value, usual]) => {
    const said = args.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
    return said || value === usual ? [] : [`--${name}=${value}`];
  });
}

/** The folder that a task of `tasks.json` belongs to; the first one for tasks of the workspace. */
function folderOf(scope: vscode.Task['scope']): vscode.WorkspaceFolder | undefined {
  if (typeof scope === 'object') return scope;
  return vscode.workspace.workspaceFolders?.[0];
}
