/** `modelwright predict`: the outputs of a run's model for one example or a file of examples. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkpointTitle, type EngineOptions, isRecord, parseJson, TRAINER_VERSION } from '../../protocol/index.ts';
import { askTrainer, findRun, findRunsFolder, whyNoRun } from '../../runs/index.ts';
import { problemLine } from '../progress.ts';
import { trainerProgram } from '../trainer.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

export interface PredictOptions {
  readonly run: string;
  /** `name` → a path, or the value itself as JSON. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly engine: EngineOptions;
  readonly runs: string | undefined;
  readonly json: boolean;
}

export async function predict(world: World, options: PredictOptions): Promise<ExitCode> {
  const runs = findRunsFolder(join(world.cwd, 'program.model'), { override: options.runs });
  const run = findRun(runs, options.run);
  if (run === undefined) {
    world.say(whyNoRun(runs, options.run));
    return exitCodes.usage;
  }
  const inputs = Object.fromEntries(Object.entries(options.inputs).map(([name, text]) => [name, inputOf(text, world)]));
  const request = {
    version: TRAINER_VERSION,
    kind: 'predict',
    folder: run.folder,
    inputs,
    options: options.engine,
  } as const;
  let warned = false;
  const answer = await askTrainer(await trainerProgram(world), request, undefined, (line) => {
    if (!warned && isRecord(line) && Array.isArray(line.skipped))
      world.say(
        `warning: ${line.skipped.join('; ')}. Used is the ${checkpointTitle(String(line.checkpoint))} instead.`,
      );
    warned = true;
    if (isRecord(line) && Array.isArray(line.notes)) for (const note of line.notes) world.say(`note: ${String(note)}`);
    if (options.json) world.print(JSON.stringify(line));
    else for (const text of lines(line)) world.print(text);
  });
  if (!answer.ok) {
    world.say(problemLine(answer.error.place, 'error', answer.error.message, answer.error.code, world));
    return exitCodes.failed;
  }
  return exitCodes.done;
}

/** A file that is there, else JSON, else the text itself. */
function inputOf(text: string, world: World): unknown {
  const path = resolve(world.cwd, text);
  if (existsSync(path)) return { file: path };
  return parseJson(text) ?? text;
}

/** One line an example: each output with its values. */
function lines(answer: unknown): string[] {
  if (!isRecord(answer) || !isRecord(answer.outputs)) return [];
  const outputs = Object.entries(answer.outputs).filter((entry): entry is [string, unknown[]] =>
    Array.isArray(entry[1]),
  );
  const count = Math.max(0, ...outputs.map(([, values]) => values.length));
  return Array.from({ length: count }, (_, i) =>
    outputs.map(([name, values]) => `${name}: ${JSON.stringify(values[i])}`).join('  '),
  );
}
