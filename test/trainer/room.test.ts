/** A run that takes more memory than there is says so before it starts. */
import { expect, test } from 'vitest';
import type { RunEvent } from '../../protocol/index.ts';
import { sayWhetherItFits } from '../../trainer/run/room.ts';
import type { RunWriter } from '../../trainer/run/writer.ts';
import { benchPlan } from '../compiler/bench-plans.ts';

function said(memory: number | undefined): readonly Partial<RunEvent>[] {
  const events: Partial<RunEvent>[] = [];
  const say: RunWriter['say'] = (event) => {
    const made = { ...event, seq: events.length, time: 0 } as RunEvent;
    events.push(made);
    return made;
  };
  sayWhetherItFits(benchPlan('cnn', { batch: 1024 }), memory, { say });
  return events;
}

test('a warning with the sizes, where there is too little', () => {
  expect(said(200e6)).toEqual([
    expect.objectContaining({
      kind: 'problem',
      code: 'train/memory',
      severity: 'warning',
      message: expect.stringMatching(/^Training at batch 1024 takes about \d+ MiB of memory, but there are 191 MiB\./u),
    }),
  ]);
});

test('nothing, where it fits or nobody knows', () => {
  expect(said(8e9)).toEqual([]);
  expect(said(undefined)).toEqual([]);
});
