/** Reads a command line and calls the command. Wrong usage is answered in words and with code 2. */
import { FAMILIES, nearest } from '../language/index.ts';
import type { EngineOptions } from '../protocol/index.ts';
import { card } from './commands/card.ts';
import { check } from './commands/check.ts';
import { data } from './commands/data.ts';
import { doctor } from './commands/doctor.ts';
import { evaluate } from './commands/evaluate.ts';
import { format } from './commands/format.ts';
import { generate } from './commands/generate.ts';
import { install, uninstall } from './commands/install.ts';
import { newModel } from './commands/new-model.ts';
import { predict } from './commands/predict.ts';
import { runs } from './commands/runs.ts';
import { summary } from './commands/summary.ts';
import { test } from './commands/test.ts';
import { train } from './commands/train.ts';
import { type OptionKind, type Parsed, parseOptions, parsePairs } from './options.ts';
import { engineOptions } from './trainer.ts';
import { type ExitCode, exitCodes, type World } from './world.ts';

interface Command {
  readonly usage: string;
  readonly does: string;
  readonly options: Readonly<Record<string, OptionKind>>;
  /** Fewest and most words besides options. */
  readonly words: readonly [number, number];
  run(world: World, parsed: Parsed): ExitCode | Promise<ExitCode>;
}

const engine: Readonly<Record<string, OptionKind>> = {
  engine: 'value',
  device: 'value',
  threads: 'value',
  runs: 'value',
};
const MANY = Number.POSITIVE_INFINITY;

const PARTS = ['train', 'validation', 'test'] as const;

