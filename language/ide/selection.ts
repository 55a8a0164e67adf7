/** What "expand selection" selects, from the word outwards: stages and expressions, brackets, the line, the declaration. */
import type { CheckedFile } from '../check/checked.ts';
import { lex } from '../syntax/lexer.ts';
import type { Span } from '../syntax/tree.ts';
import { spotAt } from './locate.ts';

/** Spans that hold the offset, each inside the next. */
export function selections(file: CheckedFile, offset: number): readonly Span[] {
  const spot = spotAt(file, offset);
  if (spot === undefined) return [];
  const { chunk, offset: base } = spot.placed;
  const d = chunk.declaration;
  const found: Span[] = [...spot.checked.facts.values.keys(), ...brackets(chunk.text)];
  found.push(...lex(chunk.text).tokens);
  if (d !== undefined) found.push(d, ...('body' in d ? d.body : []));
  const holding = found
    .filter((span) => span.start <= spot.at && spot.at <= span.end && span.end > span.start)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  const chain: Span[] = [];
  for (const { start, end } of holding) {
    const last = chain.at(-1);
    // Neighbours that only touch the offset are no steps outwards.
    if (last !== undefined && (start > last.start || end < last.end || end - start === last.end - last.start)) continue;
    chain.push({ start, end });
  }
  return [
    ...chain.map((span) => ({ start: span.start + base, end: span.end + base })),
    { start: 0, end: file.syntax.text.length },
  ];
}

/** What stands between brackets, without and with them. */
function brackets(text: string): readonly Span[] {
  const spans: Span[] = [];
  const open: number[] = [];
  for (const token of lex(text).tokens) {
    if (token.kind !== 'symbol') continue;
    if (token.text === '(' || token.text === '[' || token.text === '{') open.push(token.start);
    else if (token.text === ')' || token.text === ']' || token.text === '}') {
      const start = open.pop();
      if (start !== undefined) spans.push({ start: start + 1, end: token.start }, { start, end: token.end });
    }
  }
  return spans;
}
