/** The `modelwright` command: the real terminal, environment and clock around `dispatch`. */
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { dispatch } from './dispatch.ts';
import { exitCodes, harmless, type World } from './world.ts';

const { stdout, stderr, env } = process;
const terminal = stderr.isTTY === true && env.CI === undefined && env.TERM !== 'dumb';
const colour = (env.NO_COLOR === undefined || env.NO_COLOR === '') && terminal;

const world: World = {
  print: (line) => void stdout.write(`${harmless(line, colour)}\n`),
  say: (line) => void stderr.write(`${harmless(line, colour)}\n`),
  draw: terminal ? (line) => void stderr.write(`\r\u001b[2K${harmless(line, colour)}`) : undefined,
  colour,
  columns: stderr.columns > 0 ? stderr.columns : 80,
  cwd: process.cwd(),
  env,
  now: Date.now,
  dist: dirname(realpathSync(process.argv[1] ?? '.')),
  onInterrupt(heard) {
    process.on('SIGINT', heard);
    process.on('SIGTERM', heard);
    return () => {
      process.off('SIGINT', heard);
      process.off('SIGTERM', heard);
    };
  },
};

// `modelwright … | head` closes the pipe: nobody wants the rest.
stdout.on('error', () => process.exit(exitCodes.done));

dispatch(world, process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    world.say(
      `modelwright failed in a way that it does not know; please report this: ${error instanceof Error ? error.stack : String(error)}`,
    );
    process.exitCode = exitCodes.failed;
  },
);
