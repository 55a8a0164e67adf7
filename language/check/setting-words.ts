/** Settings that are words or calls of entries: `same`, `relu`, `leakyRelu(0.2)`, `cosine(1e-3)`, `validation.loss`. */
import type { CheckedCall, CheckedValue, Entry, EntryPlace, SettingDef } from '../catalog/entry.ts';
import type { Expr, NameExpr } from '../syntax/tree.ts';
import { bindSettings, type Owner } from './bind-settings.ts';
import { argValue } from './call.ts';
import { enumerated, expected, listed } from './expected.ts';
import { type Frame, findLocal } from './frame.ts';
import type { GivenArg } from './layer.ts';
import { complain, replaceFix } from './report.ts';
import { suggest } from './resolve.ts';
import { describe, type Value } from './value.ts';

/** So many names are told where none is near. */
const SHOWN_NAMES = 6;

/** What a setting is read for: names in messages, and where its value stands. */
export interface SettingSite {
  readonly owner: Owner;
  readonly name: string;
  readonly def: SettingDef;
}

/** A name that no local has: a word, an entry, or a mistake. */
export function bareName(expr: Expr, frame: Frame): NameExpr | undefined {
  return expr.kind === 'name' && expr.text !== '' && !findLocal(frame.scope, expr.text) ? expr : undefined;
}

export function markWord(site: SettingSite, expr: NameExpr, frame: Frame): void {
  frame.facts?.targets.set(expr, { kind: 'word', entry: site.owner.entry, setting: site.name, word: expr.text });
  frame.facts?.values.set(expr, { kind: 'word', text: expr.text });
}

export function wordValue(site: SettingSite, words: readonly string[], given: GivenArg): CheckedValue | undefined {
  const expr = given.arg.value;
  const bare = bareName(expr, given.frame);
  const values = { setting: site.name, words: listed(words) };
  if (bare) {
    if (words.includes(bare.text)) {
      markWord(site, bare, given.frame);
      return bare.text;
    }
    suggest(given.frame, bare, bare.text, 'argument/word', words, values);
    return undefined;
  }
  const value = argValue(given);
  if (value.kind === 'unknown') return undefined;
  const text = value.kind === 'word' ? value.text : value.kind === 'text' ? value.value : undefined;
  if (text !== undefined && words.includes(text)) return text;
  complain(given.frame, expr, 'argument/word-kind', { ...values, value: describe(value) });
  return undefined;
}

/** An activation or initialiser: by name, by call with settings, or through a parameter. */
export function callSetting(
  site: SettingSite,
  at: EntryPlace,
  given: GivenArg,
  bare: NameExpr | undefined,
): CheckedValue | undefined {
  const expr = given.arg.value;
  if (bare) return entryCall(site, at, bare, bare, [], given.frame);
  if (expr.kind === 'call' && expr.callee.kind === 'name' && !findLocal(given.frame.scope, expr.callee.text)) {
    const args = (expr.args?.items ?? []).map((arg) => ({ arg, frame: given.frame }));
    return entryCall(site, at, expr.callee, expr, args, given.frame);
  }
  const value = argValue(given);
  if (value.kind === 'word') return wordCall(site, at, value.text, expr, given.frame);
  if (value.kind === 'layer' && value.layer.kind === 'entry' && value.layer.entry.place === at) {
    const { entry, site: layerSite } = value.layer;
    return {
      call: `${at}/${entry.name}`,
      settings: bindSettings(ownerOf(entry), layerSite.args, layerSite.frame).settings,
    };
  }
  return value.kind === 'unknown' ? undefined : wrongKind(site, given, value);
}

function wordCall(site: SettingSite, at: EntryPlace, name: string, expr: Expr, frame: Frame): CheckedValue | undefined {
  if (name === 'none' && site.def.default === null) return null;
  const entry = frame.session.program.catalog.find(at, name);
  if (entry && usable(at, entry))
    return { call: `${at}/${name}`, settings: bindSettings(ownerOf(entry), [], frame).settings };
  complain(frame, expr, 'argument/word-kind', {
    setting: site.name,
    value: `\`${name}\``,
    words: expected(site.def.type),
  });
  return undefined;
}

