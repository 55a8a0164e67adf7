/** Parameters of units and data sets: what a use gives them, their defaults, and symbols where a unit is checked on its own. */

import type { Fix } from '../problem.ts';
import { because, printDim, symbol } from '../shapes/dim.ts';
import { isLossy } from '../syntax/lossy.ts';
import type { Arg, Chunk, DataDecl, Expr, ExternDecl, Param, UnitDecl } from '../syntax/tree.ts';
import { argValue } from './call.ts';
import { sizeOf } from './compile-time.ts';
import { enumerated } from './expected.ts';
import { evaluate } from './expression.ts';
import { collector, type Frame, findLocal, newScope, place } from './frame.ts';
import type { GivenArg, Site } from './layer.ts';
import { complain, replaceFix } from './report.ts';
import { suggest } from './resolve.ts';
import { readTried } from './tune-values.ts';
import { describe, numberIn, sizeValue, unknownValue, type Value } from './value.ts';

interface Parametric {
  readonly chunk: Chunk;
  readonly declaration: UnitDecl | ExternDecl | DataDecl;
}

/** The values of all parameters in a use (`partial`: of those that are given). Undefined: something was reported. */
export function bindParams(
  name: string,
  target: Parametric,
  args: readonly GivenArg[],
  site: Site,
  bound: Map<Arg, string>,
  partial = false,
): ReadonlyMap<string, Value> | undefined {
  const { params } = target.declaration;
  const given = new Map<string, GivenArg>();
  let next = 0;
  let ok = true;
  for (const one of args) {
    const { arg, frame } = one;
    let param: Param | undefined;
    if (arg.name) param = params.find((p) => p.name.text === arg.name?.text);
    else {
      while (given.has(params[next]?.name.text ?? '')) next++;
      param = params[next++];
    }
    if (!param && arg.name) {
      const names = params.map((p) => p.name.text);
      suggest(frame, arg.name, arg.name.text, 'argument/unknown', names, { callee: name });
      ok = false;
      continue;
    }
    if (!param) {
      const order = enumerated(params.map((p) => p.name.text));
      const variant = params.length === 0 ? '.none' : '.all';
      const values = { callee: name, order, count: params.length };
      complain(frame, arg, `argument/too-many${variant}`, values, inputFix(target, site, one));
      ok = false;
      continue;
    }
    if (given.has(param.name.text) && site.args.includes(given.get(param.name.text) ?? one)) {
      complain(frame, arg, 'argument/twice', { setting: param.name.text, callee: name });
      ok = false;
      continue;
    }
    given.set(param.name.text, one);
    bound.set(arg, param.name.text);
    if (arg.name) {
      const at = { chunk: target.chunk, start: param.name.start, end: param.name.end };
      frame.facts?.targets.set(arg.name, { kind: 'part', what: 'parameter', name: param.name.text, at });
    }
  }
  const values = new Map<string, Value>();
  for (const param of params) {
    if (partial && !given.has(param.name.text)) continue;
    const value = useValue(name, param, given, target, site, values);
    if (value) values.set(param.name.text, value);
    else ok = false;
  }
  return ok ? values : undefined;
}

function useValue(
  callee: string,
  param: Param,
  given: ReadonlyMap<string, GivenArg>,
  target: Parametric,
  site: Site,
  earlier: ReadonlyMap<string, Value>,
): Value | undefined {
  const one = given.get(param.name.text);
  if (one) return convertGiven(callee, param, one, inputFix(target, site, one));
  if (param.type?.of === 'layer' && site.body) {
    return { kind: 'layer', layer: { kind: 'body', body: site.body, frame: site.frame } };
  }
  if (param.default) return defaultValue(param, target, site.frame, earlier);
  const values = { callee, setting: param.name.text, expected: paramText(param), doc: '' };
  // Where the parameters themselves are half-typed, a default may be on its way.
  if (!target.chunk.problems.some(isLossy)) complain(site.frame, site.callee, 'argument/missing', values);
  return undefined;
}

/** A default, evaluated where it is written; earlier parameters are in scope. */
export function defaultValue(
  param: Param,
  target: Parametric,
  frame: Frame,
  earlier: ReadonlyMap<string, Value>,
  own = false,
): Value {
  const expr = param.default;
  if (!expr) return unknownValue;
  const scope = newScope();
  const at = { chunk: target.chunk, start: param.name.start, end: param.name.end };
  for (const [name, value] of earlier) scope.names.set(name, { value, what: 'parameter', name, at, used: true });
  // What is wrong with it is told once, where it is declared.
  const told = own ? { sink: frame.sink, facts: frame.facts } : { sink: collector(), facts: undefined };
  const inner: Frame = { ...frame, ...told, chunk: target.chunk, scope };
  if (isWord(param, inner) && expr.kind === 'name') return { kind: 'word', text: expr.text };
  return asParam(param, evaluate(expr, inner), target) ?? unknownValue;
}

/** A parameter whose default is a bare word takes words. */
function isWord(param: Param, frame: Frame): boolean {
  return !param.type && param.default?.kind === 'name' && !findLocal(frame.scope, param.default.text);
}

/** An argument as its parameter takes it. Undefined: it does not fit (reported). */
export function convertGiven(
  callee: string,
  param: Param,
  one: GivenArg,
  fixes: readonly Fix[] = [],
): Value | undefined {
  const { arg, frame } = one;
  if (one.value || param.type?.of === 'layer') return convertOne(callee, param, one, fixes);
  return readTried(arg.value, frame, (value) =>
    convertOne(callee, param, value === arg.value ? one : { arg: { ...arg, value }, frame }, fixes),
  );
}

