/** The expressions of a declaration. */
import { expressionsUnder } from '../syntax/parts.ts';
import type { Declaration, Expr, Statement } from '../syntax/tree.ts';

/** Every expression of a unit's body, outer ones before inner ones. */
export function expressionsOf(declaration: Declaration): readonly Expr[] {
  if (declaration.kind !== 'unit' && declaration.kind !== 'extern') return [];
  const roots = declaration.body.map(rootOf);
  return roots.flatMap((root) => (root === undefined ? [] : expressionsUnder(root)));
}

function rootOf(line: Statement): Expr | undefined {
  switch (line.kind) {
    case 'input':
      return line.default;
    case 'output':
    case 'layer':
    case 'bind':
      return line.value;
    case 'require':
      return line.condition;
  }
}
