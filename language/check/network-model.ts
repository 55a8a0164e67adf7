/**
 * A network whose weights lie in a file of tensors and whose layers in a program beside it (`backbone.safetensors`,
 * `backbone.model`): the model of that program is used like a block, and its weights start as the file has them.
 */
import type { WeightDef } from '../catalog/entry.ts';
import { FROM_FILE } from '../data/network-graph.ts';
import type { Place } from '../problem.ts';
import { newNaming, type Recorder } from './frame.ts';
import type { UnitRef } from './layer.ts';
import type { NetworkUse } from './network.ts';
import { applyUnit } from './use.ts';
import { unknownValue, type Value } from './value.ts';

/** What comes out; undefined where there is no such program, or none with a single model. */
export function modelBeside(use: NetworkUse, file: string): Value | undefined {
  const { settings, site, frame, path } = use;
  const unit = unitBeside(use, file);
  if (unit === undefined) return undefined;
  const { session } = frame;
  const recorder = session.recorder && fromFile(session.recorder, unit.name, use, file);
  // One use of it must not be taken for another: its weights are of this file.
  const own = { ...session, recorder, memo: new Map() };
  const naming = { ...newNaming(path), self: true };
  const value = applyUnit(unit, { ...site, args: [] }, use.x, { ...frame, session: own, naming });
  session.steps = own.steps;
  if (value.kind !== 'tuple') return value;
  const wanted = value.items.find(({ name }) => settings.output === 'last' || name === settings.output);
  return wanted?.value ?? unknownValue;
}

function unitBeside({ site, frame }: NetworkUse, file: string): UnitRef | undefined {
  const { program } = frame.session;
  const from = site.frame.chunk.file;
  const beside = file.replace(/\.safetensors$/iu, '.model');
  const names = program.exported(from, beside);
  const source = program.module(from, beside);
  if (typeof source !== 'object') return undefined;
  const models = names.flatMap((name): UnitRef[] => {
    const found = program.find(source.file, name, 'unit');
    const declaration = found?.declaration;
    const isModel = (declaration?.kind === 'unit' || declaration?.kind === 'variant') && declaration.unit === 'model';
    return found && isModel ? [{ name, chunk: found.chunk, declaration }] : [];
  });
  return models.length === 1 ? models[0] : undefined;
}

/** Writes the same down, but for where the weights start. */
function fromFile(recorder: Recorder, model: string, { path, settings }: NetworkUse, file: string): Recorder {
  const isKept = settings.trainable === false;
  return {
    weight(own: string, def: WeightDef, place: Place) {
      const variable = own.startsWith(`${path}/`) ? `${model}${own.slice(path.length)}` : own;
      const init = { call: FROM_FILE, settings: { file, layer: model, variable, group: '', index: 0 } };
      return recorder.weight(own, { ...def, init, trainable: def.trainable && !isKept }, place);
    },
    node: (node) => recorder.node(isKept ? { ...node, frozen: true } : node),
    enter: (box, place) => recorder.enter?.(box, place),
  };
}
