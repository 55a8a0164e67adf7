/** Walks over the expressions of a declaration, with a stack of its own: the nesting of a program never is that of calls. */
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

/** The expression and all under it, outer ones before inner ones. */
export function expressionsUnder(root: Expr): readonly Expr[] {
  const found: Expr[] = [];
  const open: Expr[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.push(next);
    open.push(...partsOf(next));
  }
  return found;
}

function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'number':
    case 'string':
    case 'bool':
    case 'name':
    case 'missing':
      return [];
    case 'flow':
      return [expr.first, ...expr.stages.flatMap((stage) => (stage.kind === 'stage' ? [stage.layer] : []))];
    case 'ascribe':
    case 'unary':
    case 'paren':
      return [expr.value];
    case 'binary':
      return [expr.left, expr.right];
    case 'call':
      return [
        expr.callee,
        ...(expr.args?.items.map((arg) => arg.value) ?? []),
        ...(expr.body === undefined ? [] : [expr.body.value]),
      ];
    case 'member':
      return [expr.object];
    case 'index':
      return [expr.object, ...expr.items.flatMap((item) => (item.kind === 'at' ? [item.value] : []))];
    case 'tuple':
      return expr.items.map((item) => item.value);
    case 'list':
      return expr.items;
    case 'if':
      return [expr.condition, expr.then, expr.else];
  }
}
