/** A name that its body binds only further down, or by the very line that uses it. */
import type { DataItem, Declaration, Name, NameExpr, Statement } from '../syntax/tree.ts';
import { type Frame, place } from './frame.ts';
import { report } from './report.ts';

/** Reports the use of a name before its line. False: the body never binds it. */
export function tellBoundLater(expr: NameExpr, frame: Frame): boolean {
  const { declaration } = frame.chunk;
  const bound = declaration && boundNames(declaration).find((name) => name.text === expr.text);
  if (!bound) return false;
  const own = bound.start < expr.start;
  // The right side of a field means columns.
  if (own && declaration.kind === 'data') return false;
  report(frame, expr, {
    message: { key: own ? 'name/bound-later.own' : 'name/bound-later', values: { name: expr.text } },
    related: [{ at: place(frame, bound), message: { key: 'name/twice.first', values: { name: expr.text } } }],
  });
  return true;
}

/** What the lines of a body bind, in order. */
function boundNames(declaration: Declaration): readonly Name[] {
  switch (declaration.kind) {
    case 'unit':
    case 'extern':
    case 'data':
    case 'run':
      return declaration.body.flatMap(namesOf);
    case 'import':
    case 'variant':
    case 'export':
      return [];
  }
}

function namesOf(item: Statement | DataItem): readonly Name[] {
  switch (item.kind) {
    case 'bind':
      return item.parts.map((part) => part.name);
    case 'input':
    case 'layer':
    case 'field':
      return [item.name];
    case 'output':
      return item.name ? [item.name] : [];
    case 'require':
    case 'entry':
      return [];
  }
}
