/** `modelwright data`: rows of a data declaration as the model will see them, before and after each step. */
import { makeDataPlan } from '../../language/index.ts';
import {
  type DataCell,
  type DataFieldReport,
  type DataPartName,
  type DataReport,
  isDataReport,
  numberOf,
  TRAINER_VERSION,
} from '../../protocol/index.ts';
import { askTrainer } from '../../runs/index.ts';
import { withDownloads } from '../downloads.ts';
import { createChecker, problemJson, problemLines, textsOf } from '../program.ts';
import { problemLine } from '../progress.ts';
import { trainerProgram } from '../trainer.ts';
import { type ExitCode, exitCodes, grouped, table, type World } from '../world.ts';

export interface DataOptions {
  readonly path: string;
  readonly name: string | undefined;
  readonly sets: Readonly<Record<string, string>>;
  readonly part: DataPartName;
  /** Number of the first row within the part, from 1. */
  readonly from: number;
  readonly rows: number;
  readonly epoch: number;
  readonly json: boolean;
}

export async function data(world: World, options: DataOptions): Promise<ExitCode> {
  const checker = createChecker(world);
  const source = checker.read(options.path);
  if (!source.ok) {
    world.say(source.message);
    return exitCodes.usage;
  }
  const { file, text } = source;
  const planned = await withDownloads(world, () =>
    makeDataPlan(checker.analyser, { file, text, declaration: options.name, overrides: options.sets }),
  );
  if (planned === undefined) return exitCodes.failed;
  if (planned.kind === 'problems') {
    const texts = textsOf(checker.analyser);
    for (const problem of planned.problems) {
      if (options.json) world.print(JSON.stringify(problemJson(problem, texts, world)));
      else for (const line of problemLines(problem, texts, world)) world.say(line);
    }
    return exitCodes.found;
  }
  const { kind: _, ...plan } = planned;
  const window = { part: options.part, from: options.from - 1, count: options.rows, epoch: options.epoch };
  const answer = await askTrainer(await trainerProgram(world), {
    version: TRAINER_VERSION,
    kind: 'data',
    plan,
    window,
  });
  if (!answer.ok) {
    world.say(problemLine(answer.error.place, 'error', answer.error.message, answer.error.code, world));
    return exitCodes.failed;
  }
  const report = answer.lines.find(isDataReport);
  if (report === undefined) {
    world.say('The trainer answered something that is not understood. Both must come from the same Modelwright.');
    return exitCodes.failed;
  }
  if (options.json) world.print(JSON.stringify(report));
  else for (const line of reportLines(report)) world.print(line);
  return exitCodes.done;
}

/** The report as a person reads it in a terminal. */
export function reportLines(report: DataReport): string[] {
  const { rows, window, names } = report;
  const counts = (['train', 'validation', 'test'] as const).map((part) => `${part} ${grouped(rows[part])}`).join(' · ');
  const last = window.from + names.length;
  const shown = names.length === 0 ? 'no rows' : `rows ${grouped(window.from + 1)} to ${grouped(last)}`;
  return [
    `${report.title}: ${counts}`,
    `${shown} of the ${window.part} part`,
    ...names.flatMap((name, row) => ['', name, ...rowLines(report, row)]),
    '',
    ...report.fields.flatMap(factLines),
    'cleaning',
    ...(report.cleaning.length === 0
      ? ['  no row was left out or changed']
      : report.cleaning.map(
          ({ text, examples }) => `  ${text}${examples.length === 0 ? '' : ` First: ${examples.join('; ')}.`}`,
        )),
  ];
}

function rowLines({ fields }: DataReport, row: number): string[] {
  return table(
    fields.flatMap((field) =>
      field.stages.map((stage, i) => [
        `  ${i === 0 ? field.name : ''}`,
        stage.title,
        cellText(stage.cells[row] ?? { kind: 'empty' }),
      ]),
    ),
  );
}

function factLines(field: DataFieldReport): string[] {
  const { name, type, statistics, classes } = field;
  const lines = [`${name}  ${type}`];
  if (statistics !== undefined) {
    const { mean, deviation, least, greatest, zeros, count } = statistics;
    const share = count === 0 ? 0 : (100 * zeros) / count;
    lines.push(
      `  mean ${short(mean)}, deviation ${short(deviation)}, ${short(least)} to ${short(greatest)}, ${share.toFixed(1)} % zeros, ${grouped(count)} values`,
    );
  }
  if (classes !== undefined) lines.push(...table(classes.map((each) => [`  ${each.value}`, grouped(each.count)])));
  return [...lines, ''];
}

/** A cell in one line. */
function cellText(cell: DataCell): string {
  switch (cell.kind) {
    case 'empty':
      return '(empty)';
    case 'number':
      return short(cell.value);
    case 'text':
      return JSON.stringify(cell.text.length > 100 ? `${cell.text.slice(0, 99)}…` : cell.text);
    case 'texts':
      return `${cell.first.map((text) => JSON.stringify(text)).join(' ')}${cell.count > cell.first.length ? ' …' : ''}`;
    case 'numbers':
      return `[${cell.shape.join(', ')}] ${cell.first.map(short).join(' ')} …  ${short(cell.least)} to ${short(cell.greatest)}`;
    case 'picture':
      return `[${cell.shape.join(', ')}] picture, ${short(cell.low)} to ${short(cell.high)}`;
    case 'sound':
      return `${grouped(cell.samples)} samples`;
    default:
      return assertNever(cell);
  }
}

function short(value: Parameters<typeof numberOf>[0]): string {
  const number = numberOf(value);
  if (Number.isSafeInteger(number)) return String(number);
  return Number.isFinite(number) ? String(Number(number.toPrecision(5))) : String(value);
}

function assertNever(value: never): never {
  throw new Error(`Unknown cell: ${JSON.stringify(value)}`);
}
