/** Who uses whom: blocks, the models and blocks that apply them, and the runs that train these. */
import type { CheckedDeclaration, CheckedFile } from '../check/checked.ts';
import type { Place } from '../problem.ts';
import type { Chunk, Span } from '../syntax/tree.ts';
import { definitionOf, filePlace, offsetOf, samePlace, spotAt, type Trees, targetAt } from './locate.ts';
import { type Outline, outline } from './symbols.ts';

/** A declaration as a node of the hierarchy; spans are file offsets. */
export interface HierarchyItem {
  readonly file: string;
  readonly outline: Outline;
}

export interface HierarchyCall {
  readonly item: HierarchyItem;
  /** Where the one uses the other: in the caller's file. */
  readonly places: readonly Span[];
}

/** The declaration that the name under the cursor means, or in whose head it stands. */
export function hierarchyItem(file: CheckedFile, offset: number, trees: Trees): HierarchyItem | undefined {
  const spot = spotAt(file, offset);
  const target = spot === undefined ? undefined : targetAt(spot)?.target;
  if (target?.kind === 'declaration') return itemOf(target.at.chunk, trees);
  const d = spot?.placed.chunk.declaration;
  const inHead =
    d !== undefined && spot !== undefined && !spot.placed.chunk.text.slice(d.start, spot.at).includes('\n');
  return inHead ? itemOf(spot.placed.chunk, trees) : undefined;
}

function itemOf(chunk: Chunk, trees: Trees): HierarchyItem | undefined {
  const syntax = trees.syntax(chunk.file);
  const offset = offsetOf(chunk, trees);
  if (syntax === undefined || offset === undefined) return undefined;
  const found = outline(syntax).find((o) => o.start >= offset && o.end <= offset + chunk.text.length);
  return found === undefined ? undefined : { file: chunk.file, outline: found };
}

/** The declaration of an item, found again in the file as it is now. */
export function itemAt(file: CheckedFile, item: { readonly nameStart: number }): CheckedDeclaration | undefined {
  return spotAt(file, item.nameStart)?.checked;
}

/** The declarations that use this one. */
export function incomingCalls(
  of: CheckedDeclaration,
  files: readonly CheckedFile[],
  trees: Trees,
): readonly HierarchyCall[] {
  const name = nameOf(of.chunk);
  if (name === undefined) return [];
  return files.flatMap((file) =>
    file.declarations.flatMap((declaration, index) => {
      if (declaration.chunk.declaration?.kind === 'import') return [];
      const offset = file.syntax.chunks[index]?.offset ?? 0;
      const places = usesIn(declaration, (at) => samePlace(at, name) && declaration.chunk !== of.chunk);
      const item = places.length === 0 ? undefined : itemOf(declaration.chunk, trees);
      return item === undefined ? [] : [{ item, places: places.map((place) => shifted(place, offset)) }];
    }),
  );
}

/** The declarations that this one uses. */
export function outgoingCalls(of: CheckedDeclaration, trees: Trees): readonly HierarchyCall[] {
  const offset = offsetOf(of.chunk, trees) ?? 0;
  const calls = new Map<string, { item: HierarchyItem; places: Span[] }>();
  for (const [node, target] of of.facts.targets) {
    if (target.kind !== 'declaration' || target.at.chunk === of.chunk) continue;
    const at = filePlace(target.at, trees);
    const item = at === undefined ? undefined : itemOf(target.at.chunk, trees);
    if (at === undefined || item === undefined) continue;
    const key = `${at.file} ${at.start}`;
    const call = calls.get(key) ?? { item, places: [] };
    call.places.push(shifted(node, offset));
    calls.set(key, call);
  }
  return [...calls.values()];
}

function nameOf(chunk: Chunk): Place | undefined {
  const d = chunk.declaration;
  if (d === undefined || !('name' in d)) return undefined;
  return { chunk, start: d.name.start, end: d.name.end };
}

function usesIn(declaration: CheckedDeclaration, wanted: (at: Place) => boolean): readonly Span[] {
  return [...declaration.facts.targets].flatMap(([node, target]) => {
    const at = target.kind === 'declaration' ? definitionOf(target) : undefined;
    return at !== undefined && wanted(at) ? [node] : [];
  });
}

function shifted(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}
