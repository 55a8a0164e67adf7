/**
 * A use of a unit: its arguments are sorted into parameters and inputs, its body is walked with their sizes, and what only
 * these show is told at the use. Uses of one site with equal arguments are walked once.
 */
import type { Edit, Fix, Message, Place, Problem } from '../problem.ts';
import type { Dim } from '../shapes/dim.ts';
import { printShape, type TensorType, unknownType } from '../shapes/type.ts';
import { noting } from './assumed.ts';
import { argValue } from './call.ts';
import { isOfTheStart } from './checked-only.ts';
import { recordExtern } from './extern.ts';
import { follows } from './follows.ts';
import {
  addTally,
  boxOf,
  collector,
  type Frame,
  newNaming,
  newScope,
  newTally,
  nextPath,
  once,
  place,
  type UseResult,
} from './frame.ts';
import type { GivenArg, Site, UnitRef } from './layer.ts';
import { bindParams } from './params.ts';
import { complain, reportAt } from './report.ts';
import { suggest } from './resolve.ts';
import { enterUnit, inputsOf, outputsValue, type Target, targetOf, type UnitInput } from './unit.ts';
import { describe, unknownValue, type Value } from './value.ts';

/** Units nested deeper than this are an error. */
const NESTING_LIMIT = 120;

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
  for (const problem of result.problems) {
    if (isFirst(problem, site)) site.frame.sink.add(problem);
  }
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
  if (program.reaches(target.chunk, target.chunk)) {
    // Told where the circle closes; whoever only uses such a unit is not at fault.
    if (program.reaches(target.chunk, site.frame.chunk)) {
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
  // Asked before the body is walked, so that checks nest as little as they can.
  const known = frame.session.program.check(target.chunk)?.problems ?? [];
  const naming = newNaming(path, frame.naming);
  frame.session.recorder?.enter?.(boxOf(naming), place(site.frame, site.node));
  const inner: Frame = {
    session: frame.session,
    chunk: target.chunk,
    scope: newScope(),
    naming,
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
  const entered = noting(site, () => enterUnit(unit.name, target, fed, inner, misfit));
  const { declaration } = target;
  const outputs =
    entered && declaration.kind === 'extern'
      ? recordExtern({ ...target, declaration }, fed, entered, inner, {
          ...site,
          frame: { ...site.frame, sink: outside },
        })
      : entered;
  frame.session.active.pop();
  // Where an input does not fit, nothing inside is told: it would only follow from that.
  const broken = isBroken(known);
  const problems = !outputs ? outside.problems : broken ? [] : newProblems(unit.name, sink.problems, known, fed, site);
  const value = outputs ? outputsValue(outputs) : unknownValue;
  return { value: broken ? withoutShape(value) : value, tally: inner.tally, problems };
}

/** Whether a unit has errors of its own: what comes out of it is then as good as unknown, and nothing more is said of it. */
export function isBroken(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** The value of a broken unit: what follows from its shape would follow from an error. */
export function withoutShape(value: Value): Value {
  switch (value.kind) {
    case 'tensor':
      return { ...value, type: { ...unknownType, dtype: value.type.dtype, perExample: value.type.perExample } };
    case 'tuple':
      return { ...value, items: value.items.map((item) => ({ ...item, value: withoutShape(item.value) })) };
    default:
      return value;
  }
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
    if (site.frame.session.starting && isOfTheStart(problem)) return [problem];
    if (
      keys.has(problemKey(problem)) ||
      (problem.at.chunk && follows(problem, problem.at.chunk)) ||
      !countsInUse(problem)
    )
      return [];
    const inner =
      problem.message.key === IN_UNIT ? problem.message : { key: IN_UNIT, values: { unit }, inner: problem.message };
    const here = { at: problem.at, message: { key: 'why/here', values: { inputs: inputsText(fed) } } };
    const given = givenHere(problem, fed, site);
    const fixes = given ? movedFixes(problem, given) : fixesInside(problem, unit, site);
    const related = [here, ...problem.related].slice(0, 12);
    return [{ ...problem, message: inner, at: given ?? callee, related, fixes }];
  });
}

/** What is wrong inside a unit is told at its first use; what an argument makes wrong, at each. */
function isFirst(problem: Problem, site: Site): boolean {
  const inner = problem.message.key === IN_UNIT ? problem.related[0]?.at : undefined;
  if (!inner?.chunk || problem.at.start !== site.callee.start) return true;
  const { file, declaration } = inner.chunk;
  const unit = declaration && 'name' in declaration ? declaration.name.text : '';
  return once(site.frame, `inside ${file} ${unit} ${inner.start} ${problem.code}`);
}

/** A setting inside that only hands on a parameter is wrong where this use gives its value. */
function givenHere(problem: Problem, fed: Fed, site: Site): Place | undefined {
  const { chunk, start, end } = problem.at;
  if (!problem.code.startsWith('argument/') || !chunk) return undefined;
  const name = chunk.text.slice(start, end);
  const given = site.args.find(({ arg, frame }) => fed.bound.get(arg) === name && frame.chunk === site.frame.chunk);
  return given && place(given.frame, given.arg.value);
}

/** What mends the parameter inside mends the value that this use gives for it. */
function movedFixes(problem: Problem, given: Place): readonly Fix[] {
  const { start, end } = problem.at;
  return problem.fixes.flatMap((fix): Fix[] => {
    const [edit, ...others] = fix.edits;
    if (!edit || others.length > 0 || edit.at.start !== start || edit.at.end !== end) return [];
    return [{ ...fix, edits: [{ ...edit, at: given }] }];
  });
}

/** Fixes that edit the unit itself: only where nobody else uses it. */
function fixesInside(problem: Problem, unit: string, site: Site): readonly Fix[] {
  const { chunk } = site.frame;
  if (problem.fixes.length === 0 || site.frame.session.program.mentions(chunk.file, unit) !== 2) return [];
  return problem.fixes.filter(({ edits }) =>
    edits.every((edit) => edit.at.chunk?.file === chunk.file && !fixesSize(edit)),
  );
}

/** A number in place of a name: the unit would no longer heed its parameter. */
function fixesSize({ at, newText }: Edit): boolean {
  const before = at.chunk?.text.slice(at.start, at.end) ?? '';
  return /^[\d.-]+$/u.test(newText) && /^[\p{L}_]/u.test(before);
}

/** Hints are told of a unit once; at a use only those that the rows bring about. */
function countsInUse({ severity, code }: Problem): boolean {
  return severity === 'error' || severity === 'warning' || (severity === 'hint' && code.startsWith('data/'));
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
  let uses = memo.get(site.node);
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
