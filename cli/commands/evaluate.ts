/** `modelwright evaluate`: an `evaluate` block on a run's weights; its expectations decide about the exit code. */
import { type EngineOptions, type EvaluateResult, isRecord, TRAINER_VERSION } from '../../protocol/index.ts';
import { askTrainer, chooseRun, findRunsFolder } from '../../runs/index.ts';
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
  readonly json: boolean;
}

export async function evaluate(world: World, options: EvaluateOptions): Promise<ExitCode> {
  const planned = await planFor(world, { ...options, action: 'evaluate' });
  if (!planned.ok) return planned.code;
  const { plan } = planned;
  const runs = findRunsFolder(plan.file, { override: options.runs });
  const chosen = chooseRun(runs, {
    model: plan.model.name,
    file: plan.file,
    args: plan.model.args,
    declaration: plan.run,
    word: options.run,
  });
  if (!chosen.ok) {
    world.say(chosen.message);
    if (chosen.unfinished !== undefined)
      world.say(`To evaluate it all the same, name it: \`--run ${chosen.unfinished.record.number}\`.`);
    return exitCodes.failed;
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
    world.say(problemLine(answer.error.place, 'error', answer.error.message, answer.error.code, world));
    return exitCodes.failed;
  }
  const result = answer.lines.find(isResult);
  if (result === undefined) {
    world.say('The trainer ended without a result. Both must come from the same Modelwright.');
    return exitCodes.failed;
  }
  for (const each of result.skipped ?? [])
    world.say(`${paint(world, 'yellow', 'warning')}: ${each}. Evaluated is ${result.checkpoint} instead.`);
  if (options.json) world.print(JSON.stringify(result));
  else for (const line of report(result, world)) world.print(line);
  return result.expect.every((each) => each.held) ? exitCodes.done : exitCodes.found;
}

function isResult(value: unknown): value is EvaluateResult {
  return isRecord(value) && typeof value.run === 'string' && isRecord(value.metrics) && Array.isArray(value.expect);
}

function report(result: EvaluateResult, world: World): string[] {
  const metrics = Object.entries(result.metrics).map(([name, value]) => [`  ${name}`, digits(value)]);
  const expect = result.expect.map((each) => [
    `  ${each.text}`,
    each.held ? paint(world, 'green', 'held') : paint(world, 'red', 'failed'),
    `(${digits(each.value)})`,
  ]);
  return [
    `${result.unit} of ${result.run} (${result.checkpoint}) on ${result.data}: ${grouped(result.examples)} examples`,
    ...table(metrics),
    ...Object.entries(result.matrices ?? {}).flatMap(([name, matrix]) => matrixLines(name, matrix)),
    ...table(expect),
  ];
}
