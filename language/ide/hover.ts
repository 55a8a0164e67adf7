/** What the reader wants to know about the thing under the cursor: its shape here, the sum that gave each size, its weights. */
import type { Entry } from '../catalog/entry.ts';
import type { CheckedFile, Seen, Target } from '../check/checked.ts';
import { entryDoc, settingDoc } from '../messages/entries/index.ts';
import type { Locale } from '../messages/table.ts';
import type { TensorType } from '../shapes/type.ts';
import type { Expr, Name, NameExpr, Span } from '../syntax/tree.ts';
import { parameterText } from './code-lens.ts';
import { callOf, callParts, callWithArgument } from './hover-call.ts';
import { columnParts, factParts, list, numberParts, reasons } from './hover-facts.ts';
import { type Spot, smallest, spotAt, type Trees, targetAt } from './locate.ts';
import { declarationHead, printSeen, printSetting, printTensor, shortSignature } from './print.ts';
import { keyDoc } from './section-docs.ts';
import { type Tell, tellIn } from './tell.ts';

export interface Hover {
  readonly start: number;
  readonly end: number;
  readonly markdown: string;
  /** A model whose cost can be told besides. */
  readonly model?: { readonly file: string; readonly unit: string };
}

/** Asks for the checked form of another file, for what is defined there. */
export interface Known extends Trees {
  checked(file: string): CheckedFile | undefined;
}

/** What is asked, where, and in which language. */
export interface Reader {
  readonly spot: Spot;
  readonly known: Known;
  readonly locale: Locale;
  readonly tell: Tell;
}

export function hover(file: CheckedFile, offset: number, known: Known, locale: Locale = 'en'): Hover | undefined {
  const spot = spotAt(file, offset);
  if (spot === undefined) return undefined;
  const reader: Reader = { spot, known, locale, tell: tellIn(locale) };
  const found = targetAt(spot);
  const { span, parts } =
    found === undefined
      ? (operatorHover(reader) ?? numberHover(reader) ?? { span: undefined, parts: [] })
      : { span: found.node, parts: targetParts(reader, found.node, found.target) };
  if (parts.length === 0 || span === undefined) return undefined;
  const model = found === undefined ? undefined : modelOf(found.target);
  return {
    start: spot.placed.offset + span.start,
    end: spot.placed.offset + span.end,
    markdown: parts.join('\n\n'),
    ...(model === undefined ? {} : { model }),
  };
}

function modelOf(target: Target): Hover['model'] {
  const d = target.kind === 'declaration' ? target.at.chunk.declaration : undefined;
  if (target.kind !== 'declaration' || d?.kind !== 'unit' || d.unit !== 'model') return undefined;
  return { file: target.at.chunk.file, unit: d.name.text };
}

interface Found {
  readonly span: Span;
  readonly parts: readonly string[];
}

function code(text: string): string {
  return `\`\`\`model\n${text}\n\`\`\``;
}

function targetParts(reader: Reader, node: Name | NameExpr, target: Target): readonly string[] {
  const { tell, spot } = reader;
  const value = spot.checked.facts.values.get(node);
  switch (target.kind) {
    case 'entry':
      return [...entryParts(target.entry, reader.locale), ...callParts(callOf(spot, node), reader)];
    case 'setting':
      return settingParts(target.entry, target.setting, reader, node);
    case 'word':
      return [
        tell('word-of', { word: target.word, setting: target.setting }),
        ...settingLines(target.entry, target.setting, reader),
      ];
    case 'key': {
      const doc = keyDoc(target.section, target.key, reader.locale);
      return [code(`${target.key}: …`), ...(doc === undefined ? [] : [doc])];
    }
    case 'column':
      return [code(target.name), ...columnParts(target.type, reader)];
    case 'local':
      return [
        code(`${target.what} ${localText(target, value, tell)}`),
        ...valueParts(value, reader),
        ...callParts(callOf(spot, node), reader),
      ];
    case 'part':
      return [code(`${target.what} ${localText(target, value, tell)}`), ...valueParts(value, reader)];
    case 'declaration':
      return [...declarationParts(target, reader), ...callParts(callOf(spot, node), reader)];
  }
}

function typeText(value: Seen | undefined, tell: Tell): string {
  if (value === undefined || value.kind === 'unknown') return '';
  return value.kind === 'tensor' ? `: ${printTensor(value.type, tell)}` : ` = ${printSeen(value, tell)}`;
}

