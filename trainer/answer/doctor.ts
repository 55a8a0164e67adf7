/** Every engine, each examined step by step and tried in a process of its own: why it can be used, or what to do. */
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import type { DoctorEngine, DoctorReport, DoctorStep, EngineOptions } from '../../protocol/index.ts';
import { binaryStep, cudaStep, driverStep, nodeStep, tensorflowSteps } from '../runtime/examine.ts';
import { probeApart } from './probe-apart.ts';

const asked: readonly EngineOptions[] = [
  { engine: 'onnx', device: 'cpu', threads: 1 },
  { engine: 'onnx', device: 'gpu', threads: 1 },
  { engine: 'tensorflow', device: 'cpu', threads: 1 },
  { engine: 'tensorflow', device: 'gpu', threads: 1 },
];

export async function doctor(script: string): Promise<DoctorReport> {
  const engines: DoctorEngine[] = [];
  const found = await tensorflowSteps();
  const driver = await driverStep();
  // One after the other: an engine that is measured must not share its cores with another.
  for (const options of asked) {
    const before = stepsBefore(options);
    const answer = await probeApart(script, options);
    engines.push({ ...answer, ...withSteps(answer, before, engines[0]?.ms) });
  }
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: cpus().length,
    memory: totalmem(),
    engines,
  };

  function stepsBefore({ engine, device }: EngineOptions): readonly DoctorStep[] {
    const node = nodeStep(process.version);
    if (engine !== 'tensorflow') return [node, binaryStep(dirname(script))];
    const gpu = device === 'gpu' ? [driver, cudaStep(found.libraries, process.env)] : [];
    return [node, ...found.steps, ...gpu];
  }
}

/** The steps with what the trial brought; the first that failed is the reason where the engine cannot be used. */
function withSteps(
  answer: DoctorEngine,
  before: readonly DoctorStep[],
  defaultMs: number | undefined,
): Pick<DoctorEngine, 'steps' | 'reason' | 'cure'> {
  const { usable, reason, cure, ms, devices } = answer;
  const failed = before.find((step) => !step.ok);
  // What needs the step that failed was not to be expected to work.
  if (!usable && failed !== undefined) return { steps: before, reason: failed.found, cure: failed.cure };
  if (!usable) return { steps: [...before, { what: 'Training steps', ok: false, found: reason, cure }], reason, cure };
  const seen = devices === undefined ? [] : [{ what: 'Devices', ok: true, found: devices.join(', '), cure: '' }];
  const speed =
    ms === undefined ? [] : [{ what: 'Speed', ok: true, found: speedText(ms, answer, defaultMs), cure: '' }];
  const trained = { what: 'Training steps', ok: true, found: reason, cure: '' };
  return { steps: [...before, ...seen, trained, ...speed], reason, cure };
}

function speedText(ms: number, { id, device }: DoctorEngine, defaultMs: number | undefined): string {
  const text = `${ms.toPrecision(3)} ms a step of a small network, one thread`;
  if (defaultMs === undefined || (id === 'onnx' && device === 'cpu')) return text;
  return `${text}: ${(defaultMs / ms).toPrecision(2)} times as fast as the default engine on the CPU`;
}
