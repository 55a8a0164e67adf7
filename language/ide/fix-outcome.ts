/**
 * What a fix leads to: the shape where it changes the program, and how many weights the unit has then. Found by checking the mended
 * text, so it is asked for where fixes are shown and nowhere else.
 */
import type { CheckedDeclaration, CheckedFile, FileFix, Seen } from '../check/checked.ts';
import { constant, isUnknown } from '../shapes/dim.ts';
import { printShape } from '../shapes/type.ts';
import type { Expr } from '../syntax/tree.ts';
import { spotAt } from './locate.ts';

/** Checks another text of the file, of which nothing stays. */
export type Trial = (text: string) => CheckedFile;

export interface Outcome {
  /** `5408` for one axis, `[7, 7, 512]` for more. Undefined: not known, as it was, or a single number. */
  readonly shape: string | undefined;
  /** Weights of the unit that is mended, where their number is known. */
  readonly parameters: number | undefined;
}

const known = new WeakMap<FileFix, Outcome>();

/** Undefined for a fix that reaches into other files. */
export function outcomeOf(fix: FileFix, file: CheckedFile, trial: Trial): Outcome | undefined {
  const last = [...fix.edits].sort((a, b) => a.start - b.start).at(-1);
  if (last === undefined || fix.edits.some((edit) => edit.file !== file.file)) return undefined;
  const before = known.get(fix);
  if (before !== undefined) return before;
  const mended = trial(mend(file.syntax.text, fix.edits));
  const moved = fix.edits.reduce((sum, e) => (e === last ? sum : sum + e.newText.length - (e.end - e.start)), 0);
  const start = last.start + moved;
  const found = spotAt(mended, start);
  const outcome =
    found === undefined ? nothing : read(found.checked, found.at, last.newText.length, was(file, last.start));
  known.set(fix, outcome);
  return outcome;
}

const nothing: Outcome = { shape: undefined, parameters: undefined };

function read(checked: CheckedDeclaration, start: number, length: number, before: string | undefined): Outcome {
  const inserted = callsWithin(checked, start, start + length);
  const [first] = inserted;
  const last = inserted.at(-1);
  const shape = shapeOf(checked, last ?? settingsAt(checked, start, start + length));
  const from = first === undefined ? before : inputOf(checked, first);
  const unit = checked.facts.unit;
  return { shape: shape === from ? undefined : shape, parameters: unit && constant(unit.parameters) };
}

/** The layers and operators of a stretch of text, in the order of their ends. */
function callsWithin({ facts }: CheckedDeclaration, start: number, end: number): readonly Expr[] {
  return [...facts.calls.keys()]
    .filter((node) => start <= node.start && node.end <= end && facts.values.get(node)?.kind === 'tensor')
    .sort((a, b) => a.end - b.end || b.start - a.start);
}

/** The call whose name or settings a stretch of text stands in. */
function settingsAt({ facts }: CheckedDeclaration, start: number, end: number): Expr | undefined {
  return [...facts.calls.keys()]
    .filter((node) => node.start <= start && end <= settingsEnd(node))
    .sort((a, b) => b.start - a.start)[0];
}

function settingsEnd(node: Expr): number {
  if (node.kind === 'name') return node.end;
  return node.kind === 'call' ? (node.args ?? node.callee).end : node.start;
}

/** The shape that the call at an offset of the file had before. */
function was(file: CheckedFile, offset: number): string | undefined {
  const spot = spotAt(file, offset);
  return spot && shapeOf(spot.checked, settingsAt(spot.checked, spot.at, spot.at));
}

function inputOf({ facts }: CheckedDeclaration, node: Expr): string | undefined {
  const [first] = Object.values(facts.calls.get(node)?.inputs ?? {}).flat();
  return first && print({ kind: 'tensor', type: first });
}

function shapeOf({ facts }: CheckedDeclaration, node: Expr | undefined): string | undefined {
  return node && print(facts.values.get(node));
}

function print(seen: Seen | undefined): string | undefined {
  if (seen?.kind !== 'tensor' || seen.type.shape === undefined || seen.type.shape.some(isUnknown)) return undefined;
  const text = printShape(seen.type.shape);
  if (seen.type.shape.length === 0) return undefined;
  return seen.type.shape.length === 1 ? text.slice(1, -1) : text;
}

function mend(text: string, edits: FileFix['edits']): string {
  const backwards = [...edits].sort((a, b) => b.start - a.start);
  return backwards.reduce((now, edit) => now.slice(0, edit.start) + edit.newText + now.slice(edit.end), text);
}
