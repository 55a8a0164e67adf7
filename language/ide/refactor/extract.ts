/** Selected stages of a flow, or selected lines of a unit, become a block of their own. */
import type { Target } from '../../check/checked.ts';
import { constant, isUnknown } from '../../shapes/dim.ts';
import type { TensorType } from '../../shapes/type.ts';
import { lex } from '../../syntax/lexer.ts';
import type { Bind, FlowExpr, LayerStmt, OutputStmt, RequireStmt, Span } from '../../syntax/tree.ts';
import { aboveUnit, editOf, flowsOf, freeName, type Refactoring, type Selected, sourceOf } from './context.ts';

export function extractBlock(selected: Selected): readonly Refactoring[] {
  if (selected.start === selected.end) return [];
  const name = freeName(selected, 'Extracted');
  const edits = stagesAsBlock(selected, name) ?? linesAsBlock(selected, name);
  return edits === undefined
    ? []
    : [{ kind: 'refactor.extract', title: selected.tell('extract-block'), edits, made: name }];
}

// ---- stages

function stagesAsBlock(selected: Selected, name: string): Refactoring['edits'] | undefined {
  const found = selectedStages(selected);
  if (found === undefined) return undefined;
  const { flow, span, before } = found;
  const used = usedIn(selected, span);
  const type = typeAt(selected, before);
  if (used === undefined || type === undefined) return undefined;
  const read = new Set([...used.params, ...used.values].map((one) => one.name).concat(used.sizes));
  const first = read.has('x') ? freeName(selected, 'x') : 'x';
  const head = headOf(selected, used, [{ name: first, type }]);
  if (head === undefined) return undefined;
  const stages = reindented(sourceOf(selected, span), indentOf(selected, flow.start));
  const block = `block ${name}${head.params} {\n${head.inputs}\n  output ${first} -> ${stages}\n}\n\n`;
  return [
    editOf(selected, { start: aboveUnit(selected), end: aboveUnit(selected) }, block),
    editOf(selected, span, `${name}${head.call}`),
  ];
}

/** Whole stages that the selection covers, at least in part; their span runs from the first layer to the last. */
function selectedStages(
  selected: Selected,
): { readonly flow: FlowExpr; readonly span: Span; readonly before: FlowExpr['first'] } | undefined {
  const text = sourceOf(selected, selected);
  const start = selected.start + (/^[\s]*(?:->)?\s*/.exec(text)?.[0].length ?? 0);
  const end = selected.start + text.trimEnd().length;
  for (const flow of [...flowsOf(selected)].reverse()) {
    const touched = flow.stages.flatMap((stage, index) => {
      const span = stage.kind === 'stage' ? stage.layer : stage.type;
      return span.start < end && start < span.end ? [{ stage, index, span }] : [];
    });
    const [first] = touched;
    const last = touched.at(-1);
    const whole = first !== undefined && last !== undefined && first.span.start >= start && last.span.end <= end + 1;
    if (!whole || first.stage.kind !== 'stage') continue;
    if (start < flow.first.end || end > flow.end) continue;
    const before = flow.stages
      .slice(0, first.index)
      .filter((stage) => stage.kind === 'stage')
      .at(-1);
    const value = before?.kind === 'stage' ? before.layer : flow.first;
    return { flow, span: { start: first.span.start, end: last.span.end }, before: value };
  }
  return undefined;
}

function typeAt(selected: Selected, node: FlowExpr['first']): TensorType | undefined {
  const seen = selected.checked.facts.values.get(node);
  return seen?.kind === 'tensor' ? seen.type : undefined;
}

// ---- lines

type Line = Bind | LayerStmt | RequireStmt | OutputStmt;

function linesAsBlock(selected: Selected, name: string): Refactoring['edits'] | undefined {
  const { unit, start, end } = selected;
  const lines = unit.body.filter((line) => line.start < end && start < line.end);
  const movable = (line: (typeof lines)[number]): line is Line => line.kind === 'bind' || line.kind === 'layer';
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined || !lines.every(movable)) return undefined;
  const span: Span = { start: first.start, end: last.end };
  const used = usedIn(selected, span);
  const results = resultsOf(selected, span, lines);
  if (used === undefined || results === undefined || results.length === 0) return undefined;
  const [main, ...more] = used.values;
  if (main === undefined) return undefined;
  const head = headOf(selected, { ...used, values: more }, [main]);
  if (head === undefined) return undefined;
  const body = lines.map((line) => lineText(selected, line, results)).join('\n');
  const block = `block ${name}${head.params} {\n${head.inputs}\n${body}\n}\n\n`;
  const names = results.map((result) => result.text);
  const left = names.length === 1 ? names[0] : `(${names.join(', ')})`;
  return [
    editOf(selected, { start: aboveUnit(selected), end: aboveUnit(selected) }, block),
    editOf(selected, span, `${left} = ${main.name} -> ${name}${head.call}`),
  ];
}

/** Names that the lines define and others use. Undefined where a result is no line of its own. */
function resultsOf(
  selected: Selected,
  span: Span,
  lines: readonly Line[],
): readonly { readonly text: string; readonly line: Line }[] | undefined {
  const defined = lines.flatMap((line): readonly { text: string; line: Line; tuple: boolean }[] => {
    if (line.kind === 'bind') return line.parts.map((part) => ({ text: part.name.text, line, tuple: line.tuple }));
    return line.kind === 'layer' ? [{ text: line.name.text, line, tuple: false }] : [];
  });
  const outside = new Set<string>();
  for (const [node, target] of selected.checked.facts.targets) {
    if (target.kind === 'local' && (node.start < span.start || node.start >= span.end)) outside.add(target.name);
  }
  const results = defined.filter((one) => outside.has(one.text));
  return results.some((one) => one.tuple || one.line.kind === 'layer') ? undefined : results;
}