const commands: Readonly<Record<string, Command>> = {
  check: {
    usage: 'check PATH… [--json] [--fix]',
    does: 'all problems of the files',
    options: { json: 'flag', fix: 'flag' },
    words: [1, MANY],
    run: (world, { words, flags }) => check(world, words, { json: flags.has('json'), fix: flags.has('fix') }),
  },
  format: {
    usage: 'format PATH… [--check]',
    does: 'formats in place; with --check only reports',
    options: { check: 'flag' },
    words: [1, MANY],
    run: (world, { words, flags }) => format(world, words, { check: flags.has('check') }),
  },
  summary: {
    usage: 'summary FILE [UNIT] [--set name=value]… [--input name=SHAPE]… [--batch N] [--json]',
    does: 'layers with shapes, parameters and multiply-adds',
    options: { set: 'list', input: 'list', batch: 'value', json: 'flag' },
    words: [1, 2],
    run: (world, parsed) =>
      withPairs(world, parsed, 'set', (sets) =>
        withPairs(world, parsed, 'input', (inputs) => {
          const text = parsed.values.get('batch');
          if (text !== undefined && !/^[1-9]\d*$/.test(text))
            return wrong(world, `\`--batch\` takes a whole number from 1, but got \`${text}\`.`);
          const batch = text === undefined ? undefined : Number(text);
          const [path = '', unit] = parsed.words;
          return summary(world, { path, unit, sets, inputs, batch, json: parsed.flags.has('json') });
        }),
      ),
  },
  data: {
    usage:
      'data FILE [NAME] [--part train|validation|test] [--from N] [--rows N] [--epoch N] [--set name=value]… [--json]',
    does: 'rows of a data declaration as the model sees them, before and after each step',
    options: { part: 'value', from: 'value', rows: 'value', epoch: 'value', set: 'list', json: 'flag' },
    words: [1, 2],
    run: (world, parsed) =>
      withPairs(world, parsed, 'set', (sets) => {
        const part = PARTS.find((each) => each === (parsed.values.get('part') ?? 'train'));
        if (part === undefined)
          return wrong(world, `\`--part\` takes ${PARTS.join(', ')}, but got \`${parsed.values.get('part')}\`.`);
        const numbers = countsOf(parsed, { from: 1, rows: 5, epoch: 1 });
        if (typeof numbers === 'string') return wrong(world, numbers);
        const [path = '', name] = parsed.words;
        return data(world, { path, name, sets, part, ...numbers, json: parsed.flags.has('json') });
      }),
  },
  train: {
    usage:
      'train FILE [NAME] [--set key=value]… [--engine auto|onnx|tensorflow] [--device auto|cpu|gpu|gpu:N] [--threads N] [--runs DIR] [--resume RUN] [--start RUN[@STEP]] [--json]',
    does: 'trains a train block, live',
    options: { ...engine, set: 'list', resume: 'value', start: 'value', json: 'flag' },
    words: [1, 2],
    run: (world, parsed) =>
      withEngine(world, parsed, (path, name, overrides, options) =>
        train(world, {
          path,
          name,
          overrides,
          engine: options,
          runs: parsed.values.get('runs'),
          resume: parsed.values.get('resume'),
          start: parsed.values.get('start'),
          json: parsed.flags.has('json'),
        }),
      ),
  },
  evaluate: {
    usage:
      'evaluate FILE [NAME] [--run RUN|best|latest] [--report FILE.md|.csv|.json] [--set key=value]… [--engine …] [--device …] [--threads N] [--runs DIR] [--json]',
    does: "an evaluate block on a run's weights",
    options: { ...engine, set: 'list', run: 'value', report: 'value', json: 'flag' },
    words: [1, 2],
    run: (world, parsed) =>
      withEngine(world, parsed, (path, name, overrides, options) =>
        evaluate(world, {
          path,
          name,
          overrides,
          engine: options,
          runs: parsed.values.get('runs'),
          run: parsed.values.get('run'),
          report: parsed.values.get('report'),
          json: parsed.flags.has('json'),
        }),
      ),
  },
  test: {
    usage:
      'test [PATH…] [--run RUN|best|latest] [--junit FILE] [--engine …] [--device …] [--threads N] [--runs DIR] [--json]',
    does: 'every `expect` of the programs, each as a test; a report as JUnit has it',
    options: { ...engine, run: 'value', junit: 'value', json: 'flag' },
    words: [0, MANY],
    run: (world, parsed) => {
      const options = engineOptions(parsed);
      if (!options.ok) return wrong(world, options.message);
      return test(world, parsed.words.length === 0 ? ['.'] : parsed.words, {
        engine: options.value,
        runs: parsed.values.get('runs'),
        run: parsed.values.get('run'),
        junit: parsed.values.get('junit'),
        json: parsed.flags.has('json'),
      });
    },
  },
  card: {
    usage: 'card RUN [--out FILE.md] [--runs DIR]',
    does: "a run's model card: what it is, what it learned from, how well it does, its limits",
    options: { out: 'value', runs: 'value' },
    words: [1, 1],
    run: (world, { words: [name = ''], values }) =>
      card(world, name, { out: values.get('out'), runs: values.get('runs') }),
  },
  predict: {
    usage: 'predict RUN --input name=PATH… [--engine …] [--device …] [--threads N] [--runs DIR] [--json]',
    does: 'outputs for one example or a file of examples',
    options: { ...engine, input: 'list', json: 'flag' },
    words: [1, 1],
    run: (world, parsed) =>
      withPairs(world, parsed, 'input', (inputs) => {
        const options = engineOptions(parsed);
        if (!options.ok) return wrong(world, options.message);
        const [run = ''] = parsed.words;
        return predict(world, {
          run,
          inputs,
          engine: options.value,
          runs: parsed.values.get('runs'),
          json: parsed.flags.has('json'),
        });
      }),
  },
  generate: {
    usage:
      'generate RUN [--prompt TEXT] [--length N] [--top N] [--output NAME] [--count N] [--to FOLDER] [--temperature X] [--seed N] [--engine …] [--device …] [--threads N] [--runs DIR] [--json]',
    does: 'text that a model writes, or examples that it makes from numbers by chance',
    options: {
      ...engine,
      prompt: 'value',
      length: 'value',
      temperature: 'value',
      top: 'value',
      seed: 'value',
      output: 'value',
      count: 'value',
      to: 'value',
      json: 'flag',
    },
    words: [1, 1],
    run: (world, parsed) => {
      const options = engineOptions(parsed);
      if (!options.ok) return wrong(world, options.message);
      const [run = ''] = parsed.words;
      return generate(world, {
        run,
        values: parsed.values,
        engine: options.value,
        runs: parsed.values.get('runs'),
        json: parsed.flags.has('json'),
      });
    },
  },
  runs: {
    usage:
      'runs [list|show RUN|compare RUN RUN… [--format md|csv|json]|rename RUN NAME|star RUN|unstar RUN|tag RUN TAG…|untag RUN TAG…|note RUN TEXT|export RUN FILE.csv|FILE.parquet|tell RUN pause|resume|stop|snapshot|evaluate|delete RUN] [--runs DIR] [--json]',
    does: 'the runs of this folder, side by side, and what you write about them',
    options: { runs: 'value', json: 'flag', format: 'value' },
    words: [0, MANY],
    run: (world, { words, flags, values }) =>
      runs(world, words, { json: flags.has('json'), runs: values.get('runs'), format: values.get('format') }),
  },
  new: {
    usage: 'new FAMILY [DATA] [-o FILE]',
    does: `a new program for some data, or with example data: ${FAMILIES.join(', ')}`,
    options: { out: 'value' },
    words: [1, 2],
    run: (world, { words: [family = '', data], values }) => newModel(world, { family, data, out: values.get('out') }),
  },
  mcp: {
    usage: 'mcp',
    does: 'serves the tools for assistants (Model Context Protocol) on standard input and output',
    options: {},
    words: [0, 0],
    // Loaded only here: the protocol's library is a third of this program.
    run: async (world) => (await import('./mcp/serve.ts')).serveAssistants(world),
  },
  doctor: {
    usage: 'doctor [--install [--gpu] [--fetch] [--from=FOLDER]|--uninstall] [--json]',
    does: 'engines and devices, and why one cannot be used; installs TensorFlow for this user',
    options: { json: 'flag', install: 'flag', gpu: 'flag', fetch: 'flag', from: 'value', uninstall: 'flag' },
    words: [0, 0],
    run(world, { flags, values }) {
      const json = flags.has('json');
      if (flags.has('uninstall')) return uninstall(world, { json });
      const from = values.get('from');
      if (flags.has('install')) {
        return install(world, { json, gpu: flags.has('gpu'), fetch: flags.has('fetch'), from: from ?? '' });
      }
      const alone = ['gpu', 'fetch'].find((name) => flags.has(name)) ?? (from === undefined ? undefined : 'from');
      if (alone !== undefined) return wrong(world, `\`--${alone}\` belongs to \`doctor --install\`.`);
      return doctor(world, { json });
    },
  },
};

