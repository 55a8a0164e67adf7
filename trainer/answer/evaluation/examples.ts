/** Rows of an evaluation that was made before, for people to look at. */
import { join } from 'node:path';
import { type Example, isRecord, MOST_EXAMPLES, parseJson } from '../../../protocol/index.ts';
import { Failure } from '../../failure.ts';
import { textOf } from '../../run/folder-files.ts';
import type { AnswerDeps } from '../evaluate.ts';
import { withParts } from './left-out.ts';
import { openShownRows, type ShownPart } from './shown-rows.ts';

/** `name`: of the evaluation, a folder within the run's `eval/`. */
export async function examples(
  folder: string,
  name: string,
  rows: readonly number[],
  deps: Pick<AnswerDeps, 'disk' | 'openEngine' | 'threads' | 'dataFolder'>,
): Promise<readonly Example[]> {
  const shown = /[\\/]/.test(name) ? undefined : partOf(textOf(join(folder, 'eval', name, 'plan.json')));
  if (shown === undefined) {
    throw new Failure(
      'train/no-evaluation',
      `There is no evaluation \`${name}\` in ${folder}, or its plan.json is damaged. Evaluate the run once more.`,
    );
  }
  const opened = await openShownRows(shown, textOf(join(folder, 'fitted.json')), deps.dataFolder);
  const found = await opened.examples(rows.slice(0, MOST_EXAMPLES));
  return withParts(found, opened, shown.plan, folder, deps);
}

function partOf(text: string | undefined): ShownPart | undefined {
  const value = text === undefined ? undefined : parseJson(text);
  if (!isRecord(value) || value.version !== 1 || typeof value.whole !== 'boolean' || !isRecord(value.plan))
    return undefined;
  if (value.part !== 'validation' && value.part !== 'test') return undefined;
  // It was written whole by the same version of the plan; what is damaged within is met where it is used.
  const { plan } = value;
  return isPlan(plan) ? { plan, part: value.part, whole: value.whole } : undefined;
}

function isPlan(value: unknown): value is ShownPart['plan'] {
  return isRecord(value) && value.version === 1 && isRecord(value.data) && Array.isArray(value.sources);
}
