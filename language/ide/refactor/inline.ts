/** A use of a block is replaced by what the block does: by its stages, or by its lines above the line of the use. */
import type { CheckedDeclaration, CheckedFile } from '../../check/checked.ts';
import { isUnknown, writeDim } from '../../shapes/dim.ts';
import { lex } from '../../syntax/lexer.ts';
import type { CallExpr, Expr, FlowExpr, NameExpr, Span, UnitDecl } from '../../syntax/tree.ts';
import type { Known } from '../hover.ts';
import { offsetOf } from '../locate.ts';
import { declaredNames } from '../scope.ts';
import { editOf, freeName, operand, type Refactoring, type Selected, sourceOf, stageAt } from './context.ts';

interface Use {
  readonly flow: FlowExpr;
  readonly layer: CallExpr | NameExpr;
  readonly block: CheckedDeclaration;
  readonly unit: UnitDecl;
  /** What stands for each parameter and size of the block. */
  readonly texts: ReadonlyMap<string, string>;
}

export function inlineBlock(selected: Selected, known: Known): readonly Refactoring[] {
  const use = useAt(selected, known);
  if (use === undefined) return [];
  const edits = asStages(selected, use) ?? asLines(selected, use);
  if (edits === undefined) return [];
  return [{ kind: 'refactor.inline', title: selected.tell('inline-block', { name: use.unit.name.text }), edits }];
}

function useAt(selected: Selected, known: Known): Use | undefined {
  const stage = stageAt(selected);
  const own = stage?.flow.stages[stage.index];
  if (stage === undefined || own?.kind !== 'stage') return undefined;
  const { layer } = own;
  if (layer.kind !== 'call' && layer.kind !== 'name') return undefined;
  const callee = layer.kind === 'call' ? layer.callee : layer;
  const target = callee.kind === 'name' ? selected.checked.facts.targets.get(callee) : undefined;
  if (target?.kind !== 'declaration' || selected.end > callee.end) return undefined;
  const { chunk } = target.at;
  const unit = chunk.declaration;
  if (unit?.kind !== 'unit' || unit === selected.unit || offsetOf(chunk, known) === undefined) return undefined;
  const file = known.checked(chunk.file);
  const block = file?.declarations.find((d) => d.chunk === chunk);
  if (block === undefined || hasErrors(file, chunk.text) || !reaches(selected, block)) return undefined;
  const texts = substitutes(selected, layer, unit);
  return texts === undefined ? undefined : { flow: stage.flow, layer, block, unit, texts };
}

/** Whether the blocks that the block uses can be named where it is used. */
function reaches(selected: Selected, block: CheckedDeclaration): boolean {
  const known = new Set(declaredNames(selected.file.syntax).map((d) => d.name));
  return [...block.facts.targets].every(
    ([node, target]) => target.kind !== 'declaration' || target.at.chunk === block.chunk || known.has(node.text),
  );
}

function hasErrors(file: CheckedFile | undefined, text: string): boolean {
  const start = file?.syntax.chunks.find((placed) => placed.chunk.text === text)?.offset ?? 0;
  return (
    file?.problems.some((p) => p.severity === 'error' && start <= p.start && p.start < start + text.length) ?? true
  );
}

/** Undefined where an argument is not understood or a size has no text here. */
function substitutes(
  selected: Selected,
  layer: CallExpr | NameExpr,
  unit: UnitDecl,
): ReadonlyMap<string, string> | undefined {
  const texts = new Map<string, string>();
  const fact = selected.checked.facts.calls.get(layer);
  const inputs = unit.body.flatMap((line) => (line.kind === 'input' ? [line] : []));
  const [input] = inputs;
  if (fact === undefined || input === undefined || inputs.length !== 1) return undefined;
  for (const [arg, name] of fact.bound) texts.set(name, operand(sourceOf(selected, arg.value), arg.value));
  const type = fact.inputs[input.name.text];
  const dims = input.type?.shape?.dims ?? [];
  for (const [index, dim] of dims.entries()) {
    if (dim.kind !== 'name') {
      if (dim.kind !== 'number') return undefined;
      continue;
    }
    const size = type?.shape?.[index];
    if (size === undefined || isUnknown(size)) return undefined;
    const text = writeDim(size);
    texts.set(dim.text, /^[\w.]+$/.test(text) ? text : `(${text})`);
  }
  return texts;
}

// ---- as stages: the block is one flow from its input to its output

function asStages(selected: Selected, use: Use): Refactoring['edits'] | undefined {
  const lines = use.unit.body.filter((line) => line.kind !== 'input' && line.kind !== 'require');
  const [line] = lines;
  const input = inputName(use.unit);
  if (lines.length !== 1 || line?.kind !== 'output' || line.value?.kind !== 'flow') return undefined;
  const { first, stages } = line.value;
  if (first.kind !== 'name' || first.text !== input || usesOf(use, input) !== 1) return undefined;
  const [begin] = stages;
  if (begin?.kind !== 'stage') return undefined;
  const text = rewritten(use, { start: begin.layer.start, end: line.value.end }, new Map());
  return text === undefined || lex(text).comments.length > 0 ? undefined : [editOf(selected, use.layer, text)];
}

