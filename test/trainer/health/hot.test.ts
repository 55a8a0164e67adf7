/** A hot GPU is told once, when it stays hot, and again when it has cooled. */
import { expect, test } from 'vitest';
import type { MachineLoad, RunEvent } from '../../../protocol/index.ts';
import { watchHeat } from '../../../trainer/health/index.ts';
import { gpuLoadOf } from '../../../trainer/run/machine.ts';

function heard(degrees: readonly (number | undefined)[]): RunEvent[] {
  const events: RunEvent[] = [];
  const heat = watchHeat({
    say(saying) {
      const event: RunEvent = { seq: events.length + 1, time: 0, ...saying };
      events.push(event);
      return event;
    },
  });
  for (const [step, each] of degrees.entries()) {
    const load: MachineLoad = { cpu: 0.5, memory: 1, memoryTotal: 2 };
    heat(each === undefined ? load : { ...load, gpuTemperature: each }, step);
  }
  return events;
}

const times = (count: number, degrees: number) => Array.from({ length: count }, () => degrees);

test('ten seconds of heat are told once, and the cooling once', () => {
  const events = heard([...times(30, 91), ...times(3, 85), ...times(5, 75), ...times(9, 90)]);
  expect(events.map(({ kind }) => kind)).toEqual(['problem', 'settled']);
  expect(events[0]).toMatchObject({ code: 'train/hot', severity: 'warning', step: 9 });
  expect(events[0]).toMatchObject({
    message: expect.stringMatching(/^The GPU has been at 91 °C for 10 seconds, .* The run is right, only slower: /),
  });
  expect(events[1]).toMatchObject({ problem: 1 });
});

test('a short heat, and a GPU that tells no temperature, are nothing', () => {
  expect(heard([...times(9, 95), 60, ...times(9, 95)])).toEqual([]);
  expect(heard(Array.from({ length: 30 }, () => undefined))).toEqual([]);
});

test('what the driver’s program says of it', () => {
  expect(gpuLoadOf('12, 100, 8192, 44\n71, 3174, 12282, 88\n')).toMatchObject({ gpu: 0.71, gpuTemperature: 88 });
  expect(gpuLoadOf('71, 3174, 12282, [N/A]\n')).toEqual({
    gpu: 0.71,
    gpuMemory: 3174 * 2 ** 20,
    gpuTotal: 12282 * 2 ** 20,
  });
});
