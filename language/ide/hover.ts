/** What the reader wants to know about the thing under the cursor: its shape here, the sum that gave each size, its weights. */
import type { Entry } from '../catalog/entry.ts';
import type { CallFact, CheckedFile, Seen, Target, WeightFact } from '../check/checked.ts';
import { constant, printDim, product } from '../shapes/dim.ts';
import { printShape, type TensorType } from '../shapes/type.ts';
import type { Expr, Name, NameExpr, Span } from '../syntax/tree.ts';
import { parameterText } from './code-lens.ts';
import { reasons } from './inlay.ts';
import { offsetOf, type Spot, smallest, spotAt, type Trees, targetAt } from './locate.ts';
import { declarationHead, grouped, printSeen, printSetting, printTensor, signatureOf } from './print.ts';
import { keyDoc } from './section-docs.ts';

export interface Hover {
  readonly start: number;
  readonly end: number;
  readonly markdown: string;
}

/** Asks for the checked form of another file, for what is defined there. */
export interface Known extends Trees {
  checked(file: string): CheckedFile | undefined;
}

export function hover(file: CheckedFile, offset: number, known: Known): Hover | undefined {
  const spot = spotAt(file, offset);
  if (spot === undefined) return undefined;
  const found = targetAt(spot);
  const parts = found === undefined ? operatorParts(spot) : targetParts(spot, found.node, found.target, known);
  const span: Span | undefined = found?.node ?? operatorAt(spot)?.span;
  if (parts.length === 0 || span === undefined) return undefined;
  return {
    start: spot.placed.offset + span.start,
    end: spot.placed.offset + span.end,
    markdown: parts.join('\n\n'),
  };
}

function code(text: string): string {
  return `\`\`\`model\n${text}\n\`\`\``;
}

function targetParts(spot: Spot, node: Name | NameExpr, target: Target, known: Known): readonly string[] {
  const { facts } = spot.checked;
  const value = facts.values.get(node);
  switch (target.kind) {
    case 'entry':
      return [...entryParts(target.entry), ...callParts(callOf(spot, node))];
    case 'setting':
      return settingParts(target.entry, target.setting, spot, node);
    case 'word':
      return [
        `\`${target.word}\`: one of the values of \`${target.setting}\`.`,
        ...settingDoc(target.entry, target.setting),
      ];
    case 'key': {
      const doc = keyDoc(target.section, target.key);
      return [code(`${target.key}: …`), ...(doc === undefined ? [] : [doc])];
    }
    case 'column':
      return [code(target.name), `A column of the source: \`${printTensor(target.type)}\`.`];
    case 'local':
      return [
        code(`${target.what} ${target.name}${typeText(value)}`),
        ...valueParts(value),
        ...callParts(callOf(spot, node)),
      ];
    case 'part':
      return [code(`${target.what} ${target.name}${typeText(value)}`), ...valueParts(value)];
    case 'declaration':
      return [...declarationParts(target, known), ...callParts(callOf(spot, node))];
  }
}

function typeText(value: Seen | undefined): string {
  if (value === undefined || value.kind === 'unknown') return '';
  return value.kind === 'tensor' ? `: ${printTensor(value.type)}` : ` = ${printSeen(value)}`;
}

/** The sums that gave the sizes. */
function valueParts(value: Seen | undefined): readonly string[] {
  if (value?.kind === 'tensor') return list(reasons(value.type.shape ?? []).filter(isSum));
  if (value?.kind === 'size') return list(reasons([value.dim]).filter(isSum));
  return [];
}

/** A bare number explains nothing. */
function isSum(line: string): boolean {
  return /\D/.test(line) && line.includes(' ');
}

function list(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join('\n')];
}

function entryParts(entry: Entry): readonly string[] {
  return [code(signatureOf(entry).label), entry.doc];
}

function settingParts(entry: Entry, setting: string, spot: Spot, node: Name | NameExpr): readonly string[] {
  const call = smallestCall(spot, node);
  const value = call?.settings[setting];
  const here = value === undefined ? [] : [`Here: \`${printSeen(value)}\``];
  return [code(`${entry.name}(… ${setting}: …)`), ...settingDoc(entry, setting), ...here];
}

function settingDoc(entry: Entry | undefined, setting: string): readonly string[] {
  const def = entry?.settings[setting];
  if (def === undefined) return [];
  const standard = def.default === undefined ? 'Required.' : `Default: \`${printSetting(def.default)}\`.`;
  return [`${def.doc} ${standard}`];
}

