/**
 * The declarations of the workspace's programs, with what is known of them. Asked for by views, never while somebody types;
 * what is told of a program is kept as long as its check is.
 */
import { type CheckedFile, type Declaration, type FileProblem, lenses, runName } from '../../language/index.ts';
import {
  type DeclarationBrief,
  MODELS_CHANGED_NOTIFICATION,
  MODELS_REQUEST,
  type ModelsParams,
  type ProgramBrief,
} from '../../protocol/index.ts';
import { linesOf, uriOf } from '../convert.ts';
import { answerFreely, type Session } from '../session.ts';

export interface Models {
  /** What is known of the disk changed. */
  changed(): void;
}

export function registerModels(session: Session): Models {
  const told = new WeakMap<CheckedFile, ProgramBrief>();
  let asked = false;

  function brief(file: CheckedFile): ProgramBrief {
    const before = told.get(file);
    if (before !== undefined) return before;
    const made = briefOf(session, file);
    told.set(file, made);
    return made;
  }

  answerFreely<ModelsParams, readonly ProgramBrief[]>(session, MODELS_REQUEST, [], async ({ uri }) => {
    asked = true;
    if (uri !== undefined) {
      const open = session.documents.checked(uri)?.file;
      return open === undefined ? [] : [brief(open)];
    }
    await session.workspace.ready();
    await session.workspace.warm();
    // Open programs stand where they stood while they were closed.
    return session.workspace
      .checks()
      .map(brief)
      .sort((a, b) => (a.uri < b.uri ? -1 : 1));
  });

  return {
    changed() {
      if (asked) session.wire.notify(MODELS_CHANGED_NOTIFICATION, {});
    },
  };
}

function briefOf(session: Session, file: CheckedFile): ProgramBrief {
  const errors = file.problems.filter(({ severity }) => severity === 'error');
  const lines = linesOf(file.syntax.text);
  const parameters = new Map(
    lenses(file, [], session.locale).flatMap((lens) =>
      lens.kind === 'parameters' ? [[lens.start, lens.text] as const] : [],
    ),
  );
  const declarations: DeclarationBrief[] = [];
  for (const { chunk, offset } of file.syntax.chunks) {
    const named = chunk.declaration && namesOf(chunk.declaration);
    if (chunk.declaration === undefined || named === undefined) continue;
    const start = offset + chunk.declaration.keyword.start;
    declarations.push({
      ...named,
      at: lines.positionAt(start),
      errors: errorsIn(errors, offset, offset + chunk.text.length),
      parameters: parameters.get(start) ?? '',
    });
  }
  return { uri: uriOf(file.file), errors: errors.length, declarations };
}

/** What a view calls a declaration; undefined for those that it leaves out, and for those without a name yet. */
function namesOf(declaration: Declaration): Pick<DeclarationBrief, 'kind' | 'name' | 'model'> | undefined {
  switch (declaration.kind) {
    case 'unit':
    case 'variant':
      if (declaration.unit !== 'model') return undefined;
      return named('model', declaration.name.text);
    case 'data':
      return named('data', declaration.name.text);
    case 'run':
      return named(declaration.run, runName(declaration), declaration.model.map((name) => name.text).join('.'));
    case 'import':
    case 'extern':
    case 'export':
      return undefined;
  }
}

function named(kind: DeclarationBrief['kind'], name: string, model = '') {
  return name === '' ? undefined : { kind, name, model };
}

function errorsIn(errors: readonly FileProblem[], start: number, end: number): number {
  return errors.filter((problem) => problem.start >= start && problem.start < end).length;
}
