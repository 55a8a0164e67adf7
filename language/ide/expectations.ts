/** What an `evaluate` section expects, as its text has it: each condition is a test of the program. */
import type { RunDecl, Span } from '../syntax/tree.ts';

/** The conditions of `expect:`, one or a list; none for other sections. */
export function expectationsIn(declaration: RunDecl): readonly Span[] {
  if (declaration.run !== 'evaluate') return [];
  return declaration.body.flatMap((item): readonly Span[] => {
    if (item.kind === 'bind' || item.key.text !== 'expect') return [];
    const { value } = item;
    if (value.kind === 'missing') return [];
    return value.kind === 'list' ? value.items.filter(({ kind }) => kind !== 'missing') : [value];
  });
}
