/** Binds names in a scope. A name is bound once; what it stands for is told to the facts. */
import type { Name } from '../syntax/tree.ts';
import type { LocalKind } from './checked.ts';
import { rebindFix } from './fixes/rebind.ts';
import { type Frame, findLocal, type Local, place } from './frame.ts';
import { report } from './report.ts';
import { seen, type Value } from './value.ts';

/** Binds `name` to `value` in the frame's scope; a second binding is reported and left out. */
export function define(frame: Frame, name: Name, value: Value, what: LocalKind): Local | undefined {
  if (name.text === '' || name.text === '_') return undefined;
  const at = place(frame, name);
  frame.facts?.values.set(name, seen(value));
  frame.facts?.targets.set(name, { kind: 'local', what, name: name.text, at });
  const before = frame.scope.names.get(name.text) ?? shadowed(frame, name.text);
  if (before && before.at.start !== name.start) {
    report(frame, name, {
      message: { key: 'name/twice', values: { name: name.text } },
      related: [{ at: before.at, message: { key: 'name/twice.first', values: { name: name.text } } }],
      fixes: frame.facts ? rebindFix(name, frame) : [],
    });
    return undefined;
  }
  const local: Local = { value, what, name: name.text, at, used: false };
  frame.scope.names.set(name.text, local);
  return local;
}

/** An outer name of the same body: names of a surrounding round may not be bound again either; a column may be a field. */
function shadowed(frame: Frame, name: string): Local | undefined {
  const outer = frame.scope.parent && findLocal(frame.scope.parent, name);
  return outer && outer.what !== 'column' && outer.at.chunk === frame.chunk ? outer : undefined;
}
