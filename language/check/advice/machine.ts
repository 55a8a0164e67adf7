/** Numbers that do not go with the machine: too small for its precision, or not to be shared among its devices. */
import { place } from '../frame.ts';
import { report } from '../report.ts';
import { argumentOf } from './expressions.ts';
import type { Run } from './run.ts';

/** Below this, a summand is lost beside the square roots that float32 can hold of gradients that count. */
const SMALLEST = 1e-12;

export function adviseEpsilon({ checked, frame, value }: Run): void {
  const expr = value('optimizer');
  const epsilon = checked.training?.optimizer?.settings.epsilon;
  if (expr?.kind !== 'call' || typeof epsilon !== 'number' || epsilon >= SMALLEST) return;
  const at = argumentOf(expr, 'epsilon', Number.POSITIVE_INFINITY)?.value;
  if (!at) return;
  report(frame, at, {
    severity: 'warning',
    message: { key: 'train/epsilon', values: { epsilon } },
    fixes: [
      {
        id: 'train/epsilon/usual',
        title: { key: 'fix/change', values: { text: '1e-7' } },
        preferred: true,
        edits: [{ at: place(frame, at), newText: '1e-7' }],
      },
    ],
  });
}

export function adviseDevices({ checked, frame, value }: Run): void {
  const devices = value('devices');
  const batch = checked.training?.batch;
  if (devices?.kind !== 'number' || batch === undefined || devices.value < 2 || batch % devices.value === 0) return;
  const near = Math.max(1, Math.round(batch / devices.value)) * devices.value;
  const at = value('batch');
  report(frame, devices, {
    severity: 'warning',
    message: { key: 'train/devices', values: { batch, devices: devices.value, near } },
    fixes: at
      ? [
          {
            id: 'train/devices/batch',
            title: { key: 'fix/set', values: { setting: 'batch', value: near } },
            preferred: true,
            edits: [{ at: place(frame, at), newText: String(near) }],
          },
        ]
      : [],
  });
}
