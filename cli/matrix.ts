/** A table of counts as text: a row for each class that is so, a column for each that was said. */
import type { EvaluateMatrix } from '../protocol/index.ts';
import { digits } from './progress.ts';
import { grouped } from './world.ts';

/** More columns do not fit into a window: then only the largest confusions are listed. */
const MOST_COLUMNS = 20;
const LISTED = 20;
const LONGEST_NAME = 16;

/** The lines of a table under its metric's name. */
export function matrixLines(metric: string, { classes, rows }: EvaluateMatrix): readonly string[] {
  return classes.length <= MOST_COLUMNS ? whole(metric, classes, rows) : largest(metric, classes, rows);
}

function whole(metric: string, classes: readonly string[], rows: EvaluateMatrix['rows']): readonly string[] {
  const names = classes.map(shortened);
  const cells = [['is \\ said', ...names], ...rows.map((row, i) => [names[i] ?? '', ...row.map(countText)])];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = ([first = '', ...counts]: readonly string[]) =>
    [first.padEnd(widths[0] ?? 0), ...counts.map((count, i) => count.padStart(widths[i + 1] ?? 0))].join('  ');
  return [`  ${metric}:`, ...cells.map((row) => `    ${line(row)}`)];
}

function largest(metric: string, classes: readonly string[], rows: EvaluateMatrix['rows']): readonly string[] {
  const wrong = rows.flatMap((row, is) =>
    row.flatMap((count, said) => (is === said || count === 0 ? [] : [{ is, said, count }])),
  );
  const first = wrong.sort((a, b) => b.count - a.count).slice(0, LISTED);
  const left = wrong.length - first.length;
  return [
    `  ${metric}, the largest of ${classes.length} × ${classes.length}:`,
    ...first.map(({ is, said, count }) => `    ${classes[is]} taken for ${classes[said]}: ${countText(count)}`),
    ...(left > 0 ? [`    and ${grouped(left)} more, all of them with --json`] : []),
  ];
}

/** Places that count by weights add up to fractions. */
function countText(count: number): string {
  return Number.isInteger(count) ? grouped(count) : digits(count);
}

function shortened(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`;
}
