/**
 * The choice of an engine where it was left open: what is there is measured on the plan itself, the fastest that computes the
 * right thing wins, and the next run of the same shape takes it at once. Where there is nothing to choose nothing is run.
 */
import { availableParallelism } from 'node:os';
import { cacheFolder } from '../../files/index.ts';
import type { Plan } from '../../language/index.ts';
import type { EngineOptions } from '../../protocol/index.ts';
import { findTensorFlow } from '../engines/tensorflow/find.ts';
import { Failure } from '../failure.ts';
import { type ChoiceCache, keyOf, openCache } from './cache.ts';
import { type Candidate, candidatesFor, gpuOf, gpuSigns, type Surroundings } from './candidates.ts';
import { type Choice, checkedAll, decide, type Measured } from './decide.ts';
import { type MeasureRequest, measure as measureApart } from './measure.ts';

export type { Choice } from './decide.ts';

export interface ChoiceWish {
  readonly plan: Plan;
  readonly script: string;
  say(level: 'info' | 'warning', text: string): void;
}

/** What choosing needs of the world. */
export interface ChoiceDeps {
  readonly cache: ChoiceCache;
  readonly cores: number;
  /** Off where somebody wants the default wherever it is (`MODELWRIGHT_MEASURE=0`). */
  readonly measures: boolean;
  surroundings(options: EngineOptions): Promise<Surroundings>;
  measure(request: MeasureRequest): Promise<Measured>;
  /** Milliseconds. */
  clock(): number;
}

/** Milliseconds for one candidate among several, and for all together. */
const limits = { one: 20_000, all: 40_000 } as const;
/** Where only the number of threads is open; data is read meanwhile, so that the first step comes no later. */
const threadsLimit = 1000;

export async function choose(options: EngineOptions, wish: ChoiceWish, deps: ChoiceDeps = realDeps()): Promise<Choice> {
  const key = keyOf(wish.plan, options);
  const known = deps.measures ? deps.cache.read(key) : undefined;
  if (known !== undefined) return { ...known, reason: `${known.reason}, as measured before` };
  const around = await deps.surroundings(options);
  const candidates = candidatesFor(options, around);
  const threads = options.threads > 0 ? [options.threads] : threadCounts(deps.cores);
  const [first] = candidates;
  const fallBack = plainChoice(options, first, threads[0] ?? 1, around);
  const onGpuOnly = first !== undefined && candidates.every(({ device }) => device === 'gpu');
  const isPlain = candidates.length < 2 && !onGpuOnly && threads.length < 2;
  if (isPlain || first === undefined || !deps.measures) return fallBack;
  if (onGpuOnly) {
    const choice = await chooseGpu(candidates, threads.slice(0, 1), fallBack, wish, deps);
    deps.cache.write(key, choice);
    return choice;
  }
  const measured = await measureAll(candidates, threads, wish, deps);
  const decided = decide(measured, deps.cores);
  if (decided === undefined) {
    // A program too large to be measured in a moment keeps its threads, so that its runs repeat bit for bit.
    if (candidates.length < 2) deps.cache.write(key, fallBack);
    return { ...fallBack, reason: [fallBack.reason, ...troubles(measured, first)].join('; ') };
  }
  const choice = candidates.length < 2 ? { ...decided, reason: `${fallBack.reason}; ${decided.reason}` } : decided;
  deps.cache.write(key, choice);
  return choice;
}

/**
 * A GPU that was asked for by name is tried before the run, beside the processor: a driver may crash, refuse a shader or compute
 * nonsense, and the run's own process would find out late or never.
 */
async function chooseGpu(
  candidates: readonly Candidate[],
  threads: readonly number[],
  fallBack: Choice,
  wish: ChoiceWish,
  deps: ChoiceDeps,
): Promise<Choice> {
  const measured = await measureAll([{ engine: 'onnx', device: 'cpu' }, ...candidates], threads, wish, deps, 'trial');
  const isGpu = ({ device }: Candidate): boolean => device === 'gpu';
  const decided = decide(measured, deps.cores, isGpu);
  if (decided !== undefined) return { ...decided, reason: `${fallBack.reason}; ${decided.reason}` };
  const tried = checkedAll(measured).filter(isGpu);
  // A large program takes long to be tried; that says nothing against it.
  if (tried.some(({ late }) => late)) return { ...fallBack, reason: `${fallBack.reason}; trying it took too long` };
  const [only, ...others] = tried;
  // What says the cure itself needs no more words.
  if (only && others.length === 0 && only.trouble.includes('Set the device')) {
    throw new Failure('train/engine', only.trouble);
  }
  const why = tried.map(({ title, trouble }) => `${title}: ${trouble.replace(/\.$/, '')}`).join('; ');
  throw new Failure('train/engine', `The GPU cannot train this program. ${why}. Set the device to cpu or auto.`);
}

