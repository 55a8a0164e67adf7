/** What expressions are made of: names in them, calls in them, the argument of a setting. */
import type { Arg, CallExpr, Expr, IndexItem } from '../../syntax/tree.ts';

/** The parts of an expression, itself first. */
export function* partsOf(expr: Expr): Generator<Expr> {
  yield expr;
  for (const child of childrenOf(expr)) yield* partsOf(child);
}

function childrenOf(expr: Expr): readonly Expr[] {
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

/** The names that an expression uses: `digit` in `digit` and in `Net.digit`. */
export function namesIn(expr: Expr): ReadonlySet<string> {
  const names = new Set<string>();
  for (const part of partsOf(expr)) {
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
