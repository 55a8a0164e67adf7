/** `x = x -> Dense(10)`, as in Python: the second binding gets a name of its own, and what follows uses that. */
import type { Edit, Fix } from '../../problem.ts';
import { expressionsUnder } from '../../syntax/parts.ts';
import type { Expr, Name, Statement } from '../../syntax/tree.ts';
import { type Frame, place } from '../frame.ts';

/** The edits that rename a second binding in a unit's body, its uses, and the bindings after it, each anew. */
export function rebindFix(name: Name, frame: Frame): readonly Fix[] {
  const { declaration, text } = frame.chunk;
  if (declaration?.kind !== 'unit') return [];
  const { body } = declaration;
  const index = body.findIndex((statement) => binds(statement)?.start === name.start);
  if (index < 0) return [];
  const fresh = freshNames(name.text, text);
  const first = fresh.next().value;
  let current = first;
  const edits: Edit[] = [{ at: place(frame, name), newText: current }];
  for (const statement of body.slice(index + 1)) {
    for (const root of valuesOf(statement)) {
      for (const part of expressionsUnder(root)) {
        if (part.kind === 'name' && part.text === name.text) edits.push({ at: place(frame, part), newText: current });
      }
    }
    const again = binds(statement);
    if (again?.text !== name.text) continue;
    current = fresh.next().value;
    edits.push({ at: place(frame, again), newText: current });
  }
  const title = { key: 'fix/rename-binding', values: { name: first } };
  return [{ id: 'name/twice/rename', title, preferred: true, edits }];
}

/** The one name that a line binds. */
function binds(statement: Statement): Name | undefined {
  if (statement.kind === 'bind') return statement.tuple ? undefined : statement.parts[0]?.name;
  return statement.kind === 'layer' || statement.kind === 'output' ? statement.name : undefined;
}

function valuesOf(statement: Statement): readonly Expr[] {
  switch (statement.kind) {
    case 'input':
      return statement.default ? [statement.default] : [];
    case 'require':
      return [statement.condition];
    case 'output':
      return statement.value ? [statement.value] : [];
    case 'layer':
    case 'bind':
      return [statement.value];
  }
}

/** `x2`, `x3` …, as far as the text does not have them. */
function* freshNames(name: string, text: string): Generator<string, never> {
  for (let count = 2; ; count++) {
    const fresh = `${name}${count}`;
    if (!new RegExp(`(?<![\\p{L}\\p{N}_])${fresh}(?![\\p{L}\\p{N}_])`, 'u').test(text)) yield fresh;
  }
}
