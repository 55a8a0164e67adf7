/**
 * Evaluates expressions while they are checked. Never throws; what cannot be known is `unknown`, after one report at most.
 * The value of every expression is told to the facts, so that editors can show it.
 */
import { compare, type Dim, known, unknown } from '../shapes/dim.ts';
import type { Expr, FlowExpr, IfExpr, MemberExpr, NameExpr, StringExpr } from '../syntax/tree.ts';
import { applyLayer } from './apply.ts';
import { callValue, stageLayer } from './call.ts';
import { calculate, compareValues, logic, negate } from './compile-time.ts';
import { addTally, collector, type Frame, findLocal, newNaming, newTally, place, type Tally } from './frame.ts';
import { indexValue } from './indexing.ts';
import type { ChainStage, Layer } from './layer.ts';
import { memberValue } from './member.ts';
import { operate } from './operator.ts';
import { complain } from './report.ts';
import { resolveName, tellTarget } from './resolve.ts';
import { ascribe } from './types.ts';
import { constantType, describe, seen, sizeValue, unknownValue, type Value } from './value.ts';

/** Beyond this many nested evaluations a program is refused rather than followed. */
const DEPTH_LIMIT = 400;

export function evaluate(expr: Expr, frame: Frame): Value {
  const { session } = frame;
  if (session.depth >= DEPTH_LIMIT) {
    complain(frame, expr, 'shape/too-deep');
    return unknownValue;
  }
  session.depth++;
  const value = evaluateKind(expr, frame);
  session.depth--;
  frame.facts?.values.set(expr, seen(value));
  return value;
}

function evaluateKind(expr: Expr, frame: Frame): Value {
  switch (expr.kind) {
    case 'number':
      return expr.whole && !expr.percent && Number.isSafeInteger(expr.value)
        ? sizeValue(known(expr.value))
        : { kind: 'number', value: expr.value };
    case 'string':
      return { kind: 'text', value: textOf(expr, frame) };
    case 'bool':
      return { kind: 'flag', value: expr.value };
    case 'name':
      return nameValue(expr, frame);
    case 'flow':
      return flowValue(expr, frame);
    case 'ascribe':
      return ascribe(evaluate(expr.value, frame), expr.type, frame);
    case 'binary':
      return binaryValue(expr, frame);
    case 'unary': {
      const value = evaluate(expr.value, frame);
      if (value.kind === 'tensor') return operate(expr, expr.operator === '-' ? 'negate' : 'not', [value], frame);
      return negate(expr, value, frame);
    }
    case 'call':
      return callValue(expr, frame);
    case 'member':
      return member(expr, frame);
    case 'index':
      return indexValue(expr, frame);
    case 'tuple':
      return {
        kind: 'tuple',
        items: expr.items.map((item) => ({ name: item.name?.text, value: evaluate(item.value, frame) })),
      };
    case 'list':
      return { kind: 'list', items: expr.items.map((item) => evaluate(item, frame)) };
    case 'paren':
      return evaluate(expr.value, frame);
    case 'if':
      return ifValue(expr, frame);
    case 'missing':
      return unknownValue;
  }
}

function nameValue(expr: NameExpr, frame: Frame): Value {
  const found = resolveName(expr, frame);
  switch (found.kind) {
    case 'local':
      return found.local.value;
    case 'layer':
      return callValue(expr, frame, found.layer);
    case 'unknown':
      return unknownValue;
  }
}

function member(expr: MemberExpr, frame: Frame): Value {
  return memberValue(expr, frame);
}

/** The text with `{name}` replaced by parameters; undefined where one of them is not known yet. */
export function textOf(expr: StringExpr, frame: Frame): string | undefined {
  let text = '';
  let from = 0;
  let complete = true;
  for (const insert of expr.inserts) {
    text += expr.value.slice(from, insert.at);
    from = insert.at + insert.length;
    const local = findLocal(frame.scope, insert.name.text);
    if (!local) {
      complain(frame, insert.name, 'name/unknown-insert', { name: insert.name.text });
      complete = false;
      continue;
    }
    local.used = true;
    tellTarget(frame, insert.name, local);
    const written = insertedText(local.value);
    if (written === undefined) complete = false;
    text += written ?? '';
  }
  return complete ? text + expr.value.slice(from) : undefined;
}

function insertedText(value: Value): string | undefined {
  if (value.kind === 'text') return value.value;
  if (value.kind === 'word') return value.text;
  if (value.kind === 'size' || value.kind === 'number') {
    const text = describe(value);
    return /^-?\d/u.test(text) ? text.replace('−', '-') : undefined;
  }
  return undefined;
}

// ---- flows

