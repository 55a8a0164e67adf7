/** Failures for want of memory, by what engines, the system and JavaScript say of it, and what is told of them. */
import { costOf } from '../compiler/index.ts';
import type { Plan } from '../language/index.ts';
import { FAILURE_TEXTS, type Sentence, type Told, told } from '../protocol/index.ts';

/** As ONNX Runtime, TensorFlow, WebGPU, C++ and V8 word it. */
const WORDS =
  /failed to allocate memory|bad_alloc|resource_?exhausted|\bOOM when allocating|out of memory|could not allocate memory|array buffer allocation failed/i;

/** The bytes that were asked for, where the text tells. */
const ASKED = /(?:requested buffer of size|allocat\w+ (?:memory )?(?:of|for)) (\d+)/i;

/** What to tell of an error of an engine that got no memory; undefined for any other error. `free`: bytes, where it is known. */
export function outOfMemoryText(
  error: Error,
  plan: Partial<Pick<Plan, 'train' | 'graph'>> | undefined,
  free?: number,
): Told | undefined {
  if (!WORDS.test(error.message)) return undefined;
  const { batch, accumulate } = plan?.train ?? {};
  const asked = Number(ASKED.exec(error.message)?.[1] ?? Number.NaN);
  const much: readonly Sentence[] = Number.isFinite(asked)
    ? [[FAILURE_TEXTS.askedFor, (asked / 1e6).toFixed(asked < 1e7 ? 1 : 0)]]
    : [];
  const half = batch === undefined ? 0 : Math.floor(batch / 2);
  const cure: Sentence =
    half < 1 ? [FAILURE_TEXTS.smallerModel] : [FAILURE_TEXTS.smallerBatch, half, 2 * (accumulate ?? 1)];
  return told([FAILURE_TEXTS.noMemory], needsOf(batch, plan, free), ...much, [FAILURE_TEXTS.savedStays], cure);
}

function needsOf(
  batch: number | undefined,
  plan: Partial<Pick<Plan, 'train' | 'graph'>> | undefined,
  free: number | undefined,
): Sentence {
  if (batch === undefined) return [FAILURE_TEXTS.runNeedsMore];
  const needed = free === undefined ? undefined : neededBytes(plan);
  // What is free after the failure may be enough again: then it says nothing.
  return needed !== undefined && free !== undefined && needed > free
    ? [FAILURE_TEXTS.batchNeeds, batch, gigabytes(needed), gigabytes(free)]
    : [FAILURE_TEXTS.batchNeedsMore, batch];
}

/** The estimate of the default engine, which every engine holds at least. */
function neededBytes(plan: Partial<Pick<Plan, 'train' | 'graph'>> | undefined): number | undefined {
  if (!isWhole(plan)) return undefined;
  try {
    return costOf(plan).total;
  } catch {
    return undefined;
  }
}

function isWhole(plan: Partial<Pick<Plan, 'train' | 'graph'>> | undefined): plan is Plan {
  return plan?.graph !== undefined && plan.train !== undefined;
}

function gigabytes(bytes: number): string {
  return bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.ceil(bytes / 2 ** 20)} MiB`;
}
