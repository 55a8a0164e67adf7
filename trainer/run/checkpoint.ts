/**
 * Checkpoints: a folder by its step, written beside, flushed, renamed; read only where the sums agree. The newest two are
 * kept, with the best one and those of `every(n)`.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  type CheckpointFiles,
  type CheckpointState,
  NEWEST_CHECKPOINTS,
  parseCheckpointState,
} from '../../protocol/index.ts';
import type { HostTensor, TrainState } from '../engine.ts';
import type { Disk } from './disk.ts';
import { readTensors, writeTensors } from './safetensors.ts';

export const CHECKPOINTS = 'checkpoints';

/** Writes a checkpoint; answers its path below the run's folder and its size. */
export function writeCheckpoint(
  disk: Disk,
  run: string,
  state: Omit<CheckpointState, 'sha256' | 'bytes'>,
  train: TrainState,
): { readonly path: string; readonly bytes: number } {
  const name = String(state.step);
  const folder = join(run, CHECKPOINTS);
  const beside = join(folder, `.${name}.tmp`);
  const files = Object.entries(filesOf(train)).map(([key, tensors]) => ({ key, parts: writeTensors(tensors) }));
  const sizes = files.map(({ key, parts }) => [key, parts.reduce((sum, part) => sum + part.length, 0)] as const);
  const whole = {
    ...state,
    sha256: Object.fromEntries(files.map(({ key, parts }) => [key, sumOf(parts)])),
    bytes: Object.fromEntries(sizes),
  };
  const text = Buffer.from(`${JSON.stringify(whole)}\n`);
  try {
    disk.remove(beside);
    disk.makeFolder(beside);
    for (const { key, parts } of files) disk.write(join(beside, nameOf(key)), parts);
    disk.write(join(beside, 'state.json'), [text]);
    disk.flush(beside);
    moveIntoPlace(disk, beside, join(folder, name), join(folder, `.${name}.old`));
  } catch (error) {
    disk.remove(beside);
    throw error;
  }
  const bytes = sizes.reduce((sum, [, size]) => sum + size, text.length);
  return { path: `${CHECKPOINTS}/${name}`, bytes };
}

/** What stands in a file of its own. */
function filesOf({ weights, optimizer, averages }: TrainState): CheckpointFiles<TrainState['weights']> {
  return { weights, optimizer, ...(averages === undefined ? {} : { averages }) };
}

function nameOf(key: string): string {
  return `${key}.safetensors`;
}

/** A checkpoint of the same step (a run that went on from an earlier one) is replaced. */
function moveIntoPlace(disk: Disk, beside: string, place: string, old: string): void {
  if (disk.names(place).length > 0) {
    disk.remove(old);
    disk.rename(place, old);
  }
  disk.rename(beside, place);
  disk.remove(old);
}

/** A process that died while it replaced a checkpoint may have left the one before aside. */
export function bringBack(disk: Disk, run: string): void {
  const folder = join(run, CHECKPOINTS);
  const names = disk.names(folder);
  for (const name of names) {
    const step = /^\.(\d+)\.old$/.exec(name)?.[1];
    if (step !== undefined && !names.includes(step)) disk.rename(join(folder, name), join(folder, step));
  }
}