function entryCall(
  site: SettingSite,
  at: EntryPlace,
  name: NameExpr,
  node: Expr,
  args: readonly GivenArg[],
  frame: Frame,
): CheckedCall | undefined {
  const { catalog } = frame.session.program;
  const entry = catalog.find(at, name.text);
  if (entry && usable(at, entry)) {
    frame.facts?.targets.set(name, { kind: 'entry', entry });
    const bound = bindSettings(ownerOf(entry), args, frame, name);
    frame.facts?.calls.set(node, {
      callee: { kind: 'entry', entry },
      bound: bound.bound,
      settings: {},
      inputs: {},
      results: [],
      weights: [],
    });
    frame.facts?.values.set(node, { kind: 'layer', title: entry.name });
    return { call: `${at}/${entry.name}`, settings: bound.settings };
  }
  const names = catalog.names(at).filter((other) => {
    const found = catalog.find(at, other);
    return found && usable(at, found);
  });
  const values = {
    setting: site.name,
    names: enumerated([...names].sort((a, b) => a.length - b.length).slice(0, SHOWN_NAMES)),
  };
  suggest(frame, name, name.text, `argument/${site.def.type.kind}`, names, values);
  return undefined;
}

function usable(at: EntryPlace, entry: Entry): boolean {
  return at !== 'model' || (entry.kind === 'operation' && entry.activation === true);
}

export function ownerOf(entry: Entry): Owner {
  return { name: entry.name, settings: entry.settings, entry };
}

/** `validation.loss`, `accuracy`: the name of a metric, which the section checks. */
export function metricName(site: SettingSite, expr: Expr, frame: Frame): string | undefined {
  const parts: string[] = [];
  let at = expr;
  while (at.kind === 'member') {
    parts.unshift(at.name.text);
    at = at.object;
  }
  if (at.kind === 'name') return [at.text, ...parts].join('.');
  if (at.kind !== 'missing') complain(frame, expr, 'argument/metric', { setting: site.name });
  return undefined;
}

export function wrongKind(site: SettingSite, given: GivenArg, value: Value): undefined {
  if (value.kind === 'unknown') return undefined;
  const { frame, arg } = given;
  const name = value.kind === 'text' ? wordIn(site, value.value ?? '', frame) : undefined;
  const fixes = name === undefined ? [] : [replaceFix(frame, 'argument/kind/unquote', arg.value, name)];
  const values = { setting: site.name, callee: site.owner.name, expected: expected(site.def.type) };
  complain(frame, arg.value, 'argument/kind', { ...values, value: describe(value) }, fixes);
  return undefined;
}

/** A text in quotes that is a name where it stands without them: `"relu"`, or the number `"3"`. */
function wordIn(site: SettingSite, text: string, frame: Frame): string | undefined {
  const { type } = site.def;
  const { catalog } = frame.session.program;
  switch (type.kind) {
    case 'integer':
    case 'number':
    case 'pair':
    case 'rate':
      return /^\d+(\.\d+)?$/u.test(text) ? text : undefined;
    case 'padding':
      return ['valid', 'same', 'causal'].find((word) => word === text.toLowerCase());
    case 'activation': {
      const entry = catalog.find('model', text);
      return entry && usable('model', entry) ? text : undefined;
    }
    case 'initialiser':
      return catalog.find('initialiser', text) && text;
    default:
      return undefined;
  }
}

/** Names and texts in a list; each name stands for itself. */
export function nameList(site: SettingSite, given: GivenArg): readonly string[] | undefined {
  const expr = given.arg.value;
  const items = expr.kind === 'list' ? expr.items : [expr];
  const names: string[] = [];
  for (const item of items) {
    if (item.kind === 'missing') return undefined;
    const value =
      item.kind === 'name' ? undefined : argValue({ arg: { ...given.arg, value: item }, frame: given.frame });
    if (item.kind === 'name') names.push(item.text);
    else if (value?.kind === 'text' && value.value !== undefined) names.push(value.value);
    else return value ? wrongKind(site, { ...given, arg: { ...given.arg, value: item } }, value) : undefined;
    if (item.kind === 'name') given.frame.facts?.values.set(item, { kind: 'word', text: item.text });
  }
  return names;
}
