/** Calls and stages: which layer is meant, and whether it is applied at once or waits for something to flow in. */
import type { Arg, CallExpr, Expr, NameExpr, Span } from '../syntax/tree.ts';
import { reportApplied } from './applied.ts';
import { applyLayer } from './apply.ts';
import { columnValue, isColumnCall } from './column.ts';
import { compileTimeCall, isCompileTimeFunction } from './compile-time.ts';
import { evaluate } from './expression.ts';
import { type Frame, findLocal } from './frame.ts';
import { type GivenArg, type Layer, layerTitle, type Site } from './layer.ts';
import { complain } from './report.ts';
import { findEntry, resolveName } from './resolve.ts';
import { unitInputs } from './unit.ts';
import { describe, seen, unknownValue, type Value } from './value.ts';

/** The layer that a stage of a flow names. Undefined: reported, or unknown. */
export function stageLayer(expr: Expr, frame: Frame, arrow: Span | undefined): Layer | undefined {
  if (expr.kind === 'name' || (expr.kind === 'call' && expr.callee.kind === 'name')) {
    const layer = namedLayer(expr.kind === 'name' ? expr : expr, frame, arrow);
    return layer === 'value' ? undefined : layer;
  }
  const value = evaluate(expr, frame);
  return valueAsLayer(value, expr, frame);
}

/** The value of a call (or of a bare name that means a layer): applied where its inputs are there, else a layer. */
export function callValue(expr: CallExpr | NameExpr, frame: Frame, given?: Layer): Value {
  if (expr.kind === 'call') {
    if (isColumnCall(expr, frame)) return columnValue(expr, frame);
    if (reportApplied(expr, frame)) return unknownValue;
    const early = compileTimeValue(expr, frame);
    if (early) return early;
  }
  const layer = given ?? callLayer(expr, frame);
  if (layer === undefined) return unknownValue;
  if (layer === 'value') return unknownValue;
  return appliesAtOnce(layer) ? applyLayer(layer, undefined, frame) : { kind: 'layer', layer };
}

function callLayer(expr: CallExpr | NameExpr, frame: Frame): Layer | undefined | 'value' {
  if (expr.kind === 'name' || expr.callee.kind === 'name') return namedLayer(expr, frame, undefined);
  const callee = evaluate(expr.callee, frame);
  const layer = valueAsLayer(callee, expr.callee, frame);
  return layer && withArgs(layer, expr, frame);
}

/** The layer of a name or of a call of a name. */
function namedLayer(expr: NameExpr | CallExpr, frame: Frame, arrow: Span | undefined): Layer | undefined | 'value' {
  const name = expr.kind === 'name' ? expr : expr.callee;
  if (name.kind !== 'name') return undefined;
  const site: Site = {
    node: expr,
    callee: name,
    args: expr.kind === 'call' ? givenArgs(expr, frame) : [],
    body: expr.kind === 'call' ? expr.body : undefined,
    frame,
    arrow,
  };
  const found = resolveName(name, frame, site);
  switch (found.kind) {
    case 'layer':
      return found.layer;
    case 'unknown':
      // The arguments are still looked at: each has its own problems.
      for (const given of site.args) if (given.arg.value.kind !== 'name') argValue(given);
      return undefined;
    case 'local': {
      const { value } = found.local;
      if (value.kind === 'word') {
        const entry = findEntry(frame, value.text);
        if (entry) return { kind: 'entry', entry, site };
      }
      frame.facts?.values.set(name, seen(value));
      const layer = valueAsLayer(value, name, frame);
      return layer && expr.kind === 'call' ? withArgs(layer, expr, frame) : layer;
    }
  }
}

function givenArgs(expr: CallExpr, frame: Frame): GivenArg[] {
  return (expr.args?.items ?? []).map((arg) => ({ arg, frame }));
}

/** A layer from a name, given more arguments: they are inputs (and settings of a layer that was passed as a parameter). */
function withArgs(layer: Layer, expr: CallExpr, frame: Frame): Layer {
  const args = givenArgs(expr, frame);
  if (args.length === 0 && !expr.body) return layer;
  switch (layer.kind) {
    case 'entry':
    case 'unit':
      return {
        ...layer,
        site: { ...layer.site, args: [...layer.site.args, ...args], body: expr.body ?? layer.site.body },
      };
    case 'shared':
      return { ...layer, of: withArgs(layer.of, expr, frame) };
    case 'opaque':
      return layer;
    case 'chain':
    case 'body':
      complain(frame, expr.args ?? expr, 'argument/none-here', { layer: layerTitle(layer) });
      return layer;
  }
}

