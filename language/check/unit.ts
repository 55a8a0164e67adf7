/**
 * Models and blocks: binding their parameters, feeding their inputs, and walking their bodies. The same walk serves a
 * unit's own check (with symbols), its uses (with the sizes of each), and the recording of a plan.
 */
import type { Message, Place, Problem } from '../problem.ts';
import { type Dim, printDim } from '../shapes/dim.ts';
import { printShape, printType, type TensorType, tensor, unknownType } from '../shapes/type.ts';
import type { Chunk, ExternDecl, InputStmt, Statement, UnitDecl } from '../syntax/tree.ts';
import { applyBody, type Outputs } from './body.ts';
import { argValue } from './call.ts';
import { define } from './define.ts';
import { asInput, evaluate } from './expression.ts';
import {
  addTally,
  collector,
  type Frame,
  newNaming,
  newScope,
  newTally,
  nextPath,
  place,
  type Tally,
} from './frame.ts';
import type { GivenArg, Site, UnitRef } from './layer.ts';
import { bindParams } from './params.ts';
import { reaches } from './recursion.ts';
import { complain, report, reportAt } from './report.ts';
import { suggest } from './resolve.ts';
import { matchShape, symbolicType } from './types.ts';
import { describe, tensorValue, unknownValue, type Value } from './value.ts';

/** Units nested deeper than this are an error. */
const NESTING_LIMIT = 120;

/** A unit with the arguments that its variants (`model S = Mixer(width: 512)`) fill in. */
export interface Target {
  readonly chunk: Chunk;
  readonly declaration: UnitDecl | ExternDecl;
  readonly args: readonly GivenArg[];
}

/** The unit behind a name; variants are followed. Undefined: reported where the variant is declared. */
export function targetOf(unit: UnitRef, frame: Frame): Target | undefined {
  let { chunk, declaration } = unit;
  const args: GivenArg[] = [];
  const seen = new Set<Chunk>();
  while (declaration.kind === 'variant') {
    if (seen.has(chunk)) return undefined;
    seen.add(chunk);
    const variantFrame: Frame = { ...frame, chunk, scope: newScope(), facts: undefined, sink: collector() };
    args.unshift(...declaration.args.map((arg) => ({ arg, frame: variantFrame })));
    const found = frame.session.program.find(chunk.file, declaration.of.text, 'unit');
    const next = found?.declaration;
    if (!found || (next?.kind !== 'unit' && next?.kind !== 'variant' && next?.kind !== 'extern')) return undefined;
    chunk = found.chunk;
    declaration = next;
  }
  return { chunk, declaration, args };
}

export interface UnitInput {
  readonly name: string;
  readonly optional: boolean;
  readonly statement: InputStmt;
}

/** The inputs that a unit declares. */
export function unitInputs(unit: UnitRef, frame: Frame): readonly UnitInput[] {
  return inputsOf(targetOf(unit, frame)?.declaration.body ?? []);
}

export function inputsOf(body: readonly Statement[]): readonly UnitInput[] {
  return body.flatMap((statement) =>
    statement.kind === 'input' && statement.name.text !== ''
      ? [{ name: statement.name.text, optional: statement.default !== undefined, statement }]
      : [],
  );
}

// ---- a use

interface UseResult {
  readonly value: Value;
  readonly tally: Tally;
  readonly problems: readonly Problem[];
}

