/** `rows` of a warm model: rows of an evaluation as people look at them. What is loaded for the first ones stays for the others. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord, MOST_EXAMPLES, parseJson, type UseRowsAnswer, type UseRowsAsk } from '../../protocol/index.ts';
import type { Session } from '../engine.ts';
import { Failure } from '../failure.ts';
import { compilePlan } from '../run/compile-plan.ts';
import { textOf } from '../run/folder-files.ts';
import { withParts } from './evaluation/left-out.ts';
import { withAnswers } from './evaluation/pass.ts';
import { openShownRows, type ShownPart } from './evaluation/shown-rows.ts';
import type { Kept, Used } from './use-open.ts';

export async function useRows({ name, rows }: UseRowsAsk, used: Used): Promise<UseRowsAnswer> {
  const { folder, deps } = used;
  const file = join(folder, 'eval', name, 'plan.json');
  const text = /[\\/]/.test(name) ? undefined : textOf(file);
  const shown = partOf(text);
  if (text === undefined || shown === undefined) {
    throw new Failure(
      'train/no-evaluation',
      `There is no evaluation \`${name}\` in ${folder}, or its plan.json is damaged. Evaluate the run once more.`,
    );
  }
  // The evaluation of that name may have been made anew.
  const version = `${statSync(file).mtimeMs} ${text.length}`;
  const opened = await used.keep(
    `rows of ${name}`,
    false,
    async () => {
      used.doing('data');
      const value = await openShownRows(shown, textOf(join(folder, 'fitted.json')), deps.dataFolder);
      used.doing('answer');
      return { value };
    },
    version,
  );
  const found = await opened.examples(rows.slice(0, MOST_EXAMPLES));
  const { plan } = shown;
  const session = (batch: number) =>
    used.keep(`parts of ${name} ${batch}`, true, () => openAsking(used, plan, batch), version);
  return { examples: await withParts(found, opened, plan, session) };
}

/** The model with its answers among the outputs. */
async function openAsking(
  { engine, deps, weights, about }: Used,
  plan: ShownPart['plan'],
  batch: number,
): Promise<Kept<Session>> {
  const compiled = await compilePlan(withAnswers(plan));
  const session = await engine.open(compiled, { batch, threads: deps.threads, seed: 0 });
  await session.restore({ weights: weights(), optimizer: new Map(), step: about.checkpoint.step });
  return { value: session, dispose: () => session.dispose() };
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
