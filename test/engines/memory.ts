/**
 * Measures, in a process of its own, what some training steps of a program take: `node memory.js FILE key=value…` answers one
 * JSON line. Its clock is the system's own count of resident memory.
 */
import { readFileSync } from 'node:fs';
import { compile, costOf, stream } from '../../compiler/index.ts';
import { createAnalyser, makePlan, type Plan } from '../../language/index.ts';
import type { Batch, HostTensor } from '../../trainer/engine.ts';
import { createOnnxEngine } from '../../trainer/engines/onnx/engine.ts';
import { writeTensors } from '../../trainer/run/safetensors.ts';

const [file = '', ...sets] = process.argv.slice(2);
const overrides = Object.fromEntries(sets.map((set) => set.split('=') as [string, string]));

function planOf(): Plan {
  const analyser = createAnalyser({ source: () => 'missing', header: () => undefined });
  const answer = makePlan(analyser, { file, text: readFileSync(file, 'utf8'), action: 'train', overrides });
  if (answer.kind === 'plan') return answer.plan;
  throw new Error(answer.problems.map(({ code }) => code).join(', '));
}

const plan = planOf();
const cost = costOf(plan);
const engine = await createOnnxEngine({ threads: 2 });
const batch = batchOf(cost.batch);
const before = process.memoryUsage.rss();
const session = await engine.open(compile(plan), { batch: cost.batch, threads: 2, seed: 0 });
for (let step = 0; step < 4; step++) {
  await session.step([batch], { rate: 1e-3, step, metrics: false, gradientNorm: false });
}
const grown = process.resourceUsage().maxRSS * 1024 - before;
const { weights, optimizer } = await session.save();
const checkpoint = [...writeTensors(weights), ...writeTensors(optimizer)].reduce((sum, part) => sum + part.length, 0);
const held = [...weights.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
const state = [...optimizer.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
process.stdout.write(`${JSON.stringify({ cost, grown, checkpoint, weights: held, optimizer: state })}\n`);
process.exit(0);

function batchOf(size: number): Batch {
  const { inputs } = compile(plan).lower('train', size, { update: 'outside' });
  const fields = inputs.flatMap(({ kind, name, tensor }): readonly (readonly [string, HostTensor])[] => {
    if (kind !== 'field') return [];
    const { dtype, shape } = tensor;
    const count = shape.reduce((a, b) => a * b, 1);
    const source = stream(0, 'memory', name);
    const data =
      dtype === 'float32'
        ? Float32Array.from({ length: count }, (_, i) => source.uniform(i))
        : Int32Array.from({ length: count }, (_, i) => source.word(i) % 10);
    return [[name, { dtype, shape, data }]];
  });
  return { size, fields: Object.fromEntries(fields) };
}
