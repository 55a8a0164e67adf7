/** Completion in `( )`: values of the next setting, then the settings that are not given yet, then values in scope. */

import type { Entry, EntryPlace, SettingDef, SettingType } from '../catalog/entry.ts';
import { catalog } from '../catalog/index.ts';
import { settingDoc } from '../messages/entries/index.ts';
import type { Place } from '../syntax/expected.ts';
import { expressionsUnder } from '../syntax/parts.ts';
import { startsLower } from '../syntax/tokens.ts';
import type { Arg, Expr } from '../syntax/tree.ts';
import { calleeOf } from './callees.ts';
import { type Asked, type Item, item } from './completion.ts';
import { entryItem, stageItem } from './completion-names.ts';
import { optionalInputs, printSetting } from './print.ts';

export function argumentItems(place: Extract<Place, { readonly kind: 'argument' }>, asked: Asked): readonly Item[] {
  const callee = calleeOf(place.callee, asked.spot.placed.chunk.declaration?.kind);
  if (callee === undefined) return unitParams(place.callee, place.given, asked);
  const { entry, settings: defs } = callee;
  const given = new Set(place.given.map((arg) => arg.name?.text));
  const unnamed =
    place.given.filter((arg) => arg.name === undefined).length -
    (entry === undefined ? 0 : takenByInputs(entry, place.given));
  const order = Object.entries(defs).filter(([name, def]) => def.named !== true && !given.has(name));
  const [next] = order.slice(Math.max(0, unnamed));
  const values = next === undefined ? [] : valuesOf(next[1].type, 0, asked);
  const done = new Set(order.slice(0, Math.max(0, unnamed)).map(([name]) => name));
  const settings = Object.entries(defs)
    .filter(([name]) => !given.has(name) && !done.has(name))
    .map(([name, def], index) => settingItem(name, def, 20 + index / 100, asked));
  const inputs = (entry === undefined ? [] : optionalInputs(entry))
    .filter((input) => !given.has(input.name))
    .map((input) => item(`${input.name}:`, 'setting', 30, { doc: input.doc, insert: `${input.name}: ` }));
  return [...values, ...settings, ...inputs];
}

/** A function that is called takes its inputs first: these are no settings. */
function takenByInputs(entry: Entry, given: readonly Arg[]): number {
  if (entry.kind !== 'operation' || !startsLower(entry.name)) return 0;
  const inputs = entry.inputs.filter((input) => input.optional !== true);
  const unnamed = given.filter((arg) => arg.name === undefined).length;
  return Math.min(unnamed, inputs.some((input) => input.many !== undefined) ? unnamed : inputs.length);
}

function settingItem(name: string, def: SettingDef, order: number, { tell, locale }: Asked): Item {
  const standard = def.default === undefined ? tell('setting-required') : printSetting(def.default);
  return item(`${name}:`, 'setting', order + (def.default === undefined ? -1 : 0), {
    detail: standard,
    doc: settingDoc(def.doc, locale),
    insert: `${name}: `,
  });
}

export function settingItems(place: Extract<Place, { readonly kind: 'setting' }>, asked: Asked): readonly Item[] {
  const callee = calleeOf(place.callee, asked.spot.placed.chunk.declaration?.kind);
  const def = callee?.settings[place.name.text];
  return def === undefined ? [] : valuesOf(def.type, 0, asked);
}

/** The words that a setting takes. */
function valuesOf(type: SettingType, order: number, asked: Asked): readonly Item[] {
  const words = (list: readonly string[]) => list.map((word, index) => item(word, 'word', order + index / 1000));
  switch (type.kind) {
    case 'word':
      return words(type.words);
    case 'flag':
      return words(['true', 'false']);
    case 'padding':
      return words(type.count === 1 ? ['valid', 'same', 'causal'] : ['valid', 'same']);
    case 'activation':
      return activations(order);
    case 'initialiser':
      return named('initialiser', order);
    case 'rate':
      // Mostly a number stands here: the schedules come after the settings' names.
      return named('schedule', order + 25);
    case 'metric':
      return words(watchable(asked));
    case 'layers':
      return words(catalog.names('model').filter(hasWeights));
    case 'integer':
    case 'number':
    case 'text':
    case 'pair':
    case 'axis':
    case 'shape':
    case 'numbers':
    case 'names':
    case 'range':
    case 'items':
    case 'literal':
      return [];
  }
}

function hasWeights(name: string): boolean {
  const entry = catalog.find('model', name);
  return entry?.kind === 'operation' && entry.weights !== undefined;
}

/** Names by which `early()` and `best()` watch: the loss, and what this run measures; all metrics where it measures none. */
function watchable({ spot }: Asked): readonly string[] {
  const d = spot.placed.chunk.declaration;
  const line = d?.kind === 'run' ? d.body.find((one) => one.kind === 'entry' && one.key.text === 'metrics') : undefined;
  const measured = line === undefined ? [] : expressionsUnder(line.value).flatMap(metricName);
  const names = measured.length > 0 ? measured : catalog.names('metric');
  return ['validation.loss', ...names.map((name) => `validation.${name}`), 'loss', ...measured];
}

function metricName(expr: Expr): readonly string[] {
  const callee = expr.kind === 'call' ? expr.callee : expr;
  return callee.kind === 'name' && catalog.find('metric', callee.text) !== undefined ? [callee.text] : [];
}

/** The usual ones first. */
export const usualActivations: readonly string[] = [
  'relu',
  'gelu',
  'sigmoid',
  'tanh',
  'softmax',
  'silu',
  'elu',
  'leakyRelu',
];

function activations(order: number): readonly Item[] {
  const found = catalog.names('model').flatMap((name) => {
    const entry = catalog.find('model', name);
    if (entry?.kind !== 'operation' || entry.activation !== true) return [];
    const rank = usualActivations.indexOf(name);
    return [{ ...stageItem(entry, order + (rank < 0 ? 0.5 : rank / 100)), kind: 'word' as const }];
  });
  return [...found, item('none', 'word', order + 0.9)];
}

function named(place: EntryPlace, order: number): readonly Item[] {
  return catalog.names(place).flatMap((name) => {
    const entry = catalog.find(place, name);
    return entry === undefined ? [] : [entryItem(entry, order)];
  });
}

/** Parameters (and further inputs) of a block, model or data section of this file. */
function unitParams(callee: Expr, given: readonly Arg[], asked: Asked): readonly Item[] {
  if (callee.kind !== 'name') return [];
  const taken = new Set(given.map((arg) => arg.name?.text));
  for (const { chunk } of asked.file.syntax.chunks) {
    const d = chunk.declaration;
    if ((d?.kind !== 'unit' && d?.kind !== 'data' && d?.kind !== 'extern') || d.name.text !== callee.text) continue;
    const inputs = d.kind === 'data' ? [] : d.body.flatMap((line) => (line.kind === 'input' ? [line] : [])).slice(1);
    return [...d.params, ...inputs]
      .filter((param) => !taken.has(param.name.text))
      .map((param, index) =>
        item(`${param.name.text}:`, 'setting', index / 100, {
          detail: chunk.text.slice(param.start, param.end),
          insert: `${param.name.text}: `,
        }),
      );
  }
  return [];
}