/** Runs the command line; `args` without the program's own name. */
export async function dispatch(world: World, args: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    for (const line of help()) world.print(line);
    return name === undefined ? exitCodes.usage : exitCodes.done;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const near = nearest(name, Object.keys(commands));
    return wrong(
      world,
      `There is no command \`${name}\`.${near === undefined ? '' : ` Did you mean \`${near}\`?`} The commands are ${Object.keys(commands).join(', ')}.`,
    );
  }
  if (rest.includes('--help')) {
    world.print(`modelwright ${command.usage}`);
    world.print(`    ${command.does}`);
    return exitCodes.done;
  }
  const parsed = parseOptions(rest.map(long), command.options);
  if (!parsed.ok) return wrong(world, parsed.message);
  const [least, most] = command.words;
  if (parsed.value.words.length < least || parsed.value.words.length > most) {
    return wrong(world, `Usage: modelwright ${command.usage}`);
  }
  return command.run(world, parsed.value);
}

/** `-o` is the one short form. */
function long(word: string): string {
  return word === '-o' ? '--out' : word;
}

function help(): string[] {
  const lines = Object.values(commands).flatMap(({ usage, does }) => [`  modelwright ${usage}`, `      ${does}`]);
  return [
    'Usage:',
    ...lines,
    '',
    'Exit codes: 0 done, 1 errors found, 2 wrong usage, 3 the run failed, 130 interrupted with a checkpoint saved.',
  ];
}

function wrong(world: World, message: string): ExitCode {
  world.say(message);
  return exitCodes.usage;
}

/** Options that take a whole number from 1, or a sentence about which of them is wrong. */
function countsOf<Names extends string>(
  parsed: Parsed,
  defaults: Readonly<Record<Names, number>>,
): Record<Names, number> | string {
  const counts: Record<Names, number> = { ...defaults };
  for (const name in defaults) {
    const text = parsed.values.get(name);
    if (text === undefined) continue;
    if (!/^[1-9]\d{0,8}$/.test(text)) return `\`--${name}\` takes a whole number from 1, but got \`${text}\`.`;
    counts[name] = Number(text);
  }
  return counts;
}

type Answer = ExitCode | Promise<ExitCode>;

function withPairs(
  world: World,
  parsed: Parsed,
  option: string,
  act: (pairs: Record<string, string>) => Answer,
): Answer {
  const pairs = parsePairs(option, parsed.lists.get(option) ?? []);
  return pairs.ok ? act(pairs.value) : wrong(world, pairs.message);
}

type Act = (
  path: string,
  name: string | undefined,
  overrides: Record<string, string>,
  options: EngineOptions,
) => Answer;

function withEngine(world: World, parsed: Parsed, act: Act): Answer {
  const options = engineOptions(parsed);
  if (!options.ok) return wrong(world, options.message);
  const [path = '', name] = parsed.words;
  return withPairs(world, parsed, 'set', (overrides) => act(path, name, overrides, options.value));
}
