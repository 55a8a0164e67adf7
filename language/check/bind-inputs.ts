/** Which value goes to which input of an entry: what flows in, then what is given by order or by name. */
import type { CheckedValue, InputDef } from '../catalog/entry.ts';
import type { Fix } from '../problem.ts';
import type { Arg, Expr } from '../syntax/tree.ts';
import { type BoundSettings, type Owner, readSettings, take, tellSurplus } from './bind-settings.ts';
import { argValue, isValueArg, startsLower } from './call.ts';
import { listed } from './expected.ts';
import { asInput } from './expression.ts';
import { type Frame, findLocal } from './frame.ts';
import type { AppliedEntry, GivenArg, Site } from './layer.ts';
import { complain, replaceFix } from './report.ts';
import { suggest } from './resolve.ts';
import { describe, type TensorValue, type Value } from './value.ts';

export interface BoundCall extends BoundSettings {
  /** By input name; an input that takes any number has a list. */
  readonly inputs: ReadonlyMap<string, TensorValue | readonly TensorValue[]>;
  /** The expression of each input that was given as an argument. */
  readonly inputArgs: ReadonlyMap<string, GivenArg>;
  /** An input is there, but nothing is known of it. */
  readonly unknownInput: boolean;
}

interface Binding {
  readonly owner: Owner;
  readonly site: Site;
  readonly defs: readonly InputDef[];
  readonly waiting: InputDef[];
  readonly inputs: Map<string, TensorValue | TensorValue[]>;
  readonly inputArgs: Map<string, GivenArg>;
  readonly words: Map<string, string[]>;
  readonly bound: Map<Arg, string>;
  readonly given: Map<string, GivenArg>;
  readonly order: readonly string[];
  readonly surplus: GivenArg[];
  unknownInput: boolean;
  ok: boolean;
}

/** Binds what flows into an entry and the arguments of its call; `frame` is where it is applied. */
export function bindCall(
  entry: Exclude<AppliedEntry, { kind: 'combinator' }>,
  site: Site,
  flow: Value | undefined,
  frame: Frame,
): BoundCall {
  const owner: Owner = { name: entry.name, settings: entry.settings, entry };
  const binding: Binding = {
    owner,
    site,
    defs: entry.inputs,
    waiting: entry.inputs.filter((input) => !input.optional),
    inputs: new Map(),
    inputArgs: new Map(),
    words: new Map(entry.inputs.flatMap((input) => (input.words ? [[input.name, []]] : []))),
    bound: new Map(),
    given: new Map(),
    order: Object.keys(entry.settings).filter((name) => !entry.settings[name]?.named),
    surplus: [],
    unknownInput: false,
    ok: true,
  };
  if (flow) flowIn(binding, flow, frame);
  // A value that nothing takes was most likely meant for what is missing.
  const flowed = binding.ok;
  bindArgs(binding, entry, flow !== undefined);
  tellSurplus(owner, binding);
  checkMissing(binding);
  const read = readSettings(owner, binding.given, site.frame, flowed ? site.callee : undefined);
  const settings: Record<string, CheckedValue> = { ...read.settings };
  for (const [name, words] of binding.words) settings[name] = words;
  return {
    settings,
    bound: binding.bound,
    given: binding.given,
    inputs: binding.inputs,
    inputArgs: binding.inputArgs,
    unknownInput: binding.unknownInput,
    ok: binding.ok && read.ok,
  };
}

function flowIn(binding: Binding, flow: Value, frame: Frame): void {
  if (flow.kind !== 'tuple') {
    putNext(binding, flow, binding.site.node, frame);
    return;
  }
  for (const item of flow.items) {
    const def = item.name ? binding.defs.find((input) => input.name === item.name) : undefined;
    if (def) putAt(binding, def, item.value, binding.site.node, frame);
    else putNext(binding, item.value, binding.site.node, frame);
  }
}

