/**
 * Tasks of the type `modelwright`: train, evaluate, check or test a program in a terminal, by the command line that comes
 * with the extension. Its exit code is the task's; its problems are read by the matcher `$modelwright`.
 */
import { dirname, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { Services } from './services.ts';
import { readSettings } from './settings.ts';
import { type TaskWords, TRAINING_TASKS, taskWords } from './task-words.ts';
import { findTrainer } from './trainer-program.ts';

const TYPE = 'modelwright';
/** Tasks that are offered for a workspace with very many programs. */
const MOST_OFFERED = 200;

/** Offers tasks for the programs of the workspace, and carries out those of `tasks.json`. */
export function registerTasks(services: Services): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks: () => offered(services),
    async resolveTask(task) {
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
  const tasks = definitions.slice(0, MOST_OFFERED).map(async ({ folder, ...rest }) => {
    const words = taskWords(rest);
    return words === undefined
      ? []
      : [await makeTask(services, { definition: { type: TYPE, ...rest }, folder, words })];
  });
  return (await Promise.all(tasks)).flat();
}

interface Wanted {
  readonly definition: vscode.TaskDefinition;
  readonly folder: vscode.WorkspaceFolder;
  readonly words: TaskWords;
}

async function makeTask(services: Services, { definition, folder, words }: Wanted): Promise<vscode.Task> {
  const program = await findTrainer(services.context, services.logs.main);
  if ('message' in program) throw new Error(program.message);
  const cli = join(dirname(program.script), 'cli.js');
  const args = [cli, ...words.args, ...settingsOf(words, folder)];
  // A Node is no VS Code; VS Code itself is asked to be one.
  const env = { ...program.env, ELECTRON_RUN_AS_NODE: '1' };
  const task = new vscode.Task(
    definition,
    folder,
    words.name,
    TYPE,
    new vscode.ProcessExecution(program.node, args, { cwd: folder.uri.fsPath, env }),
    '$modelwright',
  );
  if (words.task === 'test' || words.task === 'check') task.group = vscode.TaskGroup.Test;
  task.detail = `modelwright ${words.args.join(' ')}`;
  return task;
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