function flowValue(expr: FlowExpr, frame: Frame): Value {
  const first = evaluate(expr.first, frame);
  if (first.kind === 'layer') return chain(first.layer, expr, frame);
  let value: Value = first;
  for (const stage of expr.stages) {
    if (stage.kind === 'ascribe') {
      value = ascribe(value, stage.type, frame);
      continue;
    }
    const layer = stageLayer(stage.layer, frame, stage.arrow);
    value = layer ? applyLayer(layer, value, frame) : unknownValue;
    frame.facts?.values.set(stage.layer, seen(value));
  }
  return value;
}

/** `A -> B` of layers is a layer. A stated shape inside it is checked when something flows through. */
function chain(first: Layer, expr: FlowExpr, frame: Frame): Value {
  const stages: ChainStage[] = [{ kind: 'stage', layer: first, node: expr.first }];
  for (const stage of expr.stages) {
    if (stage.kind === 'ascribe') {
      stages.push(stage);
      continue;
    }
    const layer = stageLayer(stage.layer, frame, stage.arrow);
    if (!layer) return unknownValue;
    stages.push({ kind: 'stage', layer, node: stage.layer });
  }
  return { kind: 'layer', layer: { kind: 'chain', stages, frame } };
}

// ---- operators and choices

function binaryValue(expr: Extract<Expr, { kind: 'binary' }>, frame: Frame): Value {
  const left = evaluate(expr.left, frame);
  const right = evaluate(expr.right, frame);
  if (expr.operator === '..') return { kind: 'range', from: left, to: right };
  for (const side of [left, right]) {
    if (side.kind === 'layer') {
      const at = side === left ? expr.left : expr.right;
      complain(frame, at, 'type/layer-operand', { layer: describe(side), operator: expr.operator });
      return unknownValue;
    }
  }
  if (left.kind === 'unknown' || right.kind === 'unknown') {
    // Something was reported; a comparison or sum of it is unknown too.
    return unknownValue;
  }
  if (left.kind === 'tensor' || right.kind === 'tensor') return operate(expr, expr.operator, [left, right], frame);
  switch (expr.operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '//':
    case '%':
    case '**':
      return calculate(expr, left, right, frame);
    case '@':
      complain(frame, expr.operatorSpan, 'type/matmul-operand', { left: describe(left), right: describe(right) });
      return unknownValue;
    case 'and':
    case 'or':
      return logic(expr, left, right, frame);
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compareValues(expr, left, right, frame);
  }
}

function ifValue(expr: IfExpr, frame: Frame): Value {
  const condition = evaluate(expr.condition, frame);
  if (condition.kind === 'flag' && condition.value !== undefined) {
    const [taken, other] = condition.value ? [expr.then, expr.else] : [expr.else, expr.then];
    // The branch that is not taken is only looked at: editors show it, and its names count as used.
    if (frame.facts) evaluate(other, aside(frame));
    return evaluate(taken, frame);
  }
  if (condition.kind !== 'flag' && condition.kind !== 'unknown') {
    complain(frame, expr.condition, 'type/condition', { value: describe(condition) });
  }
  const tallies = [newTally(), newTally()] as const;
  const then = evaluate(expr.then, { ...frame, tally: tallies[0] });
  const other = evaluate(expr.else, { ...frame, tally: tallies[1] });
  addTally(frame.tally, eitherTally(...tallies));
  return same(then, other) ? then : unknownValue;
}

/** The weights of two branches of which the sizes of a use choose one. */
function eitherTally(a: Tally, b: Tally): Tally {
  const either = (x: Dim, y: Dim): Dim => (compare(x, y) === 'equal' ? x : unknown);
  return { parameters: either(a.parameters, b.parameters), trainable: either(a.trainable, b.trainable) };
}

/** A frame in which nothing is reported, counted or recorded. */
function aside(frame: Frame): Frame {
  const session = { ...frame.session, recorder: undefined, memo: new Map(), overMaps: [] };
  return { ...frame, session, sink: collector(), tally: newTally(), naming: newNaming(frame.naming.path) };
}

/** Whether two branches give the same; where they do not, the sizes of a use decide. */
function same(a: Value, b: Value): boolean {
  if (a.kind !== b.kind || a.kind === 'layer') return false;
  if (a.kind === 'tensor' && b.kind === 'tensor') {
    return a.type.dtype === b.type.dtype && describe(a) === describe(b);
  }
  return describe(a) === describe(b);
}

/** A value as an input of an operation: compile-time numbers become constants. Undefined: it cannot be one. */
export function asInput(value: Value, at: Expr, frame: Frame): Extract<Value, { kind: 'tensor' }> | undefined {
  if (value.kind === 'tensor') return value;
  const type = constantType(value);
  if (!type) return undefined;
  const { recorder } = frame.session;
  const held =
    value.kind === 'size' ? value.dim : value.kind === 'number' || value.kind === 'flag' ? value.value : null;
  const [ref] =
    recorder?.node({
      op: 'constant',
      inputs: {},
      settings: { value: held ?? null },
      weights: {},
      outputs: [type],
      path: '',
      place: place(frame, at),
    }) ?? [];
  return { kind: 'tensor', type, ref };
}
