/** Names of Python libraries where a name of this language should stand: what it is called here, and the edit that says so. */
import type { Edit, Fix } from '../problem.ts';
import { foreignInputs, foreignName, isForeignModule } from '../syntax/foreign.ts';
import { nearest } from '../syntax/nearest.ts';
import type { NameExpr, Span } from '../syntax/tree.ts';
import { type Frame, place } from './frame.ts';
import { complain, replaceFix } from './report.ts';

/** What has no counterpart here is said in another way; each has a text of its own. */
const NOTES: Readonly<Record<string, string>> = {
  Input: 'input',
  InputLayer: 'input',
  Sequential: 'flow',
  Activation: 'activation',
  Add: 'operator',
  add: 'operator',
  Multiply: 'operator',
  multiply: 'operator',
  Subtract: 'operator',
  subtract: 'operator',
  Lambda: 'expression',
  Masking: 'mask',
  Identity: 'none',
  print: 'hover',
  Dataset: 'data',
  DataLoader: 'data',
  fit: 'train',
  compile: 'train',
};

/** Python's constants, which have no capital here. */
const CONSTANTS: ReadonlySet<string> = new Set(['True', 'False', 'None']);

/** Reports a name of another library, with what stands for it here. False: it is none. */
export function tellForeign(expr: NameExpr, frame: Frame, candidates: readonly string[]): boolean {
  const note = NOTES[expr.text];
  if (note !== undefined && Object.hasOwn(NOTES, expr.text)) {
    const fixes = note === 'activation' ? activationFix(expr, frame, candidates) : [];
    complain(frame, expr, `name/foreign.${note}`, { name: expr.text }, fixes);
    return true;
  }
  if (CONSTANTS.has(expr.text)) {
    const near = expr.text.toLowerCase();
    complain(frame, expr, 'name/unknown.near', { name: expr.text, near }, [
      replaceFix(frame, 'name/change', expr, near),
    ]);
    return true;
  }
  if (isForeignModule(expr.text)) return tellModule(expr, frame, candidates);
  const torch = foreignInputs(expr.text, 9) > 0 && !candidates.includes(expr.text);
  const ours = foreignName(expr.text, candidates) ?? (torch ? nearest(expr.text, candidates) : undefined);
  if (ours === undefined) return false;
  const fix = renamed(expr, expr.text, ours, frame);
  complain(frame, expr, 'name/unknown.near', { name: expr.text, near: ours }, [fix]);
  return true;
}

/** `Activation("relu")` is `relu`. */
function activationFix(expr: NameExpr, frame: Frame, candidates: readonly string[]): readonly Fix[] {
  const found = /^\(\s*["']?([\p{L}_][\p{L}\p{N}_]*)["']?\s*\)/u.exec(frame.chunk.text.slice(expr.end));
  const name = found?.[1];
  if (!found || name === undefined) return [];
  const ours = candidates.includes(name) ? name : foreignName(name, candidates);
  const whole = { start: expr.start, end: expr.end + found[0].length };
  return ours === undefined ? [] : [replaceFix(frame, 'name/foreign/activation', whole, ours)];
}

/** `nn.Linear`, `tf.keras.layers.Dense`: the module goes, the name becomes ours. */
function tellModule(expr: NameExpr, frame: Frame, candidates: readonly string[]): boolean {
  const path = /^(?:\.[\p{L}_][\p{L}\p{N}_]*)+/u.exec(frame.chunk.text.slice(expr.end))?.[0];
  if (path === undefined) return false;
  const name = path.slice(path.lastIndexOf('.') + 1);
  const ours = foreignName(name, candidates) ?? (candidates.includes(name) ? name : nearest(name, candidates));
  const whole = { start: expr.start, end: expr.end + path.length };
  const values = { written: expr.text + path, name, near: ours ?? '' };
  if (ours === undefined) complain(frame, whole, 'name/foreign-module', values);
  else complain(frame, whole, 'name/foreign-module.near', values, [renamed(whole, name, ours, frame)]);
  return true;
}

/** Our name in place of theirs; PyTorch's sizes of what goes in are left out, since they are known here. */
function renamed(at: Span, theirs: string, ours: string, frame: Frame): Fix {
  const edits: Edit[] = [{ at: place(frame, at), newText: ours }];
  const args = /^\(([^()]*(?:\([^()]*\)[^()]*)*)\)/u.exec(frame.chunk.text.slice(at.end))?.[1];
  if (args !== undefined) {
    const items = args.split(/,(?![^(]*\))/u);
    const bare = items.findIndex((item) => /[=:]/u.test(item));
    // With an activation among them, the sizes are ours already: PyTorch's layers take none.
    const own = items.some((item) => isActivation(item.trim(), frame));
    const dropped = own ? 0 : foreignInputs(theirs, bare < 0 ? items.length : bare);
    const from = at.end + 1;
    const length = items.slice(0, dropped).join(',').length + (dropped > 0 && dropped < items.length ? 1 : 0);
    const blank = /^\s*/u.exec(args.slice(length))?.[0].length ?? 0;
    const all = dropped > 0 && dropped === items.length;
    if (all) edits.push({ at: place(frame, { start: at.end, end: from + args.length + 1 }), newText: '' });
    else if (dropped > 0) edits.push({ at: place(frame, { start: from, end: from + length + blank }), newText: '' });
  }
  const title = { key: 'fix/change', values: { text: ours } };
  return { id: 'name/change', title, preferred: true, edits };
}

function isActivation(name: string, frame: Frame): boolean {
  const entry = frame.session.program.catalog.find('model', name);
  return entry?.kind === 'operation' && entry.activation === true;
}