function valueAsLayer(value: Value, expr: Expr, frame: Frame): Layer | undefined {
  if (value.kind === 'layer') return value.layer;
  if (value.kind === 'word') {
    const entry = findEntry(frame, value.text);
    if (entry) {
      return {
        kind: 'entry',
        entry,
        site: { node: expr, callee: expr, args: [], body: undefined, frame, arrow: undefined },
      };
    }
  }
  if (value.kind !== 'unknown' && expr.kind !== 'missing') {
    complain(frame, expr, 'type/not-a-layer', { value: describe(value) });
  }
  return undefined;
}

/** `min(3, 5)`, `len(sizes)`, `round(T / 2)`: worked out before anything runs, where all arguments allow it. */
function compileTimeValue(expr: CallExpr, frame: Frame): Value | undefined {
  const { callee } = expr;
  if (callee.kind !== 'name' || !isCompileTimeFunction(callee.text) || !expr.args || expr.body) return undefined;
  if (findLocal(frame.scope, callee.text) || frame.session.program.find(frame.chunk.file, callee.text, 'unit'))
    return undefined;
  if (expr.args.items.length === 0 || expr.args.items.some((arg) => arg.name)) return undefined;
  if (!expr.args.items.every((arg) => isCompileTime(arg.value, frame))) return undefined;
  const values = expr.args.items.map((arg) => evaluate(arg.value, frame));
  if (values.some((value) => value.kind === 'unknown')) return unknownValue;
  const result = compileTimeCall(callee.text, values);
  const entry = findEntry(frame, callee.text);
  if (result && entry) frame.facts?.targets.set(callee, { kind: 'entry', entry });
  if (!result && !entry) {
    complain(frame, expr, 'type/function-of', { name: callee.text, value: values.map(describe).join(', ') });
    return unknownValue;
  }
  return result;
}

/** Whether an expression is made of literals and compile-time names only; evaluates nothing. */
function isCompileTime(expr: Expr, frame: Frame): boolean {
  switch (expr.kind) {
    case 'number':
    case 'string':
    case 'bool':
      return true;
    case 'name': {
      const value = findLocal(frame.scope, expr.text)?.value;
      return value !== undefined && value.kind !== 'tensor' && value.kind !== 'layer' && value.kind !== 'unknown';
    }
    case 'binary':
      return isCompileTime(expr.left, frame) && isCompileTime(expr.right, frame);
    case 'unary':
    case 'paren':
      return isCompileTime(expr.value, frame);
    case 'list':
      return expr.items.every((item) => isCompileTime(item, frame));
    case 'if':
      return isCompileTime(expr.then, frame) && isCompileTime(expr.else, frame);
    case 'index':
      return isCompileTime(expr.object, frame);
    case 'call':
      return (
        expr.callee.kind === 'name' &&
        isCompileTimeFunction(expr.callee.text) &&
        (expr.args?.items ?? []).every((arg) => isCompileTime(arg.value, frame))
      );
    case 'flow':
    case 'ascribe':
    case 'member':
    case 'tuple':
    case 'missing':
      return false;
  }
}

/** The value of an argument, evaluated in the frame where it is written, once. */
export function argValue(given: GivenArg): Value {
  given.value ??= evaluate(given.arg.value, given.frame);
  return given.value;
}

/** True for an argument whose value may flow: not a bare word, which only its setting can read. */
export function isValueArg(arg: Arg, frame: Frame): boolean {
  if (arg.value.kind !== 'name' || findLocal(frame.scope, arg.value.text) !== undefined) return true;
  return frame.open === true && arg.value.text !== 'none';
}

/** Whether a layer has all its inputs without anything flowing in. */
export function appliesAtOnce(layer: Layer): boolean {
  switch (layer.kind) {
    case 'entry': {
      const { entry, site } = layer;
      if (entry.kind === 'combinator') return false;
      const required = entry.inputs.filter((input) => !input.optional);
      if (required.length === 0) return true;
      const positional = Object.values(entry.settings).filter((setting) => !setting.named).length;
      if (startsLower(entry.name) && site.args.filter(({ arg }) => !arg.name).length > positional) return true;
      return site.args.some((given) => {
        if (given.arg.name) return required.some((input) => input.name === given.arg.name?.text);
        if (!isValueArg(given.arg, given.frame)) return false;
        const value = argValue(given);
        if (value.kind === 'tensor') return true;
        // Only functions are called with their values; a layer's are bound to fail, and told so.
        if (!startsLower(entry.name)) return false;
        return value.kind === 'unknown';
      });
    }
    case 'unit': {
      const inputs = unitInputs(layer.unit, layer.site.frame).filter((input) => !input.optional);
      return inputs.every((input) => layer.site.args.some((given) => given.arg.name?.text === input.name));
    }
    case 'chain':
    case 'shared':
    case 'body':
    case 'opaque':
      return false;
  }
}

export function startsLower(name: string): boolean {
  const first = String.fromCodePoint(name.codePointAt(0) ?? 0);
  return first !== first.toUpperCase();
}
