/** Our files in the hands of others: TensorBoard reads the events of a run, the safetensors package its weights. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPython } from '../engines/references.ts';
import { fakeRun, ofKind, tinyPlan } from './run-helper.ts';

const python = findPython();

function ask(program: string, ...args: string[]): unknown {
  if ('missing' in python) throw new Error(python.missing);
  return JSON.parse(
    execFileSync(python.path, ['-c', program, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
}

test("TensorBoard's own reader sees every step and every epoch", async (context) => {
  if ('missing' in python) context.skip(python.missing);
  const { folder, events } = await fakeRun(tinyPlan());
  const program = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
board = EventAccumulator(sys.argv[1], size_guidance={'scalars': 0})
board.Reload()
print(json.dumps({tag: [[e.step, e.value] for e in board.Scalars(tag)] for tag in board.Tags()['scalars']}))
`;
  const seen = ask(program, join(folder, 'tb')) as Record<string, [number, number][]>;
  expect(Object.keys(seen).sort()).toEqual([
    'accuracy',
    'loss',
    'step/accuracy',
    'step/loss',
    'step/lr',
    'validation/accuracy',
    'validation/loss',
  ]);
  const steps = ofKind(events, 'step').map((event) => [event.step, Math.fround(Number(event.loss))]);
  expect(seen['step/loss']).toEqual(steps);
  expect(seen['validation/loss']!.map(([step]) => step)).toEqual([5, 10, 15]);
});

test("TensorBoard's own reader sees how the weights of each checkpoint are spread", async (context) => {
  if ('missing' in python) context.skip(python.missing);
  const { folder, events } = await fakeRun(tinyPlan());
  const program = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
board = EventAccumulator(sys.argv[1], size_guidance={'histograms': 0})
board.Reload()
def told(e):
    h = e.histogram_value
    return [e.step, h.num, h.min, h.max, h.sum, h.sum_squares, sum(h.bucket), len(h.bucket), h.bucket_limit[-1]]
print(json.dumps({tag: [told(e) for e in board.Histograms(tag)] for tag in board.Tags()['histograms']}))
`;
  const seen = ask(program, join(folder, 'tb')) as Record<string, number[][]>;
  expect(Object.keys(seen)).toEqual(['weights/Tiny/w']);
  expect(seen['weights/Tiny/w']!.map(([step]) => step)).toEqual(ofKind(events, 'checkpoint').map(({ step }) => step));
  for (const [, count, min, max, sum, squares, inBins, bins] of seen['weights/Tiny/w']!) {
    expect([count, inBins, bins]).toEqual([1, 1, 30]);
    expect([min, max]).toEqual([sum, sum]);
    expect(squares).toBeCloseTo(sum! * sum!);
  }
});

test('the safetensors package reads a checkpoint', async (context) => {
  if ('missing' in python) context.skip(python.missing);
  const { folder } = await fakeRun(tinyPlan());
  const program = `
import json, sys
from safetensors.numpy import load_file
print(json.dumps({name: [str(t.dtype), list(t.shape), t.tolist()] for name, t in load_file(sys.argv[1]).items()}))
`;
  const seen = ask(program, join(folder, 'checkpoints', '15', 'weights.safetensors')) as Record<string, unknown[]>;
  expect(seen['Tiny/w']?.slice(0, 2)).toEqual(['float32', [1]]);
});
