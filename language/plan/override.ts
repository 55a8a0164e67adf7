/** `--set epochs=2`, `--set classes=5`: values from outside in place of what a program says. They are parsed as expressions. */

import { type Frame, newScope } from '../check/frame.ts';
import type { GivenArg } from '../check/layer.ts';
import { complain } from '../check/report.ts';
import { nearest } from '../syntax/nearest.ts';
import { parseFile } from '../syntax/parse.ts';
import { sectionKeys } from '../syntax/sections.ts';
import type { Arg, Chunk, DataDecl, Entry, ExternDecl, RunDecl, UnitDecl } from '../syntax/tree.ts';

export interface Overrides {
  readonly model: readonly GivenArg[];
  readonly data: readonly GivenArg[];
  readonly keys: ReadonlyMap<string, { readonly entry: Entry; readonly frame: Frame }>;
}

interface Written {
  readonly arg: Arg;
  readonly chunk: Chunk;
}

/** A value as an argument; undefined where it is no expression. */
export function writtenArg(key: string, text: string): Written | undefined {
  const { chunks } = parseFile('--set', `model Set = Set(${key}: ${text})\n`);
  const chunk = chunks[0]?.chunk;
  const declaration = chunk?.declaration;
  const [arg, more] = declaration?.kind === 'variant' ? declaration.args : [];
  if (!chunk || !arg || more || chunk.problems.length > 0 || arg.name?.text !== key) return undefined;
  return { arg, chunk };
}

/** Sorts overriding values into keys of the section and parameters of its model and data; reports what is neither. */
export function readOverrides(
  values: Readonly<Record<string, string>>,
  run: RunDecl,
  model: UnitDecl | ExternDecl | undefined,
  data: DataDecl | undefined,
  frame: Frame,
): Overrides {
  const keys = new Map<string, { readonly entry: Entry; readonly frame: Frame }>();
  const args: { readonly model: GivenArg[]; readonly data: GivenArg[] } = { model: [], data: [] };
  const at = run.model[0] ?? run.keyword;
  for (const [key, text] of Object.entries(values)) {
    const written = writtenArg(key, text);
    if (!written) {
      complain(frame, at, 'train/override-value', { key, text });
      continue;
    }
    const { arg, chunk } = written;
    const outside: Frame = { ...frame, chunk, scope: newScope(), facts: undefined };
    const has = (owner: UnitDecl | ExternDecl | DataDecl | undefined) =>
      owner?.params.some((param) => param.name.text === key) ?? false;
    if (has(model)) args.model.push({ arg, frame: outside });
    else if (has(data)) args.data.push({ arg, frame: outside });
    else if (sectionKeys[run.run].includes(key) && arg.name) {
      const { start, end, value } = arg;
      keys.set(key, { entry: { kind: 'entry', key: arg.name, value, start, end }, frame: outside });
    } else {
      const params = [model, data].flatMap((owner) => owner?.params.map((param) => param.name.text) ?? []);
      const near = nearest(key, [...sectionKeys[run.run], ...params]);
      const what = { key, model: run.model[0]?.text ?? '' };
      if (near === undefined) complain(frame, at, 'train/override', what);
      else complain(frame, at, 'train/override.near', { ...what, near });
    }
  }
  return { ...args, keys };
}
