/** What a program calls the values that it binds: the names of variables in a printed one, too. */
import type { Expr, Name, Span, Statement, SyntaxFile } from '../syntax/tree.ts';

/** Names by the range (`placeKey`) of the operation that gives their value. */
export function boundNames({ chunks }: SyntaxFile): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { chunk, offset } of chunks) {
    const { declaration } = chunk;
    if (declaration?.kind !== 'unit') continue;
    for (const statement of declaration.body) {
      const [name, value] = boundBy(statement);
      if (!name || !value) continue;
      const { start, end } = lastOperation(value);
      names.set(placeKey({ start: offset + start, end: offset + end }), name.text);
    }
  }
  return names;
}

export function placeKey({ start, end }: Span): string {
  return `${start}-${end}`;
}

function boundBy(statement: Statement): readonly [name: Name | undefined, value: Expr | undefined] {
  if (statement.kind === 'output') return [statement.name, statement.value];
  if (statement.kind === 'bind' && !statement.tuple) return [statement.parts[0]?.name, statement.value];
  return [undefined, undefined];
}

function lastOperation(expr: Expr): Span {
  if (expr.kind === 'paren' || expr.kind === 'ascribe') return lastOperation(expr.value);
  if (expr.kind !== 'flow') return expr;
  const last = [...expr.stages].reverse().find((stage) => stage.kind === 'stage');
  return last?.kind === 'stage' ? last.layer : expr;
}