function sumOf(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Bytes that a checkpoint of this state takes. */
export function checkpointBytes(train: TrainState): number {
  let bytes = 65536;
  for (const map of Object.values(filesOf(train))) for (const tensor of map.values()) bytes += tensor.data.byteLength;
  return bytes;
}

export interface ReadCheckpoint {
  readonly path: string;
  readonly state: CheckpointState;
  readonly train: TrainState;
}

export interface Damaged {
  readonly path: string;
  readonly why: string;
}

/** The newest whole checkpoint, and what was wrong with newer ones. */
export function readNewest(
  disk: Disk,
  run: string,
): { readonly found: ReadCheckpoint | undefined; readonly damaged: readonly Damaged[] } {
  const damaged: Damaged[] = [];
  for (const step of checkpointSteps(disk, run)) {
    const read = readCheckpoint(disk, run, step);
    if ('train' in read) return { found: read, damaged };
    damaged.push(read);
  }
  return { found: undefined, damaged };
}

/** One checkpoint, or why it cannot be used. */
export function readCheckpoint(disk: Disk, run: string, step: number): ReadCheckpoint | Damaged {
  const path = `${CHECKPOINTS}/${step}`;
  const folder = join(run, CHECKPOINTS, String(step));
  const state = parseCheckpointState(disk.read(join(folder, 'state.json'))?.toString('utf8') ?? '');
  if (state === undefined) return { path, why: 'state.json is missing, damaged or from another version' };
  const { sha256, bytes } = state;
  const read = (key: keyof CheckpointFiles<string>): TrainState['weights'] | string =>
    readFile(disk, join(folder, nameOf(key)), nameOf(key), { sum: sha256[key] ?? '', bytes: bytes?.[key] });
  const weights = read('weights');
  if (typeof weights === 'string') return { path, why: weights };
  const optimizer = read('optimizer');
  if (typeof optimizer === 'string') return { path, why: optimizer };
  const averages = sha256.averages === undefined ? undefined : read('averages');
  if (typeof averages === 'string') return { path, why: averages };
  const train = { weights, optimizer, step: state.step, ...(averages === undefined ? {} : { averages }) };
  return { path, state, train };
}

function readFile(
  disk: Disk,
  file: string,
  name: string,
  expected: { readonly sum: string; readonly bytes: number | undefined },
): TrainState['weights'] | string {
  const content = disk.read(file);
  if (content === undefined) return `${name} is missing`;
  if (expected.bytes !== undefined && content.length !== expected.bytes)
    return `${name} is damaged: it has ${content.length} bytes, state.json says ${expected.bytes}`;
  const sum = sumOf([content]);
  if (sum !== expected.sum)
    return `${name} is damaged: its SHA-256 is ${sum.slice(0, 12)}…, state.json says ${expected.sum.slice(0, 12)}…`;
  const read = readTensors(content);
  return read.ok ? read.tensors : `${name} cannot be read: ${read.why}`;
}

/** The weights that a run is used with: its averages, where it keeps some. */
export function usedWeights({ train }: ReadCheckpoint): TrainState['weights'] {
  return train.averages === undefined ? train.weights : new Map([...train.weights, ...train.averages]);
}

/** Steps that have a checkpoint, newest first. */
export function checkpointSteps(disk: Disk, run: string): number[] {
  return disk
    .names(join(run, CHECKPOINTS))
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => b - a);
}

/** Removes what need not be kept: all but the newest two, the best, and each `every` steps. */
export function pruneCheckpoints(
  disk: Disk,
  run: string,
  keep: { readonly best: number | undefined; readonly every: readonly number[] },
): void {
  checkpointSteps(disk, run).forEach((step, place) => {
    const kept = place < NEWEST_CHECKPOINTS || step === keep.best || keep.every.some((every) => step % every === 0);
    if (!kept) disk.remove(join(run, CHECKPOINTS, String(step)));
  });
}

/** After a resume: a checkpoint of a step that is done again would be newer than the truth. */
export function removeAfter(disk: Disk, run: string, step: number): void {
  for (const other of checkpointSteps(disk, run)) {
    if (other > step) disk.remove(join(run, CHECKPOINTS, String(other)));
  }
  for (const name of disk.names(join(run, CHECKPOINTS))) {
    if (name.startsWith('.')) disk.remove(join(run, CHECKPOINTS, name));
  }
}

/** The path of the first weight that has a number which is none. */
export function firstNotFinite(state: TrainState): string | undefined {
  for (const map of [state.weights, state.averages ?? new Map()]) {
    for (const [path, tensor] of map) {
      if (tensor.dtype === 'float32' && !areFinite(tensor.data)) return path;
    }
  }
  return undefined;
}

/** A plain loop: this is done for every weight at every checkpoint. */
function areFinite(data: HostTensor['data']): boolean {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return false;
  return true;
}
