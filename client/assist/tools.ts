/**
 * The tools for assistants inside VS Code. Their descriptions stand in `package.json`, as VS Code wants it; what needs nothing
 * but programs is answered by the language server, the rest here.
 */
import * as vscode from 'vscode';
import type { AssistResult } from '../../protocol/index.ts';
import { showInformation } from '../notify.ts';
import type { Services } from '../services.ts';
import { listRuns, readRun } from './run-tools.ts';
import { evaluateTool, trainQuestion, trainTool } from './start-tools.ts';

/** What an assistant gives, checked by VS Code against the tool's schema. */
export type ToolInput = Readonly<Record<string, unknown>>;

type Answer = (services: Services, input: ToolInput, token: vscode.CancellationToken) => Promise<AssistResult>;

const ABOUT_PROGRAMS = [
  'modelwright_check',
  'modelwright_summary',
  'modelwright_entry',
  'modelwright_explain',
] as const;

const ANSWERS: Readonly<Record<string, Answer>> = {
  ...Object.fromEntries(ABOUT_PROGRAMS.map((name) => [name, askServer(name)])),
  modelwright_runs: async (services, input) => listRuns(services, input),
  modelwright_run: async (services, input) => readRun(services, input),
  modelwright_evaluate: evaluateTool,
};

/** Offers the tools. */
export function registerTools(services: Services): vscode.Disposable[] {
  const plain = Object.entries(ANSWERS).map(([name, answer]) =>
    vscode.lm.registerTool<ToolInput>(name, {
      invoke: ({ input }, token) => answered(services, name, answer(services, input, token)),
    }),
  );
  return [...plain, registerTrain(services)];
}

/** Training starts a process and writes files: the chat asks, or, called by anything else, a notification. */
function registerTrain(services: Services): vscode.Disposable {
  const name = 'modelwright_train';
  return vscode.lm.registerTool<ToolInput>(name, {
    prepareInvocation: ({ input }) => ({
      invocationMessage: vscode.l10n.t('Training'),
      confirmationMessages: {
        title: vscode.l10n.t('Train Model'),
        message: new vscode.MarkdownString().appendText(trainQuestion(input)),
      },
    }),
    invoke: async ({ input, toolInvocationToken }, token) => {
      const asked = toolInvocationToken !== undefined || (await agreed(input));
      const refusal = { ok: false, message: 'The person did not agree, so nothing was started.' } as const;
      return answered(services, name, asked ? trainTool(services, input, token) : Promise.resolve(refusal));
    },
  });
}

async function agreed(input: ToolInput): Promise<boolean> {
  const yes = vscode.l10n.t('Train Model');
  const no = vscode.l10n.t('Cancel');
  return (await showInformation(trainQuestion(input), yes, no)) === yes;
}

function askServer(tool: string): Answer {
  return ({ server }, input) => server.assist({ tool, input, folder: workspaceFolder() });
}

async function answered(
  { logs }: Services,
  name: string,
  answer: Promise<AssistResult>,
): Promise<vscode.LanguageModelToolResult> {
  const result = await answer.catch((error: unknown): AssistResult => {
    logs.main.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  });
  const text = result.ok ? JSON.stringify(result.value) : result.message;
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}

/** Where an assistant's relative paths begin. */
export function workspaceFolder(): string {
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? process.cwd();
}
