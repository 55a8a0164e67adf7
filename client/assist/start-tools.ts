/** Training and evaluating for an assistant: as the commands do it, with answers in place of dialogs. */
import { basename, resolve } from 'node:path';
import * as vscode from 'vscode';
import { type AssistResult, type PlanResult, TRAINER_VERSION } from '../../protocol/index.ts';
import { chooseRun, evaluated, findRunsFolder, patienceOf, storyIn } from '../../runs/index.ts';
import { startRun } from '../commands/train.ts';
import type { LiveRun } from '../run/live-run.ts';
import { isAlive } from '../run/run-label.ts';
import type { Services } from '../services.ts';
import { readSettings } from '../settings.ts';
import { findTrainer } from '../trainer-program.ts';
import { type ToolInput, workspaceFolder } from './tools.ts';

/** The question that a person answers before a run starts. */
export function trainQuestion({ file, declaration }: ToolInput): string {
  const name = basename(String(file));
  return typeof declaration === 'string'
    ? vscode.l10n.t('Train {0} of {1}? It runs on this computer and writes a run folder.', declaration, name)
    : vscode.l10n.t('Train {0}? It runs on this computer and writes a run folder.', name);
}

/** `modelwright_train`. */
export async function trainTool(
  services: Services,
  input: ToolInput,
  token: vscode.CancellationToken,
): Promise<AssistResult> {
  const planned = await planOf(services, input, 'train');
  if (!planned.ok) return planned;
  const { plan } = planned;
  const { settings, runs } = surroundings(plan.file);
  const run = await startRun(services, plan.file, settings.keepGoing, {
    version: TRAINER_VERSION,
    kind: 'train',
    plan,
    runs,
    options: settings.options,
    keepGoing: settings.keepGoing,
    started: Date.now(),
  });
  if (run === undefined) return { ok: false, message: 'The run could not be started; the editor shows why.' };
  await endOf(run, patienceOf(input.wait), token);
  return storyIn(run.folder);
}

/** `modelwright_evaluate`. */
export async function evaluateTool(
  services: Services,
  input: ToolInput,
  token: vscode.CancellationToken,
): Promise<AssistResult> {
  const planned = await planOf(services, input, 'evaluate');
  if (!planned.ok) return planned;
  const { plan } = planned;
  const { settings, runs } = surroundings(plan.file);
  const word = typeof input.run === 'string' ? input.run : undefined;
  const { name: model, args } = plan.model;
  const chosen = chooseRun(runs, { model, file: plan.file, args, declaration: plan.run, word });
  if (!chosen.ok) return chosen;
  const trainer = await findTrainer(services.context, services.logs.main);
  if ('message' in trainer) return { ok: false, message: trainer.message };
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  const base = { version: TRAINER_VERSION, checkpoint: 'best', options: settings.options } as const;
  return evaluated(trainer, { ...base, kind: 'evaluate', plan, folder: chosen.run.folder }, abort.signal);
}

type Plan = Extract<PlanResult, { kind: 'plan' }>['plan'];
type Planned = { readonly ok: true; readonly plan: Plan } | Extract<AssistResult, { ok: false }>;

async function planOf({ server }: Services, input: ToolInput, action: 'train' | 'evaluate'): Promise<Planned> {
  if (!vscode.workspace.isTrusted) {
    return { ok: false, message: 'This workspace is not trusted, so nothing is started. The person can trust it.' };
  }
  const file = vscode.Uri.file(resolve(workspaceFolder(), String(input.file)));
  const refused = whyNot(file);
  if (refused !== undefined) return { ok: false, message: refused };
  const uri = file.toString();
  const declaration = typeof input.declaration === 'string' ? input.declaration : undefined;
  const overrides = textsIn(input.set);
  const result = await server.plan({ uri, version: undefined, declaration, action, overrides });
  if (result.kind === 'plan') return { ok: true, plan: result.plan };
  const [first] = result.kind === 'problems' ? result.problems : [];
  const where = first === undefined ? '' : ` Line ${first.range.start.line + 1}: ${first.message}`;
  return {
    ok: false,
    message: `Nothing was started: the program has problems.${where} Mend them by modelwright_check.`,
  };
}

/** Assistants name programs of the workspace, and nothing else. */
function whyNot(file: vscode.Uri): string | undefined {
  if (!file.path.endsWith('.model')) return `\`${file.fsPath}\` is no .model program. Give the path of a .model file.`;
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length === 0 || vscode.workspace.getWorkspaceFolder(file) !== undefined
    ? undefined
    : `\`${file.fsPath}\` lies outside the workspace, so nothing is started.`;
}

function textsIn(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]));
}

function surroundings(file: string) {
  const uri = vscode.Uri.file(file);
  const settings = readSettings(uri);
  const workspace = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  return { settings, runs: findRunsFolder(file, { workspace, override: settings.runsFolder }) };
}

/** The run's end, or so many milliseconds; the run goes on either way. */
function endOf(run: LiveRun, milliseconds: number, token: vscode.CancellationToken): Promise<void> {
  return new Promise((done) => {
    const look = () => {
      if (isAlive(run.state)) return;
      finish();
    };
    const finish = () => {
      clearTimeout(timer);
      listening.dispose();
      done();
    };
    const timer = setTimeout(finish, milliseconds);
    const listening = run.onDidChange(look);
    token.onCancellationRequested(finish);
    look();
  });
}
