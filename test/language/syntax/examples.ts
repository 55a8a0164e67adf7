/** The programs of `examples/language`, by file name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../examples/language');

export function examplePrograms(): readonly (readonly [name: string, text: string])[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.model'))
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
}
