/** `modelwright runs compare`: settings and results side by side, for reading, for a report, for a spreadsheet, for a program. */
import {
  cellText,
  columnTitle,
  nameOf,
  type RunTable,
  runAsJson,
  runsAsCsv,
  runsAsMarkdown,
  tableOf,
} from '../../protocol/index.ts';
import { factsOf, type RunSummary } from '../../runs/index.ts';
import { type ExitCode, exitCodes, plain, table, type World } from '../world.ts';

export const COMPARE_FORMATS = ['text', 'md', 'csv', 'json'] as const;
export type CompareFormat = (typeof COMPARE_FORMATS)[number];

/** The format that was asked for; undefined for a word that is none. */
export function compareFormat(word: string | undefined, json: boolean): CompareFormat | undefined {
  if (word === undefined) return json ? 'json' : 'text';
  return COMPARE_FORMATS.find((format) => format === word);
}

export function compareRuns(world: World, chosen: readonly RunSummary[], format: CompareFormat): ExitCode {
  const facts = chosen.map(factsOf);
  switch (format) {
    case 'md':
      world.print(runsAsMarkdown(facts).trimEnd());
      break;
    case 'csv':
      world.print(runsAsCsv(facts).trimEnd());
      break;
    case 'json': {
      const compared = tableOf(facts);
      for (const run of facts) world.print(JSON.stringify(runAsJson(run, compared)));
      break;
    }
    case 'text':
      for (const line of standing(tableOf(facts))) world.print(plain(line));
      break;
    default:
      return assertNever(format);
  }
  return exitCodes.done;
}

/** A column a run: there are more settings than runs, and a terminal is higher than wide. What differs has a mark. */
function standing({ columns, rows }: RunTable): string[] {
  return table([
    ['', ...rows.map(({ run }) => nameOf(run))],
    ['state', ...rows.map(({ run }) => run.state)],
    ...columns.map((column, index) => [
      columnTitle(column),
      ...rows.map(({ cells }) => {
        const cell = cells[index];
        return `${cellText(cell, column)}${cell?.differs ? ' *' : cell?.best ? ' ★' : ''}`;
      }),
    ]),
  ]);
}

function assertNever(value: never): never {
  throw new Error(`Unknown format: ${JSON.stringify(value)}`);
}
