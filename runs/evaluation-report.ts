/** An evaluation as Markdown and as CSV. Names of classes and values come from data: they are made harmless for both. */
import {
  checkpointTitle,
  type Evaluation,
  type EvaluationAnswer,
  type Figure,
  type FoundRow,
  type IntervalMethod,
  numberOf,
} from '../protocol/index.ts';

/** One figure of an evaluation, with what it is of. */
interface Line {
  readonly section: string;
  readonly item: string;
  readonly figure: string;
  readonly value: Figure;
}

const METHODS: Readonly<Record<IntervalMethod, string>> = {
  wilson: 'Wilson',
  normal: 'normal',
  delong: 'DeLong',
  bootstrap: 'bootstrap, 500 draws, fixed seed',
};

/** Every figure, one a line: `section,item,figure,value,low,high,method`. */
export function evaluationCsv(evaluation: Evaluation): string {
  const lines = linesOf(evaluation).map(({ section, item, figure, value }) =>
    [section, item, figure, value.value, value.low ?? '', value.high ?? '', value.method ?? ''].map(csvCell).join(','),
  );
  return `${['section,item,figure,value,low,high,method', ...lines].join('\n')}\n`;
}

/** Every row of an answer: its number, what is so, what is said. */
export function rowsCsv(answer: EvaluationAnswer, rows: readonly FoundRow[]): string {
  const lines = [...rows].sort((a, b) => a.row - b.row).map(({ row, entry }) => [row, ...cellsOf(answer, entry)]);
  return `${[['row', ...columnsOf(answer)], ...lines].map((line) => line.map(csvCell).join(',')).join('\n')}\n`;
}

function columnsOf(answer: EvaluationAnswer): readonly string[] {
  switch (answer.kind) {
    case 'classes':
      return ['is', 'said', 'probability of said', 'probability of is'];
    case 'yes-no':
      return ['is', 'probability'];
    case 'labels':
      return [...answer.labels.map((label) => `is ${label}`), ...answer.labels.map((label) => `probability ${label}`)];
    case 'numbers':
      return [
        ...answer.targets.map((_, i) => (answer.targets.length === 1 ? 'is' : `is ${i}`)),
        ...answer.targets.map((_, i) => (answer.targets.length === 1 ? 'said' : `said ${i}`)),
        'mean error',
      ];
    case 'places':
      return ['mean surprise', 'share right', 'places'];
    case 'sequences':
      return ['edits', 'signs', 'is', 'said'];
    case 'ranked':
      return ['rank', 'likeness', 'rows found first', 'their likeness'];
    default:
      return assertNever(answer);
  }
}

function cellsOf(answer: EvaluationAnswer, entry: FoundRow['entry']): readonly (string | number)[] {
  switch (answer.kind) {
    case 'classes':
      return entry.flatMap((each, i) => (i < 2 && typeof each === 'number' ? (answer.classes[each] ?? each) : each));
    case 'places':
      return entry.flatMap((each) => (typeof each === 'number' ? each : []));
    case 'sequences':
      return entry.map((each) =>
        typeof each === 'number' ? each : each.map((sign) => answer.classes[sign] ?? sign).join(' '),
      );
    case 'ranked':
      return entry.map((each) => (typeof each === 'number' ? each : each.join(' ')));
    case 'yes-no':
    case 'labels':
    case 'numbers':
      return entry.flat();
    default:
      return assertNever(answer);
  }
}

