/** Which argument goes to which setting: in order, then by name; unknown, doubled, missing and surplus ones are reported. */
import type { CheckedSettings, CheckedValue, Entry, SettingDef } from '../catalog/entry.ts';
import type { Fix } from '../problem.ts';
import type { Arg, Span } from '../syntax/tree.ts';
import { argValue, isValueArg } from './call.ts';
import { enumerated, expected } from './expected.ts';
import { tellForeignSetting } from './foreign-settings.ts';
import type { Frame } from './frame.ts';
import type { GivenArg } from './layer.ts';
import { complain, replaceFix } from './report.ts';
import { suggest } from './resolve.ts';
import { settingValue } from './setting.ts';

/** Whoever has the settings: an entry, or a rule of a section (`early`). */
export interface Owner {
  readonly name: string;
  readonly settings: Readonly<Record<string, SettingDef>>;
  readonly entry: Entry | undefined;
}

export interface BoundSettings {
  readonly settings: CheckedSettings;
  readonly bound: ReadonlyMap<Arg, string>;
  /** Where each written setting stands. */
  readonly given: ReadonlyMap<string, GivenArg>;
  readonly ok: boolean;
}

/** Binds arguments that are all settings. `callee` is underlined where a required one is missing. */
export function bindSettings(owner: Owner, args: readonly GivenArg[], frame: Frame, callee?: Span): BoundSettings {
  const bound = new Map<Arg, string>();
  const given = new Map<string, GivenArg>();
  const order = Object.keys(owner.settings).filter((name) => !owner.settings[name]?.named);
  const taking: Taking = { bound, given, order, surplus: [] };
  let next = 0;
  let ok = true;
  for (const one of args) {
    const name = one.arg.name?.text ?? order[next++];
    ok = take(owner, name, one, taking) && ok;
  }
  tellSurplus(owner, taking);
  const read = readSettings(owner, given, frame, callee);
  return { settings: read.settings, bound, given, ok: ok && read.ok };
}

export interface Taking {
  readonly bound: Map<Arg, string>;
  readonly given: Map<string, GivenArg>;
  readonly order: readonly string[];
  /** Arguments without names that no setting is left for. */
  readonly surplus: GivenArg[];
}

/** Notes that `one` is for the setting `name`; reports what cannot be. */
export function take(
  owner: Owner,
  name: string | undefined,
  one: GivenArg,
  into: Taking,
  more: readonly string[] = [],
): boolean {
  const { frame, arg } = one;
  if (name === undefined) {
    into.surplus.push(one);
    return false;
  }
  if (!Object.hasOwn(owner.settings, name)) {
    const at = arg.name ?? arg;
    if (tellForeignSetting(owner, one)) return false;
    const names = [...Object.keys(owner.settings), ...more];
    const meant = suggest(frame, at, name, 'argument/unknown', names, { callee: owner.name });
    // The setting that was meant is not missing as well.
    if (meant !== undefined && Object.hasOwn(owner.settings, meant) && !into.given.has(meant))
      into.given.set(meant, one);
    else if (isValueArg(arg, frame)) argValue(one);
    return false;
  }
  if (into.given.has(name)) {
    complain(frame, arg, 'argument/twice', { setting: name, callee: owner.name });
    return false;
  }
  into.given.set(name, one);
  into.bound.set(arg, name);
  if (arg.name && owner.entry)
    frame.facts?.targets.set(arg.name, { kind: 'setting', entry: owner.entry, setting: name });
  return true;
}

/** So many named settings are told; the rest is found by completion. */
const SHOWN = 7;

/** Reports arguments that no setting is left for, as one mistake. */
export function tellSurplus(owner: Owner, { surplus, order, given }: Taking): void {
  const [first] = surplus;
  if (!first) return;
  const named = Object.keys(owner.settings).filter((name) => owner.settings[name]?.named);
  const values = {
    callee: owner.name,
    order: enumerated(order),
    count: order.length,
    named: enumerated(named.slice(0, SHOWN)) + (named.length > SHOWN ? ' and more' : ''),
  };
  const variant =
    order.length === 0 ? (named.length === 0 ? '.none' : '.named-only') : named.length === 0 ? '.all' : '';
  const { arg, frame } = first;
  complain(frame, arg, `argument/too-many${variant}`, values, listFix(owner, { surplus, order, given }));
}

/** `reshape(28, 28, 1)`: sizes that belong into one list. */
function listFix(owner: Owner, { surplus, order, given }: Pick<Taking, 'surplus' | 'order' | 'given'>): readonly Fix[] {
  const name = order.at(-1);
  const start = name === undefined ? undefined : given.get(name)?.arg;
  const end = surplus.at(-1);
  if (name === undefined || !start || start.name || !end || owner.settings[name]?.type.kind !== 'shape') return [];
  const span = { start: start.start, end: end.arg.end };
  const text = `[${end.frame.chunk.text.slice(span.start, span.end)}]`;
  return [replaceFix(end.frame, 'argument/too-many/list', span, text)];
}

/** The values of all settings: what was given, else the defaults. Required ones that are missing are reported. */
export function readSettings(
  owner: Owner,
  given: ReadonlyMap<string, GivenArg>,
  frame: Frame,
  callee: Span | undefined,
): { readonly settings: CheckedSettings; readonly ok: boolean } {
  const settings: Record<string, CheckedValue> = {};
  let ok = true;
  let wrong = false;
  for (const [name, def] of Object.entries(owner.settings)) {
    const one = given.get(name);
    if (one) {
      const value = settingValue({ owner, name, def }, one);
      if (value !== undefined) {
        settings[name] = value;
        continue;
      }
      // Left out from here on: reported, or only known at a use.
      if (one.value?.kind !== 'unknown' && one.value?.kind !== 'flag' && one.value?.kind !== 'text') {
        ok = false;
        wrong = true;
      }
    } else if (def.default === undefined) {
      ok = false;
      // A value of the wrong kind is the news; what is missing beside it mostly stands in it (`resize((8, 8))`).
      if (callee && !wrong) {
        complain(frame, callee, 'argument/missing', {
          callee: owner.name,
          setting: name,
          expected: expected(def.type),
          doc: def.doc,
        });
      }
      continue;
    }
    if (def.default !== undefined) settings[name] = def.default as CheckedValue;
  }
  return { settings, ok };
}
