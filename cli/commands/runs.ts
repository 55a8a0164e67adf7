/** `modelwright runs`: the runs of this folder, one of them, several side by side, one noted about, told something, or one less. */
import { join, resolve } from 'node:path';
import { eventLine } from '../../protocol/index.ts';
import {
  deleteRun,
  findRun,
  findRunsFolder,
  listRuns,
  momentText,
  type RunSummary,
  readEvents,
  unreadableRuns,
  whyNoRun,
  writeMetrics,
} from '../../runs/index.ts';
import { digits } from '../progress.ts';
import { type ExitCode, exitCodes, grouped, table, type World } from '../world.ts';
import { COMPARE_FORMATS, compareFormat, compareRuns } from './compare-runs.ts';
import { NOTE_ACTIONS, noteAction, noteRun } from './note-runs.ts';
import { tell } from './tell.ts';

export function runs(
  world: World,
  words: readonly string[],
  options: { readonly json: boolean; readonly runs: string | undefined; readonly format: string | undefined },
): ExitCode | Promise<ExitCode> {
  const folder = findRunsFolder(join(world.cwd, 'program.model'), { override: options.runs });
  const [action = 'list', ...names] = words;
  switch (action) {
    case 'list':
      return list(world, folder, options.json);
    case 'show':
      return withRuns(world, folder, names, 1, ([run]) =>
        run === undefined ? exitCodes.usage : show(world, run, options.json),
      );
    case 'compare': {
      const format = compareFormat(options.format, options.json);
      if (format === undefined) {
        world.say(`\`--format\` takes ${COMPARE_FORMATS.join(', ')}, but got \`${options.format}\`.`);
        return exitCodes.usage;
      }
      return withRuns(world, folder, names, 2, (chosen) => compareRuns(world, chosen, format));
    }
    case 'export': {
      const [name = '', path] = names;
      if (path === undefined) {
        world.say('`runs export` takes a run and a file: `modelwright runs export 14 metrics.csv` (or .parquet).');
        return exitCodes.usage;
      }
      return withRuns(world, folder, [name], 1, ([run]) =>
        run === undefined ? exitCodes.usage : exportRun(world, run, path),
      );
    }
    case 'delete':
      return withRuns(world, folder, names, 1, ([run]) => (run === undefined ? exitCodes.usage : remove(world, run)));
    case 'tell': {
      const [name = '', word = ''] = names;
      return withRuns(world, folder, name === '' ? [] : [name], 1, ([run]) =>
        run === undefined ? exitCodes.usage : tell(world, run, word, options.json),
      );
    }
    default: {
      const noting = noteAction(action);
      if (noting !== undefined) {
        const [name, ...rest] = names;
        return withRuns(world, folder, name === undefined ? [] : [name], 1, ([run]) =>
          run === undefined ? exitCodes.usage : noteRun(world, run, noting, rest),
        );
      }
      world.say(
        `\`runs\` takes list, show RUN, compare RUN RUN…, ${NOTE_ACTIONS.join(' RUN, ')} RUN, export RUN FILE, tell RUN WORD or delete RUN, but got \`${action}\`.`,
      );
      return exitCodes.usage;
    }
  }
}

function list(world: World, folder: string, json: boolean): ExitCode {
  const all = listRuns(folder);
  if (json) {
    for (const run of all) world.print(JSON.stringify({ ...run.record, state: run.state, notes: run.notes }));
    return exitCodes.done;
  }
  const unreadable = unreadableRuns(folder);
  if (all.length === 0 && unreadable.length === 0) world.say(`There are no runs in ${folder}.`);
  const rows = all.map((run) => [
    `${run.notes.starred ? '★' : ' '} ${run.record.id}`,
    run.notes.name,
    run.state,
    run.record.title,
    `step ${grouped(run.record.step)}/${grouped(run.record.steps)}`,
    run.record.best === undefined ? '' : `${run.record.best.metric} ${digits(run.record.best.value)}`,
    momentText(run.record.created).slice(0, 16).replace('T', ' '),
  ]);
  for (const line of table(rows)) world.print(line);
  for (const name of unreadable) world.say(whyNoRun(folder, name));
  return exitCodes.done;
}

function withRuns(
  world: World,
  folder: string,
  names: readonly string[],
  least: number,
  act: (runs: readonly RunSummary[]) => ExitCode | Promise<ExitCode>,
): ExitCode | Promise<ExitCode> {
  if (names.length < least) {
    world.say(
      `This needs ${least === 1 ? 'the name or number of a run' : 'at least two runs'}. \`modelwright runs\` lists them.`,
    );
    return exitCodes.usage;
  }
  const found: RunSummary[] = [];
  for (const name of names) {
    const run = findRun(folder, name);
    if (run === undefined) {
      world.say(whyNoRun(folder, name));
      return exitCodes.usage;
    }
    found.push(run);
  }
  return act(found);
}

function show(world: World, run: RunSummary, json: boolean): ExitCode {
  const events = readEvents(run.folder);
  if (json) {
    for (const event of events) world.print(eventLine(event).trimEnd());
    return exitCodes.done;
  }
  const { record } = run;
  const rows = [
    ['run', `${record.id} (${run.folder})`],
    ['state', record.reason === undefined ? run.state : `${run.state}: ${record.reason}`],
    ['program', `${record.title} (${record.file})`],
    ['engine', `${record.engine} on ${record.device}, ${record.threads} threads`],
    ['parameters', grouped(record.parameters)],
    ['steps', `${grouped(record.step)} of ${grouped(record.steps)}`],
    ['seed', String(record.seed)],
    ...Object.entries(record.metrics).map(([name, value]) => [name, digits(value)]),
  ];
  for (const line of table(rows)) world.print(line);
  return exitCodes.done;
}

function exportRun(world: World, run: RunSummary, path: string): ExitCode {
  const written = writeMetrics(run.folder, resolve(world.cwd, path));
  world.say(written.ok ? `${grouped(written.rows)} steps of ${run.record.id} are in ${path}.` : written.message);
  return written.ok ? exitCodes.done : exitCodes.failed;
}

function remove(world: World, run: RunSummary): ExitCode {
  const removed = deleteRun(run.folder);
  world.say(removed.ok ? `${run.record.id} is deleted.` : removed.message);
  return removed.ok ? exitCodes.done : exitCodes.failed;
}