/** As a person reads it, with every interval and how it was found. */
export function evaluationMarkdown(evaluation: Evaluation): string {
  const { metrics, expect, answers, slices, notes } = evaluation;
  const blocks = [
    `# ${md(evaluation.unit)} on ${md(evaluation.data)}`,
    `Run ${md(evaluation.run)}, ${md(checkpointTitle(evaluation.checkpoint))}. ${evaluation.examples.toLocaleString('en-US')} rows of the ${evaluation.part} part.`,
    ...metricBlocks(metrics),
    ...(expect.length === 0
      ? []
      : [
          '## Expectations',
          table(
            ['expected', 'value', ''],
            expect.map(({ text, value, held }) => [code(text), digits(value), held ? 'holds' : '**fails**']),
          ),
        ]),
    ...answers.flatMap(answerBlocks),
    ...sliceBlocks(slices),
    ...(notes.length === 0 ? [] : ['## Notes', notes.map((note) => `- ${md(note)}`).join('\n')]),
    INTERVALS,
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** What the intervals mean. */
export const INTERVALS =
  'Intervals are of 95 %: for evaluations on other rows drawn alike. Shares by Wilson, means by the normal law, areas under the ROC curve by DeLong, the rest by counts drawn anew with a fixed seed.';

/** The metrics as a table. */
export function metricBlocks(metrics: Evaluation['metrics']): readonly string[] {
  const rows = Object.entries(metrics).map(([name, figure]) => [md(name), digits(figure.value), interval(figure)]);
  return rows.length === 0 ? [] : ['## Metrics', table(['metric', 'value', '95 % interval'], rows)];
}

/** The slices as tables. */
export function sliceBlocks(slices: Evaluation['slices']): readonly string[] {
  if (slices.length === 0) return [];
  return [
    '## Slices',
    ...slices.flatMap(({ text, values, left }) => {
      const names = Object.keys(values[0]?.metrics ?? {});
      const rows = values.map(({ value, examples, metrics }) => [
        md(value),
        String(examples),
        ...names.map((name) => withInterval(metrics[name])),
      ]);
      const more = left > 0 ? [`and ${left} rarer values.`] : [];
      return [`By ${code(text)}:`, table(['value', 'rows', ...names.map(md)], rows), ...more];
    }),
  ];
}

function answerBlocks(answer: EvaluationAnswer): readonly string[] {
  const title = `## ${md(answer.name)} against ${md(answer.truth)}`;
  const lines = linesOfAnswer(answer);
  const items = [...new Set(lines.map(({ item }) => item))];
  const perItem = items.filter((item) => item !== '');
  const names = [...new Set(lines.filter(({ item }) => item !== '').map(({ figure }) => figure))];
  const whole = lines
    .filter(({ item }) => item === '')
    .map(({ figure, value }) => [figure, digits(value.value), interval(value)]);
  const each = perItem
    .slice(0, 100)
    .map((item) => [
      md(item),
      ...names.map((name) => withInterval(lines.find((line) => line.item === item && line.figure === name)?.value)),
    ]);
  const confused = 'cells' in answer ? confusions(answer.cells, answer.classes) : [];
  return [
    title,
    table(['figure', 'value', '95 % interval'], whole),
    ...(each.length === 0 ? [] : [table(['', ...names], each)]),
    ...confused,
  ];
}

function confusions(
  cells: readonly { readonly is: number; readonly said: number; readonly count: number }[],
  classes: readonly string[],
): readonly string[] {
  const wrong = cells.filter(({ is, said }) => is !== said).slice(0, 10);
  if (wrong.length === 0) return [];
  const rows = wrong.map(({ is, said, count }) => [md(classes[is] ?? ''), md(classes[said] ?? ''), String(count)]);
  return ['Most frequent confusions:', table(['is', 'said', 'rows'], rows)];
}

function linesOf({ metrics, answers, slices }: Evaluation): readonly Line[] {
  return [
    ...Object.entries(metrics).map(([figure, value]): Line => ({ section: 'metrics', item: '', figure, value })),
    ...answers.flatMap(linesOfAnswer),
    ...slices.flatMap(({ text, values }) =>
      values.flatMap(({ value: item, metrics: own }) =>
        Object.entries(own).map(([figure, value]): Line => ({ section: `slice ${text}`, item, figure, value })),
      ),
    ),
  ];
}

function linesOfAnswer(answer: EvaluationAnswer): readonly Line[] {
  const section = answer.name;
  const line = (figure: string, value: Figure, item = ''): Line => ({ section, item, figure, value });
  const perClass = (
    classes: readonly string[],
    figures: readonly {
      readonly precision: Figure;
      readonly recall: Figure;
      readonly f1: Figure;
      readonly support: number;
    }[],
  ): Line[] =>
    figures.flatMap(({ precision, recall, f1, support }, i) => {
      const item = classes[i] ?? String(i);
      return [
        line('precision', precision, item),
        line('recall', recall, item),
        line('F1', f1, item),
        line('rows', { value: support }, item),
      ];
    });
  switch (answer.kind) {
    case 'classes':
      return [
        line('accuracy', answer.accuracy),
        line('macro precision', answer.macro.precision),
        line('macro recall', answer.macro.recall),
        line('macro F1', answer.macro.f1),
        line('calibration error', answer.calibration.error),
        ...perClass(answer.classes, answer.perClass),
        ...answer.curves.flatMap((curve, i) => [
          line('AUC', curve.auc, answer.classes[i]),
          line('average precision', curve.average, answer.classes[i]),
        ]),
      ];
    case 'yes-no':
      return [
        line('accuracy', answer.accuracy),
        line('precision', answer.precision),
        line('recall', answer.recall),
        line('F1', answer.f1),
        line('AUC', answer.curve.auc),
        line('average precision', answer.curve.average),
        line('calibration error', answer.calibration.error),
      ];
    case 'labels':
      return [
        line('accuracy', answer.accuracy),
        line('all labels right', answer.exact),
        ...perClass(answer.labels, answer.perLabel),
        ...answer.perLabel.map(({ auc }, i) => line('AUC', auc, answer.labels[i])),
      ];
    case 'numbers':
      return answer.targets.length === 1
        ? answer.targets.flatMap(({ mae, rmse, r2, bias }) => [
            line('mean absolute error', mae),
            line('root of the mean squared error', rmse),
            line('R²', r2),
            line('bias', bias),
          ])
        : [
            line('mean absolute error', answer.mae),
            line('root of the mean squared error', answer.rmse),
            ...answer.targets.flatMap(({ mae, rmse, r2, bias }, i) => [
              line('mean absolute error', mae, `number ${i}`),
              line('root of the mean squared error', rmse, `number ${i}`),
              line('R²', r2, `number ${i}`),
              line('bias', bias, `number ${i}`),
            ]),
          ];
    case 'places':
      return [
        line('accuracy', answer.accuracy),
        line('perplexity', answer.perplexity),
        ...perClass(answer.classes, answer.perClass),
      ];
    case 'sequences':
      return [
        line('error rate', answer.errorRate),
        line('rows without a mistake', answer.exact),
        line('signs put in', { value: answer.edits.putIn }),
        line('signs left out', { value: answer.edits.leftOut }),
        line('signs exchanged', { value: answer.edits.exchanged }),
      ];
    case 'ranked':
      return [
        ...answer.found.map(({ at, share }) => line(`found among the first ${at}`, share)),
        line('mean reciprocal rank', answer.reciprocal),
        line('median rank', { value: answer.medianRank }),
        line('keys', { value: answer.keys }),
      ];
    default:
      return assertNever(answer);
  }
}

/** Four significant digits. */
export function digits(value: Figure['value']): string {
  const number = numberOf(value);
  return Number.isFinite(number) ? String(Number(number.toPrecision(4))) : String(value);
}

function interval(figure: Figure): string {
  if (figure.low === undefined || figure.high === undefined) return '';
  const how = figure.method === undefined ? '' : ` (${METHODS[figure.method]})`;
  return `${digits(figure.low)} to ${digits(figure.high)}${how}`;
}

function withInterval(figure: Figure | undefined): string {
  if (figure === undefined) return '';
  const between =
    figure.low === undefined || figure.high === undefined ? '' : ` (${digits(figure.low)} to ${digits(figure.high)})`;
  return `${digits(figure.value)}${between}`;
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** A text of the data within Markdown: no markup, no new line. */
export function md(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/[\\`*_[\]<>|&~]/gu, (sign) => `&#${sign.codePointAt(0)};`);
}

/** A piece of the program; one that would end its span or its cell of a table early is plain text. */
export function code(text: string): string {
  return text.trim() === '' || /[`|]/.test(text) ? md(text) : `\`${text.replace(/[\s\p{Cc}]+/gu, ' ')}\``;
}

/** What begins as a formula is none: tables open such files. */
function csvCell(value: string | number): string {
  const text = String(value);
  const safe = typeof value === 'string' && value !== '-Infinity' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function assertNever(value: never): never {
  throw new Error(`Unknown answer: ${JSON.stringify(value)}`);
}
