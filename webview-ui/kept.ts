/**
 * What the tabs remember of how they are looked at, beside the view of the charts (`view-state.ts`): a value for each name, kept by
 * VS Code across hiding, reload and restart. A page that is hidden is torn down, so that what is in no signal of these is forgotten.
 */
import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { isRecord } from '../protocol/index.ts';

/** The value as it is used, from what was kept; undefined: that is nothing of its kind. */
export type Read<T> = (kept: unknown) => T | undefined;

export interface Kept {
  /** All values by name, as they are to be kept. */
  readonly all: ReadonlySignal<Readonly<Record<string, unknown>>>;
  /** The signal of a name: it begins with what was kept, else with `first`, and what it becomes is kept. Always the same one. */
  signal<T>(name: string, first: T, read: Read<T>, write?: (value: T) => unknown): Signal<T>;
  /** The same for a signal that is there already. */
  bind<T>(name: string, own: Signal<T>, read: Read<T>, write?: (value: T) => unknown): void;
  /** Values whose names begin so are what they were at first. */
  forget(prefix: string): void;
}

interface Known {
  readonly own: unknown;
  readonly reset: () => void;
}

/** Larger values (a picture that was given, a long text) are not kept: they would be written with each change of them. */
const MOST_CHARACTERS = 300_000;

/** `before`: what `all` was when the page was seen last. */
export function createKept(before: unknown): Kept {
  const all = signal<Readonly<Record<string, unknown>>>(isRecord(before) ? before : {});
  const known = new Map<string, Known>();

  const put = (name: string, value: unknown): void => {
    const { [name]: before, ...others } = all.peek();
    if (value === undefined && before === undefined) return;
    const isSmall = value !== undefined && JSON.stringify(value).length <= MOST_CHARACTERS;
    all.value = isSmall ? { ...others, [name]: value } : others;
  };
  const bind = <T>(
    name: string,
    own: Signal<T>,
    read: Read<T>,
    write: (value: T) => unknown = (same) => same,
  ): void => {
    if (known.get(name)?.own === own) return;
    const first = own.peek();
    const found = read(all.peek()[name]);
    if (found !== undefined) own.value = found;
    known.set(name, {
      own,
      reset: () => {
        own.value = first;
      },
    });
    effect(() => {
      const { value } = own;
      put(name, value === first ? undefined : write(value));
    });
  };
  return {
    all,
    bind,
    signal<T>(name: string, first: T, read: Read<T>, write?: (value: T) => unknown): Signal<T> {
      // The signal of a name has the type that it was made with: each name stands in one place of the program.
      const there = known.get(name)?.own as Signal<T> | undefined;
      if (there !== undefined) return there;
      const own = signal(first);
      bind(name, own, read, write);
      return own;
    },
    forget(prefix) {
      for (const [name, { reset }] of known) if (name.startsWith(prefix)) reset();
      const rest = Object.entries(all.peek()).filter(([name]) => !name.startsWith(prefix));
      all.value = Object.fromEntries(rest);
    },
  };
}

export const asText: Read<string> = (kept) => (typeof kept === 'string' ? kept : undefined);
export const asFlag: Read<boolean> = (kept) => (typeof kept === 'boolean' ? kept : undefined);
export const asNumber: Read<number> = (kept) => (typeof kept === 'number' && Number.isFinite(kept) ? kept : undefined);
export const asTexts: Read<readonly string[]> = (kept) =>
  Array.isArray(kept) && kept.every((each): each is string => typeof each === 'string') ? kept : undefined;

export const asNumbers: Read<readonly number[]> = (kept) =>
  Array.isArray(kept) && kept.every((each): each is number => asNumber(each) !== undefined) ? kept : undefined;

/** One of these words. */
export function asOneOf<T extends string>(words: readonly T[]): Read<T> {
  return (kept) => words.find((word) => word === kept);
}

/** Counts: numbers of rows, of scores, of answers. */
export const asCount: Read<number> = (kept) =>
  typeof kept === 'number' && Number.isSafeInteger(kept) && kept >= 0 ? kept : undefined;

/** A record of which each member is read, and must be there. */
export function asShape<T extends object>(members: { readonly [K in keyof T]: Read<T[K]> }): Read<T> {
  return (kept) => {
    if (typeof kept !== 'object' || kept === null) return undefined;
    const out: Partial<T> = {};
    for (const name of Object.keys(members) as (keyof T)[]) {
      const value = members[name](Reflect.get(kept, name));
      if (value === undefined) return undefined;
      out[name] = value;
    }
    return out as T;
  };
}
