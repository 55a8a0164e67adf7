/** Lock: every import of every room is one that the table allows. */
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Room, rooms } from './rooms.ts';
import { sourcesOf } from './sources.ts';

const root = resolve(import.meta.dirname, '../..');

interface Import {
  readonly file: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

/** `import … from 'x'`, `export … from 'x'`, `import 'x'`, `import('x')`, `require('x')`. */
const statement =
  /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]/g;

function importsOf(file: string): Import[] {
  const text = withoutComments(readFileSync(join(root, file), 'utf8'));
  return [...text.matchAll(statement)].map((match) => {
    const from = match[3] ?? match[4] ?? '';
    return { file, from, typeOnly: match[2] !== undefined };
  });
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** Why this import is not allowed, or undefined. */
function fault(room: Room, one: Import): string | undefined {
  if (one.from.startsWith('.')) return faultOfPath(room, one);
  if (one.from.startsWith('node:')) return room.node ? undefined : 'uses a module of Node';
  if (builtinModules.includes(one.from)) return 'names a module of Node without "node:"';
  const name = one.from
    .split('/')
    .slice(0, one.from.startsWith('@') ? 2 : 1)
    .join('/');
  if (!room.packages.includes(name)) return `uses the package ${name}`;
  const only = room.onlyIn?.[name];
  if (only !== undefined && only !== one.file) return `uses the package ${name}, which stands in ${only} only`;
  return undefined;
}

function faultOfPath(room: Room, one: Import): string | undefined {
  const target = relative(root, resolve(root, dirname(one.file), one.from)).replaceAll('\\', '/');
  if (!/\.(ts|tsx|css|json|svg)$/.test(one.from)) return 'has no extension';
  const other = target.split('/')[0] ?? '';
  if (other === room.name) return undefined;
  const allowed = room.rooms.includes(other) || (one.typeOnly && (room.types ?? []).includes(other));
  if (!allowed) return `imports ${one.typeOnly ? 'types of ' : ''}the room ${other}`;
  if (target !== `${other}/index.ts`) return `goes past the façade of ${other}`;
  return undefined;
}

for (const room of rooms) {
  test(`${room.name} imports only what it may`, () => {
    const faults = sourcesOf(room.name).flatMap((file) =>
      importsOf(file).flatMap((one) => {
        const why = fault(room, one);
        return why === undefined ? [] : [`${file}: '${one.from}' ${why}`];
      }),
    );
    expect(faults).toEqual([]);
  });
}

// What ES2022 itself has; console, timers, Node and the DOM are no types of the pure rooms to begin with.
const impure = /\b(Math\.random|Date\.now|new Date|globalThis)\b/;

for (const room of rooms.filter((one) => one.pure)) {
  test(`${room.name} is pure: no clock, no chance`, () => {
    const faults = sourcesOf(room.name).flatMap((file) =>
      withoutComments(readFileSync(join(root, file), 'utf8'))
        .split('\n')
        // Text that people read may name such things.
        .filter((line) => impure.test(line.replace(/(['"`])(?:\\.|(?!\1).)*\1/g, '')))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(faults).toEqual([]);
  });
}
