/** Evaluations that are being made: at most one for each run, with how far it is, and how it is cancelled. */
import * as vscode from 'vscode';
import {
  type EvaluateResult,
  type EvaluationRunning,
  type EvaluationTell,
  numberOf,
  TRAINER_VERSION,
  type TrainerError,
  type TrainerRequest,
} from '../../protocol/index.ts';
import { askTrainer, isEvaluateResult, progressOfLine } from '../../runs/index.ts';
import type { Logs } from '../logs.ts';
import type { RunProblems } from '../run/run-problems.ts';
import { readSettings } from '../settings.ts';
import { findTrainer } from '../trainer-program.ts';

type Plan = Extract<TrainerRequest, { kind: 'evaluate' }>['plan'];

export type Outcome =
  | { readonly kind: 'done'; readonly result: EvaluateResult }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: TrainerError };

/** What is told of an evaluation of the run in that folder. */
export interface EvaluationNews {
  readonly folder: string;
  readonly tell: EvaluationTell;
}

interface Running {
  readonly abort: AbortController;
  state: EvaluationRunning;
}

export class Evaluations implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #logs: Logs;
  readonly #problems: RunProblems;
  readonly #running = new Map<string, Running>();
  readonly #news = new vscode.EventEmitter<EvaluationNews>();
  readonly onNews = this.#news.event;

  constructor(context: vscode.ExtensionContext, logs: Logs, problems: RunProblems) {
    this.#context = context;
    this.#logs = logs;
    this.#problems = problems;
  }

  /** How far the evaluation of a run is; undefined: none is being made. */
  running(folder: string): EvaluationRunning | undefined {
    return this.#running.get(folder)?.state;
  }

  cancel(folder: string): void {
    this.#running.get(folder)?.abort.abort();
  }

  /** Measures a plan on the run's weights. Expectations that do not hold become problems at their lines. */
  async make(plan: Plan, folder: string): Promise<Outcome> {
    if (this.#running.has(folder)) {
      const message = vscode.l10n.t(
        'This run is being evaluated already. Wait for it, or cancel it in the tab Evaluate.',
      );
      return { kind: 'failed', error: { code: 'train/busy', message, place: undefined } };
    }
    const running: Running = {
      abort: new AbortController(),
      state: { declaration: plan.declaration, done: 0, all: 0 },
    };
    this.#running.set(folder, running);
    this.#tell(folder, { kind: 'progress', ...running.state });
    try {
      const outcome = await this.#ask(plan, folder, running);
      this.#running.delete(folder);
      const name = outcome.kind === 'done' ? outcome.result.evaluation.name : '';
      const message = outcome.kind === 'failed' ? outcome.error.message : '';
      this.#tell(folder, { kind: 'ended', name, message });
      return outcome;
    } finally {
      this.#running.delete(folder);
    }
  }

  dispose(): void {
    for (const { abort } of this.#running.values()) abort.abort();
    this.#news.dispose();
  }

  async #ask(plan: Plan, folder: string, running: Running): Promise<Outcome> {
    const trainer = await findTrainer(this.#context, this.#logs.main);
    if ('message' in trainer) {
      return { kind: 'failed', error: { code: 'train/trainer', message: trainer.message, place: undefined } };
    }
    let result: EvaluateResult | undefined;
    const answer = await askTrainer(
      trainer,
      {
        version: TRAINER_VERSION,
        kind: 'evaluate',
        plan,
        folder,
        checkpoint: 'best',
        options: readSettings().options,
      },
      running.abort.signal,
      (line) => {
        if (isEvaluateResult(line)) result = line;
        const progress = progressOfLine(line);
        if (progress === undefined) return;
        running.state = { ...running.state, ...progress };
        this.#tell(folder, { kind: 'progress', ...running.state });
      },
    );
    if (running.abort.signal.aborted) return { kind: 'cancelled' };
    if (!answer.ok) {
      this.#problems.addError(plan.file, answer.error);
      return { kind: 'failed', error: answer.error };
    }
    if (result === undefined) {
      const message = vscode.l10n.t('The trainer ended without a result. Both must come from the same Modelwright.');
      return { kind: 'failed', error: { code: 'train/trainer', message, place: undefined } };
    }
    noteExpectations(this.#problems, plan.file, result);
    return { kind: 'done', result };
  }

  #tell(folder: string, tell: EvaluationTell): void {
    this.#news.fire({ folder, tell });
  }
}

/** An `expect` that did not hold is a problem at its line. */
function noteExpectations(problems: RunProblems, program: string, result: EvaluateResult): void {
  problems.clear(program);
  for (const each of result.expect) {
    if (each.held) continue;
    const message = vscode.l10n.t(
      'Expected {0}; it is {1}.',
      each.text,
      String(Number(numberOf(each.value).toPrecision(5))),
    );
    problems.add(program, { code: 'train/expect', severity: 'error', message, place: each.place });
  }
}
