/**
 * The model card of a run (Mitchell and others, 2019), from what its folder holds: what it is made of, what it learned from, how
 * well it does and where it does less well. What no program knows is left open for the people who do.
 */
import { checkpointTitle, type Evaluation, numberOf, type RunRecord } from '../protocol/index.ts';
import { code, digits, INTERVALS, md, metricBlocks, sliceBlocks, table } from './evaluation-report.ts';
import { listEvaluations } from './evaluations.ts';
import { factsOf } from './facts.ts';
import { readLayers } from './layers.ts';
import type { RunSummary } from './store.ts';

/** The card as Markdown; `when`: the day of writing, as ISO text. */
export function modelCard(summary: RunSummary, when: string): string {
  const { folder, record, notes } = summary;
  const evaluations = listEvaluations(folder);
  const name = notes.name === '' ? record.title : notes.name;
  const blocks = [
    `# Model card: ${md(name)}`,
    `Run ${md(record.id)}, written on ${when}.${notes.notes === '' ? '' : ` ${md(notes.notes)}`}`,
    '## What it is',
    table(['', ''], headOf(record)),
    ...architecture(folder),
    ...settings(summary),
    '## What it learned from',
    table(
      ['', ''],
      [
        ['Data (SHA-256)', code(record.dataHash)],
        ['Program (SHA-256)', code(record.planHash)],
        ['Seed', String(record.seed)],
      ],
    ),
    '## How well it does',
    ...(evaluations.length === 0
      ? ['It was not evaluated. `modelwright evaluate` fills this part.']
      : evaluations.flatMap(evaluated)),
    '## Limits',
    limitsOf(evaluations)
      .map((line) => `- ${line}`)
      .join('\n'),
    '## To be filled in by those who know',
    [
      'What it is meant for, and what not',
      'Who is affected by its answers',
      'How the data was gathered, and with what consent',
    ]
      .map((line) => `- ${line}:`)
      .join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function headOf(record: RunRecord): readonly (readonly string[])[] {
  const engine = `${record.engine}, ${record.device}`;
  const best = record.best;
  return [
    ['Model', code(record.model)],
    ['Program', code(record.file.replace(/\\/g, '/').split('/').at(-1) ?? record.file)],
    ['Parameters', record.parameters.toLocaleString('en-US')],
    [
      'State',
      `${record.state} at step ${record.step.toLocaleString('en-US')} of ${record.steps.toLocaleString('en-US')}`,
    ],
    ...(best === undefined ? [] : [['Best', `${md(best.metric)} ${digits(best.value)} in epoch ${best.epoch}`]]),
    ['Trained with', `Modelwright ${md(record.modelwright)}, ${md(engine)}`],
    ...(record.start === undefined
      ? []
      : [['Started from', `${md(record.start.run)}, ${md(checkpointTitle(record.start.checkpoint))}`]]),
  ];
}

function settings(summary: RunSummary): readonly string[] {
  const rows = factsOf(summary).settings.map(({ name, value }) => [code(name), code(value)]);
  return rows.length === 0 ? [] : ['### Settings', table(['', ''], rows)];
}

/** Layers of a table; more would not be read. */
const MOST_LAYERS = 100;

function architecture(folder: string): readonly string[] {
  const layers = readLayers(folder)?.layers ?? [];
  if (layers.length === 0) return [];
  const rows = layers
    .slice(0, MOST_LAYERS)
    .map(({ path, kind, shape, parameters }) => [
      code(path),
      md(kind),
      `[${shape.join(', ')}]`,
      parameters.toLocaleString('en-US'),
    ]);
  const left = layers.length - rows.length;
  return [
    '### Architecture',
    table(['layer', 'kind', 'gives', 'parameters'], rows),
    ...(left > 0 ? [`and ${left} more layers.`] : []),
  ];
}

function evaluated(evaluation: Evaluation): readonly string[] {
  const { data, part, examples, checkpoint, expect } = evaluation;
  const deeper = (blocks: readonly string[]): readonly string[] =>
    blocks.map((block) => (block.startsWith('## ') ? `##${block.slice(1)}` : block).replace(/^###/, '####'));
  return [
    `### On ${md(data)}`,
    `${examples.toLocaleString('en-US')} rows of the ${part} part, ${md(checkpointTitle(checkpoint))}; data (SHA-256) ${code(evaluation.dataHash)}.`,
    ...deeper(metricBlocks(evaluation.metrics)).filter((block) => !block.startsWith('#')),
    ...expect.map(({ text, value, held }) => `${code(text)} ${held ? 'holds' : '**fails**'} (${digits(value)}).`),
    ...deeper(sliceBlocks(evaluation.slices)),
  ];
}

/** Below so many rows a figure says little. */
const FEW = 100;

function limitsOf(evaluations: readonly Evaluation[]): readonly string[] {
  const found: string[] = [];
  for (const evaluation of evaluations) {
    const on = `on ${md(evaluation.data)}`;
    if (evaluation.examples < FEW)
      found.push(`Only ${evaluation.examples} rows were measured ${on}: the intervals are wide.`);
    for (const { text, value, held } of evaluation.expect) {
      if (!held) found.push(`${code(text)} is not reached ${on}: it is ${digits(value)}.`);
    }
    for (const slice of evaluation.slices) {
      for (const { value, examples } of slice.values) {
        if (examples < FEW) found.push(`Of ${code(slice.text)} ${md(value)} only ${examples} rows were measured.`);
      }
    }
    for (const answer of evaluation.answers) {
      if (answer.kind === 'classes') {
        const worst = answer.perClass
          .flatMap((figures, i) =>
            figures.support > 0 ? [{ name: answer.classes[i] ?? '', recall: numberOf(figures.recall.value) }] : [],
          )
          .sort((a, b) => a.recall - b.recall)[0];
        if (worst !== undefined)
          found.push(`The class ${md(worst.name)} is found least often ${on}: recall ${digits(worst.recall)}.`);
      }
      if (answer.kind === 'classes' || answer.kind === 'yes-no') {
        const error = numberOf(answer.calibration.error.value);
        if (error > 0.05)
          found.push(
            `Its probabilities are off by ${digits(100 * error)} points on average ${on} (calibration error).`,
          );
      }
    }
  }
  return [
    ...found,
    'It is measured on rows like those that it learned from; how it does on others is not known.',
    INTERVALS,
  ];
}
