/** What two runs answer differently, from the evaluations that both have of the same rows. */
import {
  type AnswerDifference,
  type ChangedRow,
  type ClassesAnswer,
  type Evaluation,
  type EvaluationAnswer,
  type EvaluationDifference,
  type FigureChange,
  numberOf,
  type YesNoAnswer,
} from '../protocol/index.ts';
import { findEvaluatedRows, listEvaluations } from './evaluations.ts';

/** Changed rows that are named one by one. */
const MOST_ROWS = 20;

/** Evaluations of the same name over the same rows; none where the runs have none in common. */
export function evaluationDifferences(from: string, to: string): readonly EvaluationDifference[] {
  const before = listEvaluations(from);
  return listEvaluations(to).flatMap((now) => {
    const old = before.find((each) => isSameRows(each, now));
    if (old === undefined) return [];
    return [
      {
        name: now.name,
        data: now.data,
        examples: now.examples,
        metrics: Object.entries(now.metrics).flatMap(([name, { value }]) => {
          const was = Object.hasOwn(old.metrics, name) ? old.metrics[name]?.value : undefined;
          return was === undefined ? [] : [{ name, from: was, to: value }];
        }),
        answers: answersOf({ folder: from, evaluation: old }, { folder: to, evaluation: now }),
      },
    ];
  });
}

function isSameRows(a: Evaluation, b: Evaluation): boolean {
  return (
    a.name === b.name &&
    a.part === b.part &&
    a.data === b.data &&
    a.dataHash === b.dataHash &&
    a.examples === b.examples
  );
}

interface Evaluated {
  readonly folder: string;
  readonly evaluation: Evaluation;
}

function answersOf(from: Evaluated, to: Evaluated): AnswerDifference[] {
  return to.evaluation.answers.flatMap((answer, index): AnswerDifference[] => {
    const at = from.evaluation.answers.findIndex((each) => each.name === answer.name && each.kind === answer.kind);
    const old = from.evaluation.answers[at];
    if (old === undefined) return [];
    const classes = old.kind === 'classes' && answer.kind === 'classes' ? classChanges(old, answer) : [];
    const rows = isJudged(old) && isJudged(answer) ? rowsOf({ ...from, at }, { ...to, at: index }, answer) : undefined;
    return classes.length === 0 && rows === undefined ? [] : [{ name: answer.name, classes, rows }];
  });
}

/** By the names of the classes: the runs may number them otherwise. */
function classChanges(old: ClassesAnswer, now: ClassesAnswer): FigureChange[] {
  const changes = now.perClass.flatMap(({ f1 }, index): FigureChange[] => {
    const name = now.classes[index] ?? String(index);
    const was = old.perClass[old.classes.indexOf(name)]?.f1.value;
    return was === undefined ? [] : [{ name, from: was, to: f1.value }];
  });
  const size = ({ from, to }: FigureChange) => Math.abs(numberOf(to) - numberOf(from)) || 0;
  return changes.sort((a, b) => size(b) - size(a));
}

type Judged = ClassesAnswer | YesNoAnswer;

/** A row is right or wrong. */
function isJudged(answer: EvaluationAnswer): answer is Judged {
  return answer.kind === 'classes' || answer.kind === 'yes-no';
}

interface Said {
  readonly is: number;
  readonly said: number;
}

function rowsOf(
  from: Evaluated & { readonly at: number },
  to: Evaluated & { readonly at: number },
  answer: Judged,
): AnswerDifference['rows'] {
  const before = saidOf(from, from.at);
  const after = saidOf(to, to.at);
  if (before.size === 0 || after.size === 0) return undefined;
  const name = (index: number) => nameIn(answer, index);
  const old = from.evaluation.answers[from.at];
  const oldName = (index: number) => (old !== undefined && isJudged(old) ? nameIn(old, index) : String(index));
  let [bothRight, bothWrong, mended, broken] = [0, 0, 0, 0];
  const changed: ChangedRow[] = [];
  for (const [row, now] of after) {
    const was = before.get(row);
    if (was === undefined) continue;
    const [right, wasRight] = [now.is === now.said, was.is === was.said];
    if (right && wasRight) bothRight += 1;
    else if (right) mended += 1;
    else if (wasRight) broken += 1;
    else bothWrong += 1;
    if (right !== wasRight && changed.length < MOST_ROWS) {
      changed.push({ row, is: name(now.is), from: oldName(was.said), to: name(now.said) });
    }
  }
  return { bothRight, bothWrong, mended, broken, changed };
}

function nameIn(answer: Judged, index: number): string {
  if (answer.kind === 'yes-no') return index === 1 ? 'yes' : 'no';
  return answer.classes[index] ?? String(index);
}

/** What is so and what was said, by row. */
function saidOf({ folder, evaluation }: Evaluated, at: number): ReadonlyMap<number, Said> {
  const kind = evaluation.answers[at]?.kind;
  return new Map(
    findEvaluatedRows(folder, evaluation, at, { kind: 'all' }).flatMap(({ row, entry }): [number, Said][] => {
      const [is, second] = [entry[0], entry[1]];
      if (typeof is !== 'number' || typeof second !== 'number') return [];
      return [[row, { is, said: kind === 'yes-no' ? Number(second > 0.5) : second }]];
    }),
  );
}