/** What comes out of a unit when `flow` and its arguments go in. */
export function applyUnit(unit: UnitRef, site: Site, flow: Value | undefined, frame: Frame): Value {
  const path = frame.naming.self ? frame.naming.path : nextPath(frame.naming, unit.name);
  const target = targetOf(unit, frame);
  if (!target) return unknownValue;
  if (!mayEnter(unit, target, site, frame)) return unknownValue;
  const fed = feed(unit, target, site, flow);
  if (!fed) return unknownValue;
  const key = frame.session.recorder ? undefined : useKey(fed);
  const memo = key === undefined ? undefined : memoOf(frame, site);
  const before = key === undefined ? undefined : memo?.get(key);
  const result = before ?? use(unit, target, site, fed, path, frame);
  if (key !== undefined) memo?.set(key, result);
  addTally(frame.tally, result.tally);
  for (const problem of result.problems) site.frame.sink.add(problem);
  const results = result.value.kind === 'tuple' ? result.value.items.map((item) => item.value) : [result.value];
  site.frame.facts?.calls.set(site.node, {
    callee: {
      kind: 'unit',
      name: unit.name,
      at: namePlace(target),
      params: target.declaration.params.map((p) => p.name.text),
    },
    bound: fed.bound,
    settings: {},
    inputs: Object.fromEntries([...fed.inputs].map(([name, value]) => [name, typeOf(value)])),
    results: results.map(typeOf),
    weights: [{ name: '', shape: [result.tally.parameters], trainable: true }],
  });
  return result.value;
}

function namePlace(target: Target): Place {
  const { name } = target.declaration;
  return { chunk: target.chunk, start: name.start, end: name.end };
}

function typeOf(value: Value): TensorType {
  return value.kind === 'tensor' ? value.type : unknownType;
}

function mayEnter(unit: UnitRef, target: Target, site: Site, frame: Frame): boolean {
  const { active, program } = frame.session;
  if (reaches(target.chunk, target.chunk, program)) {
    // Told where the circle closes; whoever only uses such a unit is not at fault.
    if (reaches(target.chunk, site.frame.chunk, program)) {
      complain(site.frame, site.callee, 'name/recursion', { unit: unit.name });
    }
    return false;
  }
  if (active.length >= NESTING_LIMIT) {
    complain(site.frame, site.callee, 'name/nesting', { unit: unit.name, limit: NESTING_LIMIT });
    return false;
  }
  return true;
}

interface Fed {
  readonly params: ReadonlyMap<string, Value>;
  readonly inputs: ReadonlyMap<string, Value>;
  readonly bound: Map<GivenArg['arg'], string>;
  readonly args: readonly GivenArg[];
}

/** Sorts a use's arguments into parameters and inputs. Undefined: reported. */
function feed(unit: UnitRef, target: Target, site: Site, flow: Value | undefined): Fed | undefined {
  const { declaration } = target;
  const declared = inputsOf(declaration.body);
  const inputs = new Map<string, Value>();
  const bound = new Map<GivenArg['arg'], string>();
  const params: GivenArg[] = [];
  let ok = true;
  for (const one of [...target.args, ...site.args]) {
    const name = one.arg.name?.text;
    const isParam = name === undefined || declaration.params.some((param) => param.name.text === name);
    if (isParam) {
      params.push(one);
      continue;
    }
    const input = declared.find((i) => i.name === name);
    if (!input || !one.arg.name) {
      const names = [...declaration.params.map((param) => param.name.text), ...declared.map((i) => i.name)];
      suggest(one.frame, one.arg.name ?? one.arg, name, 'argument/unknown', names, { callee: unit.name });
      ok = false;
      continue;
    }
    inputs.set(name, argValue(one));
    bound.set(one.arg, name);
    const at = { chunk: target.chunk, start: input.statement.name.start, end: input.statement.name.end };
    one.frame.facts?.targets.set(one.arg.name, { kind: 'part', what: 'input', name, at });
  }
  if (flow) ok = flowInto(unit, declared, flow, inputs, site) && ok;
  const values = bindParams(unit.name, target, params, site, bound);
  if (!ok || !values) return undefined;
  const missing = declared.find((input) => !input.optional && !inputs.has(input.name));
  if (missing) {
    complain(site.frame, site.callee, 'argument/missing-input', { callee: unit.name, input: missing.name });
    return undefined;
  }
  const ordered = declared.flatMap(({ name }): [string, Value][] => {
    const value = inputs.get(name);
    return value ? [[name, value]] : [];
  });
  return { params: values, inputs: new Map(ordered), bound, args: site.args };
}