/** Gives a value to the next input in order. */
function putNext(binding: Binding, value: Value, at: Expr, frame: Frame): boolean {
  const [def] = binding.waiting;
  if (!def) {
    const { site, owner } = binding;
    const count = binding.defs.filter((input) => !input.optional).length;
    complain(site.frame, at === site.node ? site.callee : at, 'argument/too-many-inputs', {
      callee: owner.name,
      count,
    });
    binding.ok = false;
    return false;
  }
  return putAt(binding, def, value, at, frame);
}

function putAt(binding: Binding, def: InputDef, value: Value, at: Expr, frame: Frame): boolean {
  const tensor = asInput(value, at, frame);
  if (!tensor) {
    if (value.kind === 'unknown') binding.unknownInput = true;
    else {
      const { site, owner } = binding;
      binding.ok = false;
      // Something was given: it is not missing as well.
      binding.unknownInput = true;
      const values = { callee: owner.name, value: describe(value) };
      const fixes = def.many === undefined ? unquoted(at, def, frame) : unlisted(at, frame);
      complain(site.frame, at === site.node ? site.callee : at, 'type/not-a-value', values, fixes);
    }
  }
  if (def.many !== undefined) {
    const list = binding.inputs.get(def.name);
    if (tensor) {
      if (Array.isArray(list)) list.push(tensor);
      else binding.inputs.set(def.name, [tensor]);
    }
    return true;
  }
  const index = binding.waiting.indexOf(def);
  if (index >= 0) binding.waiting.splice(index, 1);
  if (tensor) binding.inputs.set(def.name, tensor);
  return true;
}

/** `mask: "causal"`: the word without its quotes. */
function unquoted(at: Expr, def: InputDef, frame: Frame): readonly Fix[] {
  if (at.kind !== 'string' || !def.words?.includes(at.value)) return [];
  return [replaceFix(frame, 'type/not-a-value/word', at, at.value)];
}

/** `concat([a, b])`: the values without the brackets. */
function unlisted(at: Expr, frame: Frame): readonly Fix[] {
  const [first, last] = at.kind === 'list' ? [at.items[0], at.items.at(-1)] : [];
  if (!first || !last) return [];
  return [replaceFix(frame, 'type/not-a-value/unlisted', at, frame.chunk.text.slice(first.start, last.end))];
}

function bindArgs(binding: Binding, entry: Exclude<AppliedEntry, { kind: 'combinator' }>, flowing: boolean): void {
  const lower = startsLower(entry.name);
  let next = 0;
  for (const one of binding.site.args) {
    const { arg } = one;
    if (arg.name) {
      bindNamed(binding, arg.name.text, one);
      continue;
    }
    if (binding.waiting.length > 0 && isValueArg(arg, one.frame) && !isPlainLiteral(arg.value)) {
      const value = argValue(one);
      if (value.kind === 'tensor' || (value.kind === 'unknown' && !flowing && lower && binding.waiting.length > 0)) {
        inputArg(binding, one, value, lower);
        continue;
      }
    }
    const [wanted] = binding.waiting;
    const settingsLeft = next < binding.order.length;
    const many = wanted?.many !== undefined;
    // A function that is called takes its values first; one that values flow into takes more only where it takes any number.
    const takesValue = wanted && lower && (flowing ? many && !settingsLeft : !many || !settingsLeft);
    if (takesValue && (isValueArg(arg, one.frame) || !settingsLeft)) {
      inputArg(binding, one, argValue(one), lower);
      continue;
    }
    binding.ok = take(binding.owner, binding.order[next++], one, binding) && binding.ok;
  }
}

/** Literals can be no flowing value by themselves: no need to evaluate them here. */
function isPlainLiteral(expr: Expr): boolean {
  return expr.kind === 'string' || expr.kind === 'bool' || expr.kind === 'list' || expr.kind === 'missing';
}

function inputArg(binding: Binding, one: GivenArg, value: Value, lower: boolean): void {
  const [def] = binding.waiting;
  if (def) {
    binding.bound.set(one.arg, def.name);
    if (def.many === undefined) binding.inputArgs.set(def.name, one);
  }
  if (!lower) {
    const many = def?.many !== undefined;
    const values = { callee: binding.owner.name, value: describe(value) };
    // Of several values that stand in the brackets the first one says it for all.
    if (!many) complain(one.frame, one.arg, 'argument/flow-in', values);
    else if (!binding.unknownInput) complain(one.frame, one.arg, 'argument/flow-in.many', values);
    binding.ok = false;
    binding.unknownInput = true;
    if (def && !many) binding.waiting.shift();
    return;
  }
  putNext(binding, value, one.arg.value, one.frame);
}

