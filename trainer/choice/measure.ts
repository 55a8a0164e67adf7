/** Measures a candidate in a process of its own: where its native code crashes or hangs, only that process ends. */
import type { Plan } from '../../language/index.ts';
import { type EngineOptions, parseSpeedFinding, type SpeedFinding, TRAINER_VERSION } from '../../protocol/index.ts';
import { askApart, lastLine } from '../apart.ts';
import type { Candidate } from './candidates.ts';
import type { Measured } from './decide.ts';

export interface MeasureRequest {
  readonly script: string;
  readonly plan: Plan;
  readonly candidate: Candidate;
  /** Numbers of threads to try. */
  readonly threads: readonly number[];
  /** Milliseconds. */
  readonly limit: number;
}

/**
 * What the runtime prints of a shader that the driver refuses: it goes on as if nothing had happened, with numbers that mean
 * nothing.
 */
const shaderTrouble =
  /(?:shader|pipeline|wgsl|spir-?v|webgpu|dawn).*(?:error|invalid|fail)|(?:error|invalid).*(?:shader|pipeline|wgsl)/i;

export function shaderErrors(text: string): string | undefined {
  return text
    .split('\n')
    .find((line) => shaderTrouble.test(line))
    ?.trim();
}

export async function measure({ script, plan, candidate, threads, limit }: MeasureRequest): Promise<Measured> {
  const options: EngineOptions = {
    engine: candidate.engine,
    device: candidate.device === 'gpu' && candidate.index !== undefined ? `gpu:${candidate.index}` : candidate.device,
    threads: threads[0] ?? 1,
  };
  const request = { version: TRAINER_VERSION, kind: 'speed', plan, options, threads } as const;
  const { lines, errors, late, ended = '' } = await askApart({ script, request, limit });
  const findings = lines.flatMap((line) => parseSpeedFinding(line) ?? []);
  return together(candidate, findings, { late, limit, ended, errors });
}

export function together(
  candidate: Candidate,
  findings: readonly SpeedFinding[],
  end: { readonly late: boolean; readonly limit: number; readonly ended: string; readonly errors: string },
): Measured {
  const titles = findings.flatMap((one) => (one.kind === 'title' ? [one.title] : []));
  const speeds = findings.flatMap((one) => (one.kind === 'speed' ? [one] : []));
  const said = findings.flatMap((one) => (one.kind === 'trouble' ? [one.why] : []));
  const shader = candidate.device === 'gpu' ? shaderErrors(end.errors) : undefined;
  const silent = speeds.length === 0 ? `it did not finish a step within ${end.limit / 1000} s` : '';
  const last = lastLine(end.errors);
  const crash = end.ended === '' ? '' : last === '' ? end.ended : `${end.ended}: ${last}`;
  const name = `${candidate.engine === 'onnx' ? 'ONNX Runtime' : 'TensorFlow'} on the ${candidate.device.toUpperCase()}`;
  return {
    ...candidate,
    title: titles[0] ?? name,
    trouble:
      said[0] ?? (shader === undefined ? undefined : `its driver refuses a program: ${shader}`) ?? (crash || silent),
    times: speeds.map(({ threads, ms }) => ({ threads, ms })),
    ...(silent !== '' && said.length === 0 && shader === undefined && crash === '' ? { late: true } : {}),
    // JSON has no word for a number that is none.
    losses: (speeds[0]?.losses ?? []).map((loss) => (typeof loss === 'number' ? loss : Number.NaN)),
  };
}
