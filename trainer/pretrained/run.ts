/** Weights of runs of our own: those of a checkpoint, by the paths that they have there. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isRecord, parseJson } from '../../protocol/index.ts';
import { CHECKPOINTS, checkpointSteps, readCheckpoint, usedWeights } from '../run/checkpoint.ts';
import { realDisk } from '../run/disk.ts';
import { readTensors } from '../run/safetensors.ts';
import type { NetworkFile } from './network-file.ts';

type Tensors = ReadonlyMap<string, { readonly data: unknown }>;

/** A file of tensors. */
export function openTensors(path: string): NetworkFile {
  const found = readTensors(readFileSync(path));
  if (!found.ok) throw new Error(found.why);
  return opened(found.tensors);
}

/** The folder of a run (its best checkpoint, if it has kept one, else the newest), or of one of its checkpoints. */
export function openRun(folder: string): NetworkFile {
  const isCheckpoint = basename(join(folder, '..')) === CHECKPOINTS;
  const run = isCheckpoint ? join(folder, '..', '..') : folder;
  const steps = checkpointSteps(realDisk, run);
  const best = bestStep(run);
  const step = isCheckpoint ? Number(basename(folder)) : (steps.find((one) => one === best) ?? steps[0]);
  if (step === undefined) throw new Error('it has no checkpoint to take weights from');
  const checkpoint = readCheckpoint(realDisk, run, step);
  if ('why' in checkpoint) throw new Error(`${checkpoint.path}: ${checkpoint.why}`);
  return opened(usedWeights(checkpoint));
}

function opened(tensors: Tensors): NetworkFile {
  return {
    read({ variable }) {
      const data = tensors.get(variable)?.data;
      return data instanceof Float32Array ? data : undefined;
    },
    close: () => undefined,
  };
}

function bestStep(run: string): number | undefined {
  const path = join(run, 'run.json');
  const record = existsSync(path) ? parseJson(readFileSync(path, 'utf8')) : undefined;
  const best = isRecord(record) && isRecord(record.best) ? record.best.step : undefined;
  return typeof best === 'number' ? best : undefined;
}
