/** The load of the machine: once a second, as shares and bytes; what the driver's program says of the GPU. */
import { expect, test } from 'vitest';
import { eventLine, parseEventLine, type RunEvent } from '../../protocol/index.ts';
import { gpuLoadOf, watchMachine } from '../../trainer/run/machine.ts';

test('a look a second, of all processors', () => {
  let clock = 0;
  let processor = 500;
  const watch = watchMachine('cpu', {
    clock: () => clock,
    processor: () => processor,
    memory: () => 1000,
    memoryTotal: 8000,
    processors: 4,
  });
  clock = 900;
  expect(watch.look()).toBeUndefined();
  clock = 1000;
  processor = 2500;
  expect(watch.look()).toEqual({ cpu: 0.5, memory: 1000, memoryTotal: 8000 });
  expect(watch.look()).toBeUndefined();
  clock = 2000;
  expect(watch.look()).toMatchObject({ cpu: 0 });
  watch.close();
});

test('lines of nvidia-smi', () => {
  expect(gpuLoadOf('12, 100, 12282\n71, 3174, 12282\n')).toEqual({
    gpu: 0.71,
    gpuMemory: 3174 * 2 ** 20,
    gpuTotal: 12282 * 2 ** 20,
  });
  expect(gpuLoadOf('[N/A], 3174, 12282\n')).toBeUndefined();
  expect(gpuLoadOf('')).toBeUndefined();
});

test('a step carries it over the line', () => {
  const event: RunEvent = {
    kind: 'step',
    seq: 1,
    time: 1,
    step: 1,
    epoch: 1,
    loss: 1,
    metrics: {},
    lr: 0.1,
    ms: { data: 1, compute: 1 },
    machine: { cpu: 0.5, memory: 1000, memoryTotal: 8000 },
  };
  expect(parseEventLine(eventLine(event))).toEqual(event);
  expect(parseEventLine(JSON.stringify({ ...event, machine: { cpu: 'much' } }))).toBeUndefined();
});
