/** Walks the statements of a unit in order. */
import { because, type Dim, printDim } from '../shapes/dim.ts';
import type {
  Bind,
  Expr,
  ExternDecl,
  InputStmt,
  LayerStmt,
  OutputStmt,
  RequireStmt,
  UnitDecl,
} from '../syntax/tree.ts';
import { applyLayer } from './apply.ts';
import { appliesAtOnce, stageLayer } from './call.ts';
import { define } from './define.ts';
import { asInput, evaluate, textOf } from './expression.ts';
import { collector, type Frame, join, place } from './frame.ts';
import type { Layer } from './layer.ts';
import { complain, report } from './report.ts';
import { ascribe, writtenType } from './types.ts';
import { describe, seen, tensorValue, unknownValue, type Value } from './value.ts';

export type Outputs = readonly {
  readonly name: string;
  readonly value: Value;
  readonly trainingOnly: boolean;
  readonly statement: OutputStmt;
}[];

/** Evaluates a body; `input` says what each input is. */
export function applyBody(unit: UnitDecl | ExternDecl, outer: Frame, input: (statement: InputStmt) => Value): Outputs {
  let frame = outer;
  const outputs: { name: string; value: Value; trainingOnly: boolean; statement: OutputStmt }[] = [];
  for (const statement of unit.body) {
    switch (statement.kind) {
      case 'input':
        define(frame, statement.name, input(statement), 'input');
        break;
      case 'bind':
        bind(statement, frame);
        break;
      case 'layer':
        layer(statement, frame);
        break;
      case 'require':
        // What follows a broken promise follows from it.
        if (!requirement(statement, frame)) frame = { ...frame, sink: collector() };
        break;
      case 'output': {
        const name = statement.name?.text || 'output';
        const value = output(statement, frame);
        if (outputs.some((other) => other.name === name)) {
          complain(frame, statement.name ?? statement, 'name/output-twice', { name });
        } else {
          outputs.push({ name, value, trainingOnly: statement.whileTraining, statement });
        }
        break;
      }
    }
  }
  return outputs;
}

function output(statement: OutputStmt, frame: Frame): Value {
  // Only an `extern block` states an output without making it.
  if (!statement.value || frame.chunk.declaration?.kind === 'extern') {
    return statement.type ? tensorValue(writtenType(statement.type, frame)) : unknownValue;
  }
  const made = evaluate(statement.value, frame);
  const stated = statement.type ? ascribe(made, statement.type, frame) : made;
  const value = toOutput(stated, statement.value, frame);
  if (statement.name) {
    const local = define(frame, statement.name, value, 'output');
    if (local) local.used = true;
  }
  return value;
}

function toOutput(value: Value, at: Expr, frame: Frame): Value {
  if (value.kind === 'tensor' || value.kind === 'unknown') return value;
  const tensor = asInput(value, at, frame);
  if (tensor) return tensor;
  if (value.kind === 'tuple') {
    complain(frame, at, 'shape/results-output', { count: value.items.length });
  } else {
    complain(frame, at, 'type/not-an-output', { value: describe(value) });
  }
  return unknownValue;
}

/** `x = …`, `x: [8, 8] = …`, `(a, b) = …`. */
export function bind(statement: Bind, frame: Frame): void {
  const value = evaluate(statement.value, frame);
  const [first] = statement.parts;
  if (!statement.tuple) {
    if (!first) return;
    const stated = first.type ? ascribe(value, first.type, frame) : value;
    define(frame, first.name, nameIt(stated, first.name.text, frame, statement), 'binding');
    return;
  }
  const items = value.kind === 'tuple' ? value.items.map((item) => item.value) : undefined;
  if (items && items.length !== statement.parts.length) {
    complain(frame, statement.parts[0] ?? statement, 'shape/results', {
      count: items.length,
      names: statement.parts.length,
    });
  } else if (!items && value.kind !== 'unknown') {
    complain(frame, statement.value, 'shape/one-result', { value: describe(value), names: statement.parts.length });
  }
  for (const [index, part] of statement.parts.entries()) {
    const item = items?.[index] ?? unknownValue;
    const stated = part.type ? ascribe(item, part.type, frame) : item;
    define(frame, part.name, stated, 'binding');
  }
}

/** A size that gets a name is told by it from then on: "4 = `patches`". */
function nameIt(value: Value, name: string, frame: Frame, statement: Bind): Value {
  if (value.kind !== 'size') return value;
  const text = { key: 'why/named', values: { size: printDim(value.dim), name } };
  return { kind: 'size', dim: because(value.dim, { text, at: place(frame, statement), from: [value.dim] }) };
}

/** `layer name = …`: one set of weights for all its uses. */
function layer(statement: LayerStmt, frame: Frame): void {
  const { name } = statement;
  const of = declaredLayer(statement.value, frame);
  if (!of) {
    define(frame, name, unknownValue, 'layer');
    return;
  }
  const path = join(frame.naming.path, name.text);
  const state = { parameters: undefined, indexedBy: undefined, place: place(frame, name) };
  const shared: Layer = { kind: 'shared', name: name.text, of, path, state };
  const value: Value = appliesAtOnce(of) ? applyLayer(shared, undefined, frame) : { kind: 'layer', layer: shared };
  frame.facts?.values.set(statement.value, seen({ kind: 'layer', layer: of }));
  define(frame, name, value, 'layer');
}

function declaredLayer(expr: Expr, frame: Frame): Layer | undefined {
  if (expr.kind === 'name' || expr.kind === 'call') return stageLayer(expr, frame, undefined);
  const value = evaluate(expr, frame);
  if (value.kind === 'layer') return value.layer;
  if (value.kind !== 'unknown') complain(frame, expr, 'type/not-a-layer', { value: describe(value) });
  return undefined;
}

/** False where the condition is known not to hold. */
function requirement(statement: RequireStmt, frame: Frame): boolean {
  const value = evaluate(statement.condition, frame);
  if (value.kind === 'unknown' || (value.kind === 'flag' && value.value !== false)) return true;
  if (value.kind !== 'flag') {
    complain(frame, statement.condition, 'type/condition', { value: describe(value) });
    return true;
  }
  const { condition } = statement;
  const facts = conditionText(condition, frame);
  const why = statement.why && textOf(statement.why, frame);
  const text = frame.chunk.text.slice(condition.start, condition.end);
  const key = why === undefined ? 'shape/require' : 'shape/require.why';
  const sizes =
    condition.kind === 'binary' ? [condition.left, condition.right].map((side) => evaluate(side, frame)) : [];
  report(frame, condition, {
    message: { key, values: { condition: text, facts, why: why ?? '' } },
    blame: sizes.flatMap((side) => (side.kind === 'size' ? operands(side.dim) : [])),
  });
  return false;
}

/** The condition itself tells its sums: only what went into them is told. */
function operands(dim: Dim): readonly Dim[] {
  return dim.why?.text.key === 'why/calculated' ? dim.why.from : [dim];
}

/** The condition with its numbers: "65 % 8 is 1". */
function conditionText(expr: Expr, frame: Frame): string {
  if (expr.kind !== 'binary') return `${frame.chunk.text.slice(expr.start, expr.end)} is false`;
  const quiet: Frame = { ...frame, facts: undefined };
  const { left } = expr;
  const value = describe(evaluate(left, quiet));
  if (left.kind === 'binary' && left.operator !== '..') {
    const [a, b] = [left.left, left.right].map((side) => describe(evaluate(side, quiet)));
    return `${a} ${left.operator} ${b} is ${value}`;
  }
  return `${frame.chunk.text.slice(left.start, left.end)} is ${value}`;
}
