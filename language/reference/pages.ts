/**
 * The reference pages: one Markdown page for each entry of the catalogue, and an index. Everything on a page comes from the
 * entry; the types behind its examples are what the checker says of them. Written out by `scripts/reference.mjs`.
 */
import type { Entry, EntryPlace, InputDef } from '../catalog/entry.ts';
import {
  augmentedFields,
  columnValues,
  exampleProgram,
  fieldValues,
  modelValues,
  outputValues,
} from '../catalog/examples.ts';
import { entries } from '../catalog/index.ts';
import { expected } from '../check/expected.ts';
import { createAnalyser } from '../check/index.ts';
import { grouped, printSetting, signatureOf } from '../ide/print.ts';
import { constant } from '../shapes/dim.ts';
import { printType } from '../shapes/type.ts';

const titles: readonly (readonly [EntryPlace, string, string])[] = [
  ['model', 'In models', 'Layers, functions, activations and combinators.'],
  ['operator', 'Operators', 'What is written between or before values.'],
  ['loss', 'Losses', 'What `loss:` adds up: one number per example.'],
  ['metric', 'Metrics', 'What `metrics:` and `expect:` measure.'],
  ['optimizer', 'Optimizers', 'How weights follow their gradients.'],
  ['schedule', 'Schedules', 'What may stand where an optimizer takes its rate.'],
  ['initialiser', 'Initialisers', 'How weights start.'],
  ['source', 'Sources', 'Where the rows of `data` come from.'],
  ['data', 'Transforms', 'What stands in `data` behind a column.'],
  ['augment', 'Augmentations', 'What stands in `augment:` behind a field; training rows only.'],
];

/** Every page by its path below `docs/reference/`. */
export function referencePages(): Readonly<Record<string, string>> {
  const pages: Record<string, string> = { 'README.md': indexPage() };
  for (const entry of entries) pages[pathOf(entry)] = entryPage(entry);
  return pages;
}

const signs: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '//': 'floorDivide',
  '%': 'modulo',
  '**': 'power',
  '@': 'matmul',
  '==': 'equal',
  '!=': 'notEqual',
  '<': 'less',
  '<=': 'lessEqual',
  '>': 'greater',
  '>=': 'greaterEqual',
};

function pathOf(entry: Entry): string {
  return `${entry.place}/${signs[entry.name] ?? entry.name}.md`;
}

function indexPage(): string {
  const lines = [
    '# Reference',
    '',
    'Generated from the catalogue by `npm run docs`; do not edit. Settings before `;` may be given without their names, those after it are always named.',
    '',
    ...valueLines(),
  ];
  for (const [place, title, doc] of titles) {
    lines.push(`## ${title}`, '', doc, '', '| entry | what it does |', '|---|---|');
    for (const entry of entries) {
      if (entry.place === place)
        lines.push(`| [\`${cell(entry.name)}\`](${pathOf(entry)}) | ${cell(sentence(entry.doc))} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

/** What the names in examples stand for. */
function valueLines(): readonly string[] {
  const typed = (values: Readonly<Record<string, string>>) =>
    Object.entries(values)
      .map(([name, text]) => `\`${name}: ${text}\``)
      .join(' · ');
  const made = Object.entries(outputValues)
    .map(([name, text]) => `\`${name} = ${text}\``)
    .join(' · ');
  return [
    'In examples, these names stand for',
    '',
    `- inputs of a model: ${typed(modelValues)}`,
    `- outputs of a model: ${made}`,
    `- fields of data: ${typed(fieldValues)}`,
    `- raw columns: ${typed(columnValues)}`,
    `- fields that are augmented: ${typed(augmentedFields)}`,
    '',
  ];
}

/** The page of one entry: what it does, signature, inputs, settings, examples with what comes out. */
export function entryPage(entry: Entry): string {
  return [
    `# ${entry.name}`,
    '',
    entry.doc,
    '',
    ...signatureLines(entry),
    ...inputLines(entry),
    ...settingLines(entry),
    ...weightLines(entry),
    ...exampleLines(entry),
    ...laterLines(entry),
    `Source: ${entry.source}.`,
    '',
  ].join('\n');
}

function signatureLines(entry: Entry): readonly string[] {
  if (entry.place === 'operator' || (entry.place === 'model' && entry.name === 'index')) return [];
  return ['```model', signatureOf(entry).label, '```', ''];
}

function inputLines(entry: Entry): readonly string[] {
  if (!('inputs' in entry) || entry.inputs.length === 0) return [];
  return [
    '| input | takes |',
    '|---|---|',
    ...entry.inputs.map((input) => `| \`${input.name}\` | ${cell(inputText(input))} |`),
    '',
  ];
}

function inputText(input: InputDef): string {
  const how = input.optional ? ' Given by name; may be left out.' : '';
  const many = input.many === undefined ? '' : ' Any number of them.';
  return `${input.doc}${many}${how}`;
}

function settingLines(entry: Entry): readonly string[] {
  const settings = Object.entries(entry.settings).filter(([, def]) => def.type.kind !== 'items');
  if (settings.length === 0) return [];
  const rows = settings.map(([name, def]) => {
    const standard = def.default === undefined ? 'required' : `\`${printSetting(def.default)}\``;
    return `| \`${name}\` | ${cell(expected(def.type))} | ${cell(standard)} | ${cell(def.doc)} |`;
  });
  return ['| setting | takes | default | |', '|---|---|---|---|', ...rows, ''];
}

function weightLines(entry: Entry): readonly string[] {
  if (entry.kind === 'metric') return [entry.direction === 'max' ? 'Larger is better.' : 'Smaller is better.', ''];
  if (entry.kind === 'transform' && entry.fitted) return ['Learned on the training part, and saved with the run.', ''];
  return entry.kind === 'operation' && entry.activation
    ? [`May stand as the activation of a layer: \`Dense(64, ${entry.name})\`.`, '']
    : [];
}

function laterLines(entry: Entry): readonly string[] {
  const checked = 'checkedOnly' in entry && entry.checkedOnly;
  return checked ? ['Checked while you write; training with it comes with a later version.', ''] : [];
}

/** Each example, and for those of a model the type and the number of weights that the checker finds. */
function exampleLines(entry: Entry): readonly string[] {
  const lines = entry.examples.map((example) => {
    const found = entry.place === 'model' || entry.place === 'operator' ? outcome(entry, example) : '';
    return `${example}${found}`;
  });
  return ['```model', ...lines, '```', ''];
}

function outcome(entry: Entry, example: string): string {
  const analyser = createAnalyser({ source: () => 'missing', header: () => undefined });
  const unit = analyser.analyse('example.model', exampleProgram(entry, example)).declarations[0]?.facts.unit;
  if (!unit) return '';
  const types = unit.outputs.map((output) => printType(output.type).replace(/\[\]$/u, '')).join(', ');
  const count = constant(unit.parameters);
  const weights = count ? `, ${grouped(count)} weights` : '';
  return `  # ${types}${weights}`;
}

function sentence(doc: string): string {
  return /^.*?[.](?=\s|$)/u.exec(doc)?.[0] ?? doc;
}

/** Text that may stand in a table. */
function cell(text: string): string {
  return text.replace(/\|/gu, '\\|');
}
