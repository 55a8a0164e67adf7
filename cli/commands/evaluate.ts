/** `modelwright evaluate`: an `evaluate` block on a run's weights; its expectations decide about the exit code. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plan } from '../../language/index.ts';
import {
  checkpointTitle,
  type EngineOptions,
  type EvaluateResult,
  type Figure,
  TRAINER_VERSION,
} from '../../protocol/index.ts';
import {
  askTrainer,
  chooseRun,
  evaluationCsv,
  evaluationMarkdown,
  findRunsFolder,
  isEvaluateResult,
} from '../../runs/index.ts';
import { matrixLines } from '../matrix.ts';
import { planFor } from '../planning.ts';
import { digits, problemLine } from '../progress.ts';
import { trainerProgram } from '../trainer.ts';
import { type ExitCode, exitCodes, grouped, paint, table, type World } from '../world.ts';

export interface EvaluateOptions {
  readonly path: string;
  readonly name: string | undefined;
  readonly overrides: Readonly<Record<string, string>>;
  readonly engine: EngineOptions;
  readonly runs: string | undefined;
  readonly run: string | undefined;
  /** A file for the whole evaluation: .md, .csv or .json. */
  readonly report: string | undefined;
  readonly json: boolean;
}

export async function evaluate(world: World, options: EvaluateOptions): Promise<ExitCode> {
  const { report } = options;
  if (report !== undefined && writerOf(report) === undefined) {
    world.say(`\`--report\` takes a file that ends in .md, .csv or .json, but got \`${report}\`.`);
    return exitCodes.usage;
  }
  const planned = await planFor(world, { ...options, action: 'evaluate' });
  if (!planned.ok) return planned.code;
  const measured = await measure(world, planned.plan, options);
  if (!measured.ok) {
    for (const line of measured.why) world.say(line);
    return exitCodes.failed;
  }
  const { result } = measured;
  for (const each of result.skipped ?? [])
    world.say(
      `${paint(world, 'yellow', 'warning')}: ${each}. Evaluated is the ${checkpointTitle(result.checkpoint)} instead.`,
    );
  for (const note of result.evaluation.notes) world.say(`${paint(world, 'yellow', 'note')}: ${note}`);
  if (report !== undefined) writeFileSync(resolve(world.cwd, report), writerOf(report)?.(result) ?? '');
  if (options.json) world.print(JSON.stringify(result));
  else for (const line of lines(result, world)) world.print(line);
  return result.expect.every((each) => each.held) ? exitCodes.done : exitCodes.found;
}

/** What makes the text of a report, by the end of its name. */
function writerOf(path: string): ((result: EvaluateResult) => string) | undefined {
  if (/\.md$/i.test(path)) return ({ evaluation }) => evaluationMarkdown(evaluation);
  if (/\.csv$/i.test(path)) return ({ evaluation }) => evaluationCsv(evaluation);
  return /\.json$/i.test(path) ? ({ evaluation }) => `${JSON.stringify(evaluation, undefined, 2)}\n` : undefined;
}

export type Measured =
  | { readonly ok: true; readonly result: EvaluateResult }
  | { readonly ok: false; readonly why: readonly string[] };

/** Asks a trainer to measure a plan on the run that it means. */
export async function measure(
  world: World,
  plan: Plan,
  options: Pick<EvaluateOptions, 'engine' | 'run' | 'runs'>,
): Promise<Measured> {
  const runs = findRunsFolder(plan.file, { override: options.runs });
  const chosen = chooseRun(runs, {
    model: plan.model.name,
    file: plan.file,
    args: plan.model.args,
    declaration: plan.run,
    word: options.run,
  });
  if (!chosen.ok) {
    const { unfinished } = chosen;
    const named =
      unfinished === undefined ? [] : [`To evaluate it all the same, name it: \`--run ${unfinished.record.number}\`.`];
    return { ok: false, why: [chosen.message, ...named] };
  }
  const answer = await askTrainer(await trainerProgram(world), {
    version: TRAINER_VERSION,
    kind: 'evaluate',
    plan,
    folder: chosen.run.folder,
    checkpoint: 'best',
    options: options.engine,
  });
  if (!answer.ok) {
    const { place, message, code } = answer.error;
    return { ok: false, why: [problemLine(place, 'error', message, code, world)] };
  }
  const result = answer.lines.find(isEvaluateResult);
  if (result !== undefined) return { ok: true, result };
  return { ok: false, why: ['The trainer ended without a result. Both must come from the same Modelwright.'] };
}

function lines(result: EvaluateResult, world: World): string[] {
  const figures = Object.entries(result.evaluation.metrics);
  const metrics = figures.map(([name, figure]) => [`  ${name}`, digits(figure.value), between(figure)]);
  const expect = result.expect.map((each) => [
    `  ${each.text}`,
    each.held ? paint(world, 'green', 'held') : paint(world, 'red', 'failed'),
    `(${digits(each.value)})`,
  ]);
  return [
    `${result.unit} of ${result.run} (${checkpointTitle(result.checkpoint)}) on ${result.data}: ${grouped(result.examples)} examples`,
    ...table(metrics),
    ...Object.entries(result.matrices ?? {}).flatMap(([name, matrix]) => matrixLines(name, matrix)),
    ...table(expect),
  ];
}

/** The interval of a figure. */
function between({ low, high }: Figure): string {
  return low === undefined || high === undefined ? '' : `(${digits(low)} to ${digits(high)})`;
}