function convertOne(callee: string, param: Param, one: GivenArg, fixes: readonly Fix[]): Value | undefined {
  const expr = one.arg.value;
  if (isWord(param, one.frame) && expr.kind === 'name' && !findLocal(one.frame.scope, expr.text)) {
    one.frame.facts?.targets.set(expr, { kind: 'word', entry: undefined, setting: param.name.text, word: expr.text });
    return { kind: 'word', text: expr.text };
  }
  const value = argValue(one);
  if (value.kind === 'unknown') return value;
  if (param.type?.of === 'int' && !param.type.list && value.kind === 'number') {
    const dim = sizeOf(value, expr, one.frame);
    return dim ? sizeValue(dim) : value.value === undefined ? unknownValue : undefined;
  }
  if (fits(param, value)) return value;
  const values = { setting: param.name.text, callee, expected: paramText(param), value: describe(value) };
  complain(one.frame, expr, 'argument/kind', values, value.kind === 'tensor' ? fixes : []);
  return undefined;
}

/** `Film(question)`: a value that the unit's next input waits for, which is given by its name. */
function inputFix({ declaration }: Parametric, site: Site, { arg, frame }: GivenArg): readonly Fix[] {
  if (arg.name || (declaration.kind !== 'unit' && declaration.kind !== 'extern')) return [];
  if (arg.value.kind !== 'name' || findLocal(frame.scope, arg.value.text)?.value.kind !== 'tensor') return [];
  const inputs = declaration.body.flatMap((one) => (one.kind === 'input' && !one.default ? [one.name.text] : []));
  const [next] = inputs.slice(1).filter((input) => !site.args.some((other) => other.arg.name?.text === input));
  if (next === undefined) return [];
  const text = `${next}: ${arg.value.text}`;
  return [replaceFix(frame, 'argument/kind/input', arg, text)];
}

/** A default as the kind that its parameter states (an integer for a `float`), with its reason. */
function asParam(param: Param, value: Value, target: Parametric): Value | undefined {
  if (param.type?.of === 'float' && value.kind === 'size') return { kind: 'number', value: numberIn(value) };
  if (value.kind === 'size') {
    const at = { chunk: target.chunk, start: param.start, end: param.end };
    const text = { key: 'why/default', values: { size: printDim(value.dim), name: param.name.text } };
    return sizeValue(because(value.dim, { text, at, from: [value.dim] }));
  }
  return value;
}

function fits(param: Param, value: Value): boolean {
  const { type } = param;
  if (!type?.of) return true;
  if (type.list) return value.kind === 'list' && value.items.every((item) => fitsKind(type.of, item));
  return fitsKind(type.of, value);
}

function fitsKind(of: NonNullable<Param['type']>['of'], value: Value): boolean {
  switch (of) {
    case 'int':
      return value.kind === 'size';
    case 'float':
      return value.kind === 'size' || value.kind === 'number';
    case 'bool':
      return value.kind === 'flag';
    case 'string':
      return value.kind === 'text';
    case 'layer':
      return value.kind === 'layer' || value.kind === 'word';
    case undefined:
      return true;
  }
}

function paramText(param: Param): string {
  const one: Record<string, string> = {
    int: 'a whole number',
    float: 'a number',
    bool: '`true` or `false`',
    string: 'a text in quotes',
    layer: 'a layer',
  };
  const of = param.type?.of;
  if (of === undefined) return 'a value';
  return param.type?.list ? `a list, each item ${one[of]}` : (one[of] ?? of);
}

/**
 * A parameter in its declaration's own check. A model is checked with its defaults, a block with symbols for all numbers,
 * so that what holds in a block holds for every use.
 */
export function ownValue(
  param: Param,
  target: Parametric,
  frame: Frame,
  earlier: ReadonlyMap<string, Value>,
  generic: boolean,
): Value {
  const fallback = param.default ? defaultValue(param, target, frame, earlier, frame.facts !== undefined) : undefined;
  if (fallback && param.default) checkDefault(param, param.default, fallback, frame);
  if (!generic && fallback) return fallback;
  if (fallback?.kind === 'word' || fallback?.kind === 'list') return fallback.kind === 'word' ? fallback : unknownValue;
  const kind = param.type?.list ? undefined : (param.type?.of ?? kindOf(fallback));
  switch (kind) {
    case 'int': {
      const text = { key: 'why/declared', values: { size: param.name.text } };
      return sizeValue(symbol(param.name.text, { text, at: place(frame, param.name), from: [] }));
    }
    case 'float':
      return { kind: 'number', value: undefined };
    case 'bool':
      return { kind: 'flag', value: undefined };
    case 'string':
      return { kind: 'text', value: undefined };
    case 'layer':
      return { kind: 'layer', layer: { kind: 'opaque', name: param.name.text } };
    case undefined:
      return unknownValue;
  }
}

/** A default is of the kind that its parameter states. Told in the declaration's own check, which has facts. */
function checkDefault(param: Param, expr: Expr, value: Value, frame: Frame): void {
  if (!frame.facts || value.kind === 'unknown' || fits(param, value)) return;
  const values = { name: param.name.text, expected: paramText(param), value: describe(value) };
  complain(frame, expr, 'argument/default', values);
}

function kindOf(value: Value | undefined): 'int' | 'float' | 'bool' | 'string' | undefined {
  switch (value?.kind) {
    case 'size':
      return 'int';
    case 'number':
      return 'float';
    case 'flag':
      return 'bool';
    case 'text':
      return 'string';
    default:
      return undefined;
  }
}
