/** `modelwright test`: every `expect` of the programs is a test. A block is measured once, whatever it expects. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expectationsIn, runName } from '../../language/index.ts';
import { type EngineOptions, numberOf } from '../../protocol/index.ts';
import { junit, type TestCase } from '../junit.ts';
import { planFor } from '../planning.ts';
import { createChecker, findPrograms, shown } from '../program.ts';
import { digits } from '../progress.ts';
import { type ExitCode, exitCodes, paint, plain, type World } from '../world.ts';
import { measure } from './evaluate.ts';

export interface TestOptions {
  readonly engine: EngineOptions;
  readonly runs: string | undefined;
  readonly run: string | undefined;
  /** A file for the report. */
  readonly junit: string | undefined;
  readonly json: boolean;
}

/** An `evaluate` block with what it expects. */
interface Block {
  readonly file: string;
  readonly name: string;
  readonly expects: readonly { readonly text: string; readonly line: number }[];
}

export async function test(world: World, paths: readonly string[], options: TestOptions): Promise<ExitCode> {
  const programs = findPrograms(paths, world);
  if (!programs.ok) {
    world.say(programs.message);
    return exitCodes.usage;
  }
  const read = programs.files.map((file) => blocksOf(file, world));
  // What cannot be read has not passed.
  const unread = read.filter((each) => typeof each === 'string');
  for (const message of unread) world.say(message);
  const blocks = read.flatMap((each) => (typeof each === 'string' ? [] : each));
  const cases: TestCase[] = [];
  for (const block of blocks) {
    const own = await tryBlock(world, block, options);
    cases.push(...own);
    for (const each of own) tell(world, each, options.json);
  }
  if (options.junit !== undefined) writeFileSync(resolve(world.cwd, options.junit), junit(cases));
  const bad = cases.filter(({ outcome }) => outcome.kind !== 'held').length;
  if (cases.length === 0 && unread.length === 0) {
    const count = programs.files.length;
    const who = count === 1 ? 'the program has no' : `none of the ${count} programs has an`;
    world.say(`There is nothing to test: ${who} \`evaluate\` block with \`expect:\`.`);
  } else if (cases.length > 0 && !options.json) {
    world.print(`${cases.length} expectations, ${cases.length - bad} hold, ${bad} do not`);
  }
  return bad === 0 && unread.length === 0 ? exitCodes.done : exitCodes.found;
}

/** The blocks, or why the program cannot be read. */
function blocksOf(file: string, world: World): readonly Block[] | string {
  const checker = createChecker(world);
  const source = checker.read(shown(file, world));
  if (!source.ok) return source.message;
  const { syntax } = checker.analyser.analyse(source.file, source.text);
  return syntax.chunks.flatMap(({ chunk, offset }): readonly Block[] => {
    const { declaration } = chunk;
    if (declaration?.kind !== 'run') return [];
    const expects = expectationsIn(declaration).map(({ start, end }) => ({
      text: chunk.text.slice(start, end),
      line: source.text.slice(0, offset + start).split('\n').length,
    }));
    return expects.length === 0 ? [] : [{ file, name: runName(declaration), expects }];
  });
}

async function tryBlock(world: World, block: Block, options: TestOptions): Promise<readonly TestCase[]> {
  const began = world.now();
  const said: string[] = [];
  const listening: World = {
    ...world,
    colour: false,
    say: (line) => said.push(line),
    print: (line) => said.push(line),
  };
  const planned = await planFor(listening, {
    path: block.file,
    name: block.name,
    action: 'evaluate',
    overrides: {},
    json: false,
  });
  const measured = planned.ok ? await measure(listening, planned.plan, options) : ({ ok: false, why: said } as const);
  const seconds = (world.now() - began) / 1000 / block.expects.length;
  return block.expects.map(({ text, line }, i): TestCase => {
    const base = {
      name: text,
      suite: `${shown(block.file, world)} ${block.name}`,
      file: shown(block.file, world),
      line,
      seconds,
    };
    if (!measured.ok) return { ...base, outcome: { kind: 'error', message: measured.why.join(' ') } };
    const found = measured.result.expect[i];
    if (found === undefined) return { ...base, outcome: { kind: 'error', message: 'It was not measured.' } };
    const value = digits(found.value);
    if (found.held) return { ...base, outcome: { kind: 'held', value } };
    const unknown = Number.isNaN(numberOf(found.value)) ? ' A metric that is no number holds nothing.' : '';
    return { ...base, outcome: { kind: 'failed', message: `Expected ${text}; it is ${value}.${unknown}` } };
  });
}

function tell(world: World, { name, suite, file, line, outcome }: TestCase, json: boolean): void {
  if (json) {
    world.print(JSON.stringify({ test: name, suite, file, line, ...outcome }));
    return;
  }
  const place = `${file}:${line}`;
  if (outcome.kind === 'held')
    world.print(`${paint(world, 'green', 'holds ')} ${place}  ${plain(name)}  (${outcome.value})`);
  else
    world.print(
      `${paint(world, 'red', outcome.kind === 'failed' ? 'fails ' : 'error ')} ${place}  ${plain(outcome.message)}`,
    );
}
