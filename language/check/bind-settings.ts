/** Which argument goes to which setting: in order, then by name; unknown, doubled, missing and surplus ones are reported. */
import type { CheckedSettings, CheckedValue, Entry, SettingDef } from '../catalog/entry.ts';
import type { Arg, Span } from '../syntax/tree.ts';
import { argValue, isValueArg } from './call.ts';
import { enumerated, expected } from './expected.ts';
import { type Frame, place } from './frame.ts';
import type { GivenArg } from './layer.ts';
import { complain } from './report.ts';
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
  let next = 0;
  let ok = true;
  for (const one of args) {
    const name = one.arg.name?.text ?? order[next++];
    ok = take(owner, name, one, { bound, given, order }) && ok;
  }
  const read = readSettings(owner, given, frame, callee);
  return { settings: read.settings, bound, given, ok: ok && read.ok };
}

interface Taking {
  readonly bound: Map<Arg, string>;
  readonly given: Map<string, GivenArg>;
  readonly order: readonly string[];
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
    tooMany(owner, one, into.order);
    return false;
  }
  if (!Object.hasOwn(owner.settings, name)) {
    const at = arg.name ?? arg;
    if (tellDecay(owner, one, at)) return false;
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

function tooMany(owner: Owner, { arg, frame }: GivenArg, order: readonly string[]): void {
  const named = Object.keys(owner.settings).filter((name) => owner.settings[name]?.named);
  const values = {
    callee: owner.name,
    order: enumerated(order),
    count: order.length,
    named: enumerated(named.slice(0, SHOWN)) + (named.length > SHOWN ? ' and more' : ''),
  };
  const variant =
    order.length === 0 ? (named.length === 0 ? '.none' : '.named-only') : named.length === 0 ? '.all' : '';
  complain(frame, arg, `argument/too-many${variant}`, values);
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

/** Optimizers that decay weights, for those that do not. */
const DECAYING: Readonly<Record<string, string>> = { Adam: 'AdamW', NAdam: 'AdamW', RMSprop: 'AdamW' };

/** A decay for an optimizer that has none: another one has. False: nothing of the kind. */
function tellDecay(owner: Owner, { arg, frame }: GivenArg, at: Span): boolean {
  const better = DECAYING[owner.name];
  const name = arg.name?.text;
  if (!better || owner.entry?.place !== 'optimizer' || (name !== 'decay' && name !== 'weight_decay')) return false;
  const start = frame.chunk.text.lastIndexOf(owner.name, at.start);
  const edits = [
    { at: place(frame, { start, end: start + owner.name.length }), newText: better },
    { at: place(frame, at), newText: 'decay' },
  ];
  const title = { key: 'fix/replace', values: { text: better } };
  const fixes = start < 0 ? [] : [{ id: 'argument/unknown/decay', title, preferred: true, edits }];
  complain(frame, at, 'argument/unknown.decay', { callee: owner.name, better, name }, fixes);
  return true;
}
