/** Reports as text. */
import { expect, test, vi } from 'vitest';
import type { DoctorReport } from '../../protocol/index.ts';

vi.mock('vscode', () => ({}));

const { doctorText } = await import('../../client/commands/doctor.ts');

test('the doctor’s report: what can be used, and why the rest can’t', () => {
  const report: DoctorReport = {
    node: 'v20.20.2',
    platform: 'linux x64',
    cores: 8,
    memory: 16 * 2 ** 30,
    engines: [
      {
        id: 'onnx',
        device: 'cpu',
        loader: undefined,
        title: 'ONNX Runtime 1.30.0, CPU',
        usable: true,
        reason: '',
        cure: '',
      },
      {
        id: 'tensorflow',
        device: 'gpu',
        loader: undefined,
        title: 'TensorFlow, GPU',
        usable: false,
        reason: 'no driver',
        cure: 'Install one.',
      },
    ],
  };
  expect(doctorText(report)).toBe(
    'Node v20.20.2 on linux x64, 8 cores, 16.0 GiB\n\nusable: ONNX Runtime 1.30.0, CPU\n\nnot usable: TensorFlow, GPU\n  no driver\n  Install one.\n',
  );
});
