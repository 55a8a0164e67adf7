/** Applies text edits. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

export function applyEdits(text: string, edits: readonly TextChange[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, e) => result.slice(0, e.start) + e.newText + result.slice(e.end), text);
}
