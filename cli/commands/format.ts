/** `modelwright format`: lays programs out in place, or says which ones need it. */
import { format as formatText } from '../../language/index.ts';
import { findPrograms, shown } from '../program.ts';
import { readProgram, replaceProgram } from '../text.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

export function format(world: World, paths: readonly string[], options: { readonly check: boolean }): ExitCode {
  const found = findPrograms(paths, world);
  if (!found.ok) {
    world.say(found.message);
    return exitCodes.usage;
  }
  let changed = 0;
  let failed = 0;
  const complain = (message: string): void => {
    failed += 1;
    world.say(message);
  };
  for (const file of found.files) {
    const read = readProgram(file, shown(file, world));
    if (!read.ok) {
      complain(read.message);
      continue;
    }
    const after = formatText(read.text);
    if (after === read.text) continue;
    const trouble = options.check ? undefined : replaceProgram(file, after, shown(file, world));
    if (trouble !== undefined) {
      complain(trouble);
      continue;
    }
    changed += 1;
    world.print(shown(file, world));
  }
  const what = options.check ? 'would change' : 'changed';
  world.say(`${changed} of ${found.files.length} file${found.files.length === 1 ? '' : 's'} ${what}.`);
  if (failed > 0) return exitCodes.found;
  return options.check && changed > 0 ? exitCodes.found : exitCodes.done;
}
