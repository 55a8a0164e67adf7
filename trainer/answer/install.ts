/** The requests `install` and `uninstall`: progress as lines, the report as the last one. Ending the process cancels. */
import { setTimeout as passed } from 'node:timers/promises';
import type { InstallProgress, InstallReport } from '../../protocol/index.ts';
import { Failure } from '../failure.ts';
import { installTensorFlow } from '../runtime/install.ts';
import { thisMachine } from '../runtime/platform.ts';
import { probeApart } from './probe-apart.ts';

/** A library of a gigabyte is read from disk for the first time. */
const FIRST_PROOF = 180_000;
/** Lines of progress are for people. */
const PACE = 100;

export interface Asked {
  readonly gpu: boolean;
  readonly fetch: boolean;
  readonly from: string;
}

export async function install(
  script: string,
  { gpu, fetch: fetches, from }: Asked,
  signal: AbortSignal,
  say: (line: InstallProgress) => void,
): Promise<InstallReport> {
  let last = { text: '', at: 0 };
  const installed = installTensorFlow(
    { gpu, fetch: fetches, from: from === '' ? undefined : from },
    {
      env: process.env,
      machine: thisMachine(),
      fetch,
      signal,
      wait: (milliseconds) => passed(milliseconds, undefined, { signal }),
      progress(text, done, total) {
        const now = performance.now();
        if (text === last.text && now - last.at < PACE) return;
        last = { text, at: now };
        say({ progress: text, done, total: total ?? 0 });
      },
      prove: (engine, device, env) => probeApart(script, { engine, device, threads: 1 }, { env, limit: FIRST_PROOF }),
    },
  );
  return installed.catch((error: unknown) => {
    if (!signal.aborted) throw error;
    throw new Failure('train/cancelled', 'The installation was cancelled. Nothing of it was left behind.');
  });
}