/** The name with what is known of it: parameters and layers as they are written, values with their types. */
function localText(
  { name, at }: Extract<Target, { readonly kind: 'local' | 'part' }>,
  value: Seen | undefined,
  tell: Tell,
): string {
  const { declaration, text } = at.chunk;
  if (declaration !== undefined && 'params' in declaration) {
    const param = declaration.params.find((one) => one.name.start === at.start);
    if (param !== undefined) return text.slice(param.start, param.end);
  }
  if (value?.kind === 'layer' && declaration?.kind === 'unit') {
    const line = declaration.body.find((one) => one.kind === 'layer' && one.name.start === at.start);
    if (line?.kind === 'layer') return `${name} = ${text.slice(line.value.start, line.value.end)}`;
  }
  const known = typeText(value, tell);
  return known === ` = ${name}` ? name : `${name}${known}`;
}

/** The sums that gave the sizes, and what else is known of the value. */
function valueParts(value: Seen | undefined, reader: Reader): readonly string[] {
  if (value?.kind === 'tensor') {
    return [...list(reasons(value.type.shape ?? [], reader.locale)), ...factParts(value.type, reader.tell)];
  }
  return value?.kind === 'size' ? list(reasons([value.dim], reader.locale)) : [];
}

function entryParts(entry: Entry, locale: Locale): readonly string[] {
  return [code(shortSignature(entry)), entryDoc(entry, locale)];
}

function settingParts(entry: Entry, setting: string, reader: Reader, node: Name | NameExpr): readonly string[] {
  const { tell } = reader;
  const value = callWithArgument(reader.spot, node)?.settings[setting];
  const here = value === undefined ? [] : [tell('here', { what: `\`${printSeen(value, tell)}\`` })];
  return [code(`${entry.name}(… ${setting}: …)`), ...settingLines(entry, setting, reader), ...here];
}

function settingLines(entry: Entry | undefined, setting: string, { tell, locale }: Reader): readonly string[] {
  const def = entry?.settings[setting];
  if (def === undefined) return [];
  const standard = def.default === undefined ? tell('required') : tell('default', { value: printSetting(def.default) });
  return [`${settingDoc(def.doc, locale)} ${standard}`];
}

function declarationParts(
  target: Extract<Target, { readonly kind: 'declaration' }>,
  { known, tell, locale }: Reader,
): readonly string[] {
  const { chunk } = target.at;
  const { declaration } = chunk;
  if (declaration === undefined) return [];
  const parts = [code(declarationHead(declaration, chunk.text))];
  if (declaration.doc !== undefined) parts.push(declaration.doc);
  const file = known.checked(chunk.file);
  const index = file?.declarations.findIndex((d) => d.chunk === chunk) ?? -1;
  const unit = file?.declarations[index]?.facts.unit;
  if (unit === undefined || file === undefined) return parts;
  const side = (values: readonly { readonly name: string; readonly type: TensorType }[]) =>
    values.map((v) => `\`${v.name}: ${printTensor(v.type, tell)}\``).join(', ');
  if (unit.inputs.length > 0 || unit.outputs.length > 0) parts.push(`${side(unit.inputs)} → ${side(unit.outputs)}`);
  const count = parameterText(file, index, locale);
  return count === undefined ? parts : [...parts, count];
}

// ---- what has no name

function operatorHover(reader: Reader): Found | undefined {
  const { values, calls } = reader.spot.checked.facts;
  const found: { expr: Expr; span: Span }[] = [];
  for (const expr of values.keys()) {
    if ('kind' in expr && expr.kind === 'binary') found.push({ expr, span: expr.operatorSpan });
  }
  const span = smallest(
    found.map((f) => f.span),
    reader.spot.at,
  );
  const at = found.find((f) => f.span === span);
  if (at === undefined) return undefined;
  const call = callParts(calls.get(at.expr), reader);
  if (call.length > 0) return { span: at.span, parts: call };
  const value = values.get(at.expr);
  if (value === undefined || value.kind === 'unknown') return undefined;
  const here = reader.tell('here', { what: `\`${printSeen(value, reader.tell)}\`` });
  return { span: at.span, parts: [here, ...valueParts(value, reader)] };
}

/** `32` in `Conv2D(32, 3)`: which setting it is. */
function numberHover(reader: Reader): Found | undefined {
  const numbers: Expr[] = [];
  for (const expr of reader.spot.checked.facts.values.keys()) {
    if ('kind' in expr && (expr.kind === 'number' || expr.kind === 'bool' || expr.kind === 'string'))
      numbers.push(expr);
  }
  const node = smallest(numbers, reader.spot.at);
  return node === undefined ? undefined : { span: node, parts: numberParts(node, reader) };
}
