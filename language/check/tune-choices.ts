/** Each value that a `tune` tries for a parameter of its model or data: the program must hold with all of them. */
import type { Problem } from '../problem.ts';
import type { Arg, Expr, RunDecl } from '../syntax/tree.ts';
import { collector, type Frame, newScope, place } from './frame.ts';
import { enterRun } from './run-scope.ts';
import { triedValues } from './tune-values.ts';

/** So many values are looked at; what is tried beyond is like one of them. */
const LIMIT = 12;

/** Checks model and data with every value but the first, which the section itself is checked with. */
export function checkChoices(declaration: RunDecl, frame: Frame): void {
  const told = new Set(frame.sink.problems.map(keyOf));
  for (const { value, declaration: changed } of variants(declaration, frame).slice(0, LIMIT)) {
    const sink = collector();
    const quiet: Frame = { ...frame, facts: undefined, sink, scope: newScope() };
    enterRun(changed, quiet, { model: [], data: [], recorder: undefined, starting: false });
    const found = sink.problems.find((problem) => problem.severity === 'error' && !told.has(keyOf(problem)));
    if (!found) continue;
    told.add(keyOf(found));
    frame.sink.add({ ...found, at: place(frame, value), fixes: [] });
  }
}

function keyOf({ code, message }: Problem): string {
  return `${code} ${JSON.stringify(message)}`;
}

interface Variant {
  readonly value: Expr;
  readonly declaration: RunDecl;
}

/** The section with one argument at another of its values. */
function variants(declaration: RunDecl, frame: Frame): readonly Variant[] {
  const quiet: Frame = { ...frame, facts: undefined, sink: collector() };
  const others = (arg: Arg) => (triedValues(arg.value, quiet) ?? []).slice(1);
  const replaced = (args: readonly Arg[], arg: Arg, value: Expr) =>
    args.map((one) => (one === arg ? { ...arg, value } : one));
  const { on } = declaration;
  return [
    ...declaration.args.flatMap((arg) =>
      others(arg).map((value) => ({
        value,
        declaration: { ...declaration, args: replaced(declaration.args, arg, value) },
      })),
    ),
    ...(on?.args ?? []).flatMap((arg) =>
      others(arg).map((value) => ({
        value,
        declaration: on ? { ...declaration, on: { ...on, args: replaced(on.args, arg, value) } } : declaration,
      })),
    ),
  ];
}
