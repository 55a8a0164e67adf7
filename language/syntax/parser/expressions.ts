/**
 * Expressions. Operators are climbed by level: 1 `and or`, 2 comparisons, 3 `..`, 4 `+ -`, 5 `* / // % @`, then unary `-`
 * and `**`. A flow `a -> F -> G` binds loosest and is kept flat.
 */
import type { Token } from '../lexer.ts';
import { isClauseKeyword, isDeclarationKeyword, isStatementKeyword } from '../tokens.ts';
import type { BinaryExpr, BinaryOperator, Expr, FlowExpr, FlowStage, Span } from '../tree.ts';
import { parsePostfix } from './postfix.ts';
import { startsOperand } from './starts.ts';
import {
  accept,
  advance,
  allowBreak,
  at,
  expect,
  heightLimit,
  isSign,
  lastToken,
  missing,
  nested,
  nestingLimit,
  type Parser,
  peek,
  previousEnd,
  raw,
  report,
  tooDeep,
} from './state.ts';
import { parseType, startsType } from './types.ts';

/** What is said where a value is missing: a variant of `syntax/missing-value` with its values. */
export interface Lack {
  readonly variant: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

const levels: ReadonlyMap<string, number> = new Map([
  ['and', 1],
  ['or', 1],
  ['==', 2],
  ['!=', 2],
  ['<', 2],
  ['<=', 2],
  ['>', 2],
  ['>=', 2],
  ['..', 3],
  ['+', 4],
  ['-', 4],
  ['*', 5],
  ['/', 5],
  ['//', 5],
  ['%', 5],
  ['@', 5],
]);

/** The operator that a token is between two values. */
export function operatorOf(token: Token): BinaryOperator | undefined {
  return token.kind === 'symbol' || token.kind === 'keyword'
    ? levels.has(token.text)
      ? (token.text as BinaryOperator)
      : undefined
    : undefined;
}

/** A whole expression, flows included. */
export function parseExpr(p: Parser, lack: Lack): Expr {
  return parseFlow(p, parseOperators(p, 1, lack));
}

/** Goes on with `-> stage` and `: type` after the value `first`. */
export function parseFlow(p: Parser, first: Expr): Expr {
  let value = first;
  let stages: FlowStage[] = [];
  let height = p.height;
  for (;;) {
    const token = peek(p);
    if (token === undefined) break;
    if (at(p, '->')) {
      stages.push(parseStage(p, value, stages));
      height = Math.max(height, p.height + 1);
      const operator = peek(p);
      if (operator !== undefined && operatorOf(operator) !== undefined) {
        p.height = height;
        value = looseFlow(p, flow(value, stages), operator);
        stages = [];
        height = p.height;
      }
    } else if (at(p, ':') && startsType(raw(p, 1)) && !raw(p, 1).first) {
      advance(p);
      const type = parseType(p, false);
      if (type === undefined) break;
      if (stages.length > 0) stages.push({ kind: 'ascribe', type });
      else if (height >= heightLimit) tooDeep(p, token);
      else {
        value = { kind: 'ascribe', start: value.start, end: type.end, value, type };
        height++;
      }
    } else break;
  }
  p.height = height;
  return stages.length === 0 ? value : flow(value, stages);
}

function flow(first: Expr, stages: readonly FlowStage[]): FlowExpr {
  const last = stages.at(-1);
  const end = last === undefined ? first.end : last.kind === 'stage' ? last.layer.end : last.type.end;
  return { kind: 'flow', start: first.start, end, first, stages };
}

function parseStage(p: Parser, first: Expr, stages: readonly FlowStage[]): FlowStage {
  const token = advance(p);
  const arrow: Span = { start: token.start, end: token.end };
  allowBreak(p);
  const before = lastLayer(stages) ?? first;
  expect(p, { kind: 'stage', before: { start: before.start, end: before.end }, body: false });
  const next = peek(p);
  if (!startsOperand(next) || (next.kind === 'symbol' && next.text === '-')) {
    report(p, 'missing-layer', arrow, { unfinished: true });
    return { kind: 'stage', arrow, layer: missing(p) };
  }
  return { kind: 'stage', arrow, layer: parsePostfix(p) };
}

function lastLayer(stages: readonly FlowStage[]): Expr | undefined {
  for (let i = stages.length - 1; i >= 0; i--) {
    const stage = stages[i];
    if (stage?.kind === 'stage') return stage.layer;
  }
  return undefined;
}

/** `x -> F + y`: `->` binds loosest, so the flow must stand in parentheses. Reported once, and read as meant. */
function looseFlow(p: Parser, left: FlowExpr, operator: Token): Expr {
  report(
    p,
    'flow-operand',
    { start: operator.start, end: operator.end },
    {
      values: { operator: operator.text },
      related: [{ at: { start: left.start, end: left.end }, text: 'flow' }],
      fixes: [
        {
          name: 'wrap',
          edits: [
            { at: { start: left.start, end: left.start }, newText: '(' },
            { at: { start: left.end, end: left.end }, newText: ')' },
          ],
        },
      ],
    },
  );
  return climb(p, left, 1);
}

/** An expression of operators of at least this level, without flows. */
export function parseOperators(p: Parser, level: number, lack: Lack = { variant: 'here' }): Expr {
  return climb(p, parseUnary(p, lack), level);
}

/** Goes on with operators of at least `level` after `first`. */
export function climb(p: Parser, first: Expr, level: number): Expr {
  let left = first;
  let compared = false;
  for (;;) {
    const token = peek(p);
    const operator = token === undefined ? undefined : (operatorOf(token) ?? meantEqual(p, token));
    const own = operator === undefined ? 0 : (levels.get(operator) ?? 0);
    if (token === undefined || operator === undefined || own < level) return left;
    if (token.text === '=') tellEquals(p, token);
    if (own === 2 && compared) report(p, 'chained-comparison', token, { values: { operator } });
    compared = own === 2 || (compared && own !== 1);
    const height = p.height;
    advance(p);
    allowBreak(p);
    const lack: Lack = { variant: 'operator', values: { operator } };
    const right = climb(p, parseUnary(p, lack), own + 1);
    p.height = Math.max(height, p.height) + 1;
    if (p.height > heightLimit) {
      tooDeep(p, token);
      p.height = height;
      continue;
    }
    left = binary(left, right, operator, token);
  }
}

function binary(left: Expr, right: Expr, operator: BinaryOperator, token: Token): BinaryExpr {
  return {
    kind: 'binary',
    start: left.start,
    end: right.end,
    operator,
    operatorSpan: { start: token.start, end: token.end },
    left,
    right,
  };
}

/** `if a = b { … }`: in a condition nothing is bound, so a comparison is meant. */
function meantEqual(p: Parser, token: Token): BinaryOperator | undefined {
  return p.noBody && isSign(token, '=') ? '==' : undefined;
}

/** Reports an `=` that should compare. */
export function tellEquals(p: Parser, token: Token): void {
  const edit = { at: { start: token.start, end: token.end }, newText: '==' };
  report(p, 'unexpected', token, {
    variant: 'equals',
    values: { text: token.text },
    fixes: [{ name: 'compare', edits: [edit] }],
  });
}

/** `not` reaches over a comparison, `-` only over a power. Signs are counted, not nested: there may be thousands. */
function parseUnary(p: Parser, lack: Lack): Expr {
  if (at(p, 'not')) return signed(p, 'not', (own) => climb(p, parseNegation(p, own), 2));
  return parseNegation(p, lack);
}

function parseNegation(p: Parser, lack: Lack): Expr {
  if (!at(p, '-')) return parsePower(p, lack);
  return signed(p, '-', (own) =>
    at(p, 'not')
      ? nested(
          p,
          () => parseUnary(p, own),
          () => missing(p),
        )
      : parsePower(p, own),
  );
}

function signed(p: Parser, operator: '-' | 'not', operand: (lack: Lack) => Expr): Expr {
  const signs: Token[] = [];
  expect(p, { kind: 'value' });
  while (at(p, operator)) signs.push(advance(p));
  let value = operand({ variant: 'operator', values: { operator } });
  if (signs.length > nestingLimit) {
    tooDeep(p, signs[0] ?? lastToken(p));
    return value;
  }
  for (const sign of signs.reverse()) {
    value = { kind: 'unary', start: sign.start, end: value.end, operator, value };
    p.height++;
  }
  return value;
}

function parsePower(p: Parser, lack: Lack): Expr {
  const base = parseOperand(p, lack);
  const token = accept(p, '**');
  if (token === undefined) return base;
  const height = p.height;
  allowBreak(p);
  const exponent = nested(
    p,
    () => parseUnary(p, { variant: 'operator', values: { operator: '**' } }),
    () => missing(p),
  );
  p.height = Math.max(height, p.height) + 1;
  return binary(base, exponent, '**', token);
}

function parseOperand(p: Parser, lack: Lack): Expr {
  expect(p, { kind: 'value' });
  const token = peek(p);
  if (startsOperand(token)) return parsePostfix(p);
  if (token?.kind === 'keyword' && !token.first && namesPart(token.text)) {
    report(p, 'keyword-name', token, { values: { word: token.text } });
    advance(p);
    return missing(p);
  }
  report(p, 'missing-value', lastToken(p), { variant: lack.variant, values: lack.values ?? {}, unfinished: true });
  const value = missing(p);
  return { ...value, start: previousEnd(p), end: previousEnd(p) };
}

/** Words that begin a declaration, a statement or a clause: inside a line, one stands where a name was meant. */
function namesPart(word: string): boolean {
  return isDeclarationKeyword(word) || isStatementKeyword(word) || isClauseKeyword(word);
}
