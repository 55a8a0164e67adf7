/** How signatures, values and counts are written for people. */

import type { Entry, OperationEntry, SettingDef } from '../catalog/entry.ts';
import { catalog } from '../catalog/index.ts';
import { regularisationSettings } from '../catalog/regularisation.ts';
import type { Seen } from '../check/checked.ts';
import type { SettingValue } from '../plan/plan.ts';
import { printDim } from '../shapes/dim.ts';
import { printType, type TensorType } from '../shapes/type.ts';
import { startsLower } from '../syntax/tokens.ts';
import type { Declaration, Expr, Param } from '../syntax/tree.ts';
import type { Callee } from './callees.ts';
import type { Tell } from './tell.ts';

/** A signature with the place of each parameter in it. */
export interface Signature {
  readonly label: string;
  readonly params: readonly {
    readonly name: string;
    readonly start: number;
    readonly end: number;
    readonly doc: string;
  }[];
}

/** `Conv2D(filters, kernel = 3; stride: 1)`: what stands before `;` may be given without its name. */
export function signatureOf(of: Entry | Callee): Signature {
  const entry = 'entry' in of ? of.entry : of;
  const params: Signature['params'][number][] = [];
  let label = `${of.name}(`;
  let named = false;
  const add = (name: string, text: string, doc: string, byName: boolean) => {
    const begins = byName && !named;
    if (params.length > 0) label += begins ? '; ' : ', ';
    else if (begins) label += '; ';
    named ||= byName;
    const start = label.length;
    label += text;
    params.push({ name, start, end: label.length, doc });
  };
  for (const input of entry === undefined ? [] : calledInputs(entry))
    add(input.name, input.many === undefined ? input.name : `${input.name} …`, input.doc, false);
  for (const [name, def] of Object.entries(of.settings)) {
    const byName = named || def.named === true;
    add(name, settingLabel(name, def, byName), def.doc, byName);
  }
  for (const input of entry === undefined ? [] : optionalInputs(entry))
    add(input.name, `${input.name}: …`, input.doc, true);
  return { label: params.length === 0 ? of.name : `${label})`, params };
}

function isActivation(entry: Entry): boolean {
  return entry.kind === 'operation' && entry.activation === true;
}

/** Functions take their values in the brackets; into layers they flow. */
export function calledInputs(entry: Entry): OperationEntry['inputs'] {
  return startsLower(entry.name) && (entry.kind === 'operation' || entry.kind === 'metric') && !isActivation(entry)
    ? requiredInputs(entry)
    : [];
}

function settingLabel(name: string, def: SettingDef, named: boolean): string {
  if (def.default === undefined) return named ? `${name}:` : name;
  return named ? `${name}: ${printSetting(def.default)}` : `${name} = ${printSetting(def.default)}`;
}

/** Inputs that are given by name, if at all (`mask:`). */
export function optionalInputs(entry: Entry): OperationEntry['inputs'] {
  if (entry.kind !== 'operation' && entry.kind !== 'transform' && entry.kind !== 'metric') return [];
  return entry.inputs.filter((input) => input.optional === true);
}

/** Names of the values that flow in or are given first. */
export function requiredInputs(entry: Entry): OperationEntry['inputs'] {
  if (entry.kind !== 'operation' && entry.kind !== 'transform' && entry.kind !== 'metric') return [];
  return entry.inputs.filter((input) => input.optional !== true);
}

export function printSetting(value: SettingValue): string {
  if (value === null) return 'none';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return `${value}`;
  if (isCall(value)) {
    const name = value.call.slice(value.call.indexOf('/') + 1);
    const defaults = catalog.get(value.call)?.settings ?? {};
    const settings = Object.entries(value.settings)
      .filter(([key, v]) => printSetting(v) !== printSetting(defaults[key]?.default ?? null))
      .map(([key, v]) => `${key}: ${printSetting(v)}`);
    return settings.length === 0 ? name : `${name}(${settings.join(', ')})`;
  }
  return `(${value.map(printSetting).join(', ')})`;
}

function isCall(value: SettingValue): value is Extract<SettingValue, { readonly call: string }> {
  return typeof value === 'object' && value !== null && 'call' in value;
}

export function printSeen(seen: Seen, tell: Tell): string {
  const print = (one: Seen) => printSeen(one, tell);
  switch (seen.kind) {
    case 'tensor':
      return printType(seen.type);
    case 'size':
      return printDim(seen.dim);
    case 'number':
    case 'flag':
      return seen.value === undefined ? '?' : `${seen.value}`;
    case 'text':
      return seen.value === undefined ? tell('text') : JSON.stringify(seen.value);
    case 'word':
      return seen.text;
    case 'list':
      return `[${seen.items.map(print).join(', ')}]`;
    case 'range':
      return `${print(seen.from)}..${print(seen.to)}`;
    case 'tuple':
      return `(${seen.items.map((item) => (item.name === undefined ? '' : `${item.name}: `) + print(item.value)).join(', ')})`;
    case 'layer':
      return seen.title;
    case 'unknown':
      return '?';
  }
}

/** `float32[28, 28, 1]`, without its brackets for a single number. */
export function printTensor(type: TensorType, tell: Tell): string {
  const text = printType(type);
  return text.endsWith('[]') && text.length > 2 ? tell('single-number', { type: text.slice(0, -2) }) : text;
}

/** 2769408 → `2.6 MiB`. */
export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = count;
  let at = 0;
  while (value >= 1024 && at < units.length - 1) {
    value /= 1024;
    at++;
  }
  return `${at === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[at]}`;
}

/** 693962 → `693,962`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** The head of a declaration as it is written: `block Residual(filters: int, stride: int = 1)`. */
export function declarationHead(declaration: Declaration, text: string): string {
  switch (declaration.kind) {
    case 'unit':
    case 'extern':
    case 'data': {
      const keyword =
        declaration.kind === 'unit' ? declaration.unit : declaration.kind === 'extern' ? 'extern block' : 'data';
      return `${keyword} ${declaration.name.text}${paramList(declaration.params, text)}`;
    }
    case 'variant':
    case 'run':
    case 'export':
    case 'import': {
      const line = text.slice(declaration.start, declaration.end).split('\n')[0] ?? '';
      return line.replace(/\s*\{.*$/, '').trim();
    }
  }
}

export function paramList(params: readonly Param[], text: string): string {
  if (params.length === 0) return '';
  return `(${params.map((param) => text.slice(param.start, param.end)).join(', ')})`;
}

/**
 * The signature on one line: what nearly every layer takes besides (penalties and limits of its weights) is told by `…`.
 * Help while writing has them all.
 */
export function shortSignature(of: Entry | Callee): string {
  const kept = shortened.get(of);
  if (kept !== undefined) return kept;
  const made = shorten(of);
  shortened.set(of, made);
  return made;
}

/** Lists of suggestions show most of the library: each signature is written once. */
const shortened = new WeakMap<object, string>();

function shorten(of: Entry | Callee): string {
  const { label, params } = signatureOf(of);
  const shared = params.filter((param) => Object.hasOwn(regularisationSettings, param.name));
  const [first] = shared;
  const last = shared.at(-1);
  if (first === undefined || last === undefined) return label;
  return `${label.slice(0, first.start)}…${label.slice(last.end)}`;
}

/** The source text of an expression. */
export function textOf(node: Expr, text: string): string {
  return text.slice(node.start, node.end);
}
