/** Texts: escapes resolved, `{name}` kept as written and listed. */
import type { Token } from '../lexer.ts';
import { isNameCharacter } from '../lexer.ts';
import { syntaxProblem } from '../problems.ts';
import type { StringExpr } from '../tree.ts';
import type { Parser } from './state.ts';

const escapes: Readonly<Record<string, string>> = { '"': '"', "'": "'", '\\': '\\', t: '\t', n: '\n', '{': '{' };

export function stringExpr(p: Parser, token: Token): StringExpr {
  const source = token.text;
  const closed = source.length > 1 && source.endsWith(source[0] ?? '');
  const end = closed ? source.length - 1 : source.length;
  const inserts: StringExpr['inserts'][number][] = [];
  let value = '';
  let i = 1;
  while (i < end) {
    const c = source[i] ?? '';
    if (c === '\\') {
      const escaped = source[i + 1] ?? '';
      const plain = Object.hasOwn(escapes, escaped) ? escapes[escaped] : undefined;
      if (plain === undefined) {
        const at = { start: token.start + i, end: token.start + Math.min(i + 2, end) };
        p.problems.push(
          syntaxProblem('escape', at, {
            values: { text: `\\${escaped}` },
            fixes: [{ name: 'double', edits: [{ at: { start: at.start, end: at.start }, newText: '\\' }] }],
          }),
        );
      }
      value += plain ?? c + escaped;
      i += 2;
    } else if (c === '{') {
      const close = source.indexOf('}', i);
      const name = close < 0 || close >= end ? '' : source.slice(i + 1, close);
      const legal = name !== '' && [...name].every((_, k) => isNameCharacter(name, k)) && !/^\d/.test(name);
      const stop = close < 0 || close >= end ? i + 1 : close + 1;
      const start = token.start + i + 1;
      // `{jpg,png}` is a choice of a pattern of files.
      const pattern = /^[\p{L}\p{N}*?.]*(?:,[\p{L}\p{N}*?.]*)+$/u.test(name);
      if (legal)
        inserts.push({ name: { text: name, start, end: start + name.length }, at: value.length, length: stop - i });
      else if (!pattern) {
        const at = { start: token.start + i, end: token.start + stop };
        p.problems.push(
          syntaxProblem('insert', at, {
            values: { text: source.slice(i, stop) },
            fixes: [{ name: 'escape', edits: [{ at: { start: at.start, end: at.start }, newText: '\\' }] }],
          }),
        );
      }
      value += source.slice(i, stop);
      i = stop;
    } else {
      value += c;
      i++;
    }
  }
  return { kind: 'string', start: token.start, end: token.end, value, inserts };
}
