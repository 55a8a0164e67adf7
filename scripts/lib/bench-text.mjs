/** A benchmark's sections as text: aligned for a terminal, and as Markdown for `docs/benchmarks.md` (the same text is both). */

/** Three significant digits; whole numbers stay whole. */
export function figure(value) {
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}

/** A Markdown table whose columns are aligned; all but the first to the right. */
export function tableText({ columns, rows }) {
  const cells = [columns, ...rows.map((row) => row.map((cell) => String(figure(cell))))];
  const widths = columns.map((_, at) => Math.max(3, ...cells.map((row) => (row[at] ?? '').length)));
  const line = (row) =>
    `| ${widths.map((width, at) => (at === 0 ? (row[at] ?? '').padEnd(width) : (row[at] ?? '').padStart(width))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}

/** One section. */
export function sectionText(section) {
  const tables = section.tables.map((table) => `${table.title}\n\n${tableText(table)}`);
  const targets = section.targets.map((one) => [one.what, one.wanted, one.measured, one.held ? 'held' : 'MISSED']);
  const aims =
    targets.length === 0 ? [] : [tableText({ columns: ['target', 'wanted', 'measured', ''], rows: targets })];
  return [`## ${section.title}`, ...tables, ...aims, ...section.notes].join('\n\n');
}
