/** How a run ends: its last words, and its record. */
import { freemem } from 'node:os';
import type { Plan } from '../../language/index.ts';
import { REASON_TEXTS } from '../../protocol/index.ts';
import { trainerError } from '../failure.ts';
import type { Keeper } from './keeper.ts';
import type { Outcome } from './loop-context.ts';
import type { RunWriter } from './writer.ts';

/** The last event and the record of a run; answers the exit code. */
export function finish(
  outcome: Outcome,
  keeper: Keeper,
  writer: RunWriter,
  deps: { readonly now: () => number },
): number {
  const { record } = keeper;
  writer.say({
    kind: 'ended',
    state: outcome.state,
    step: keeper.step,
    epoch: keeper.epoch,
    best: record.best,
    reason: outcome.reason,
  });
  keeper.write({
    state: outcome.state,
    step: keeper.step,
    ended: deps.now(),
    reason: outcome.reason,
    pid: undefined,
  });
  return outcome.state === 'finished' ? 0 : outcome.state === 'stopped' ? 130 : 3;
}

/** An error as the end of a run. */
export function fail(
  error: unknown,
  plan: Plan,
  keeper: Keeper,
  writer: RunWriter,
  deps: { readonly now: () => number },
): number {
  const free = keeper.record.device === 'cpu' ? freemem() : undefined;
  const told = trainerError(error, plan, free);
  writer.say({
    kind: 'problem',
    code: told.code,
    severity: 'error',
    message: told.message,
    ...(told.words === undefined ? {} : { words: told.words }),
    step: keeper.step,
    place: told.place,
  });
  return finish({ state: 'failed', reason: told.message.split('\n')[0] }, keeper, writer, deps);
}

/** The last words of a run that a second stop ends without waiting for its checkpoint. */
export function endAtOnce(keeper: Keeper, writer: RunWriter, deps: { readonly now: () => number }): void {
  finish({ state: 'stopped', reason: REASON_TEXTS.endedAtOnce }, keeper, writer, deps);
}
