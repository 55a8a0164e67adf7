/** A table of runs as text: Markdown to paste into a report, CSV for a spreadsheet. Names come from people and files: neither form lets them be more than text. Pure. */
import { numberOf } from './events.ts';
import type { RunFacts } from './run-facts.ts';
import { type RunCell, type RunColumn, type RunTable, tableOf } from './run-table.ts';

/** GitHub's Markdown table. What differs is bold, the best of a column has a star. */
export function runsAsMarkdown(runs: readonly RunFacts[]): string {
  const table = tableOf(runs);
  const head = ['run', 'state', ...table.columns.map(columnTitle)];
  const rows = table.rows.map(({ run, cells }) => [
    markdownText(`${run.starred ? '★ ' : ''}${nameOf(run)}`),
    run.state,
    ...cells.map((cell, index) => markdownCell(cell, table.columns[index])),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `${[line(head.map(markdownText)), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

/** RFC 4180, one line a run; numbers in full. */
export function runsAsCsv(runs: readonly RunFacts[]): string {
  const table = tableOf(runs);
  const head = ['run', 'name', 'state', ...table.columns.map(columnTitle)];
  const rows = table.rows.map(({ run, cells }) => [
    csvText(run.id),
    csvText(run.name),
    run.state,
    ...cells.map((cell) => csvCell(cell)),
  ]);
  return [head.map(csvText), ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** One object a run, as `--json` lines. */
export function runAsJson(run: RunFacts, table: RunTable): Record<string, unknown> {
  const row = table.rows.find((each) => each.run === run);
  const columns = table.columns.map((column, index) => [columnTitle(column), plainCell(row?.cells[index])]);
  return { run: run.id, name: run.name, state: run.state, ...Object.fromEntries(columns) };
}

/** How a run is called in texts: `#14 quiet-heron`, and the name that somebody gave it. */
export function nameOf(run: Pick<RunFacts, 'id' | 'number' | 'name'>): string {
  const own = `#${run.number} ${run.id.replace(/^\d+-/, '')}`;
  return run.name === '' ? own : `${own} ${run.name}`;
}

export function columnTitle(column: RunColumn): string {
  return column.kind === 'best' ? `best ${column.title}` : column.title;
}

/** Of a table for people: four digits, minutes and seconds, grouped counts. */
export function cellText(cell: RunCell | undefined, column: RunColumn | undefined): string {
  if (cell?.text !== undefined) return cell.text;
  if (cell?.value === undefined) return '–';
  const value = numberOf(cell.value);
  if (column?.kind === 'parameters') return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
  if (column?.kind === 'time') return secondsText(value);
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}

function secondsText(seconds: number): string {
  const whole = Math.round(seconds);
  const rest = String(whole % 60).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

function plainCell(cell: RunCell | undefined): unknown {
  return cell?.value ?? cell?.text ?? null;
}

function markdownCell(cell: RunCell, column: RunColumn | undefined): string {
  const text = markdownText(cellText(cell, column));
  if (cell.differs) return `**${text}**`;
  return cell.best ? `${text} ★` : text;
}

/** No cell ends early, no markup begins. */
export function markdownText(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|&~]/g, '\\$&');
}

function csvCell(cell: RunCell): string {
  if (cell.value !== undefined) return String(cell.value);
  return cell.text === undefined ? '' : csvText(cell.text);
}

/** A text that a spreadsheet would take for a formula gets an apostrophe, as spreadsheets themselves write it. */
export function csvText(text: string): string {
  const plain = oneLine(text);
  const safe = /^[=+\-@]/.test(plain) ? `'${plain}` : plain;
  return /[",]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
