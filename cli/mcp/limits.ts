/**
 * What an assistant may name: programs within the folder that the server was started in, and runs by number or name. A link
 * that leads outside is outside.
 */
import { realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { type ToolInput, textOf, whyNoProgram } from '../../assist/index.ts';
import type { World } from '../world.ts';

/** Why the input may not be followed; undefined where it may. */
export function whyNotAllowed(world: World, input: ToolInput): string | undefined {
  const file = textOf(input, 'file');
  const run = textOf(input, 'run');
  if (file !== undefined) {
    const refused = whyNoProgram(file);
    if (refused !== undefined) return refused;
    if (!isWithin(real(resolve(world.cwd, file)), real(world.cwd))) {
      return `\`${file}\` lies outside ${world.cwd}, the folder that \`modelwright mcp\` was started in. Name a program within it.`;
    }
  }
  if (run !== undefined && /[\\/\0]/u.test(run)) {
    return `\`${run}\` is no name of a run. Give its number (14), its name (0014-quiet-heron) or \`latest\`, as modelwright_runs lists them.`;
  }
  return undefined;
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}

/** Where a path leads, links followed; what is not there yet stands in the folder that is. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : resolve(real(above), relative(above, path));
  }
}
