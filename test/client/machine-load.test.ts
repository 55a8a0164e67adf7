/** Load and memory of the machine that a run trains on. */
import { expect, test } from 'vitest';
import { machineLoads } from '../../client/run/machine-load.ts';

const GIB = 2 ** 30;

test('the GPU first, then the processors; nothing of what the run does not tell', () => {
  const cpu = { 'machine.cpu': 0.304, 'machine.memory': 1.2 * GIB, 'machine.memoryTotal': 16 * GIB };
  const gpu = { 'machine.gpu': 0.71, 'machine.gpuMemory': 3.1 * GIB, 'machine.gpuTotal': 12 * GIB };
  expect(machineLoads({ ...cpu, ...gpu })).toEqual([
    { name: 'GPU', text: '71% · 3.1 / 12 GiB' },
    { name: 'CPU', text: '30% · 1.2 / 16 GiB' },
  ]);
  expect(machineLoads({ 'machine.cpu': 1 })).toEqual([{ name: 'CPU', text: '100%' }]);
  expect(machineLoads({ 'machine.cpu': 'NaN', lr: 0.1 })).toEqual([]);
});
