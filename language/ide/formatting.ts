/** Formatting as one small edit: what is alike at both ends is left alone, so that cursors and folds stay. */
import { format } from '../syntax/format.ts';
import { isTooLarge } from '../syntax/parse.ts';
import type { SyntaxFile } from '../syntax/tree.ts';

export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

export function formatting(text: string): readonly TextEdit[] {
  if (isTooLarge(text)) return [];
  const formatted = format(text);
  if (formatted === text) return [];
  // Line by line, where the lines still match up (blank lines aside the formatter keeps them all); else all that differs.
  return lineEdits(text, formatted) ?? [wholeEdit(text, formatted)];
}

/** Only the edits that touch the range. */
export function formattingIn(text: string, start: number, end: number): readonly TextEdit[] {
  return formatting(text).filter((edit) => edit.start <= end && start <= edit.end);
}

function lineEdits(before: string, after: string): readonly TextEdit[] | undefined {
  const old = before.split('\n');
  const lines = after.split('\n');
  if (old.length !== lines.length) return undefined;
  const edits: TextEdit[] = [];
  let offset = 0;
  for (const [index, line] of old.entries()) {
    const next = lines[index] ?? '';
    if (next !== line) edits.push({ start: offset, end: offset + line.length, newText: next });
    offset += line.length + 1;
  }
  return edits;
}

function wholeEdit(before: string, after: string): TextEdit {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { start, end: before.length - tail, newText: after.slice(start, after.length - tail) };
}

/** After `}` or a new line: the lines of the declaration above the cursor. The line of the cursor itself is left to the writer. */
export function formattingTyped(file: SyntaxFile, offset: number, character: string): readonly TextEdit[] {
  const placed = file.chunks.filter((one) => one.offset <= offset).at(-1);
  if (placed === undefined) return [];
  const { text: whole } = placed.chunk;
  // Blank lines before the declaration belong to its chunk; the formatter would take them away.
  const lead = /^\s*\n/.exec(whole)?.[0].length ?? 0;
  const text = whole.slice(lead);
  const base = placed.offset + lead;
  const body = text.trimEnd();
  const at = offset - base;
  const line = text.lastIndexOf('\n', at - 1) + 1;
  const limit = character === '}' ? at : line - 1;
  const edits = lineEdits(body, format(body).trimEnd()) ?? [];
  return edits
    .filter((edit) => edit.end <= limit)
    .map((edit) => ({ ...edit, start: edit.start + base, end: edit.end + base }));
}
