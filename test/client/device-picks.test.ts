/** The list of engines and devices: hardware, speed beside the fastest, and why one cannot be used. */
import { expect, test, vi } from 'vitest';
import type { DoctorEngine, DoctorReport } from '../../protocol/index.ts';

vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...values: unknown[]) => text.replace(/\{(\d)\}/g, (_all, at) => String(values[Number(at)])),
  },
}));
const { picksOf } = await import('../../client/commands/choose-device.ts');

const engine = (given: Partial<DoctorEngine>): DoctorEngine => ({
  id: 'onnx',
  device: 'cpu',
  loader: undefined,
  title: 'ONNX Runtime 1.30.0, CPU',
  usable: true,
  reason: '',
  cure: '',
  ...given,
});
const report = (...engines: DoctorEngine[]): DoctorReport => ({
  node: 'v22',
  platform: 'linux x64',
  cores: 8,
  memory: 16 * 2 ** 30,
  engines,
});

test('each engine with what it runs on and how fast it is', () => {
  const picks = picksOf(
    report(
      engine({ ms: 1.2 }),
      engine({ device: 'gpu', title: 'ONNX Runtime, WebGPU', devices: ['RTX 4070 12 GiB'], ms: 0.2 }),
      engine({ id: 'tensorflow', title: 'TensorFlow', usable: false, reason: 'not installed', cure: 'Install it.' }),
    ),
    { engine: 'onnx', device: 'gpu', threads: 0 },
  );
  expect(picks.map(({ label, description }) => [label, description])).toEqual([
    ['Automatic', 'the fastest for each program, found by measuring it once'],
    ['$(vm) ONNX Runtime 1.30.0, CPU', '8 cores, 16 GiB · 1.2 ms a step of a small network, about 6.0× slower'],
    ['$(check) $(chip) ONNX Runtime, WebGPU', 'RTX 4070 12 GiB · 0.20 ms a step of a small network, the fastest'],
    ['$(circle-slash) TensorFlow', 'not installed'],
    ['$(pulse) Check the setup…', undefined],
  ]);
});

test('a single one is compared with nothing', () => {
  const [, only] = picksOf(report(engine({ ms: 1.2 })), { engine: 'auto', device: 'auto', threads: 0 });
  expect(only?.description).toBe('8 cores, 16 GiB · 1.2 ms a step of a small network');
});
