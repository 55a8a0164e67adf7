/** Small rewrites at the cursor: a shape is stated, a repeat is written out, a number becomes a parameter. */
import { constant, isUnknown } from '../../shapes/dim.ts';
import { writeShape } from '../../shapes/type.ts';
import { lex } from '../../syntax/lexer.ts';
import type { Expr, NumberExpr, Span } from '../../syntax/tree.ts';
import { expressionsOf } from '../nodes.ts';
import { holdsForAll } from '../scope.ts';
import { editOf, freeName, type Refactoring, type Selected, sourceOf, stageAt } from './context.ts';

// ---- a shape is stated

/** `: [26, 26, 32]` behind the stage under the cursor, or behind the name that a line gives its value. */
export function nameShape(selected: Selected): readonly Refactoring[] {
  const found = holdsForAll(selected.unit) ? shapePlace(selected) : undefined;
  if (found === undefined) return [];
  const { at, shape } = found;
  const title = selected.tell('name-shape', { shape });
  return [{ kind: 'refactor.rewrite', title, edits: [editOf(selected, { start: at, end: at }, `: ${shape}`)] }];
}

function shapePlace(selected: Selected): { readonly at: number; readonly shape: string } | undefined {
  const { unit, start, end } = selected;
  for (const line of unit.body) {
    if (line.kind !== 'bind' && line.kind !== 'output') continue;
    const part = line.kind === 'bind' ? (line.tuple ? undefined : line.parts[0]) : line;
    const name = part?.name;
    if (part === undefined || name === undefined || part.type !== undefined || line.value === undefined) continue;
    if (name.start <= start && end <= name.end) return placed(selected, name.end, line.value);
  }
  const stage = stageAt(selected);
  const own = stage?.flow.stages[stage.index];
  if (stage === undefined || own?.kind !== 'stage') return undefined;
  const next = stage.flow.stages[stage.index + 1];
  const written = next?.kind === 'ascribe' || /^[ \t]*:/.test(selected.text.slice(own.layer.end));
  // The end of a flow in brackets is not a place for a shape.
  const last = next === undefined && /^[ \t]*[)\],}]/.test(selected.text.slice(stage.flow.end));
  return written || last ? undefined : placed(selected, own.layer.end, own.layer);
}

function placed(
  selected: Selected,
  at: number,
  value: Expr,
): { readonly at: number; readonly shape: string } | undefined {
  const seen = selected.checked.facts.values.get(value);
  if (seen?.kind !== 'tensor' || seen.type.shape === undefined || seen.type.shape.some(isUnknown)) return undefined;
  return { at, shape: writeShape(seen.type.shape) };
}

// ---- a repeat is written out

/** More rounds than this are not written out. */
const ROUNDS = 64;

/** `-> repeat(2) { i => Dense(16 * 2 ** i) }` becomes `-> Dense(16 * 2 ** 0) -> Dense(16 * 2 ** 1)`. */
export function unrollRepeat(selected: Selected): readonly Refactoring[] {
  const stage = stageAt(selected);
  const own = stage?.flow.stages[stage.index];
  if (stage === undefined || own?.kind !== 'stage' || own.layer.kind !== 'call') return [];
  const { callee, body } = own.layer;
  const isRepeat = callee.kind === 'name' && callee.text === 'repeat' && selected.end <= callee.end;
  const times = selected.checked.facts.calls.get(own.layer)?.settings.times;
  const rounds = times?.kind === 'size' ? constant(times.dim) : times?.kind === 'number' ? times.value : undefined;
  if (!isRepeat || body === undefined || rounds === undefined || rounds < 1 || rounds > ROUNDS) return [];
  if (body.value.kind !== 'flow' && body.value.kind !== 'call' && body.value.kind !== 'name') return [];
  const inner = sourceOf(selected, body.value);
  // A comment in the braces would swallow what follows it.
  if (lex(inner).comments.length > 0) return [];
  const between = selected.text.slice(0, own.arrow.start).match(/\n[ \t]*$/)?.[0] ?? ' ';
  const written = Array.from({ length: rounds }, (_, round) => withRound(inner, body.param?.text, round));
  const newText = written.join(`${between}-> `);
  return [
    {
      kind: 'refactor.rewrite',
      title: selected.tell('unroll', { times: rounds }),
      edits: [editOf(selected, own.layer, newText)],
    },
  ];
}

/** The text with the number of the round in place of its name. */
function withRound(text: string, name: string | undefined, round: number): string {
  if (name === undefined || name === '_') return text;
  let result = '';
  let at = 0;
  const { tokens } = lex(text);
  for (const [index, token] of tokens.entries()) {
    const isName = token.kind === 'name' && text.slice(token.start, token.end) === name;
    // `i:` names a setting, `.i` a member.
    const next = tokens[index + 1];
    const before = tokens[index - 1];
    const isSetting = next !== undefined && text.slice(next.start, next.end) === ':';
    const isMember = before !== undefined && text.slice(before.start, before.end) === '.';
    if (!isName || isSetting || isMember) continue;
    result += text.slice(at, token.start) + String(round);
    at = token.end;
  }
  return result + text.slice(at);
}

// ---- a number becomes a parameter

/** The number under the cursor, as a parameter of the unit with that number as its default. */
export function extractParameter(selected: Selected): readonly Refactoring[] {
  const { unit, start, end, checked, tell } = selected;
  const holds = (expr: Expr): expr is NumberExpr => expr.kind === 'number' && expr.start <= start && end <= expr.end;
  const number = expressionsOf(unit).find(holds);
  if (number === undefined || number.percent || unit.name.text === '') return [];
  const name = freeName(selected, settingOf(selected, number) ?? 'size');
  const value = sourceOf(selected, number);
  const param = `${name}: ${number.whole ? 'int' : 'float'} = ${value}`;
  const last = unit.params.at(-1);
  const at: Span =
    last === undefined
      ? { start: unit.name.end, end: emptyBrackets(selected.text, unit.name.end) }
      : { start: last.end, end: last.end };
  const head = last === undefined ? `(${param})` : `, ${param}`;
  if (checked.facts.values.get(number)?.kind === undefined) return [];
  return [
    {
      kind: 'refactor.extract',
      title: tell('extract-parameter', { value, name }),
      edits: [editOf(selected, at, head), editOf(selected, number, name)],
      made: name,
    },
  ];
}

/** The end of an empty `()` behind the unit's name, which the parameter's brackets replace. */
function emptyBrackets(text: string, from: number): number {
  return from + (/^\(\s*\)/.exec(text.slice(from))?.[0].length ?? 0);
}

function settingOf(selected: Selected, number: NumberExpr): string | undefined {
  for (const fact of selected.checked.facts.calls.values()) {
    for (const [arg, name] of fact.bound) if (arg.value === number && /^[a-z]\w*$/i.test(name)) return name;
  }
  return undefined;
}
