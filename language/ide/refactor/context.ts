/** What refactorings share: the unit in which they work, names that are free in it, texts of its parts. */
import type { CheckedDeclaration, CheckedFile, FilePlace } from '../../check/checked.ts';
import type { Expr, FlowExpr, Span, UnitDecl } from '../../syntax/tree.ts';
import { spotAt } from '../locate.ts';
import { expressionsOf } from '../nodes.ts';
import { declaredNames } from '../scope.ts';
import type { Tell } from '../tell.ts';

export interface Refactoring {
  readonly kind: 'refactor.extract' | 'refactor.inline' | 'refactor.rewrite';
  readonly title: string;
  readonly edits: readonly (FilePlace & { readonly newText: string })[];
  /** A name that was made up, wherever it stands in the new texts: the reader is asked for a better one. */
  readonly made?: string;
}

/** A selection in a unit that has no errors; offsets count from the chunk. */
export interface Selected {
  readonly file: CheckedFile;
  readonly checked: CheckedDeclaration;
  readonly unit: UnitDecl;
  readonly text: string;
  /** Offset of the chunk in the file. */
  readonly offset: number;
  readonly start: number;
  readonly end: number;
  readonly tell: Tell;
}

/** Undefined outside units, and where the unit has errors: what it means is not known there. */
export function selectedIn(file: CheckedFile, start: number, end: number, tell: Tell): Selected | undefined {
  const spot = spotAt(file, start);
  const d = spot?.placed.chunk.declaration;
  if (spot === undefined || d?.kind !== 'unit') return undefined;
  const { offset, chunk } = spot.placed;
  if (end > offset + chunk.text.length) return undefined;
  const inside = (problem: CheckedFile['problems'][number]) =>
    problem.severity === 'error' && offset <= problem.start && problem.start < offset + chunk.text.length;
  if (file.problems.some(inside)) return undefined;
  return {
    file,
    checked: spot.checked,
    unit: d,
    text: chunk.text,
    offset,
    start: start - offset,
    end: end - offset,
    tell,
  };
}

/** An edit of the selected unit's chunk, as an edit of its file. */
export function editOf({ file, offset }: Selected, span: Span, newText: string): Refactoring['edits'][number] {
  return { file: file.file, start: offset + span.start, end: offset + span.end, newText };
}

export function sourceOf({ text }: Selected, span: Span): string {
  return text.slice(span.start, span.end);
}

/** Flows of the unit, inner ones last. */
export function flowsOf({ unit }: Selected): readonly FlowExpr[] {
  return expressionsOf(unit).filter((expr): expr is FlowExpr => expr.kind === 'flow');
}

/** The stage that holds the cursor, in the innermost flow that has one. */
export function stageAt(selected: Selected): { readonly flow: FlowExpr; readonly index: number } | undefined {
  let found: { readonly flow: FlowExpr; readonly index: number; readonly size: number } | undefined;
  for (const flow of flowsOf(selected)) {
    const index = flow.stages.findIndex(
      (stage) => stage.kind === 'stage' && stage.layer.start <= selected.start && selected.end <= stage.layer.end,
    );
    const stage = flow.stages[index];
    if (stage?.kind !== 'stage') continue;
    const size = stage.layer.end - stage.layer.start;
    if (found === undefined || size < found.size) found = { flow, index, size };
  }
  return found;
}

/** `name`, or `name2`, `name3` … where the unit or the file has it already. */
export function freeName(selected: Selected, name: string): string {
  const taken = new Set(declaredNames(selected.file.syntax).map((d) => d.name));
  for (const node of selected.checked.facts.targets.keys()) taken.add(node.text);
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}${count}`;
  return free;
}

/** Where something can be written above the unit: before the comments that belong to it. */
export function aboveUnit({ unit, text }: Selected): number {
  let at = text.lastIndexOf('\n', unit.start - 1) + 1;
  for (;;) {
    const before = text.lastIndexOf('\n', at - 2) + 1;
    if (at === 0 || !/^[ \t]*#/.test(text.slice(before, at))) return at;
    at = before;
  }
}

/** An expression as text that can stand as an operand. */
export function operand(text: string, expr: Expr): string {
  switch (expr.kind) {
    case 'number':
    case 'string':
    case 'bool':
    case 'name':
    case 'call':
    case 'member':
    case 'index':
    case 'tuple':
    case 'list':
    case 'paren':
      return text;
    case 'flow':
    case 'ascribe':
    case 'binary':
    case 'unary':
    case 'if':
    case 'missing':
      return `(${text})`;
  }
}