function lineText(selected: Selected, line: Line, results: readonly { readonly line: Line }[]): string {
  const text = `  ${reindented(sourceOf(selected, line), indentOf(selected, line.start))}`;
  return results.some((result) => result.line === line) ? text.replace(/^ {2}/, '  output ') : text;
}

// ---- the block's head

interface Used {
  /** Parameters of the unit that are read, as they are written there. */
  readonly params: readonly { readonly name: string; readonly type: string }[];
  readonly values: readonly { readonly name: string; readonly type: TensorType }[];
  /** Names of sizes that are read. */
  readonly sizes: readonly string[];
}

/** What the text reads of its unit; undefined where that cannot be handed over (a shared layer). */
function usedIn(selected: Selected, span: Span): Used | undefined {
  const { unit, checked, text } = selected;
  const params = new Map<string, string>();
  const values = new Map<string, TensorType>();
  const sizes = new Set<string>();
  for (const [node, target] of checked.facts.targets) {
    if (node.start < span.start || node.end > span.end || target.kind !== 'local') continue;
    if (target.at.chunk === checked.chunk && target.at.start >= span.start && target.at.end <= span.end) continue;
    if (target.what === 'layer' || target.what === 'round') return undefined;
    if (target.what === 'size') sizes.add(target.name);
    else if (target.what === 'parameter') {
      const param = unit.params.find((one) => one.name.text === target.name);
      if (param?.type === undefined) return undefined;
      params.set(target.name, text.slice(param.type.start, param.type.end));
    } else {
      const type = typeOfLocal(selected, target);
      if (type === undefined) return undefined;
      values.set(target.name, type);
    }
  }
  if (
    lex(text.slice(span.start, span.end)).tokens.some((token) => token.kind === 'string' && inserts(text, span, token))
  )
    return undefined;
  return {
    params: [...params].map(([name, type]) => ({ name, type })),
    values: [...values].map(([name, type]) => ({ name, type })),
    sizes: [...sizes],
  };
}

function inserts(text: string, span: Span, token: Span): boolean {
  return text.slice(span.start + token.start, span.start + token.end).includes('{');
}

function typeOfLocal(
  { checked }: Selected,
  target: Extract<Target, { readonly kind: 'local' }>,
): TensorType | undefined {
  for (const [node, seen] of checked.facts.values) {
    if (node.start === target.at.start && node.end === target.at.end && seen.kind === 'tensor') return seen.type;
  }
  return undefined;
}

interface Head {
  /** `(width: int)`, or nothing. */
  readonly params: string;
  /** The lines of the inputs. */
  readonly inputs: string;
  /** `(width, skip: skip)`, or nothing. */
  readonly call: string;
}

function headOf(selected: Selected, used: Used, first: Used['values']): Head | undefined {
  const values = [...first, ...used.values];
  const introduced = new Set<string>();
  const inputs: string[] = [];
  for (const { name, type } of values) {
    const written = inputType(selected, type, introduced);
    if (written === undefined) return undefined;
    inputs.push(`  input ${name}: ${written}`);
  }
  // A size that no input introduces is handed over like a parameter.
  const missing = used.sizes.filter((size) => !introduced.has(size)).map((name) => ({ name, type: 'int' }));
  const params = [...used.params, ...missing];
  const given = [...params.map((param) => param.name), ...used.values.map(({ name }) => `${name}: ${name}`)];
  return {
    params: params.length === 0 ? '' : `(${params.map(({ name, type }) => `${name}: ${type}`).join(', ')})`,
    inputs: inputs.join('\n'),
    call: given.length === 0 ? '' : `(${given.join(', ')})`,
  };
}

/** Numbers and plain names stay; any other size gets a name of its own. */
function inputType(selected: Selected, type: TensorType, introduced: Set<string>): string | undefined {
  if (type.shape === undefined || type.shape.some(isUnknown)) return undefined;
  const sizes = type.shape.map((dim) => {
    const number = constant(dim);
    if (number !== undefined) return String(number);
    const [term, ...others] = dim.size ?? [];
    const [factor, ...more] = term?.factors ?? [];
    const plain = others.length === 0 && more.length === 0 && term?.coefficient === 1 && factor?.kind === 'name';
    const isParam = plain && selected.unit.params.some((param) => param.name.text === factor.text);
    const own = plain && !isParam;
    let name = own ? factor.text : 'N';
    for (let count = 2; !own && (introduced.has(name) || isTaken(selected, name)); count++) name = `N${count}`;
    introduced.add(name);
    return name;
  });
  return `${type.dtype ?? ''}[${sizes.join(', ')}]`;
}

function isTaken({ checked }: Selected, name: string): boolean {
  return [...checked.facts.targets.keys()].some((node) => node.text === name);
}

// ---- text

function indentOf({ text }: Selected, at: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? '';
}

/** Further lines move with the first, which stands two spaces deep in the block. */
function reindented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line, index) =>
      index === 0 ? line : `  ${line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()}`,
    )
    .join('\n');
}