function bindNamed(binding: Binding, name: string, one: GivenArg): void {
  const def = binding.defs.find((input) => input.name === name);
  const isSetting = Object.hasOwn(binding.owner.settings, name);
  if (!def || (isSetting && !isTensorArg(one))) {
    const inputs = binding.defs.map((input) => input.name);
    binding.ok = take(binding.owner, name, one, binding, inputs) && binding.ok;
    return;
  }
  if (binding.inputArgs.has(name) || binding.inputs.has(name)) {
    complain(one.frame, one.arg, 'argument/twice', { setting: name, callee: binding.owner.name });
    binding.ok = false;
    return;
  }
  binding.bound.set(one.arg, name);
  binding.inputArgs.set(name, one);
  if (one.arg.name && binding.owner.entry) {
    one.frame.facts?.targets.set(one.arg.name, { kind: 'setting', entry: binding.owner.entry, setting: name });
  }
  bindParts(binding, def, one);
}

function isTensorArg(one: GivenArg): boolean {
  if (!isValueArg(one.arg, one.frame)) return false;
  const { kind } = argValue(one);
  return kind === 'tensor' || kind === 'tuple';
}

/** An input given by name: a value, a word in its place, or a tuple of both. */
function bindParts(binding: Binding, def: InputDef, one: GivenArg): void {
  const { value: expr } = one.arg;
  const items = expr.kind === 'tuple' ? expr.items.map((item) => item.value) : [expr];
  let part = 0;
  for (const item of items) {
    if (takeWord(binding, def, item, one.frame)) continue;
    const value = items.length === 1 ? argValue(one) : argValue({ arg: { ...one.arg, value: item }, frame: one.frame });
    const values = value.kind === 'tuple' ? value.items.map((inner) => inner.value) : [value];
    for (const single of values) {
      if (single.kind === 'word' && (single.text === 'none' || def.words?.includes(single.text))) {
        if (single.text !== 'none') binding.words.get(def.name)?.push(single.text);
        continue;
      }
      const name = def.parts ? def.parts[part++] : part++ === 0 ? def.name : undefined;
      if (name === undefined) {
        complain(one.frame, item, 'argument/too-many-parts', { input: def.name, callee: binding.owner.name });
        binding.ok = false;
        return;
      }
      const target = binding.defs.find((input) => input.name === name) ?? { ...def, name };
      putAt(binding, target, single, item, one.frame);
    }
  }
}

function takeWord(binding: Binding, def: InputDef, expr: Expr, frame: Frame): boolean {
  if (expr.kind !== 'name' || expr.text === '' || findLocal(frame.scope, expr.text)) return false;
  const { entry } = binding.owner;
  if (expr.text === 'none' || def.words?.includes(expr.text)) {
    frame.facts?.targets.set(expr, { kind: 'word', entry, setting: def.name, word: expr.text });
    frame.facts?.values.set(expr, { kind: 'word', text: expr.text });
    if (expr.text !== 'none') binding.words.get(def.name)?.push(expr.text);
    return true;
  }
  if (def.words && !frame.session.program.find(frame.chunk.file, expr.text, 'unit')) {
    suggest(frame, expr, expr.text, 'argument/word', def.words, { setting: def.name, words: listed(def.words) });
    binding.ok = false;
    return true;
  }
  return false;
}

function checkMissing(binding: Binding): void {
  const { owner, site } = binding;
  for (const def of binding.waiting) {
    if (def.many !== undefined) {
      const list = binding.inputs.get(def.name);
      const count = Array.isArray(list) ? list.length : 0;
      if (count >= def.many || binding.unknownInput) continue;
    }
    if (binding.unknownInput) return;
    complain(site.frame, site.callee, 'argument/missing-input', { callee: owner.name, input: def.name });
    binding.ok = false;
    return;
  }
}
