/** Places in a text as people and assistants count them: lines and columns from 1, columns in UTF-16 units. */

export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/** The position of an offset. */
export function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - (before.lastIndexOf('\n') + 1) + 1 };
}

/** The range between two offsets. */
export function rangeBetween(text: string, start: number, end: number): TextRange {
  return { start: positionAt(text, start), end: positionAt(text, end) };
}
