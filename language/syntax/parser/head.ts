/** What declarations share: how they begin, their names, their owners and arguments. */
import type { Arg, Name, Span } from '../tree.ts';
import { parseArgs } from './arguments.ts';
import type { Owner } from './body.ts';
import {
  expect,
  isSign,
  lastToken,
  missingName,
  type Parser,
  peek,
  previousEnd,
  raw,
  report,
  takeName,
} from './state.ts';

/** What every declaration begins with. */
export interface Head {
  readonly doc: string | undefined;
  readonly keyword: Span;
  readonly start: number;
}

/** The name of a declaration; a missing one is reported. */
export function declaredName(p: Parser, what: string): Name {
  expect(p, { kind: 'new-name' });
  const name = takeName(p);
  if (name !== undefined) return name;
  report(p, 'missing-name', lastToken(p), { variant: 'declaration', values: { what }, unfinished: true });
  return missingName(p);
}

export function ownerOf(p: Parser, head: Head, title: string): Owner {
  return { start: head.start, end: Math.max(head.keyword.end, previousEnd(p)), title: title.trim() };
}

/** Arguments on the line of the name, as `Mnist("t10k")`. */
export function callArgs(p: Parser, name: Name): readonly Arg[] {
  if (!isSign(peek(p), '(') || raw(p).first) return [];
  return parseArgs(p, { kind: 'name', text: name.text, start: name.start, end: name.end }).items;
}
