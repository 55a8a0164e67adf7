/** What all bracketed lists share: separators, closing, and what to say when either is missing. */

import { startsOperand } from './starts.ts';
import {
  accept,
  advance,
  allowBreak,
  expect,
  gap,
  isSign,
  lastToken,
  type Parser,
  peek,
  raw,
  report,
  skipLine,
} from './state.ts';

/**
 * Between two items of a list: takes the `,` and answers whether another item may follow. A missing `,` before an obvious
 * next item is reported and passed over; anything else that does not fit is reported and left out.
 */
export function separator(p: Parser, close: string): boolean {
  if (accept(p, ',') !== undefined) {
    allowBreak(p);
    return true;
  }
  const token = peek(p);
  if (token === undefined || isSign(token, close) || isClosing(token.text)) return false;
  if (startsOperand(token)) {
    const before = gap(p);
    report(
      p,
      'missing-comma',
      { start: token.start, end: token.end },
      {
        values: { text: token.text },
        fixes: [{ name: 'insert', edits: [{ at: before, newText: ',' }] }],
      },
    );
    return true;
  }
  const semicolon = isSign(token, ';') && (p.partner[p.group] ?? -1) > p.index;
  report(p, 'unexpected', token, {
    values: { text: token.text },
    fixes: semicolon ? [{ name: 'comma', edits: [{ at: { start: token.start, end: token.end }, newText: ',' }] }] : [],
  });
  if (semicolon) {
    advance(p);
    allowBreak(p);
    return true;
  }
  skipLine(p, ',', close);
  return accept(p, ',') !== undefined;
}

function isClosing(text: string): boolean {
  return text === ')' || text === ']' || text === '}';
}

/** Takes the closing bracket of the one at token `open`, or reports that it is missing. */
export function closeBracket(p: Parser, open: number, close: string): void {
  const token = peek(p);
  if (isSign(token, close)) {
    advance(p);
    return;
  }
  const opener = p.tokens[open];
  if (opener === undefined) return;
  const wrong = token !== undefined && isClosing(token.text) && (p.partner[p.index] ?? -1) === -1 ? token : undefined;
  const where = wrong ?? gap(p);
  report(
    p,
    'unclosed',
    { start: opener.start, end: opener.end },
    {
      values: { open: opener.text, close, wrong: wrong?.text ?? '' },
      variant: wrong === undefined ? undefined : 'mismatch',
      related: [{ at: wrong ?? lastToken(p), text: 'here' }],
      fixes: [
        {
          name: 'close',
          edits: [{ at: { start: where.start, end: where.end }, newText: close === '}' ? ' }' : close }],
        },
      ],
      unfinished: true,
    },
  );
  if (wrong !== undefined) advance(p);
}

/** Takes the `}` of a body or branch that was opened at token `open`; the line may break before it. */
export function closeBrace(p: Parser, open: number): void {
  const next = raw(p);
  if (isSign(next, '}')) {
    advance(p);
    return;
  }
  const token = peek(p);
  if (token !== undefined && (p.partner[open] ?? -1) > p.index) {
    report(p, 'unexpected', token, { values: { text: token.text } });
    p.index = (p.partner[open] ?? p.index) + 1;
    return;
  }
  closeBracket(p, open, '}');
}

/** Opens `{`, parses, closes `}`; a line may break after the one and before the other. */
export function inBraces<T>(p: Parser, open: number, parse: () => () => T): T {
  const { group, noBody } = p;
  advance(p);
  p.group = -1;
  p.noBody = false;
  allowBreak(p);
  const finish = parse();
  closeBrace(p, open);
  p.group = group;
  p.noBody = noBody;
  return finish();
}

/** The items between `[` and `]`; answers the height of the highest. */
export function inSquares(p: Parser, open: number, item: () => void): number {
  const { group, noBody } = p;
  advance(p);
  p.group = open;
  p.noBody = false;
  let height = 0;
  for (;;) {
    const token = peek(p);
    if (token === undefined || isSign(token, ']') || isSign(token, '}') || isSign(token, ')')) {
      expect(p, { kind: 'value' });
      break;
    }
    item();
    height = Math.max(height, p.height);
    if (!separator(p, ']')) break;
  }
  closeBracket(p, open, ']');
  p.group = group;
  p.noBody = noBody;
  return height;
}
