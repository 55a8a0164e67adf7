/** Loss and metrics out of a graph's outputs. */
import type { ProgramOutput } from '../../../compiler/index.ts';
import type { HostTensor, StepResult } from '../../engine.ts';

export type Outputs = readonly { readonly of: ProgramOutput; readonly data: HostTensor['data'] }[];

export function numberOf(outputs: Outputs, kind: ProgramOutput['kind']): number {
  return outputs.find(({ of }) => of.kind === kind)?.data[0] ?? Number.NaN;
}

export function resultOf(outputs: Outputs): Pick<StepResult, 'loss' | 'metrics'> {
  const metrics: Record<string, number[]> = {};
  for (const { of, data } of outputs) {
    if (of.kind !== 'metric') continue;
    const numbers = metrics[of.name] ?? [];
    for (const value of data) numbers.push(value);
    metrics[of.name] = numbers;
  }
  return { loss: numberOf(outputs, 'loss'), metrics };
}
