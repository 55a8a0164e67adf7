/** Names that mean something in another place: a layer in `data`, a transform in a model, a text without its quotes. */
import type { NameExpr } from '../syntax/tree.ts';
import { type Frame, place } from './frame.ts';
import { complain, replaceFix, report } from './report.ts';

/** `species == Adelie`: a value of a column, which is a text. False: it is none. */
export function tellUnquoted(expr: NameExpr, frame: Frame): boolean {
  if (frame.places[0] !== 'data') return false;
  for (let scope: Frame['scope'] | undefined = frame.scope; scope; scope = scope.parent) {
    for (const { value, name } of scope.names.values()) {
      const names = value.kind === 'tensor' ? value.type.facts.classes?.names : undefined;
      if (!names?.includes(expr.text)) continue;
      const text = JSON.stringify(expr.text);
      const fix = replaceFix(frame, 'name/quotes', expr, text);
      report(frame, expr, {
        message: { key: 'name/unknown.text', values: { name: expr.text, column: name } },
        fixes: [fix],
      });
      return true;
    }
  }
  return false;
}

/** A layer or function of models in `data`, a transform in a model. False: it is neither. */
export function tellElsewhere(expr: NameExpr, frame: Frame): boolean {
  const { catalog } = frame.session.program;
  const [first] = frame.places;
  const inData = first === 'data' || first === 'augment';
  const values = { name: expr.text };
  if (inData && catalog.find('model', expr.text) && !isCallOfField(expr, frame)) {
    complain(frame, expr, /^\p{Lu}/u.test(expr.text) ? 'name/in-models' : 'name/in-models.function', values);
    return true;
  }
  if (first === 'data' && catalog.find('augment', expr.text)) {
    complain(frame, expr, 'name/in-augment', values);
    return true;
  }
  if (first === 'model' && (catalog.find('data', expr.text) ?? catalog.find('augment', expr.text))) {
    complain(frame, expr, 'name/in-data', values);
    return true;
  }
  return false;
}

/** A name before the arrow of a field would be a column. */
function isCallOfField(expr: NameExpr, frame: Frame): boolean {
  const { text } = place(frame, expr).chunk;
  return /^\s*(?:->|$)/u.test(text.slice(expr.end)) && !/->\s*$/u.test(text.slice(0, expr.start));
}
