/** The layers that make an output: the stages of its flow, followed back through names and functions that only move numbers. */
import type { Chunk, Expr, FlowStage, Span, Statement } from '../../syntax/tree.ts';
import type { RunParts } from '../run-scope.ts';

/** A stage that is written in the model's own body. */
export interface Made {
  readonly node: Expr;
  readonly arrow: Span | undefined;
  /** The entry or unit that is called. */
  readonly name: string;
  readonly chunk: Chunk;
}

/** Functions that leave every number as it is. */
const MOVING: ReadonlySet<string> = new Set(['squeeze', 'expand', 'reshape', 'Flatten', 'transpose']);
const NAME_LIMIT = 20;

/** Stages from the last one back to where the flow begins; those that only move numbers are left out. */
export function stagesBehind(output: string, parts: RunParts): readonly Made[] {
  const { chunk, declaration } = parts.target;
  const statement = parts.outputs.find(({ name }) => name === output)?.statement;
  return statement?.value ? behind(statement.value, declaration.body, chunk, 0) : [];
}

function behind(expr: Expr, body: readonly Statement[], chunk: Chunk, depth: number): readonly Made[] {
  if (depth > NAME_LIMIT) return [];
  switch (expr.kind) {
    case 'paren':
    case 'ascribe':
      return behind(expr.value, body, chunk, depth + 1);
    case 'name': {
      const value = boundTo(expr.text, body);
      return value ? behind(value, body, chunk, depth + 1) : [];
    }
    case 'flow': {
      const stages = [...expr.stages].reverse().flatMap((stage) => made(stage, chunk));
      return [...stages, ...behind(expr.first, body, chunk, depth + 1)];
    }
    case 'call': {
      const { callee } = expr;
      const [first] = expr.args?.items ?? [];
      if (callee.kind !== 'name' || !first || first.name || !/^\p{Ll}/u.test(callee.text)) return [];
      const own = MOVING.has(callee.text) ? [] : [{ node: expr, arrow: undefined, name: callee.text, chunk }];
      return [...own, ...behind(first.value, body, chunk, depth + 1)];
    }
    default:
      return [];
  }
}

function made(stage: FlowStage, chunk: Chunk): readonly Made[] {
  if (stage.kind === 'ascribe') return [];
  const { layer, arrow } = stage;
  const callee = layer.kind === 'call' ? layer.callee : layer;
  const name = callee.kind === 'name' ? callee.text : '';
  return MOVING.has(name) ? [] : [{ node: layer, arrow, name, chunk }];
}

function boundTo(name: string, body: readonly Statement[]): Expr | undefined {
  for (const statement of body) {
    if (statement.kind === 'bind' && !statement.tuple && statement.parts[0]?.name.text === name) return statement.value;
    if (statement.kind === 'output' && statement.name?.text === name) return statement.value;
  }
  return undefined;
}
