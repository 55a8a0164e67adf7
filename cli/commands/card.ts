/** `modelwright card`: the model card of a run, on standard output or into a file. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findRun, findRunsFolder, modelCard, whyNoRun } from '../../runs/index.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

export function card(
  world: World,
  name: string,
  options: { readonly out: string | undefined; readonly runs: string | undefined },
): ExitCode {
  const folder = findRunsFolder(join(world.cwd, 'program.model'), { override: options.runs });
  const run = findRun(folder, name);
  if (run === undefined) {
    world.say(whyNoRun(folder, name));
    return exitCodes.usage;
  }
  const text = modelCard(run, new Date(world.now()).toISOString().slice(0, 10));
  if (options.out === undefined) world.print(text.trimEnd());
  else writeFileSync(resolve(world.cwd, options.out), text);
  return exitCodes.done;
}
