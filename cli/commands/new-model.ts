/** `modelwright new`: a new program of a family, filled from the header of the data that are named, or with example data. */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { createFiles } from '../../files/index.ts';
import {
  exampleData,
  FAMILIES,
  type Family,
  familyMessages,
  isFamily,
  newProgram,
  render,
} from '../../language/index.ts';
import { shown } from '../program.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

export interface NewModelWish {
  readonly family: string;
  /** Data file or folder; undefined: example data are made beside the program. */
  readonly data: string | undefined;
  readonly out: string | undefined;
}

export function newModel(world: World, { family, data, out }: NewModelWish): ExitCode {
  if (!isFamily(family)) {
    world.say(`There is no template \`${family}\`. The templates are:`);
    for (const each of FAMILIES) {
      const { title, takes } = familyMessages(each);
      world.say(`  ${each.padEnd(12)} ${render(title)}; it takes ${render(takes)}`);
    }
    return exitCodes.usage;
  }
  const file = resolve(world.cwd, out ?? `${family}.model`);
  if (existsSync(file))
    return refuse(world, `\`${shown(file, world)}\` is there already. Name another file with \`-o\`.`);
  if (!file.endsWith('.model')) return refuse(world, `\`${out}\` is no name of a program: it ends in .model.`);
  try {
    return data === undefined ? withExample(world, family, file) : withData(world, family, { file, data });
  } catch (error) {
    return refuse(
      world,
      `The program could not be written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function withExample(world: World, family: Family, file: string): ExitCode {
  const made = exampleData(family);
  const folder = dirname(file);
  const taken = made.files.map(({ path }) => join(folder, path)).find((path) => existsSync(path));
  if (taken !== undefined) {
    return refuse(
      world,
      `The example data would overwrite \`${shown(taken, world)}\`. Name data of your own, or another folder with \`-o\`.`,
    );
  }
  for (const { path, content } of made.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  world.say(`Example data: ${shown(join(folder, made.path), world)}`);
  return write(world, { family, file, data: made.path, folder: made.folder });
}

function withData(
  world: World,
  family: Family,
  { file, data }: { readonly file: string; readonly data: string },
): ExitCode {
  const path = resolve(world.cwd, data);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined)
    return refuse(world, `\`${data}\` is not there. Name a data file or folder, or none for example data.`);
  const near = relative(dirname(file), path).replaceAll('\\', '/');
  // What lies elsewhere is named by its whole path.
  const named = near.startsWith('../../../') ? path.replaceAll('\\', '/') : near;
  return write(world, { family, file, data: named, folder: stats.isDirectory() });
}

function write(world: World, request: Parameters<typeof newProgram>[1]): ExitCode {
  const made = newProgram(createFiles({ dataFolder: world.env.MODELWRIGHT_DATA }), request);
  if (made.kind === 'unfit') return refuse(world, render(made.message));
  mkdirSync(dirname(request.file), { recursive: true });
  // `wx`: what came there meanwhile is not overwritten.
  writeFileSync(request.file, made.text, { flag: 'wx' });
  world.print(shown(request.file, world));
  return exitCodes.done;
}

function refuse(world: World, message: string): ExitCode {
  world.say(message);
  return exitCodes.usage;
}
