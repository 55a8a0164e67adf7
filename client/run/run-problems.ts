/** What a run found wrong, as problems at the lines of the program that they are about, until the next run of that program. */
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { EventPlace, ProblemEvent, TrainerError } from '../../protocol/index.ts';
import { problemText } from './problem-words.ts';

/** Tells problems of runs from those of the checker. */
export const RUN_SOURCE = 'model run';

type Told = Pick<ProblemEvent, 'code' | 'severity' | 'message' | 'words' | 'place'>;

/** What is shown in another language, as it was written: what it proposes is read from there. */
const written = new WeakMap<vscode.Diagnostic, string>();

/** The message of a run's problem as the run wrote it. */
export function writtenMessage(diagnostic: vscode.Diagnostic): string {
  return written.get(diagnostic) ?? diagnostic.message;
}

export class RunProblems implements vscode.Disposable {
  /** Of findings of runs that may settle: by program and number. */
  readonly #told = new Map<string, { readonly uri: vscode.Uri; readonly diagnostic: vscode.Diagnostic }>();
  readonly #collection = vscode.languages.createDiagnosticCollection('modelwright-run');

  /** Shows a finding of a run of `program`. */
  add(program: string, problem: Told, seq?: number): void {
    if (problem.place === undefined) return;
    const uri = vscode.Uri.file(pathOf(program, problem.place));
    const text = problemText(problem);
    const diagnostic = new vscode.Diagnostic(rangeOf(problem.place), text, severityOf(problem.severity));
    written.set(diagnostic, problem.message);
    diagnostic.code = problem.code;
    diagnostic.source = RUN_SOURCE;
    this.#collection.set(uri, [...(this.#collection.get(uri) ?? []), diagnostic]);
    if (seq !== undefined) this.#told.set(`${seq} ${program}`, { uri, diagnostic });
  }

  /** A finding of a run of `program` holds no longer. */
  settle(program: string, seq: number): void {
    const told = this.#told.get(`${seq} ${program}`);
    if (told === undefined) return;
    const others = (this.#collection.get(told.uri) ?? []).filter((each) => each.message !== told.diagnostic.message);
    this.#collection.set(told.uri, others);
  }

  addError(program: string, error: TrainerError): void {
    this.add(program, { ...error, severity: 'error' });
  }

  /** A new run of that program begins: what the last one found is over. */
  clear(program: string): void {
    for (const key of this.#told.keys()) if (key.endsWith(` ${program}`)) this.#told.delete(key);
    this.#collection.delete(vscode.Uri.file(program));
  }

  dispose(): void {
    this.#collection.dispose();
  }
}

/** Opens the program at that place. */
export async function showPlace(program: string, place: EventPlace): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(pathOf(program, place)));
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.One,
    selection: rangeOf(place),
  });
}

/** Paths in a plan are as its asker gave them: absolute, or relative to the program. */
function pathOf(program: string, place: EventPlace): string {
  return isAbsolute(place.file) ? place.file : join(program, '..', place.file);
}

/** One line at the most: the place's length is known in characters of the file, not its last line. */
function rangeOf(place: EventPlace): vscode.Range {
  const start = new vscode.Position(Math.max(0, place.line - 1), Math.max(0, place.column - 1));
  return new vscode.Range(start, start.translate(0, Math.max(1, place.end - place.start)));
}

function severityOf(severity: ProblemEvent['severity']): vscode.DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return vscode.DiagnosticSeverity.Error;
    case 'warning':
      return vscode.DiagnosticSeverity.Warning;
    case 'information':
      return vscode.DiagnosticSeverity.Information;
    default:
      return assertNever(severity);
  }
}

function assertNever(value: never): never {
  throw new Error(`Unknown severity: ${JSON.stringify(value)}`);
}