function declarationParts(target: Extract<Target, { readonly kind: 'declaration' }>, known: Known): readonly string[] {
  const { chunk } = target.at;
  const { declaration } = chunk;
  if (declaration === undefined) return [];
  const parts = [code(declarationHead(declaration, chunk.text))];
  if (declaration.doc !== undefined) parts.push(declaration.doc);
  const file = known.checked(chunk.file);
  const index = file?.declarations.findIndex((d) => d.chunk === chunk) ?? -1;
  const unit = file?.declarations[index]?.facts.unit;
  if (unit !== undefined) {
    const side = (values: readonly { readonly name: string; readonly type: TensorType }[]) =>
      values.map((v) => `\`${v.name}: ${printTensor(v.type)}\``).join(', ');
    if (unit.inputs.length > 0 || unit.outputs.length > 0) parts.push(`${side(unit.inputs)} → ${side(unit.outputs)}`);
    const count = file === undefined ? undefined : parameterText(file, index);
    if (count !== undefined) parts.push(count);
  }
  if (offsetOf(chunk, known) === undefined) return parts;
  return parts;
}

// ---- calls

/** The call whose callee is this name, or the name itself where it stands without parentheses. */
function callOf(spot: Spot, node: Name | NameExpr): CallFact | undefined {
  const { calls } = spot.checked.facts;
  for (const [key, fact] of calls) {
    if (key === node || (key.kind === 'call' && key.callee === node)) return fact;
  }
  return undefined;
}

function smallestCall(spot: Spot, node: Name | NameExpr): CallFact | undefined {
  const { calls } = spot.checked.facts;
  const key = smallest(
    [...calls.keys()].filter((expr) => expr.kind === 'call' && expr.args?.items.some((arg) => arg.name === node)),
    node.start,
  );
  return key === undefined ? undefined : calls.get(key);
}

/** `float32[28, 28, 1] → float32[26, 26, 32]`, the sums, the weights. */
function callParts(call: CallFact | undefined): readonly string[] {
  if (call === undefined || call.results.length === 0) return [];
  const { list: many, ...named } = call.inputs;
  const inputs = [...Object.values(named), ...(many ?? [])].filter(isType);
  const from = inputs.map((type) => `\`${printTensor(type)}\``).join(', ');
  const to = call.results.map((type) => `\`${printTensor(type)}\``).join(', ');
  const sums = call.results.flatMap((type) => reasons(type.shape ?? []).filter(isSum));
  return [from === '' ? `Here: ${to}` : `Here: ${from} → ${to}`, ...list(sums), ...weightParts(call.weights)];
}

function isType(type: TensorType | readonly TensorType[] | undefined): type is TensorType {
  return type !== undefined && !Array.isArray(type);
}

function weightParts(weights: readonly WeightFact[]): readonly string[] {
  if (weights.length === 0) return [];
  const counts = weights.map((weight) => constant(product(weight.shape)));
  const total = counts.reduce<number | undefined>(
    (sum, n) => (sum === undefined || n === undefined ? undefined : sum + n),
    0,
  );
  // A use of a block tells its count only.
  if (weights.every(({ name }) => name === '')) {
    const counted =
      total === undefined ? weights.flatMap(({ shape }) => shape.map(printDim)).join(' + ') : grouped(total);
    return [`${counted} parameters`];
  }
  const names = weights
    .map((w) => `${w.name} \`${printShape(w.shape)}\`${w.trainable ? '' : ' (not trained)'}`)
    .join(', ');
  return [total === undefined ? `Weights: ${names}` : `${grouped(total)} parameters: ${names}`];
}

// ---- operators

function operatorAt(spot: Spot): { readonly expr: Expr; readonly span: Span } | undefined {
  const found: { expr: Expr; span: Span }[] = [];
  for (const expr of spot.checked.facts.values.keys()) {
    if ('kind' in expr && expr.kind === 'binary') found.push({ expr, span: expr.operatorSpan });
  }
  const span = smallest(
    found.map((f) => f.span),
    spot.at,
  );
  return found.find((f) => f.span === span);
}

function operatorParts(spot: Spot): readonly string[] {
  const at = operatorAt(spot);
  if (at === undefined) return [];
  const value = spot.checked.facts.values.get(at.expr);
  const call = callParts(spot.checked.facts.calls.get(at.expr));
  if (call.length > 0) return call;
  return value === undefined || value.kind === 'unknown' ? [] : [`Here: \`${printSeen(value)}\``, ...valueParts(value)];
}
