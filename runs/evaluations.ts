/** Evaluations of a run, as its folder `eval/` keeps them: which there are, one of them, the rows of one. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type EvaluateResult,
  type Evaluation,
  type EvaluationBrief,
  type FoundRow,
  findRows,
  isEvaluation,
  isRecord,
  parseEvaluation,
  parseJson,
  parseRows,
  type RowFilter,
  type TrainerRequest,
} from '../protocol/index.ts';
import { readPlain } from './plain-file.ts';

/** The newest first; what is damaged or of another version is left out. */
export function listEvaluations(folder: string): readonly Evaluation[] {
  return namesIn(join(folder, 'eval'))
    .flatMap((name) => readEvaluation(folder, name) ?? [])
    .sort((a, b) => b.created - a.created);
}

export function briefOfEvaluation({ name, data, part, examples, step, created, expect }: Evaluation): EvaluationBrief {
  return { name, data, part, examples, step, created, failed: expect.filter(({ held }) => !held).length };
}

/** An evaluation larger than this is none of ours. */
const MOST_BYTES = 64 * 1024 * 1024;

/** One of them, by the name of its folder. */
export function readEvaluation(folder: string, name: string): Evaluation | undefined {
  const text = isFolderName(name) ? readPlain(join(folder, 'eval', name, 'evaluation.json'), MOST_BYTES) : undefined;
  const evaluation = text === undefined ? undefined : parseEvaluation(text);
  // The folder may have been renamed by hand: its name is what finds it again.
  return evaluation === undefined ? undefined : { ...evaluation, name };
}

/** The rows that a filter means, and how many there are in all. */
export function findEvaluatedRows(
  folder: string,
  evaluation: Evaluation,
  answer: number,
  filter: RowFilter,
): readonly FoundRow[] {
  const asked = evaluation.answers[answer];
  const text = readPlain(join(folder, 'eval', evaluation.name, 'rows.jsonl'), 8 * MOST_BYTES);
  const entries = text === undefined ? undefined : parseRows(text, answer);
  return asked === undefined || entries === undefined ? [] : findRows(asked.kind, entries, filter);
}

/** The result of an evaluation among a trainer's lines. */
export function isEvaluateResult(value: unknown): value is EvaluateResult {
  return (
    isRecord(value) &&
    typeof value.run === 'string' &&
    isRecord(value.metrics) &&
    Array.isArray(value.expect) &&
    isEvaluation(value.evaluation)
  );
}

/** How far it is, where the line says that. */
export function progressOfLine(line: unknown): { readonly done: number; readonly all: number } | undefined {
  if (!isRecord(line) || !isRecord(line.progress)) return undefined;
  const { done, all } = line.progress;
  return typeof done === 'number' && typeof all === 'number' ? { done, all } : undefined;
}

type EvaluatedPlan = Extract<TrainerRequest, { kind: 'evaluate' }>['plan'];

/** What the run trained, to be measured on the rows of its own data that it did not train on. */
export function ownRowsPlan(folder: string): EvaluatedPlan | undefined {
  const text = readPlain(join(folder, 'plan.json'), MOST_BYTES);
  const plan = text === undefined ? undefined : parseJson(text);
  if (!isPlan(plan)) return undefined;
  return { ...plan, action: 'evaluate', declaration: OWN_ROWS, train: undefined, expect: [], run: undefined };
}

/** Name of the evaluation on the run's own rows: no declaration is called so. */
export const OWN_ROWS = 'own-rows';

function isPlan(value: unknown): value is EvaluatedPlan {
  return (
    isRecord(value) &&
    value.version === 1 &&
    isRecord(value.graph) &&
    isRecord(value.data) &&
    Array.isArray(value.metrics)
  );
}

function isFolderName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[\\/]/.test(name);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
