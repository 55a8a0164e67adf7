/** `modelwright check`: all problems of some programs; `--fix` applies the preferred fixes. */
import { type FileProblem, type Severity, titlesIn } from '../../language/index.ts';
import { createChecker, findPrograms, placed, problemJson, problemLines, shown, textsOf } from '../program.ts';
import { readProgram, replaceProgram } from '../text.ts';
import { type ExitCode, exitCodes, grouped, type World } from '../world.ts';

export function check(
  world: World,
  paths: readonly string[],
  options: { readonly json: boolean; readonly fix: boolean },
): ExitCode {
  const found = findPrograms(paths, world);
  if (!found.ok) {
    world.say(found.message);
    return exitCodes.usage;
  }
  const checker = createChecker(world);
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const file of found.files) {
    const unusable = (message: string): void => {
      counts.error += 1;
      world.print(options.json ? JSON.stringify(unusableJson(shown(file, world), message)) : message);
    };
    const read = readProgram(file, shown(file, world));
    if (!read.ok) {
      unusable(read.message);
      continue;
    }
    let { text } = read;
    if (options.fix) {
      const after = fixed(checker.analyser, file, text);
      const trouble = after === text ? undefined : replaceProgram(file, after, shown(file, world));
      if (trouble === undefined) text = after;
      else unusable(trouble);
    }
    const checked = checker.analyser.analyse(file, text);
    const titles = titlesIn(checked, (other) => checker.analyser.tryOut(file, other));
    const texts = textsOf(checker.analyser);
    for (const problem of placed(file, checked.problems)) {
      counts[problem.severity] += 1;
      if (options.json) world.print(JSON.stringify(problemJson(problem, texts, world, titles)));
      else for (const line of problemLines(problem, texts, world, titles)) world.print(line);
    }
  }
  const { error, warning, information, hint } = counts;
  if (options.json) {
    world.print(
      JSON.stringify({
        summary: { files: found.files.length, errors: error, warnings: warning, information, hints: hint },
      }),
    );
  } else {
    const files = `${grouped(found.files.length)} file${found.files.length === 1 ? '' : 's'}`;
    world.say(`${files}: ${counted(error, 'error')}, ${counted(warning, 'warning')}`);
  }
  return error > 0 ? exitCodes.found : exitCodes.done;
}

/** A file that is no program, or cannot be written, in the form of a problem. */
function unusableJson(file: string, message: string): unknown {
  const start = { line: 1, column: 1 };
  const range = { start, end: start };
  return { file, range, severity: 'error', code: 'syntax/unusable-file', message, related: [], fixes: [] };
}

function counted(count: number, what: string): string {
  return `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;
}

const MOST_ROUNDS = 50;

/** Applies preferred fixes, one at a time, since each may move or mend the others. */
function fixed(analyser: ReturnType<typeof createChecker>['analyser'], file: string, before: string): string {
  let text = before;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = applyFirst(analyser.analyse(file, text).problems, file, text);
    if (next === undefined) break;
    text = next;
  }
  return text;
}

function applyFirst(problems: readonly FileProblem[], file: string, text: string): string | undefined {
  for (const problem of problems) {
    const fix = problem.fixes.find((each) => each.preferred && each.edits.every((edit) => edit.file === file));
    if (fix === undefined) continue;
    const edits = [...fix.edits].sort((a, b) => b.start - a.start);
    let next = text;
    for (const edit of edits) next = next.slice(0, edit.start) + edit.newText + next.slice(edit.end);
    if (next !== text) return next;
  }
  return undefined;
}
