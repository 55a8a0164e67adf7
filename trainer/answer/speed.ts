/**
 * How fast an engine trains this very plan, on made-up numbers of the right shapes. Runs in a throw-away process and says
 * each finding as it comes, so that whoever waits can stop it and keep what there is.
 */
import type { Plan } from '../../language/index.ts';
import type { EngineOptions, SpeedFinding } from '../../protocol/index.ts';
import { deviceOf, openEngine, threadsOf } from '../choose.ts';
import type { Batch, Engine, HostTensor } from '../engine.ts';
import { compilePlan } from '../run/compile-plan.ts';
import { knownSteps } from './probe.ts';

const warmUp = 1;
const steps = 7;
/** Milliseconds after which a number of threads has been measured long enough. */
const enough = 1500;

/** `threads`: the numbers to try, the likeliest first. */
export async function speedOfPlan(
  plan: Plan,
  options: EngineOptions,
  threads: readonly number[],
  say: (finding: SpeedFinding) => void,
): Promise<void> {
  try {
    const [first = threadsOf(options)] = threads;
    const engine = await openEngine({ ...options, threads: first });
    say({ kind: 'title', title: engine.info.title });
    const { device } = deviceOf(options.device);
    // The default on the CPU is what all others are held against.
    const wrong = options.engine === 'onnx' && device === 'cpu' ? undefined : await knownSteps(engine);
    if (wrong !== undefined) {
      say({ kind: 'trouble', why: wrong });
      return;
    }
    for (const count of threads) await measure(engine, plan, count, say);
    await engine.dispose();
  } catch (error) {
    say({ kind: 'trouble', why: error instanceof Error ? error.message : String(error) });
  }
}

async function measure(
  engine: Engine,
  plan: Plan,
  threads: number,
  say: (finding: SpeedFinding) => void,
): Promise<void> {
  const compiled = await compilePlan(plan);
  const size = plan.train?.batch ?? 1;
  const session = await engine.open(compiled, { batch: size, threads, seed: plan.train?.seed ?? 0 });
  const fields = compiled
    .lower('train', size)
    .inputs.flatMap((input): [string, HostTensor][] =>
      input.kind === 'field' ? [[input.name, madeUp(input.tensor)]] : [],
    );
  const batches: readonly Batch[] = [{ size, fields: Object.fromEntries(fields) }];
  const losses: number[] = [];
  const times: number[] = [];
  const began = performance.now();
  for (let step = 0; step < warmUp + steps; step++) {
    const start = performance.now();
    const { loss } = await session.step(batches, { rate: 1e-4, step, metrics: false, gradientNorm: false });
    if (losses.length < 2) losses.push(loss);
    if (step >= warmUp) times.push(performance.now() - start);
    if (times.length > 0 && performance.now() - began > enough) break;
  }
  await session.dispose();
  const sorted = times.sort((a, b) => a - b);
  say({ kind: 'speed', threads, ms: sorted[sorted.length >> 1] ?? Number.NaN, losses });
}

/** Numbers in 0..1 that repeat late; whole numbers are 0, which is a class, a word and a place in every list. */
function madeUp({
  dtype,
  shape,
}: {
  readonly dtype: HostTensor['dtype'];
  readonly shape: readonly number[];
}): HostTensor {
  const size = shape.reduce((product, n) => product * n, 1);
  if (dtype === 'int32') return { dtype, shape, data: new Int32Array(size) };
  const fraction = (i: number): number => (i * 0.61803398875) % 1;
  if (dtype === 'float32') return { dtype, shape, data: Float32Array.from({ length: size }, (_, i) => fraction(i)) };
  const most = dtype === 'bool' ? 2 : 256;
  return { dtype, shape, data: Uint8Array.from({ length: size }, (_, i) => Math.floor(fraction(i) * most)) };
}
