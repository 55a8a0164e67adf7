/** The warm processes of the runs that are asked: one a run, started with the first question, ended with the run's panel. */
import * as vscode from 'vscode';
import { PANEL_VERSION, type UseDoing, type UseKind, type UseKinds } from '../../protocol/index.ts';
import { type UseAnswer, WarmModel } from '../../runs/index.ts';
import type { Services } from '../services.ts';
import { readSettings } from '../settings.ts';
import { findTrainer } from '../trainer-program.ts';

/** An answer, and the engine that made it. */
export type WarmAnswer<K extends UseKind> = Extract<UseAnswer<K>, { ok: true }> & { readonly engine: string };

/** `end` gives up one that is not ready yet. */
interface Held {
  readonly model: Promise<WarmModel>;
  readonly end: AbortController;
}

const models = new Map<string, Held>();

/** Asks the model of the run in `folder`; rejects in words where there is no answer. */
export async function askModel<K extends UseKind>(
  services: Services,
  folder: string,
  kind: K,
  ask: UseKinds[K]['ask'],
  more: { readonly signal?: AbortSignal; readonly part?: (body: UseKinds[K]['part']) => void } = {},
): Promise<WarmAnswer<K>> {
  const model = await modelOf(services, folder);
  const answer = await model.ask(kind, ask, more.signal, more.part);
  if (!answer.ok) throw new Error(answer.error.message);
  return { ...answer, engine: model.engine };
}

/** Starts the process of a run ahead of the first question; why it can't be started is told to whoever asks. */
export function startModel(services: Services, folder: string): void {
  modelOf(services, folder).catch(() => undefined);
}

/** Ends the process of a run, where it has one. */
export function endModel(folder: string): void {
  const held = models.get(folder);
  models.delete(folder);
  held?.end.abort();
  // One that could not be started has said so to whoever asked.
  held?.model.then((one) => one.dispose()).catch(() => undefined);
}

/** Ends all of them. */
export function endModels(): void {
  for (const folder of [...models.keys()]) endModel(folder);
}

async function modelOf(services: Services, folder: string): Promise<WarmModel> {
  const known = models.get(folder);
  if (known !== undefined) {
    const model = await known.model;
    if (model.alive) return model;
  }
  const end = new AbortController();
  const model = start(services, folder, end.signal);
  const held = { model, end };
  models.set(folder, held);
  // The next question tries again.
  model.catch(() => {
    if (models.get(folder) === held) models.delete(folder);
  });
  return model;
}

async function start(services: Services, folder: string, signal: AbortSignal): Promise<WarmModel> {
  if (!vscode.workspace.isTrusted)
    throw new Error(
      vscode.l10n.t(
        'A model runs only in a trusted workspace: it may carry code of its own. Trust the workspace first.',
      ),
    );
  const doing = (what: UseDoing): void => {
    const body = { kind: 'doing', what } as const;
    services.panels.tell(folder, { version: PANEL_VERSION, kind: 'tell', topic: 'try', body });
  };
  doing('process');
  const program = await findTrainer(services.context, services.logs.main);
  if ('message' in program) throw new Error(program.message);
  const started = await WarmModel.start(program, folder, readSettings().options, signal, doing);
  if (!started.ok) throw new Error(started.error.message);
  doing('answer');
  return started.model;
}
