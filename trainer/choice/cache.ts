/** Choices of before, in the user's cache: a plan of the same shape on the same machine is not measured again for a while. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../../language/index.ts';
import { type EngineOptions, isRecord, parseJson } from '../../protocol/index.ts';
import { planHash } from '../run/hash.ts';
import { installedRuntimes } from '../runtime/folders.ts';
import { MODELWRIGHT_VERSION } from '../version.ts';
import { gpuSigns } from './candidates.ts';
import type { Choice } from './decide.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A driver may be renewed without a sign of it. */
const lifetime = 7 * 24 * 3600 * 1000;
const most = 200;

export interface ChoiceCache {
  read(key: string): Choice | undefined;
  write(key: string, choice: Choice): void;
}

/** Equal keys: the same shape of work for the same parts of the same machine. */
export function keyOf(plan: Plan, options: EngineOptions, env: Environment = process.env): string {
  const { train } = plan;
  // What does not change the work does not count: how long it trains, on what, how fast it learns, from which numbers.
  const shape = planHash({
    ...plan,
    data: {
      ...plan.data,
      source: { call: '', settings: {}, place: plan.data.place },
      nodes: [],
      shuffle: false,
      seed: 0,
    },
    train: train && {
      ...train,
      optimizer: { call: train.optimizer.call, settings: {} },
      epochs: undefined,
      steps: undefined,
      seed: 0,
      stop: undefined,
      save: [],
    },
  });
  const machine = [
    MODELWRIGHT_VERSION,
    process.version,
    platform(),
    arch(),
    cpus()[0]?.model ?? '',
    cpus().length,
    gpuSigns(),
    ['MODELWRIGHT_LIBTENSORFLOW', 'VIRTUAL_ENV', 'CONDA_PREFIX', 'CUDA_VISIBLE_DEVICES', 'VK_DRIVER_FILES'].map(
      (name) => env[name] ?? '',
    ),
    installedRuntimes(env).map(({ folder }) => folder),
  ];
  return createHash('sha256')
    .update(JSON.stringify([shape, options, machine]))
    .digest('hex')
    .slice(0, 32);
}

/** A cache that cannot be read or written is none: it only saves time. */
export function openCache(folder: string, now: () => number): ChoiceCache {
  const file = join(folder, 'engines.json');
  const all = (): Record<string, unknown> => {
    try {
      const value = parseJson(readFileSync(file, 'utf8'));
      return isRecord(value) ? { ...value } : {};
    } catch {
      return {};
    }
  };
  return {
    read(key) {
      const entry = all()[key];
      if (!isRecord(entry) || typeof entry.at !== 'number' || now() - entry.at > lifetime) return undefined;
      return isChoice(entry.choice) ? entry.choice : undefined;
    },
    write(key, choice) {
      const kept = Object.entries(all())
        .filter(([other]) => other !== key)
        .slice(-most + 1);
      try {
        mkdirSync(folder, { recursive: true });
        const beside = `${file}.${process.pid}`;
        writeFileSync(beside, JSON.stringify(Object.fromEntries([...kept, [key, { at: now(), choice }]])));
        renameSync(beside, file);
      } catch {
        // Measured again the next time.
      }
    },
  };
}

function isChoice(value: unknown): value is Choice {
  if (!isRecord(value)) return false;
  const { engine, device, threads, reason, index } = value;
  return (
    (engine === 'onnx' || engine === 'tensorflow') &&
    (device === 'cpu' || device === 'gpu') &&
    typeof threads === 'number' &&
    typeof reason === 'string' &&
    (index === undefined || typeof index === 'number')
  );
}
