/**
 * What one run section has told of its model and its data is not told again by the next: a field that does not fit its input
 * stands once, at the first `train` that feeds the one from the other.
 */
import type { Problem } from '../problem.ts';
import type { RunDecl } from '../syntax/tree.ts';
import type { Frame } from './frame.ts';

/** The problems without those that an earlier run of the same model on the same data has told. */
export function notToldBefore(problems: readonly Problem[], declaration: RunDecl, frame: Frame): readonly Problem[] {
  const own = problems.filter((problem) => isOfParts(problem, declaration, frame));
  if (own.length === 0) return problems;
  const told = new Set(earlierProblems(declaration, frame).map(keyOf));
  return problems.filter((problem) => !own.includes(problem) || !told.has(keyOf(problem)));
}

/** Told at the name of the model or of the data: of these two, not of the section itself. */
function isOfParts({ at }: Problem, declaration: RunDecl, frame: Frame): boolean {
  const names = [declaration.model[0], declaration.on?.name];
  return at.chunk === frame.chunk && names.some((name) => name?.start === at.start && name.end === at.end);
}

function keyOf({ code, message }: Problem): string {
  return `${code} ${JSON.stringify(message)}`;
}

function earlierProblems(declaration: RunDecl, frame: Frame): readonly Problem[] {
  const { program } = frame.session;
  const names = (run: RunDecl) => [run.model[0]?.text, run.on?.name.text].join(' ');
  for (const name of program.names(frame.chunk.file, 'run')) {
    const found = program.find(frame.chunk.file, name, 'run');
    if (!found || found.chunk === frame.chunk) break;
    const run = found.declaration;
    if (run.kind === 'run' && names(run) === names(declaration)) return program.check(found.chunk)?.problems ?? [];
  }
  return [];
}
