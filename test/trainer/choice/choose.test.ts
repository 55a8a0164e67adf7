/** The choice of an engine on made-up measurements: who wins, what is said of the others, what is measured at all. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cacheFolder } from '../../../files/index.ts';
import type { EngineOptions } from '../../../protocol/index.ts';
import { type ChoiceCache, keyOf, openCache } from '../../../trainer/choice/cache.ts';
import { candidatesFor, gpuOf } from '../../../trainer/choice/candidates.ts';
import { decide, type Measured } from '../../../trainer/choice/decide.ts';
import { type ChoiceDeps, choose, threadCounts } from '../../../trainer/choice/index.ts';
import { type MeasureRequest, shaderErrors, together } from '../../../trainer/choice/measure.ts';
import { benchPlan } from '../../compiler/bench-plans.ts';

const cpu: Measured = {
  engine: 'onnx',
  device: 'cpu',
  title: 'ONNX Runtime 1.30.0, CPU, 8 threads',
  trouble: '',
  times: [
    { threads: 8, ms: 12.34 },
    { threads: 1, ms: 20 },
  ],
  losses: [2.3, 2.2],
};
const gpu: Measured = {
  ...cpu,
  device: 'gpu',
  title: 'ONNX Runtime 1.30.0, WebGPU on A',
  times: [{ threads: 8, ms: 3 }],
};

describe('decide', () => {
  test('the fastest wins, and the sentence says by how much', () => {
    const choice = decide([cpu, gpu], 8)!;
    expect(choice).toMatchObject({ engine: 'onnx', device: 'gpu' });
    expect(choice.reason).toBe(
      'the fastest of 2 measured: 3 ms a step, ONNX Runtime 1.30.0, CPU, 8 threads takes 12.3 ms',
    );
  });

  test('a little faster is no reason to leave the default', () => {
    const choice = decide([cpu, { ...gpu, times: [{ threads: 8, ms: 12 }] }], 8)!;
    expect(choice).toMatchObject({ engine: 'onnx', device: 'cpu', threads: 8 });
  });

  test('one thread where it is faster', () => {
    const times = [
      { threads: 8, ms: 2 },
      { threads: 1, ms: 0.9 },
    ];
    expect(decide([{ ...cpu, times }], 8)).toMatchObject({ threads: 1, reason: '0.9 ms a step' });
  });

  test('another loss than the default’s is wrong, however fast', () => {
    const choice = decide([cpu, { ...gpu, losses: [2.3, 0.1] }], 8)!;
    expect(choice.device).toBe('cpu');
    expect(choice.reason).toContain(
      'GPU not used: its loss at step 2 is 0.1, that of ONNX Runtime 1.30.0, CPU, 8 threads 2.2',
    );
    expect(decide([cpu, { ...gpu, losses: [Number.NaN, 1] }], 8)!.device).toBe('cpu');
  });

  test('what cannot be used says why, and with nothing left there is no choice', () => {
    const broken = { ...gpu, trouble: 'its process ended with SIGSEGV', times: [] };
    expect(decide([cpu, broken], 8)!.reason).toContain('GPU not used: its process ended with SIGSEGV');
    expect(decide([broken], 8)).toBeUndefined();
  });
});

const options = (engine: EngineOptions['engine'], device: EngineOptions['device'], threads = 0): EngineOptions => ({
  engine,
  device,
  threads,
});

describe('candidates', () => {
  const found = (wish: EngineOptions, gpuSign: 'nvidia' | 'other' | undefined, tensorflow: boolean) =>
    candidatesFor(wish, { gpu: gpuSign, tensorflow }).map(({ engine, device }) => `${engine}/${device}`);

  test('what is there is tried, the default first', () => {
    expect(found(options('auto', 'auto'), undefined, false)).toEqual(['onnx/cpu']);
    expect(found(options('auto', 'auto'), 'other', true)).toEqual(['onnx/cpu', 'tensorflow/cpu', 'onnx/gpu']);
    expect(found(options('auto', 'auto'), 'nvidia', true)).toEqual([
      'onnx/cpu',
      'tensorflow/cpu',
      'onnx/gpu',
      'tensorflow/gpu',
    ]);
    expect(found(options('auto', 'gpu:1'), 'nvidia', false)).toEqual(['onnx/gpu']);
    expect(found(options('tensorflow', 'auto'), undefined, false)).toEqual(['tensorflow/cpu']);
    expect(found(options('auto', 'gpu'), undefined, false)).toEqual([]);
  });

  test('signs of a GPU', () => {
    expect(gpuOf([])).toBeUndefined();
    expect(gpuOf(['renderD128'])).toBe('other');
    expect(gpuOf(['nvidia0', 'renderD128'])).toBe('nvidia');
  });

  test('numbers of threads', () => {
    expect(threadCounts(16)).toEqual([16, 1, 2]);
    expect(threadCounts(2)).toEqual([2, 1]);
    expect(threadCounts(1)).toEqual([1]);
  });
});

describe('choose', () => {
  const plan = benchPlan('mlp');
  const memory = (): ChoiceCache & { readonly kept: Map<string, unknown> } => {
    const kept = new Map<string, never>();
    return { kept, read: (key) => kept.get(key), write: (key, choice) => void kept.set(key, choice as never) };
  };
  const world = (
    measured: (request: MeasureRequest) => Measured,
    over: Partial<ChoiceDeps> = {},
  ): ChoiceDeps & { readonly asked: MeasureRequest[] } => {
    const asked: MeasureRequest[] = [];
    return {
      asked,
      cache: memory(),
      cores: 8,
      measures: true,
      surroundings: () => Promise.resolve({ gpu: 'nvidia', tensorflow: false }),
      measure(request) {
        asked.push(request);
        return Promise.resolve(measured(request));
      },
      clock: () => 0,
      ...over,
    };
  };
  const wish = {
    plan,
    script: 'trainer.js',
    said: [] as string[],
    say: (_: string, text: string) => void wish.said.push(text),
  };

  test('measured once, then taken at once', async () => {
    const deps = world(({ candidate }) => (candidate.device === 'gpu' ? gpu : cpu));
    wish.said.length = 0;
    const choice = await choose(options('auto', 'auto'), wish, deps);
    expect(choice.device).toBe('gpu');
    expect(deps.asked.map(({ threads }) => threads)).toEqual([[8, 1, 2], [8]]);
    expect(wish.said[0]).toContain('Measuring which engine trains this program fastest');
    expect(wish.said.join('\n')).toContain('ONNX Runtime 1.30.0, WebGPU on A: 3 ms a step');
    const again = await choose(options('auto', 'auto'), wish, deps);
    expect(again).toMatchObject({ device: 'gpu', reason: expect.stringContaining('as measured before') });
    expect(deps.asked.length).toBe(2);
  });

  test('with one engine only the threads are measured, in little time and without a word', async () => {
    const deps = world(() => cpu, { surroundings: () => Promise.resolve({ gpu: undefined, tensorflow: false }) });
    wish.said.length = 0;
    const choice = await choose(options('auto', 'auto'), wish, deps);
    expect(choice).toMatchObject({ device: 'cpu', threads: 8 });
    expect(choice.reason).toBe('the default; GPU not used: none was found; 12.3 ms a step');
    expect(deps.asked[0]!.limit).toBeLessThanOrEqual(1000);
    expect(wish.said).toEqual([]);
  });

  test('a program that is too large to be measured in a moment keeps its threads', async () => {
    const deps = world(() => ({ ...cpu, trouble: 'it did not finish', times: [] }), {
      surroundings: () => Promise.resolve({ gpu: undefined, tensorflow: false }),
    });
    expect(await choose(options('auto', 'auto'), wish, deps)).toMatchObject({ device: 'cpu', threads: 8 });
    expect(await choose(options('auto', 'auto'), wish, deps)).toMatchObject({ device: 'cpu', threads: 8 });
    expect(deps.asked.length).toBe(1);
  });

  test('with nothing to choose nothing is run', async () => {
    const deps = world(() => cpu, { surroundings: () => Promise.resolve({ gpu: undefined, tensorflow: false }) });
    const choice = await choose(options('auto', 'auto', 4), wish, deps);
    expect(choice).toMatchObject({ engine: 'onnx', device: 'cpu', threads: 4 });
    expect(deps.asked).toEqual([]);
    const none = await choose(options('auto', 'gpu'), wish, deps);
    expect(none).toMatchObject({ engine: 'onnx', device: 'gpu', reason: 'the default, on the GPU as asked for' });
  });

  test('a GPU that was asked for is tried beside the processor, and never replaced by it', async () => {
    const slow = { ...gpu, times: [{ threads: 8, ms: 500 }] };
    const deps = world(({ candidate }) => (candidate.device === 'gpu' ? slow : cpu));
    const choice = await choose(options('auto', 'gpu'), wish, deps);
    expect(choice).toMatchObject({ device: 'gpu', engine: 'onnx' });
    expect(choice.reason).toContain('the default, on the GPU as asked for; 500 ms a step');
    const wrong = world(({ candidate }) => (candidate.device === 'gpu' ? { ...gpu, losses: [7, 7] } : cpu));
    await expect(choose(options('onnx', 'gpu'), wish, wrong)).rejects.toThrow(
      'The GPU cannot train this program. ONNX Runtime 1.30.0, WebGPU on A: its loss at step 1 is 7, that of ONNX Runtime 1.30.0, CPU, 8 threads 2.3. Set the device to cpu or auto.',
    );
    const late = world(({ candidate }) =>
      candidate.device === 'gpu' ? { ...gpu, times: [], trouble: 'slow', late: true } : cpu,
    );
    expect(await choose(options('onnx', 'gpu:1'), wish, late)).toMatchObject({ device: 'gpu', index: 1 });
  });

  test('nothing is measured where it is not wanted', async () => {
    const deps = world(() => gpu, { measures: false });
    const choice = await choose(options('auto', 'auto'), wish, deps);
    expect(choice).toMatchObject({ engine: 'onnx', device: 'cpu', threads: 8 });
    expect(choice.reason).toBe('the default; GPU not used: it was not measured');
    expect(deps.asked).toEqual([]);
  });

  test('where no try came to an end the default trains, and nothing is kept', async () => {
    const deps = world(({ candidate }) => ({ ...cpu, ...candidate, trouble: 'it did not finish', times: [] }));
    const choice = await choose(options('auto', 'auto'), wish, deps);
    expect(choice).toMatchObject({ engine: 'onnx', device: 'cpu', threads: 8 });
    expect(choice.reason).toContain('GPU not used: it did not finish');
    expect((deps.cache as ReturnType<typeof memory>).kept.size).toBe(0);
  });
});

describe('what a measuring process said', () => {
  const end = { late: false, limit: 20_000, ended: '', errors: '' };
  const speed = { kind: 'speed', threads: 2, ms: 5, losses: [1, null as never] } as const;

  test('findings come together, those of a process that was stopped too', () => {
    const found = together({ engine: 'onnx', device: 'cpu' }, [{ kind: 'title', title: 'T' }, speed], {
      ...end,
      late: true,
    });
    expect(found).toMatchObject({ title: 'T', trouble: '', times: [{ threads: 2, ms: 5 }] });
    expect(found.losses).toEqual([1, Number.NaN]);
  });

  test('a crash, silence, and a shader that the driver refuses are troubles', () => {
    const at = { engine: 'onnx', device: 'gpu' } as const;
    expect(together(at, [], { ...end, ended: 'its process ended with SIGSEGV' }).trouble).toContain('SIGSEGV');
    expect(together(at, [], { ...end, late: true }).trouble).toBe('it did not finish a step within 20 s');
    const line = 'Error: [Invalid ShaderModule "MatMul"] is invalid.';
    expect(together(at, [speed], { ...end, errors: `x\n${line}\n` }).trouble).toBe(
      `its driver refuses a program: ${line}`,
    );
    expect(shaderErrors('error: XDG_RUNTIME_DIR is invalid or not set in the environment.')).toBeUndefined();
  });
});

describe('the cache', () => {
  const folder = mkdtempSync(join(tmpdir(), 'modelwright-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const choice = { engine: 'onnx', device: 'gpu', threads: 8, reason: 'fast' } as const;

  test('keeps choices for a week, and survives damage', () => {
    let now = 1e12;
    const cache = openCache(join(folder, 'a'), () => now);
    expect(cache.read('k')).toBeUndefined();
    cache.write('k', choice);
    expect(openCache(join(folder, 'a'), () => now).read('k')).toEqual(choice);
    now += 8 * 24 * 3600 * 1000;
    expect(cache.read('k')).toBeUndefined();
    writeFileSync(join(folder, 'a', 'engines.json'), '{"k": {"at": 1e12, "choice": {"engine": "x"}}');
    expect(cache.read('k')).toBeUndefined();
    cache.write('k', choice);
    expect(cache.read('k')).toEqual(choice);
  });

  test('a longer training or another rate is the same work; another batch is not', () => {
    const plan = benchPlan('mlp');
    const auto = options('auto', 'auto');
    const train = plan.train!;
    const key = keyOf(plan, auto, {});
    expect(keyOf({ ...plan, train: { ...train, epochs: 7, seed: 3 } }, auto, {})).toBe(key);
    expect(keyOf({ ...plan, train: { ...train, batch: train.batch * 2 } }, auto, {})).not.toBe(key);
    expect(keyOf(plan, options('onnx', 'auto'), {})).not.toBe(key);
  });

  test('where it lies', () => {
    expect(cacheFolder({ HOME: '/h' }, 'linux')).toBe(join('/h', '.cache', 'modelwright'));
    expect(cacheFolder({ HOME: '/h', XDG_CACHE_HOME: '/c' }, 'linux')).toBe(join('/c', 'modelwright'));
    expect(cacheFolder({ HOME: '/h' }, 'darwin')).toBe(join('/h', 'Library', 'Caches', 'modelwright'));
    expect(cacheFolder({ MODELWRIGHT_HOME: '/m' }, 'linux')).toBe(join('/m', 'cache'));
  });
});
