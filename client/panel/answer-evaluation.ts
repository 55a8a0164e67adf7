/** Answers the Evaluate tab: which evaluations there are, one of them, its rows, and making another. */
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import {
  type Evaluation,
  type EvaluationAnswered,
  type EvaluationAsk,
  type EvaluationOffer,
  type ExportFormat,
  PANEL_VERSION,
} from '../../protocol/index.ts';
import {
  briefOfEvaluation,
  evaluationCsv,
  evaluationMarkdown,
  findEvaluatedRows,
  listEvaluations,
  modelCard,
  ownRowsPlan,
  readEvaluation,
  readRun,
  rowsCsv,
} from '../../runs/index.ts';
import { askPlan } from '../commands/plan.ts';
import { mayStart } from '../commands/trust.ts';
import { examplesOf } from '../evaluate/run-rows.ts';
import { showPlace } from '../run/run-problems.ts';
import type { AskContext } from './answers.ts';

/** The answer, or an error whose message is the refusal. */
export async function answerEvaluation(ask: EvaluationAsk, context: AskContext): Promise<EvaluationAnswered> {
  const { services, run } = context;
  const { folder } = run;
  if (!existsSync(folder)) {
    throw new Error(
      vscode.l10n.t('The folder of this run, {0}, is not there any more: it was deleted or moved.', folder),
    );
  }
  switch (ask.kind) {
    case 'list':
      return {
        kind: 'list',
        evaluations: listEvaluations(folder).map(briefOfEvaluation),
        offers: await offersOf(context),
        running: services.evaluations.running(folder),
      };
    case 'read':
      return { kind: 'read', evaluation: evaluationOf(folder, ask.name) };
    case 'find': {
      const rows = findEvaluatedRows(folder, evaluationOf(folder, ask.name), ask.answer, ask.filter);
      return { kind: 'find', total: rows.length, rows: rows.slice(ask.from, ask.from + ask.count) };
    }
    case 'examples': {
      const { name, created } = evaluationOf(folder, ask.name);
      return { kind: 'examples', examples: await examplesOf(services, { folder, name, created }, ask.rows) };
    }
    case 'start':
      start(context, ask.declaration).catch((error: unknown) => services.logs.main.error(String(error)));
      return { kind: 'done' };
    case 'cancel':
      services.evaluations.cancel(folder);
      return { kind: 'done' };
    case 'export':
      await exportAs(folder, evaluationOf(folder, ask.name), ask.format);
      return { kind: 'done' };
    case 'line': {
      const expectation = evaluationOf(folder, ask.name).expect[ask.expectation];
      if (expectation !== undefined) await showPlace(run.record.file, expectation.place);
      return { kind: 'done' };
    }
    default:
      return assertNever(ask);
  }
}

function evaluationOf(folder: string, name: string): Evaluation {
  const evaluation = readEvaluation(folder, name);
  if (evaluation !== undefined) return evaluation;
  throw new Error(
    vscode.l10n.t(
      'The evaluation {0} is not in the folder of the run any more, or it is damaged. Evaluate again.',
      name,
    ),
  );
}

/**
 * The `evaluate` blocks of the program for this run: those that name its train block before those that name none, and none
 * that name another one. None where the program is gone.
 */
async function offersOf({ services, run }: AskContext): Promise<readonly EvaluationOffer[]> {
  try {
    const all = await services.server.declarations(vscode.Uri.file(run.record.file));
    const { model, declaration } = run.record;
    const own = all.filter((each) => each.kind === 'evaluate' && each.model === model);
    const named = own.filter((each) => each.run === declaration);
    const open = own.filter((each) => each.run === undefined);
    return [...named, ...open].map(({ name, line }) => ({ name, line: line + 1 }));
  } catch (error) {
    services.logs.main.debug(`evaluate blocks of ${run.record.file}: ${String(error)}`);
    return [];
  }
}

async function start({ services, run }: AskContext, declaration: string): Promise<void> {
  const refuse = (message: string): void =>
    services.panels.tell(run.folder, {
      version: PANEL_VERSION,
      kind: 'tell',
      topic: 'evaluation',
      body: { kind: 'ended', name: '', message },
    });
  if (!(await mayStart())) return refuse('');
  const uri = vscode.Uri.file(run.record.file);
  const plan = declaration === '' ? ownRowsPlan(run.folder) : await askPlan(services, { uri, declaration }, 'evaluate');
  // What is wrong with the program was told where it stands.
  if (plan === undefined) {
    return refuse(declaration === '' ? vscode.l10n.t('The plan of this run (plan.json) is missing or damaged.') : '');
  }
  await services.evaluations.make(plan, run.folder);
}

async function exportAs(folder: string, evaluation: Evaluation, format: ExportFormat): Promise<void> {
  const open = async (language: string, content: string): Promise<void> => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }), {
      preview: true,
    });
  };
  switch (format) {
    case 'csv':
      return open('plaintext', evaluationCsv(evaluation));
    case 'rows': {
      const [answer] = evaluation.answers;
      if (answer === undefined) return;
      return open('plaintext', rowsCsv(answer, everyRow(folder, evaluation)));
    }
    case 'markdown':
      return open('markdown', evaluationMarkdown(evaluation));
    case 'card': {
      const summary = readRun(folder);
      if (summary !== undefined) await open('markdown', modelCard(summary, new Date().toISOString().slice(0, 10)));
      return;
    }
    default:
      return assertNever(format);
  }
}

function everyRow(folder: string, evaluation: Evaluation): ReturnType<typeof findEvaluatedRows> {
  return findEvaluatedRows(folder, evaluation, 0, { kind: 'all' });
}

function assertNever(value: never): never {
  throw new Error(`Unknown question: ${JSON.stringify(value)}`);
}
