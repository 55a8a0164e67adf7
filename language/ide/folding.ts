/** What can be folded: brackets that span lines, and runs of comment lines. */
import { lex } from '../syntax/lexer.ts';
import type { SyntaxFile } from '../syntax/tree.ts';

export interface Fold {
  readonly start: number;
  readonly end: number;
  readonly comment: boolean;
}

export function folds(file: SyntaxFile): readonly Fold[] {
  return file.chunks.flatMap(({ chunk, offset }) => {
    const { text } = chunk;
    const lexed = lex(text);
    const out: Fold[] = [];
    const open: number[] = [];
    for (const token of lexed.tokens) {
      if (token.kind !== 'symbol') continue;
      if (token.text === '{' || token.text === '(' || token.text === '[') open.push(token.start);
      else if (token.text === '}' || token.text === ')' || token.text === ']') {
        const start = open.pop();
        if (start !== undefined && text.slice(start, token.start).includes('\n')) {
          out.push({ start: offset + start, end: offset + token.start, comment: false });
        }
      }
    }
    let run: Fold | undefined;
    for (const comment of lexed.comments) {
      const follows = run !== undefined && /^\r?\n[ \t]*$/.test(text.slice(run.end - offset, comment.start));
      if (run !== undefined && follows) run = { ...run, end: offset + comment.end };
      else {
        if (run !== undefined) out.push(run);
        run = { start: offset + comment.start, end: offset + comment.end, comment: true };
      }
    }
    if (run !== undefined) out.push(run);
    return out.filter((fold) => file.text.slice(fold.start, fold.end).includes('\n'));
  });
}
