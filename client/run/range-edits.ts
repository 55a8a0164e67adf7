/** A label beyond the scores, or a symbol beyond an `Embedding`: the size that the run's words ask for, as an edit. Pure. */
import type { ProgramEdit } from './run-edits.ts';

export interface RangeEdit extends ProgramEdit {
  /** The size that is needed. */
  readonly size: number;
}

/** `place`: where the layer stands whose size is too small. Undefined where its size is not written as a number or a default. */
export function rangeEdit(
  program: string,
  message: string,
  place: { readonly start: number; readonly end: number },
): RangeEdit | undefined {
  const now = wholeIn(/(?:has|have) ([\d,_]+) (?:classes|rows)/u, message);
  const size = wholeIn(/Give the model ([\d,_]+) or more/u, message);
  if (now === undefined || size === undefined) return undefined;
  const layer = program.slice(place.start, place.end);
  for (const found of layer.matchAll(/\b[\d][\d_]*\b/gu)) {
    if (number(found[0]) === now) return edit(place.start + found.index, found[0].length, size);
  }
  for (const [name] of layer.matchAll(/\b[a-z]\w*\b/gu)) {
    const given = new RegExp(`\\b${name}\\s*:\\s*int\\s*=\\s*([\\d_]+)`, 'u').exec(program);
    const text = given?.[1];
    if (given === null || text === undefined || number(text) !== now) continue;
    return edit(given.index + given[0].length - text.length, text.length, size);
  }
  return undefined;
}

function edit(start: number, length: number, size: number): RangeEdit {
  return { size, text: String(size), start, end: start + length };
}

function wholeIn(pattern: RegExp, text: string): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : number(found);
}

function number(text: string): number {
  return Number(text.replace(/[,_]/gu, ''));
}
