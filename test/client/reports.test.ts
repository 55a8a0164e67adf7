/** Reports as text. */
import { expect, test, vi } from 'vitest';
import type { DoctorReport, EvaluateResult } from '../../protocol/index.ts';

vi.mock('vscode', () => ({}));

const { evaluationText } = await import('../../client/commands/evaluate.ts');
const { doctorText } = await import('../../client/commands/doctor.ts');

test('an evaluation as text', () => {
  const result: EvaluateResult = {
    run: '0014-quiet-heron',
    unit: 'Digits',
    data: 'Mnist("t10k")',
    checkpoint: 'best',
    examples: 10000,
    metrics: { accuracy: 0.9884, loss: 0.0412345 },
    expect: [
      {
        text: 'accuracy(digit, label) > 99%',
        value: 0.9884,
        held: false,
        place: { file: 'a', line: 1, column: 1, start: 0, end: 1 },
      },
    ],
  };
  expect(evaluationText(result)).toBe(
    [
      'Digits on Mnist("t10k"), 10000 examples',
      'run 0014-quiet-heron, checkpoint best',
      '',
      'accuracy  98.84 %',
      'loss      0.04123',
      '',
      'expect',
      'FAILED  accuracy(digit, label) > 99%  98.84 %',
      '',
    ].join('\n'),
  );
});

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
