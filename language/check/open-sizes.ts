/** The sizes that a unit's inputs leave open: names in their shapes that no parameter has. */
import type { Expr, ExternDecl, UnitDecl } from '../syntax/tree.ts';

export function openSizes(declaration: UnitDecl | ExternDecl): readonly string[] {
  const params = new Set(declaration.params.map((param) => param.name.text));
  const names = new Set<string>();
  for (const statement of declaration.body) {
    if (statement.kind !== 'input') continue;
    for (const dim of statement.type?.shape?.dims ?? []) if (dim.kind !== 'rest') collect(dim, names);
  }
  return [...names].filter((name) => !params.has(name));
}

function collect(expr: Expr, into: Set<string>): void {
  switch (expr.kind) {
    case 'name':
      if (expr.text !== '') into.add(expr.text);
      break;
    case 'binary':
      collect(expr.left, into);
      collect(expr.right, into);
      break;
    case 'unary':
    case 'paren':
      collect(expr.value, into);
      break;
    default:
      break;
  }
}