// ---- as lines: above the line of the use

function asLines(selected: Selected, use: Use): Refactoring['edits'] | undefined {
  const { flow, unit } = use;
  const line = selected.unit.body.find((one) => (one.kind === 'bind' || one.kind === 'output') && one.value === flow);
  const outputs = unit.body.filter((one) => one.kind === 'output');
  const [output] = outputs;
  if (line === undefined || outputs.length !== 1 || output?.value === undefined || output.whileTraining)
    return undefined;
  if (unit.body.at(-1) !== output) return undefined;
  const names = new Map<string, string>();
  const before = flow.stages.findIndex((stage) => stage.kind === 'stage' && stage.layer === use.layer);
  const entry = before === 0 ? flow.first : undefined;
  const lines: string[] = [];
  const input = inputName(unit);
  const taken = new Set<string>();
  const fresh = (name: string) => {
    let free = freeName(selected, name);
    for (let count = 2; taken.has(free); count++) free = `${name}${count}`;
    taken.add(free);
    return free;
  };
  if (entry?.kind === 'name') names.set(input, entry.text);
  else {
    const last = flow.stages[before - 1];
    const end = last === undefined ? flow.first.end : last.kind === 'stage' ? last.layer.end : last.type.end;
    const name = fresh(input);
    names.set(input, name);
    lines.push(`${name} = ${sourceOf(selected, { start: flow.start, end })}`);
  }
  for (const one of unit.body) {
    if (one.kind === 'bind')
      for (const part of one.parts) if (part.name.text !== '_') names.set(part.name.text, fresh(part.name.text));
    if (one.kind === 'layer') names.set(one.name.text, fresh(one.name.text));
  }
  for (const one of unit.body) {
    if (one.kind !== 'bind' && one.kind !== 'layer') continue;
    const text = rewritten(use, one, names);
    if (text === undefined) return undefined;
    lines.push(text);
  }
  const value = rewritten(use, output.value, names);
  if (value === undefined) return undefined;
  const rest = sourceOf(selected, { start: use.layer.end, end: flow.end });
  const result = rest.trim() === '' ? value : `${operand(value, output.value)}${rest}`;
  const indent = /[ \t]*$/.exec(selected.text.slice(0, line.start))?.[0] ?? '';
  const above = lines.map((text) => `${text}\n${indent}`).join('');
  return [editOf(selected, { start: line.start, end: line.start }, above), editOf(selected, flow, result)];
}

function inputName(unit: UnitDecl): string {
  return unit.body.find((line) => line.kind === 'input')?.name.text ?? '';
}

/** How often a name of the block is used, its definition aside. */
function usesOf(use: Use, name: string): number {
  let count = 0;
  for (const [node, target] of use.block.facts.targets) {
    const definition = target.kind === 'local' && target.at.start === node.start;
    if (!definition && target.kind === 'local' && target.name === name) count++;
  }
  return count;
}

/**
 * A part of the block's text with everything of the block's own replaced by what it is here. Undefined where a name cannot
 * be told: a parameter without a value, a name in a branch that was not looked at, a text with names in it.
 */
function rewritten(use: Use, span: Span, names: ReadonlyMap<string, string>): string | undefined {
  const { block, unit, texts } = use;
  const { text } = block.chunk;
  const locals = new Set<string>();
  const targets = new Map<number, { readonly kind: string; readonly name: string }>();
  for (const [node, target] of block.facts.targets) {
    targets.set(node.start, { kind: target.kind, name: node.text });
    if (target.kind === 'local') locals.add(target.name);
  }
  let result = '';
  let at = span.start;
  for (const token of lex(text).tokens) {
    if (token.start < span.start || token.end > span.end) continue;
    const word = text.slice(token.start, token.end);
    if (token.kind === 'string' && word.includes('{')) return undefined;
    if (token.kind !== 'name' || !locals.has(word)) continue;
    const target = targets.get(token.start);
    if (target === undefined) return undefined;
    if (target.kind !== 'local') continue;
    const replaced = names.get(word) ?? texts.get(word) ?? defaultOf(unit, word, text);
    if (replaced === undefined) {
      if (isRound(use, word)) continue;
      return undefined;
    }
    result += text.slice(at, token.start) + replaced;
    at = token.end;
  }
  return result + text.slice(at, span.end);
}

/** The number of a round (`repeat(3) { i => … }`) stays as it is. */
function isRound(use: Use, name: string): boolean {
  for (const target of use.block.facts.targets.values()) {
    if (target.kind === 'local' && target.name === name) return target.what === 'round';
  }
  return false;
}

/** A default that is a literal; one that reads other names may mean something else elsewhere. */
function defaultOf(unit: UnitDecl, name: string, text: string): string | undefined {
  const value: Expr | undefined = unit.params.find((param) => param.name.text === name)?.default;
  if (value === undefined) return undefined;
  const literal = value.kind === 'number' || value.kind === 'bool' || value.kind === 'string' || value.kind === 'unary';
  return literal ? text.slice(value.start, value.end) : undefined;
}
