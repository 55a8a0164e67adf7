/**
 * Which units contain themselves. Found from the names in their bodies alone, so that the answer depends neither on the
 * order of checks nor on sizes; such units are never entered.
 */
import type { Chunk, Declaration } from '../syntax/tree.ts';

const named = new WeakMap<Chunk, readonly string[]>();

/** All units that a unit uses, directly or through others; itself only where it contains itself. */
export function unitsUsedBy(from: Chunk, find: (file: string, name: string) => Chunk | undefined): ReadonlySet<Chunk> {
  const seen = new Set<Chunk>();
  const waiting = [from];
  for (let chunk = waiting.pop(); chunk; chunk = waiting.pop()) {
    for (const name of unitNames(chunk)) {
      const next = find(chunk.file, name);
      if (!next || seen.has(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return seen;
}

/** Names in a unit's body that may be those of units: not what the unit binds itself. */
function unitNames(chunk: Chunk): readonly string[] {
  const before = named.get(chunk);
  if (before) return before;
  const { declaration } = chunk;
  const own = declaration ? boundNames(declaration) : new Set<string>();
  const names = declaration ? [...writtenNames(declaration)].filter((name) => !own.has(name)) : [];
  named.set(chunk, names);
  return names;
}

function boundNames(declaration: Declaration): Set<string> {
  const names = new Set<string>();
  if (declaration.kind !== 'unit' && declaration.kind !== 'extern') return names;
  for (const param of declaration.params) names.add(param.name.text);
  for (const statement of declaration.body) {
    if (statement.kind === 'bind') for (const part of statement.parts) names.add(part.name.text);
    else if (statement.kind === 'input' || statement.kind === 'layer') names.add(statement.name.text);
    // The sizes that an input introduces.
    if (statement.kind === 'input') for (const name of namesUnder(statement.type)) names.add(name);
  }
  return names;
}

/** The texts of all names used in expressions, and the unit that a variant is of. */
function writtenNames(declaration: Declaration): Set<string> {
  if (declaration.kind === 'variant') return namesUnder(declaration.args).add(declaration.of.text);
  if (declaration.kind === 'extern') return namesUnder(declaration.params);
  return declaration.kind === 'unit' ? namesUnder([declaration.params, declaration.body]) : new Set();
}

/** The texts of all names under a node of the tree. */
function namesUnder(root: unknown): Set<string> {
  const names = new Set<string>();
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null) continue;
    if ('kind' in node && node.kind === 'name' && 'text' in node && typeof node.text === 'string') names.add(node.text);
    waiting.push(...Object.values(node));
  }
  return names;
}
