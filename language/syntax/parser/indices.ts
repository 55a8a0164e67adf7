/** `x[0, .., 1..]`: what stands between the brackets of an index. */
import type { Expr, IndexItem } from '../tree.ts';
import { inSquares } from './brackets.ts';
import { climb, parseFlow, parseOperators } from './expressions.ts';
import { startsOperand } from './starts.ts';
import { accept, advance, at, isSign, missing, nested, type Parser, peek, previousEnd, raw, report } from './state.ts';

export function parseIndex(p: Parser, object: Expr): Expr {
  const open = p.index;
  return nested(
    p,
    () => {
      const items: IndexItem[] = [];
      p.height = inSquares(p, open, () => {
        items.push(parseIndexItem(p));
      });
      if (items.length === 0) {
        report(
          p,
          'missing-value',
          { start: p.tokens[open]?.start ?? 0, end: previousEnd(p) },
          { variant: 'index', unfinished: true },
        );
      }
      return { kind: 'index', start: object.start, end: previousEnd(p), object, items };
    },
    () => object,
  );
}

/** `...`, `a..b by s` with any part left out, or a value. */
export function parseIndexItem(p: Parser): IndexItem {
  const token = raw(p);
  const rest = accept(p, '...');
  if (rest !== undefined) return { kind: 'rest', start: rest.start, end: rest.end };
  const from = at(p, '..') ? undefined : parseOperators(p, 4, { variant: 'index' });
  if (!at(p, '..')) {
    const value = from === undefined ? missing(p) : parseFlow(p, climb(p, from, 1));
    return { kind: 'at', start: value.start, end: value.end, value };
  }
  const { start } = from ?? token;
  advance(p);
  let height = p.height;
  const to = startsOperand(peek(p)) && !isBy(p) ? parseOperators(p, 4) : undefined;
  height = Math.max(height, p.height);
  let by: Expr | undefined;
  if (isBy(p)) {
    advance(p);
    by = parseOperators(p, 4, { variant: 'operator', values: { operator: 'by' } });
  }
  p.height = Math.max(height, p.height);
  return { kind: 'slice', start, end: previousEnd(p), from, to, by };
}

/** `by` is a word of its own only before the step of a slice. */
function isBy(p: Parser): boolean {
  const token = peek(p);
  return token?.kind === 'name' && token.text === 'by' && !isSign(raw(p, 1), ']') && !isSign(raw(p, 1), ',');
}
