/** `modelwright generate`: text that a run's model writes, or examples that it makes up. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type DataCell,
  type EngineOptions,
  type FormGenerate,
  isUseGenerateAsk,
  MOST_SAMPLES,
  MOST_TOKENS,
  type TrainerError,
  type UseGenerateAsk,
} from '../../protocol/index.ts';
import { findRun, findRunsFolder, WarmModel, whyNoRun } from '../../runs/index.ts';
import { pngOf } from '../png.ts';
import { problemLine } from '../progress.ts';
import { trainerProgram } from '../trainer.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

export interface GenerateOptions {
  readonly run: string;
  /** As they were given: `prompt`, `length`, `temperature`, `top`, `seed`, `output`, `count`, `to`. */
  readonly values: ReadonlyMap<string, string>;
  readonly engine: EngineOptions;
  readonly runs: string | undefined;
  readonly json: boolean;
}

export async function generate(world: World, options: GenerateOptions): Promise<ExitCode> {
  const runs = findRunsFolder(join(world.cwd, 'program.model'), { override: options.runs });
  const run = findRun(runs, options.run);
  if (run === undefined) {
    world.say(whyNoRun(runs, options.run));
    return exitCodes.usage;
  }
  const started = await WarmModel.start(await trainerProgram(world), run.folder, options.engine);
  if (!started.ok) return failed(world, started.error);
  const { model } = started;
  try {
    const form = await model.ask('form', {});
    if (!form.ok) return failed(world, form.error);
    if (form.body.generate === undefined) {
      world.say(
        `The model of ${run.record.id} makes nothing by itself: it neither scores the next token of a text, nor does an output follow from numbers drawn by chance.`,
      );
      return exitCodes.failed;
    }
    const ask = askOf(form.body.generate, options.values);
    if (!isUseGenerateAsk(ask)) {
      world.say(
        `Length is 1 to ${MOST_TOKENS}, count 1 to ${MOST_SAMPLES}, temperature 0 to 10, seed and top whole numbers from 0 and 1; got ${JSON.stringify(ask)}.`,
      );
      return exitCodes.usage;
    }
    const made = await model.ask('generate', ask);
    if (!made.ok) return failed(world, made.error);
    if (options.json) world.print(JSON.stringify(made.body));
    else if (made.body.kind === 'text') {
      for (const note of made.body.notes) world.say(`note: ${note}`);
      world.print(made.body.text);
    } else keep(world, made.body.cells, options.values.get('to') ?? 'generated');
    return exitCodes.done;
  } finally {
    model.dispose();
  }
}

function askOf(form: FormGenerate, values: ReadonlyMap<string, string>): UseGenerateAsk {
  const number = (name: string, otherwise: number): number => Number(values.get(name) ?? otherwise);
  const common = { temperature: number('temperature', form.kind === 'text' ? 0.8 : 1), seed: number('seed', 1) };
  if (form.kind === 'samples')
    return {
      kind: 'samples',
      output: values.get('output') ?? form.outputs[0] ?? '',
      count: number('count', 16),
      ...common,
    };
  const top = values.has('top') ? { top: number('top', 1) } : {};
  return { kind: 'text', prompt: values.get('prompt') ?? '', length: number('length', 200), ...top, ...common };
}

/** Pictures as PNG files; anything else as JSON lines. */
function keep(world: World, cells: readonly DataCell[], to: string): void {
  const folder = resolve(world.cwd, to);
  for (const [i, cell] of cells.entries()) {
    if (cell.kind !== 'picture') {
      world.print(JSON.stringify(cell));
      continue;
    }
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${String(i + 1).padStart(2, '0')}.png`);
    writeFileSync(file, pngOf(Buffer.from(cell.pixels, 'base64'), cell.width, cell.height, cell.channels));
    world.print(file);
  }
}

function failed(world: World, { place, message, code }: TrainerError): ExitCode {
  world.say(problemLine(place, 'error', message, code, world));
  return exitCodes.failed;
}
