/** Hints that name the settings of bare numbers and words: `Conv2D(«filters: »32, «kernel: »3)`. Only where they are asked for. */
import type { CheckedDeclaration } from '../check/checked.ts';
import type { Arg, Expr } from '../syntax/tree.ts';

export interface SettingHint {
  readonly offset: number;
  readonly text: string;
  /** Where a name is written when this hint is taken: after a name no argument may go without, so the later ones get theirs. */
  readonly inserts: readonly { readonly offset: number; readonly text: string }[];
}

export function settingHints(checked: CheckedDeclaration): readonly SettingHint[] {
  const hints: SettingHint[] = [];
  for (const [node, fact] of checked.facts.calls) {
    if (node.kind !== 'call' || node.args === undefined) continue;
    const named = node.args.items.flatMap((arg) => nameOf(arg, fact.bound.get(arg)));
    for (const [index, one] of named.entries()) {
      if (isPlain(one.value)) hints.push({ offset: one.offset, text: one.text, inserts: named.slice(index) });
    }
  }
  return hints;
}

interface Named {
  readonly offset: number;
  readonly text: string;
  readonly value: Expr;
}

function nameOf(arg: Arg, name: string | undefined): readonly Named[] {
  if (arg.name !== undefined || name === undefined) return [];
  return [{ offset: arg.value.start, text: `${name}: `, value: arg.value }];
}

/** A name or a sum mostly says itself what it is; a bare number or flag does not. */
function isPlain(value: Expr): boolean {
  return value.kind === 'number' || value.kind === 'bool';
}
