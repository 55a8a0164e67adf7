/**
 * Can an engine be used here? Asked in a throw-away process, because native code may crash: it trains two steps of a model
 * so small that its result is known (w starts at 0, the loss of (w − 1)² falls), measures one that is larger, and says what
 * it found.
 */
import { compile } from '../../compiler/index.ts';
import type { DoctorEngine, EngineOptions } from '../../protocol/index.ts';
import { openEngine } from '../choose.ts';
import type { Batch, Engine } from '../engine.ts';
import { probePlan } from './probe-plan.ts';

/** Tries one engine in this process. */
export async function probe(options: EngineOptions): Promise<DoctorEngine> {
  const base = {
    id: options.engine === 'tensorflow' ? ('tensorflow' as const) : ('onnx' as const),
    device: options.device.startsWith('gpu') ? ('gpu' as const) : ('cpu' as const),
    loader: undefined,
  };
  try {
    const engine = await openEngine(options);
    const found = { ...base, loader: engine.info.loader, title: engine.info.title, devices: engine.info.devices };
    const wrong = await knownSteps(engine);
    if (wrong !== undefined) {
      return { ...found, usable: false, reason: wrong, cure: 'Use another engine, and report this.' };
    }
    const ms = await speedOf(engine);
    await engine.dispose();
    return { ...found, usable: true, reason: 'two steps of known result came out right', cure: '', ms };
  } catch (error) {
    const title = `${base.id === 'onnx' ? 'ONNX Runtime' : 'TensorFlow'}, ${base.device.toUpperCase()}`;
    const message = error instanceof Error ? error.message : String(error);
    return { ...base, title, usable: false, reason: message, cure: cureFor(options) };
  }
}

/** (0 − 1)² = 1; the gradient −2 moves w to 0.2, and (0.2 − 1)² = 0.64. Answers what came out wrong. */
export async function knownSteps(engine: Engine): Promise<string | undefined> {
  const session = await engine.open(compile(probePlan(1, [])), { batch: 4, threads: 1, seed: 0 });
  const batch = ones(4, 1);
  const first = await session.step([batch], { rate: 0.1, step: 0, metrics: false, gradientNorm: false });
  const second = await session.step([batch], { rate: 0.1, step: 1, metrics: false, gradientNorm: false });
  await session.dispose();
  if (Math.abs(first.loss - 1) < 1e-5 && Math.abs(second.loss - 0.64) < 1e-5) return undefined;
  return `a step of known result came out wrong (losses ${first.loss} and ${second.loss}, expected 1 and 0.64)`;
}

const measured = { batch: 128, features: 256, hidden: [512, 512], warmUp: 5, steps: 25 } as const;

/** Median milliseconds of a step of a network of some size. */
async function speedOf(engine: Engine): Promise<number> {
  const { batch, features, hidden, warmUp, steps } = measured;
  const session = await engine.open(compile(probePlan(features, hidden)), { batch, threads: 1, seed: 0 });
  const fed = ones(batch, features);
  const times: number[] = [];
  for (let step = 0; step < warmUp + steps; step++) {
    const start = performance.now();
    await session.step([fed], { rate: 1e-4, step, metrics: false, gradientNorm: false });
    if (step >= warmUp) times.push(performance.now() - start);
  }
  await session.dispose();
  return times.sort((a, b) => a - b)[steps >> 1] ?? Number.NaN;
}

function ones(size: number, features: number): Batch {
  const data = new Float32Array(size * features).fill(1);
  return { size, fields: { x: { dtype: 'float32', shape: [size, features], data } } };
}

function cureFor(options: EngineOptions): string {
  if (options.device.startsWith('gpu')) return 'Set the device to cpu or auto.';
  return options.engine === 'tensorflow'
    ? 'Nothing needs to be done: the default engine trains without it. `modelwright doctor --install` fetches it.'
    : 'Install the extension for this platform again.';
}
