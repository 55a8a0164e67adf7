/** What an `evaluate` section says, as its text has it: which run it is of, and what it expects; each condition is a test of the program. */
import type { RunDecl, Span } from '../syntax/tree.ts';

/** The train block that an `evaluate` names by `run:`, as it is written. */
export function evaluatedRunIn(declaration: RunDecl): string | undefined {
  if (declaration.run !== 'evaluate') return undefined;
  for (const item of declaration.body)
    if (item.kind !== 'bind' && item.key.text === 'run' && item.value.kind === 'name') return item.value.text;
  return undefined;
}

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
