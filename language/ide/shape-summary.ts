/** The shapes of a program's models as a table to read: inputs, layers with their shapes and weights, outputs, totals. */
import type { Analyser } from '../check/analyse.ts';
import type { Locale } from '../messages/table.ts';
import { type Count, type Summary, type SummaryValue, summarise } from '../plan/summarise.ts';
import type { SyntaxFile } from '../syntax/tree.ts';
import { baseName } from './paths.ts';
import { grouped } from './print.ts';
import { type Tell, tellIn } from './tell.ts';

interface Row {
  readonly layer: string;
  readonly shape: string;
  readonly parameters: string;
}

/** The models of the file, or its blocks where it has no model. */
export function shapeSummary(analyser: Analyser, file: string, text: string, locale: Locale = 'en'): string {
  const tell = tellIn(locale);
  const { syntax } = analyser.analyse(file, text);
  const tables = unitsOf(syntax).flatMap((unit) => {
    const summary = summarise(analyser, { file, text, unit });
    return summary === undefined ? [] : [table(summary, file, tell)];
  });
  return tables.length === 0 ? `${tell('summary.none', { file: baseName(file) })}\n` : tables.join('\n');
}

function unitsOf(syntax: SyntaxFile): readonly string[] {
  const units = syntax.chunks.flatMap(({ chunk: { declaration: d } }) =>
    d?.kind === 'unit' && d.name.text !== '' ? [d] : [],
  );
  const models = units.filter((unit) => unit.unit === 'model');
  return (models.length > 0 ? models : units).map((unit) => unit.name.text);
}

function table(summary: Summary, file: string, tell: Tell): string {
  const value = (kind: 'input' | 'output') => (one: SummaryValue) => ({
    layer: `${tell(`summary.${kind}`)} ${one.name}`,
    shape: `${one.dtype}${shapeText(one.shape)}`,
    parameters: '',
  });
  const rows: readonly Row[] = [
    { layer: tell('summary.layer'), shape: tell('summary.shape'), parameters: tell('summary.parameters') },
    ...summary.inputs.map(value('input')),
    ...summary.layers.map((layer) => ({
      layer: `${layer.path}${layer.path.includes(layer.type) ? '' : ` (${layer.type})`}`,
      shape: shapeText(layer.output),
      parameters: layer.parameters === 0 ? '' : countText(layer.parameters),
    })),
    ...summary.outputs.map(value('output')),
  ];
  const wide = (pick: (row: Row) => string) => Math.max(...rows.map((row) => width(pick(row))));
  const [layers, shapes, numbers] = [wide((r) => r.layer), wide((r) => r.shape), wide((r) => r.parameters)];
  const lines = rows.map((row) =>
    `${pad(row.layer, layers)}  ${pad(row.shape, shapes)}  ${' '.repeat(numbers - width(row.parameters))}${row.parameters}`.trimEnd(),
  );
  const rule = '─'.repeat(layers + shapes + numbers + 4);
  const [head = '', ...body] = lines;
  return [
    tell('summary.title', { unit: summary.unit, file: baseName(file) }),
    '',
    head,
    rule,
    ...body,
    rule,
    tell('summary.total', { count: countText(summary.parameters) }),
    ...(summary.trainable === summary.parameters
      ? []
      : [tell('summary.trainable', { count: countText(summary.trainable) })]),
    '',
  ].join('\n');
}

function shapeText(shape: readonly Count[] | undefined): string {
  return shape === undefined ? '' : `[${shape.join(', ')}]`;
}

function countText(count: Count): string {
  return typeof count === 'number' ? grouped(count) : count;
}

function pad(text: string, to: number): string {
  return text + ' '.repeat(to - width(text));
}

/** Chinese characters take two columns. */
function width(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u2e80-\u9fff\uff00-\uff60]/u.test(character) ? 2 : 1), 0);
}