function flowInto(
  unit: UnitRef,
  declared: readonly UnitInput[],
  flow: Value,
  inputs: Map<string, Value>,
  site: Site,
): boolean {
  const items = flow.kind === 'tuple' ? flow.items : [{ name: undefined, value: flow }];
  const named = flow.kind === 'tuple' && items.every((item) => item.name && declared.some((i) => i.name === item.name));
  for (const item of items) {
    const next = named
      ? declared.find((input) => input.name === item.name)
      : declared.find((input) => !inputs.has(input.name));
    if (!next) {
      const values = { callee: unit.name, count: declared.length };
      complain(site.frame, site.callee, 'argument/too-many-inputs', values);
      return false;
    }
    inputs.set(next.name, item.value);
  }
  return true;
}

function use(unit: UnitRef, target: Target, site: Site, fed: Fed, path: string, frame: Frame): UseResult {
  const sink = collector();
  const outside = collector();
  const inner: Frame = {
    session: frame.session,
    chunk: target.chunk,
    scope: newScope(),
    naming: newNaming(path),
    sink,
    facts: undefined,
    places: ['model'],
    tally: newTally(),
  };
  const misfit = (message: Message, blame: readonly Dim[], at: Place) =>
    reportAt({ ...site.frame, sink: outside }, place(site.frame, site.callee), {
      message,
      blame,
      related: [{ at, message: { key: 'why/input-here', values: { unit: unit.name } } }],
    });
  frame.session.active.push(target.chunk);
  const outputs = enterUnit(unit.name, target, fed, inner, misfit);
  frame.session.active.pop();
  const known = frame.session.program.check(target.chunk)?.problems ?? [];
  // Where an input does not fit, nothing inside is told: it would only follow from that.
  const problems = outputs ? newProblems(unit.name, sink.problems, known, fed, site) : outside.problems;
  return { value: outputs ? outputsValue(outputs) : unknownValue, tally: inner.tally, problems };
}

/** Binds parameters and inputs in a fresh frame and walks the body. Undefined: an input does not fit. */
export function enterUnit(
  name: string,
  target: Target,
  fed: { readonly params: ReadonlyMap<string, Value>; readonly inputs: ReadonlyMap<string, Value> },
  inner: Frame,
  misfit: (message: Message, blame: readonly Dim[], at: Place) => void,
): Outputs | undefined {
  for (const param of target.declaration.params) {
    define(inner, param.name, fed.params.get(param.name.text) ?? unknownValue, 'parameter');
  }
  let fits = true;
  const input = (statement: InputStmt): Value => {
    const given = fed.inputs.get(statement.name.text) ?? (statement.default && evaluate(statement.default, inner));
    const value = inputValue(name, statement, given ?? unknownValue, inner, misfit);
    if (!value) fits = false;
    return value ?? unknownValue;
  };
  const outputs = applyBody(target.declaration, inner, input);
  return fits ? outputs : undefined;
}

/** A value as a unit's input: its type must fit the pattern. Undefined: it does not, and was reported. */
function inputValue(
  unit: string,
  statement: InputStmt,
  given: Value,
  inner: Frame,
  misfit: (message: Message, blame: readonly Dim[], at: Place) => void,
): Value | undefined {
  const { type } = statement;
  const at = place(inner, statement);
  const value = asInput(
    given,
    statement.default ?? { kind: 'missing', start: statement.start, end: statement.end },
    inner,
  );
  if (!value) {
    matchShape(type?.shape, undefined, inner);
    if (given.kind === 'unknown') return tensorValue({ ...unknownType, dtype: type?.dtype?.name });
    misfit({ key: 'type/not-a-value', values: { callee: unit, value: describe(given) } }, [], at);
    return undefined;
  }
  const wanted = type?.dtype?.name;
  const input = statement.name.text;
  const values = { unit, input, given: printType(value.type) };
  const literal = value.type.facts.literal && wanted === 'float32';
  if (wanted && value.type.dtype && value.type.dtype !== wanted && !literal) {
    matchShape(type?.shape, undefined, inner);
    misfit({ key: 'type/input', values: { ...values, wanted } }, [], at);
    return undefined;
  }
  const match = type
    ? matchShape(type.shape, value.type.shape, inner)
    : ({ ok: true, shape: value.type.shape } as const);
  if (!match.ok) {
    const shown = { ...values, given: printShape(value.type.shape), expected: match.expected };
    const rank = match.axis === undefined;
    const message: Message = rank
      ? { key: 'shape/input.rank', values: shown }
      : {
          key: match.wanted ? 'shape/input' : 'shape/input.unsolved',
          values: { ...shown, axis: match.axis, actual: sizeText(match.given), wanted: sizeText(match.wanted) },
        };
    misfit(message, rank ? (value.type.shape ?? []) : match.given ? [match.given] : [], at);
    return undefined;
  }
  const fitted = tensor(value.type.dtype ?? wanted, value.type.shape, value.type);
  return { kind: 'tensor', type: fitted, ref: value.ref };
}

