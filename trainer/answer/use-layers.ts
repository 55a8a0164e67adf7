/** Answers what is asked of the inside of a warm model: distributions, filters, attention, saliency. */

import { join } from 'node:path';
import type { Explanation } from '../../compiler/index.ts';
import type { UseLayersAnswer, UseLayersAsk } from '../../protocol/index.ts';
import { fetchDownloads } from '../data/downloads.ts';
import type { Engine } from '../engine.ts';
import { assertNever } from '../failure.ts';
import { compilePlan } from '../run/compile-plan.ts';
import { textOf } from '../run/folder-files.ts';
import { sayAside } from './aside.ts';
import { attentionOf } from './explain/attention.ts';
import { distributionOf } from './explain/distribution.ts';
import { filtersOf } from './explain/filters.ts';
import { saliencyOf } from './explain/saliency.ts';
import { openExplained, type UsedRun } from './explain/used-run.ts';
import type { Used } from './use-open.ts';

export async function useLayers(
  ask: UseLayersAsk,
  used: Used,
  { signal }: { readonly signal: AbortSignal },
): Promise<UseLayersAnswer> {
  const run = await usedRun(used, signal);
  switch (ask.kind) {
    case 'distribution':
      return distributionOf(run, ask.path, ask.only);
    case 'filters':
      return filtersOf(run, ask.path);
    case 'attention':
      return attentionOf(run, ask.example, ask.look);
    case 'saliency':
      return saliencyOf(run, ask);
    default:
      return assertNever(ask);
  }
}

/** With the whole plan, labels and loss too; the rows are those that the run trained and validated on. */
async function usedRun(used: Used, signal: AbortSignal): Promise<UsedRun> {
  const { folder, plan, deps } = used;
  const engine = await engineOf(used);
  const compiled = await used.keep('compiled whole', false, async () => ({ value: await compilePlan(plan) }));
  const run: UsedRun = {
    folder,
    plan,
    compiled,
    engine,
    threads: deps.threads,
    disk: deps.disk,
    weights: used.weights(),
    step: used.about.checkpoint.step,
    signal,
    open: (batch, explanation) => used.keep(keyOf(batch, explanation), true, () => kept(run, batch, explanation)),
    preparer: () =>
      used.keep('rows of the run', false, async () => {
        used.doing('data');
        await fetchDownloads(plan.data, { dataFolder: deps.dataFolder, say: sayAside });
        const fitted = textOf(join(folder, 'fitted.json'));
        const preparer = await deps.prepare({ plan, dataFolder: deps.dataFolder, fitted, whole: false });
        used.doing('answer');
        return { value: preparer, dispose: () => preparer.dispose() };
      }),
  };
  return run;
}

/** The processor's own: it runs any program as it is, and one example takes it a moment. */
async function engineOf({ engine, deps, keep }: Used): Promise<Engine> {
  if (engine.info.id === 'onnx' && engine.info.device === 'cpu') return engine;
  return keep('engine that explains', false, async () => {
    // Native code is loaded where it is needed.
    const { createOnnxEngine } = await import('../engines/onnx/engine.ts');
    const made = await createOnnxEngine({ threads: deps.threads });
    return { value: made, dispose: () => made.dispose() };
  });
}

async function kept(run: UsedRun, batch: number, explanation: Explanation) {
  const open = await openExplained(run, batch, explanation);
  return { value: open, dispose: () => open.dispose() };
}

function keyOf(batch: number, explanation: Explanation): string {
  return `explained ${batch} ${JSON.stringify(explanation)}`;
}
