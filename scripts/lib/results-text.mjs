/** The results of the families as text: a line for the terminal, and `docs/results.md`. */
import { lessIsBetter } from './families.mjs';

const [begin, end] = ['<!-- measured: begin -->', '<!-- measured: end -->'];

/** One family in one line. */
export function lineOf(family, result) {
  const values = comparisons(family, result).map(
    ({ name, ours, reference, verdict }) => `${name} ${ours} | ${reference} ${verdict}`,
  );
  return `${family.name}: ${values.join('; ')} (${result.ours?.seconds ?? '–'} s | ${result.reference?.seconds ?? '–'} s)`;
}

/** The page: what stands around the measured part of `before` is kept. */
export function resultsText(families, known, before) {
  const measured = families.filter(({ name }) => known[name] !== undefined);
  const rows = measured.flatMap((family) =>
    comparisons(family, known[family.name]).map(({ name, ours, reference, verdict }, at) => [
      at === 0 ? family.family : '',
      at === 0 ? family.about : '',
      at === 0 ? known[family.name].ours.values[name].length : '',
      name,
      ours,
      reference,
      verdict,
    ]),
  );
  const results = table({
    columns: ['family', 'data and model', 'seeds', 'measure', 'Modelwright', 'PyTorch', ''],
    rows,
  });
  const again = table({
    columns: ['program', 'reference', 'again by'],
    rows: measured.map(({ name }) => [
      `[${name}.model](../examples/families/${name}.model)`,
      `[${name}.py](../test/references/${name}.py)`,
      `\`npm run results -- ${name}\``,
    ]),
  });
  const machines = [...new Set(measured.map(({ name }) => machineLine(known[name])))].join('\n');
  const [top, bottom] = before.includes(begin)
    ? [before.slice(0, before.indexOf(begin)), before.slice(before.indexOf(end) + end.length)]
    : ['# Results\n\n', '\n'];
  return `${top}${begin}\n\n${results}\n\n${again}\n\nMeasured on:\n\n${machines}\n\n${end}${bottom}`;
}

function machineLine({ machine, ours, reference }) {
  return `- ${machine}; ${[ours?.by, reference?.by].filter(Boolean).join('; ')}`;
}

function comparisons({ atLeast = {} }, { ours, reference }) {
  const names = Object.keys((ours ?? reference).values);
  return names.map((name) => {
    const [mine, theirs] = [momentsOf(ours?.values[name]), momentsOf(reference?.values[name])];
    return {
      name,
      ours: written(mine),
      reference: written(theirs),
      verdict: verdictOf(name, mine, theirs, atLeast[name]),
    };
  });
}

function momentsOf(values) {
  if (values === undefined) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) };
}

/** As many digits as the spread leaves meaning. */
function written(moments) {
  if (moments === undefined) return '–';
  const { mean, spread } = moments;
  const digits = Math.max(0, Math.min(4, 1 - Math.floor(Math.log10(Math.max(spread, Math.abs(mean) / 1e3, 1e-9)))));
  return `${mean.toFixed(digits)} ± ${spread.toFixed(digits)}`;
}

/** Ours is as the reference where it is better, or no further away than both spreads together. */
function verdictOf(name, mine, theirs, least) {
  if (mine === undefined) return '';
  if (least !== undefined && mine.mean < least) return `below ${least}`;
  if (theirs === undefined) return least === undefined ? '' : `≥ ${least}`;
  const better = lessIsBetter.has(name) ? theirs.mean - mine.mean : mine.mean - theirs.mean;
  const room = mine.spread + theirs.spread;
  if (better > room) return 'better';
  return better >= -room ? 'as the reference' : 'worse';
}

/** A Markdown table with aligned columns of texts. */
function table({ columns, rows }) {
  const cells = [columns, ...rows.map((row) => row.map(String))];
  const widths = columns.map((_, at) => Math.max(3, ...cells.map((row) => row[at].length)));
  const line = (row) => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`;
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...cells.slice(1).map(line)].join('\n');
}