function sizeText(dim: Dim | undefined): string {
  return dim ? printDim(dim) : '?';
}

/** What flows out of a unit: its one output, or all of them by name; those that exist only in training stay inside. */
export function outputsValue(outputs: Outputs): Value {
  const lasting = outputs.filter((output) => !output.trainingOnly);
  const [only] = lasting;
  if (lasting.length === 1 && only) return only.value;
  return { kind: 'tuple', items: lasting.map(({ name, value }) => ({ name, value })) };
}

// ---- what a use shows that the unit's own check did not

function newProblems(
  unit: string,
  found: readonly Problem[],
  known: readonly Problem[],
  fed: Fed,
  site: Site,
): readonly Problem[] {
  const keys = new Set(known.map(problemKey));
  const callee = place(site.frame, site.callee);
  return found.flatMap((problem): Problem[] => {
    if (keys.has(problemKey(problem)) || problem.severity === 'hint' || problem.severity === 'information') return [];
    const inner =
      problem.message.key === IN_UNIT ? problem.message : { key: IN_UNIT, values: { unit }, inner: problem.message };
    const here = { at: problem.at, message: { key: 'why/here', values: { inputs: inputsText(fed) } } };
    return [{ ...problem, message: inner, at: callee, related: [here, ...problem.related].slice(0, 12), fixes: [] }];
  });
}

const IN_UNIT = 'shape/in-unit';

function problemKey(problem: Problem): string {
  return `${problem.code} ${problem.at.start} ${problem.at.end}`;
}

function inputsText(fed: Fed): string {
  return [...fed.inputs]
    .map(([name, value]) => `${name}: ${value.kind === 'tensor' ? printShape(value.type.shape) : describe(value)}`)
    .join(', ');
}

// ---- memory of uses

function memoOf(frame: Frame, site: Site): Map<string, UseResult> {
  const { memo } = frame.session;
  let uses = memo.get(site.node) as Map<string, UseResult> | undefined;
  if (!uses) {
    uses = new Map();
    memo.set(site.node, uses);
  }
  return uses;
}

/** Uses of one site with equal arguments and types give equal results. Layers as arguments are not compared. */
function useKey(fed: Fed): string | undefined {
  const parts: string[] = [];
  for (const [name, value] of [...fed.params, ...fed.inputs]) {
    if (value.kind === 'layer' || value.kind === 'tuple' || value.kind === 'unknown') return undefined;
    const more = value.kind === 'tensor' ? `${value.type.perExample} ${JSON.stringify(value.type.facts)}` : '';
    parts.push(`${name}=${describe(value)} ${more}`);
  }
  return parts.join(';');
}

// ---- a unit's own check

/** The inputs of a unit in its own check: symbols for all sizes that are names. */
export function symbolicInput(statement: InputStmt, frame: Frame, model: boolean): Value {
  const { type } = statement;
  if (!type) return unknownValue;
  if (model && !type.dtype) {
    report(frame, type, { message: { key: 'type/no-dtype', values: { input: statement.name.text } } });
  }
  const declared = symbolicType(type, frame);
  const { recorder } = frame.session;
  const [ref] =
    recorder?.node({
      op: 'input',
      inputs: {},
      settings: { name: statement.name.text },
      weights: {},
      outputs: [declared],
      path: '',
      place: place(frame, statement),
    }) ?? [];
  if (statement.default) evaluate(statement.default, frame);
  return tensorValue(declared, ref);
}
