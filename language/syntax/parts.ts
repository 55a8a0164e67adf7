/** The parts of expressions, walked with a stack of its own: the nesting of a program never is that of calls. */
import type { Expr, IndexItem } from './tree.ts';

/** The expression and all under it, in the order of the text, outer ones before inner ones. */
export function expressionsUnder(root: Expr): readonly Expr[] {
  const found: Expr[] = [];
  const open: Expr[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.push(next);
    open.push(...[...partsOf(next)].reverse());
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
    case 'call': {
      const args = expr.args?.items.map((arg) => arg.value) ?? [];
      return [expr.callee, ...args, ...(expr.body ? [expr.body.value] : [])];
    }
    case 'member':
      return [expr.object];
    case 'index':
      return [expr.object, ...expr.items.flatMap(indices)];
    case 'tuple':
      return expr.items.map((item) => item.value);
    case 'list':
      return expr.items;
    case 'if':
      return [expr.condition, expr.then, expr.else];
  }
}

function indices(item: IndexItem): readonly Expr[] {
  switch (item.kind) {
    case 'rest':
      return [];
    case 'at':
      return [item.value];
    case 'slice':
      return [item.from, item.to, item.by].filter((part) => part !== undefined);
  }
}
