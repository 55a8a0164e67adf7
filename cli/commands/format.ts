/** `modelwright format`: lays programs out in place, or says which ones need it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format as formatText } from '../../language/index.ts';
import { findPrograms, shown } from '../program.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

export function format(world: World, paths: readonly string[], options: { readonly check: boolean }): ExitCode {
  const found = findPrograms(paths, world);
  if (!found.ok) {
    world.say(found.message);
    return exitCodes.usage;
  }
  let changed = 0;
  for (const file of found.files) {
    const before = readFileSync(file, 'utf8');
    const after = formatText(before);
    if (after === before) continue;
    changed += 1;
    world.print(shown(file, world));
    if (!options.check) writeFileSync(file, after);
  }
  const what = options.check ? 'would change' : 'changed';
  world.say(`${changed} of ${found.files.length} file${found.files.length === 1 ? '' : 's'} ${what}.`);
  return options.check && changed > 0 ? exitCodes.found : exitCodes.done;
}
