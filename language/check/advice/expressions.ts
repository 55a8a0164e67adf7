/** What expressions are made of: names in them, the argument of a setting. */
import { expressionsUnder } from '../../syntax/parts.ts';
import type { Arg, CallExpr, Expr } from '../../syntax/tree.ts';

/** The names that an expression uses: `digit` in `digit` and in `Net.digit`. */
export function namesIn(expr: Expr): ReadonlySet<string> {
  const names = new Set<string>();
  for (const part of expressionsUnder(expr)) {
    if (part.kind === 'name') names.add(part.text);
    else if (part.kind === 'member') names.add(part.name.text);
  }
  return names;
}

/** The argument that a setting has in a call; `index` is its place among those without a name. */
export function argumentOf(call: CallExpr, name: string, index: number): Arg | undefined {
  const items = call.args?.items ?? [];
  return items.find((arg) => arg.name?.text === name) ?? items.filter((arg) => !arg.name)[index];
}
