/** Looking at layers on every engine: the numbers are right, and a run that is looked at is the same bit for bit. */
import { describe, expect, test } from 'vitest';
import { compile } from '../../compiler/index.ts';
import type { Call, Plan, TrainSettings } from '../../language/index.ts';
import type { Batch, Session, TrainState } from '../../trainer/engine.ts';
import { numbers } from '../compiler/cases.ts';
import { adam, call, dense, planMaker } from '../compiler/plans.ts';
import { engines } from './engines.ts';

const SIZE = 8;

function plan(optimizer: Call, train: Partial<TrainSettings> = {}): Plan {
  const p = planMaker('Seen');
  const x = p.input('x', [5]);
  const features = dense(p, x, 7, 'relu');
  const dropped = p.node('model/Dropout', { x: features }, features.shape, { settings: { rate: 0.5 } });
  const scores = dense(p, dropped, 3, 'softmax');
  p.output('scores', scores);
  const label = p.field('label', [], 'int32');
  const loss = p.node('loss/crossEntropy', { prediction: scores, truth: label }, [], {
    settings: { smoothing: 0, classWeights: null, reduce: 'mean' },
  });
  return p.finish(loss, { batch: SIZE, optimizer, ...train });
}

function batchOf(seed: number): Batch {
  return {
    size: SIZE,
    fields: {
      x: { dtype: 'float32', shape: [SIZE, 5], data: Float32Array.from(numbers(SIZE * 5, seed)) },
      label: { dtype: 'int32', shape: [SIZE], data: Int32Array.from(numbers(SIZE, seed + 1, [0, 3])) },
    },
  };
}

async function run(session: Session, isSeen: boolean): Promise<TrainState> {
  for (let step = 0; step < 5; step++) {
    if (isSeen) await session.observe?.(batchOf(100 + step));
    const asked = { rate: 0.05, step, metrics: true, gradientNorm: false, layers: isSeen };
    await session.step([batchOf(step)], asked);
  }
  return session.save();
}

const norm = (values: ArrayLike<number>): number => Math.sqrt(Array.from(values).reduce((sum, x) => sum + x * x, 0));

const optimizers = [
  adam(0.05),
  call('optimizer/LAMB', { lr: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-6, decay: 0.01 }),
];

for (const { name, missing, open } of engines) {
  describe.skipIf(missing !== '')(name, () => {
    test.each(optimizers)('a run that is looked at is the same bit for bit ($call)', async (optimizer) => {
      const engine = await open();
      const options = { batch: SIZE, threads: 1, seed: 3 };
      const states: TrainState[] = [];
      for (const isSeen of [false, true]) {
        const session = await engine.open(compile(plan(optimizer)), options);
        states.push(await run(session, isSeen));
        await session.dispose();
      }
      await engine.dispose();
      const [plain, seen] = states;
      for (const [path, { data }] of plain!.weights) expect(seen!.weights.get(path)?.data, path).toEqual(data);
      for (const [path, { data }] of plain!.optimizer) expect(seen!.optimizer.get(path)?.data, path).toEqual(data);
    });

    test('norms are those of gradients, weights and moves; layers are told with their squashing', async () => {
      const engine = await open();
      const made = plan(call('optimizer/SGD', { lr: 0.1, momentum: 0, nesterov: false, decay: 0 }));
      const still = { ...made, graph: { ...made.graph, nodes: made.graph.nodes.map(withoutDropping) } };
      const session = await engine.open(compile(still), { batch: SIZE, threads: 1, seed: 3 });
      const before = (await session.save()).weights;
      const { results, norms: told } = await session.observe!(batchOf(0));
      const { layers } = await session.step([batchOf(0)], {
        rate: 0.5,
        step: 0,
        metrics: true,
        gradientNorm: true,
        layers: true,
      });
      const after = (await session.save()).weights;
      const norms = layers ?? told;
      expect([...norms.keys()].sort()).toEqual([...before.keys()].sort());
      for (const [path, { data }] of before) {
        const moved = data.map((value, i) => value - after.get(path)!.data[i]!);
        // Plain descent moves a weight by the rate times its gradient.
        expect(norms.get(path)?.gradient, path).toBeCloseTo(norm(moved) / 0.5, 4);
        if (layers) {
          expect(norms.get(path)?.weight).toBeCloseTo(norm(after.get(path)!.data), 4);
          expect(norms.get(path)?.update).toBeCloseTo(norm(moved), 5);
        } else {
          expect(norms.get(path)?.weight).toBeCloseTo(norm(data), 4);
        }
      }
      const [first, last] = [...results.values()];
      expect(results.size).toBe(2);
      expect(first!.silent).toBeGreaterThanOrEqual(0);
      expect(first!.zeros).toBeGreaterThan(0);
      expect(last!.mean).toBeCloseTo(1 / 3, 5);
      expect(last!.silent).toBeUndefined();
      await session.dispose();
      await engine.dispose();
    });
  });
}

function withoutDropping(node: Plan['graph']['nodes'][number]): Plan['graph']['nodes'][number] {
  return node.op === 'model/Dropout' ? { ...node, settings: { rate: 0 } } : node;
}
