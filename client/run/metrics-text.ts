/** A run as plain text: for screen readers, for copying, for a look without the panel. Pure. */
import type { EventNumber, RunProgress, RunRecord, RunState, RunStateName } from '../../protocol/index.ts';
import { clock, runTitle, valueText } from './run-label.ts';

/** Title, state, where the run is, its epochs as a table, what it found. */
export function metricsText(record: RunRecord, state: RunStateName, run: RunState, progress: RunProgress): string {
  const lines = [
    `${record.title} ${runTitle(record)}: ${state}`,
    `step ${progress.step} of ${run.started?.steps ?? record.steps}, epoch ${progress.epoch} of ${run.started?.epochs ?? '?'}, ` +
      `${clock(progress.elapsed)} elapsed${progress.left === undefined ? '' : `, about ${clock(progress.left)} left`}`,
    `engine: ${run.started?.engine.title ?? record.engine}`,
    `parameters: ${record.parameters}`,
    '',
    ...table(run),
  ];
  lines.push(...latestLines(progress), ...timeLines(progress), ...eventLines(run));
  for (const problem of run.problems) {
    const where = problem.place === undefined ? '' : ` (${problem.place.file}:${problem.place.line})`;
    lines.push('', `${problem.severity}: ${problem.message}${where}`);
  }
  if (run.ended?.reason !== undefined) lines.push('', run.ended.reason);
  return `${lines.join('\n')}\n`;
}

/** What the last step told, with all its digits. */
function latestLines({ latest, stepMs }: RunProgress): string[] {
  const names = Object.keys(latest);
  if (names.length === 0) return [];
  const pace =
    stepMs === undefined || stepMs === 0 ? [] : [['steps per second', String(Number((1000 / stepMs).toPrecision(4)))]];
  return [
    '',
    'last step:',
    ...aligned([
      ...names.map((name) => [`  ${name}`, String(latest[name])]),
      ...pace.map(([name, value]) => [`  ${name}`, value ?? '']),
    ]),
  ];
}

function timeLines({ spent }: RunProgress): string[] {
  const sum = spent.compute + spent.data + spent.validation + spent.checkpoint;
  if (sum === 0) return [];
  const part = (name: string, ms: number) => [`  ${name}`, clock(ms / 1000), `${Math.round((ms * 100) / sum)}%`];
  return [
    '',
    'time:',
    ...aligned([
      part('compute', spent.compute),
      part('data', spent.data),
      part('validation', spent.validation),
      part('checkpoint', spent.checkpoint),
    ]),
  ];
}

/** Pauses, changes of the learning rate, the newest checkpoints. */
function eventLines(run: RunState): string[] {
  const marks = run.marks.map(({ kind, step, lr }) => [
    `  ${kind}`,
    `step ${step}`,
    lr === undefined ? '' : `rate ${lr}`,
  ]);
  const saved = run.checkpoints
    .slice(-MOST_CHECKPOINTS)
    .map(({ step, reason, path }) => [`  ${reason}`, `step ${step}`, path]);
  return [
    ...(marks.length > 0 ? ['', 'events:', ...aligned(marks)] : []),
    ...(saved.length > 0 ? ['', 'checkpoints:', ...aligned(saved)] : []),
  ];
}

/** Older ones are in the folder. */
const MOST_CHECKPOINTS = 20;

function table(run: RunState): string[] {
  const names = run.started?.metrics.map((metric) => metric.name) ?? [];
  const validated = run.epochs.some((epoch) => epoch.validation !== undefined);
  const head = [
    'epoch',
    'step',
    ...names.map((name) => `training ${name}`),
    ...(validated ? names.map((name) => `validation ${name}`) : []),
  ];
  const rows = run.epochs.map((epoch) => [
    String(epoch.epoch),
    String(epoch.step),
    ...names.map((name) => cell(name, epoch.train[name])),
    ...(validated ? names.map((name) => cell(name, epoch.validation?.[name])) : []),
  ]);
  return aligned([head, ...rows]);
}

function cell(name: string, value: EventNumber | undefined): string {
  return value === undefined ? '–' : valueText(name, value);
}

/** Columns of text, as wide as their widest cell. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, text] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, text.length);
  }
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
