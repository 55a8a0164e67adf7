/** What is known of a value besides its shape: where its sizes come from, range, probabilities, what a column holds. */
import { settingDoc } from '../messages/entries/index.ts';
import { render } from '../messages/render.ts';
import type { Locale } from '../messages/table.ts';
import { type Dim, printDim, type Why } from '../shapes/dim.ts';
import type { TensorType } from '../shapes/type.ts';
import type { Expr } from '../syntax/tree.ts';
import type { Reader } from './hover.ts';
import { callWithArgument } from './hover-call.ts';
import { printSeen, printSetting, printTensor } from './print.ts';
import type { Tell } from './tell.ts';

/** For each size the sum that gave it: "26 = 28 − 3 + 1 (window 3, padding: valid)". A bare number explains nothing. */
export function reasons(dims: readonly Dim[], locale: Locale): readonly string[] {
  const lines = dims.map((dim) =>
    dim.why === undefined || told.has(dim.why.text.key) ? printDim(dim) : reason(dim.why, locale),
  );
  return [...new Set(lines)].filter((line) => /\D/.test(line) && line.includes(' '));
}

/** Reasons that say no more than the shape above them. */
const told: ReadonlySet<string> = new Set(['why/declared']);

/** Reasons that only repeat a size under a name: the name behind them is told as well. */
const repeating: ReadonlySet<string> = new Set(['why/setting']);

/** `512 = units of Dense`, and where the number there came from: `512 = width`. */
function reason(why: Why, locale: Locale): string {
  const text = render(why.text, locale);
  const [from] = why.from;
  if (!repeating.has(why.text.key) || from?.why === undefined) return text;
  return `${text}, ${render(from.why.text, locale)}`;
}

export function list(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join('\n')];
}

/** Range and probabilities. */
export function factParts(type: TensorType, tell: Tell): readonly string[] {
  const { mark, range, values } = type.facts;
  const ends = range ?? (mark === undefined ? values : undefined);
  const [low, high] = [ends?.[0] ?? -Infinity, ends?.[1] ?? Infinity];
  return [...(mark === undefined ? [] : [tell(`probabilities.${mark}`)]), ...rangeParts(low, high, tell)];
}

function rangeParts(low: number, high: number, tell: Tell): readonly string[] {
  if (Number.isFinite(low)) return [Number.isFinite(high) ? tell('range', { low, high }) : tell('range.from', { low })];
  return Number.isFinite(high) ? [tell('range.to', { high })] : [];
}

/** A raw column: its type, and what a sample of it shows. */
export function columnParts(type: TensorType, { tell }: Reader): readonly string[] {
  return [tell('column', { type: printTensor(type, tell) }), ...factParts(type, tell), ...sampleParts(type, tell)];
}

/** What a sample of a column shows: empty cells, a text among numbers, classes with the most and the fewest rows. */
function sampleParts({ facts: { missing, odd, classes } }: TensorType, tell: Tell): readonly string[] {
  return [
    ...(missing === undefined ? [] : [tell('column-missing', { missing: missing.count, sampled: missing.sampled })]),
    ...(odd === undefined ? [] : [tell('column-odd', { value: odd.value, row: odd.row })]),
    ...(classes === undefined
      ? []
      : [
          tell('column-classes', {
            count: classes.count,
            most: classes.most.name,
            mostRows: classes.most.rows,
            least: classes.least.name,
            leastRows: classes.least.rows,
          }),
        ]),
  ];
}

/** A number in brackets: the setting that it is. */
export function numberParts(node: Expr, reader: Reader): readonly string[] {
  const call = callWithArgument(reader.spot, node);
  const name = call === undefined ? undefined : [...call.bound].find(([arg]) => arg.value === node)?.[1];
  if (call === undefined || name === undefined || call.callee.kind !== 'entry') return [];
  const { entry } = call.callee;
  const def = entry.settings[name];
  if (def === undefined) return [];
  const value = call.settings[name];
  const shown = value === undefined ? '' : ` ${printSeen(value, reader.tell)}`;
  const standard =
    def.default === undefined ? reader.tell('required') : reader.tell('default', { value: printSetting(def.default) });
  return [
    `\`\`\`model\n${entry.name}(… ${name}:${shown} …)\n\`\`\``,
    `${settingDoc(def.doc, reader.locale)} ${standard}`,
  ];
}
