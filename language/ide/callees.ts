/** What a name that is called means by its place: an entry of the library, or one of the small rules of a run. */
import type { Entry, SettingDef } from '../catalog/entry.ts';
import { catalog } from '../catalog/index.ts';
import { bayesian, best, byValue, early, ema, everyValidation, random } from '../check/run-rules.ts';
import type { Expr } from '../syntax/tree.ts';
import { placesFor } from './scope.ts';

export interface Callee {
  readonly name: string;
  readonly settings: Readonly<Record<string, SettingDef>>;
  /** Missing for the rules of a run. */
  readonly entry: Entry | undefined;
}

const rules: ReadonlyMap<string, Callee> = new Map(
  [early, best, everyValidation, ema, random, bayesian, byValue].map((rule) => [rule.name, rule]),
);

/** `declaration` is the kind of declaration in which the call stands. */
export function calleeOf(callee: Expr, declaration: string | undefined): Callee | undefined {
  if (callee.kind !== 'name') return undefined;
  const rule = declaration === 'run' ? rules.get(callee.text) : undefined;
  if (rule !== undefined) return rule;
  for (const place of placesFor(declaration)) {
    const entry = catalog.find(place, callee.text);
    if (entry !== undefined) return { name: entry.name, settings: entry.settings, entry };
  }
  return undefined;
}
