/** `docs/mistakes.md`: the rows as a table, with their classes counted below it. */
import type { Case, Class, Row } from './case.ts';

const names: Readonly<Record<Class, string>> = {
  typing: 'while typing',
  data: 'from the data',
  start: 'at the start',
  unwritable: 'cannot be written',
  judgement: 'judgement',
};

const meanings: Readonly<Record<Class, string>> = {
  typing: 'found while one types, without any data file',
  data: 'found as soon as the header or a sample of a data file is read',
  start: 'found at the start of a run, before the first step',
  unwritable: 'cannot be written in this language; the reason says what stands in its place',
  judgement: 'no criterion: good programs do it, too',
};

/** Made by the tests in `test/language/mistakes`; do not edit the page. */
export function page(rows: readonly Row[]): string {
  const head = [
    '# Mistakes',
    '',
    'What the checker says to mistakes that people really make: made by the tests in `test/language/mistakes`, each of which takes a',
    'correct program, makes the mistake in it, and holds the message, its place and the file after the fix against what is expected.',
    '`vitest -u` writes this page anew. Texts word for word: `test/language/mistakes/golden.txt`; a page for each code: `problems/`.',
    '',
    '| # | mistake | found | severity | code | first fix |',
    '|---|---|---|---|---|---|',
  ];
  const lines = rows.flatMap(({ row, title, cases }) => cases.map((one, index) => line(row, title, one, index)));
  return [...head, ...lines, '', ...counts(rows), ''].join('\n');
}

function line(row: number, title: string, one: Case, index: number): string {
  const [first] = one.finds;
  const [severity = '–', code] = first?.split(' ') ?? [];
  const cells = [
    index === 0 ? String(row) : '',
    index === 0 ? title : `… ${one.title}`,
    one.why ? `${names[one.class]}: ${one.why}` : names[one.class],
    severity,
    code ? `\`${code}\`` : '–',
    one.fix ? `\`${one.fix}\`` : '–',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Each row counts once, by its first case. */
function counts(rows: readonly Row[]): readonly string[] {
  const classes = Object.keys(names) as Class[];
  const count = (name: Class) => rows.filter(({ cases: [first] }) => first?.class === name).length;
  return [
    '| class | rows | means |',
    '|---|---|---|',
    ...classes.map((name) => `| ${names[name]} | ${count(name)} | ${meanings[name]} |`),
  ];
}
