/** What the tools about programs work with on the command line: the files of the disk, as trusted as whoever started it. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Desk } from '../../assist/index.ts';
import { createChecker, shown } from '../program.ts';
import type { World } from '../world.ts';

/** A desk over the disk; an assistant's relative paths begin at the folder that the command was started in. */
export function createDesk(world: World): Desk {
  const checker = createChecker(world);
  return {
    analyser: checker.analyser,
    place: (path) => resolve(world.cwd, path),
    read: (path) => checker.read(path),
    shown: (file) => shown(file, world),
    page: (code) => readBeside(world, join('docs', 'problems', `${code}.md`)),
  };
}

/** A file of the package that this program is part of. */
export function readBeside(world: World, path: string): string | undefined {
  try {
    return readFileSync(join(world.dist, '..', path), 'utf8');
  } catch {
    return undefined;
  }
}
