/** Where a name is defined, everywhere it is used, and what to change to rename it. */
import type { CheckedFile, FilePlace } from '../check/checked.ts';
import type { Locale } from '../messages/table.ts';
import type { Place } from '../problem.ts';
import { nameEnd } from '../syntax/lexer.ts';
import { isKeyword } from '../syntax/tokens.ts';
import type { Span } from '../syntax/tree.ts';
import { definitionOf, filePlace, samePlace, spotAt, type Trees, targetAt } from './locate.ts';
import { baseName } from './paths.ts';
import { declaredNames } from './scope.ts';
import { tellIn } from './tell.ts';

export interface Definition {
  /** The name that was asked about, in this file. */
  readonly origin: Span;
  readonly target: FilePlace;
}

export function definition(file: CheckedFile, offset: number, trees: Trees): Definition | undefined {
  const spot = spotAt(file, offset);
  const found = spot === undefined ? undefined : targetAt(spot);
  if (spot === undefined || found === undefined) return undefined;
  const at = definitionOf(found.target);
  const target = at === undefined ? undefined : filePlace(at, trees);
  if (target === undefined) return undefined;
  const { start, end } = found.node;
  return { origin: { start: spot.placed.offset + start, end: spot.placed.offset + end }, target };
}

/** Every place in `files` where the thing under the cursor is named, its definition included. */
export function references(
  file: CheckedFile,
  offset: number,
  files: readonly CheckedFile[],
  trees: Trees,
): readonly FilePlace[] {
  const spot = spotAt(file, offset);
  const found = spot === undefined ? undefined : targetAt(spot);
  if (found === undefined) return [];
  const at = definitionOf(found.target);
  return at === undefined ? entryUses(file, found.target) : usesOf(at, files, trees);
}

/** Uses of what is defined at `at`, in the order of the files. */
export function usesOf(at: Place, files: readonly CheckedFile[], trees: Trees): readonly FilePlace[] {
  const places = new Map<string, FilePlace>();
  const add = (place: FilePlace | undefined) => {
    if (place !== undefined && place.end > place.start) places.set(`${place.file} ${place.start}`, place);
  };
  add(filePlace(at, trees));
  for (const file of files) {
    for (const [index, { facts }] of file.declarations.entries()) {
      const offset = file.syntax.chunks[index]?.offset ?? 0;
      for (const [node, target] of facts.targets) {
        const own = definitionOf(target);
        if (own !== undefined && samePlace(own, at)) {
          add({ file: file.file, start: offset + node.start, end: offset + node.end });
        }
      }
    }
  }
  return [...places.values()].sort((a, b) => (a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1));
}

/** A name of the library: its uses in this file. */
function entryUses(file: CheckedFile, wanted: { readonly kind: string }): readonly FilePlace[] {
  const places: FilePlace[] = [];
  for (const [index, { facts }] of file.declarations.entries()) {
    const offset = file.syntax.chunks[index]?.offset ?? 0;
    for (const [node, target] of facts.targets) {
      const same =
        target.kind === 'entry' && wanted.kind === 'entry' && 'entry' in wanted && wanted.entry === target.entry;
      if (same) places.push({ file: file.file, start: offset + node.start, end: offset + node.end });
    }
  }
  return places;
}

export type Renaming =
  | { readonly ok: true; readonly edits: readonly (FilePlace & { readonly newText: string })[] }
  | { readonly ok: false; readonly reason: string };

/** The name under the cursor, if it can be renamed. */
export function renameable(file: CheckedFile, offset: number): Span | undefined {
  const spot = spotAt(file, offset);
  const found = spot === undefined ? undefined : targetAt(spot);
  if (spot === undefined || found === undefined || definitionOf(found.target) === undefined) return undefined;
  return { start: spot.placed.offset + found.node.start, end: spot.placed.offset + found.node.end };
}

export function rename(
  file: CheckedFile,
  offset: number,
  name: string,
  files: readonly CheckedFile[],
  trees: Trees,
  locale: Locale = 'en',
): Renaming {
  const tell = tellIn(locale);
  const legal = name !== '' && !/^\p{N}/u.test(name) && nameEnd(name, 0) === name.length && !isKeyword(name);
  if (!legal) return { ok: false, reason: tell('rename.illegal', { name }) };
  const places = references(file, offset, files, trees);
  if (renameable(file, offset) === undefined || places.length === 0) {
    return { ok: false, reason: tell('rename.nothing') };
  }
  const spot = spotAt(file, offset);
  const declared = spot !== undefined && targetAt(spot)?.target.kind === 'declaration';
  const clashes = (one: CheckedFile) =>
    isTaken(name, one, places) || (declared && declaredNames(one.syntax).some((other) => other.name === name));
  const taken = files.find((one) => places.some((place) => place.file === one.file) && clashes(one));
  if (taken !== undefined) return { ok: false, reason: tell('rename.taken', { name, file: baseName(taken.file) }) };
  return { ok: true, edits: places.map((place) => ({ ...place, newText: name })) };
}

/** Whether a declaration that will hold the new name has it already, for something else. */
function isTaken(name: string, file: CheckedFile, places: readonly FilePlace[]): boolean {
  const own = places.filter((place) => place.file === file.file);
  return file.declarations.some(({ facts }, index) => {
    const placed = file.syntax.chunks[index];
    const touched =
      placed !== undefined &&
      own.some((place) => placed.offset <= place.start && place.end <= placed.offset + placed.chunk.text.length);
    if (!touched) return false;
    return [...facts.targets].some(([node, target]) => node.text === name && definitionOf(target) !== undefined);
  });
}