/** All cores, then one, which small programs like best, then two. */
export function threadCounts(cores: number): readonly number[] {
  return [...new Set([cores, 1, Math.min(2, cores)])];
}

async function measureAll(
  candidates: readonly Candidate[],
  threads: readonly number[],
  { plan, script, say }: ChoiceWish,
  deps: ChoiceDeps,
  wanted: 'fastest' | 'trial' = 'fastest',
): Promise<readonly Measured[]> {
  const several = candidates.length > 1;
  if (several) {
    const names = candidates.map(({ engine, device }) => `${engine} on the ${device.toUpperCase()}`).join(', ');
    const what =
      wanted === 'fastest' ? 'Measuring which engine trains this program fastest' : 'Trying the GPU on this program';
    say('info', `${what}, once: ${names}.`);
  }
  const began = deps.clock();
  const measured: Measured[] = [];
  // One after the other: an engine that is measured must not share its cores with another.
  for (const candidate of candidates) {
    const left = limits.all - (deps.clock() - began);
    const limit = several ? Math.min(limits.one, left) : threadsLimit;
    if (limit < 500) {
      const name = candidate.engine === 'onnx' ? 'ONNX Runtime' : 'TensorFlow';
      measured.push({
        ...candidate,
        title: name,
        trouble: 'there was no time left to measure it',
        times: [],
        losses: [],
      });
      continue;
    }
    const tried = candidate.device === 'gpu' ? threads.slice(0, 1) : threads;
    measured.push(await deps.measure({ script, plan, candidate, threads: tried, limit }));
  }
  if (several) {
    const seconds = ((deps.clock() - began) / 1000).toFixed(1);
    for (const one of measured) say('info', lineOf(one));
    say('info', `Measured in ${seconds} s; the next runs of this program start at once.`);
  }
  return measured;
}

function lineOf({ title, trouble, times }: Measured): string {
  if (trouble !== '') return `${title}: not used, ${trouble}`;
  return `${title}: ${times.map(({ threads, ms }) => `${Number(ms.toPrecision(3))} ms a step with ${threads} ${threads === 1 ? 'thread' : 'threads'}`).join(', ')}`;
}

function troubles(measured: readonly Measured[], first: Candidate | undefined): readonly string[] {
  return measured.flatMap((one) =>
    one.trouble !== '' && (one.engine !== first?.engine || one.device !== first.device)
      ? [`${one.device === 'gpu' ? 'GPU' : one.title} not used: ${one.trouble}`]
      : [],
  );
}

/** The choice without measuring. Where a GPU was asked for and none is seen, opening it tells what is missing. */
function plainChoice(
  options: EngineOptions,
  first: Candidate | undefined,
  threads: number,
  { gpu }: Surroundings,
): Choice {
  const wantsGpu = options.device.startsWith('gpu');
  const engine = options.engine === 'auto' ? 'onnx' : options.engine;
  const candidate: Candidate = first ?? { engine, device: wantsGpu ? 'gpu' : 'cpu' };
  const named = options.engine === 'auto' ? 'the default' : 'asked for';
  if (options.device !== 'auto') {
    return { ...candidate, threads, reason: `${named}, on the ${candidate.device.toUpperCase()} as asked for` };
  }
  const why = gpu === undefined ? 'none was found' : 'it was not measured';
  return { ...candidate, threads, reason: candidate.device === 'gpu' ? named : `${named}; GPU not used: ${why}` };
}

function realDeps(): ChoiceDeps {
  const measures = process.env.MODELWRIGHT_MEASURE !== '0';
  return {
    measures,
    cache: openCache(cacheFolder(), Date.now),
    cores: Math.max(1, availableParallelism()),
    async surroundings(options) {
      const tensorflow = measures && options.engine === 'auto' && (await findTensorFlow()).loaders.length > 0;
      return { gpu: gpuOf(gpuSigns()), tensorflow };
    },
    measure: measureApart,
    clock: () => performance.now(),
  };
}
