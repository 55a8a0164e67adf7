/** The lines of models and blocks: `input`, `output`, `layer`, `require`, bindings. */
import { nearest } from '../nearest.ts';
import type { Expr, InputStmt, LayerStmt, Name, OutputStmt, RequireStmt, Statement } from '../tree.ts';
import { equalsAndValue, parseBinding, typeAfterName, valueAfterEquals } from './bindings.ts';
import { parseExpr, parseOperators } from './expressions.ts';
import {
  accept,
  advance,
  allowBreak,
  at,
  expect,
  isSign,
  lastToken,
  missing,
  missingName,
  nameOf,
  type Parser,
  peek,
  previousEnd,
  raw,
  report,
  takeName,
} from './state.ts';
import { stringExpr } from './strings.ts';

/** One line of a model or block; undefined where nothing of it could be used (it was reported). */
export function parseStatement(p: Parser): Statement | undefined {
  const token = raw(p);
  const word = token.kind === 'keyword' ? token.text : misspelt(p);
  if (word !== undefined) {
    switch (word) {
      case 'input':
        return parseInput(p);
      case 'output':
        return parseOutput(p);
      case 'layer':
        return parseLayer(p);
      case 'require':
        return parseRequire(p);
    }
  }
  return parseBinding(p);
}

/** `inpt x: …`, `outpt y = …`: the word that was meant, which is reported. */
function misspelt(p: Parser): string | undefined {
  const [token, name, sign] = [raw(p), raw(p, 1), raw(p, 2)];
  if (token.kind === 'name' && token.text === 'for' && name.kind === 'name' && !name.first) {
    report(p, 'unknown-declaration', { start: token.start, end: token.end }, { variant: 'loop' });
    return undefined;
  }
  if (token.kind !== 'name' || name.kind !== 'name' || name.first || !(isSign(sign, ':') || isSign(sign, '='))) {
    return undefined;
  }
  const meant = nearest(token.text, ['input', 'output', 'layer']);
  if (meant === undefined) return undefined;
  const span = { start: token.start, end: token.end };
  report(p, 'unknown-declaration', span, {
    variant: 'statement',
    values: { text: token.text, meant },
    fixes: [{ name: 'replace', edits: [{ at: span, newText: meant }] }],
  });
  return meant;
}

function parseInput(p: Parser): InputStmt {
  const { start } = advance(p);
  expect(p, { kind: 'new-name' });
  const keyword = keywordAsName(p);
  const name = keyword ?? takeName(p) ?? missingName(p);
  if (name.text === '' && !keyword) report(p, 'missing-name', lastToken(p), { variant: 'input', unfinished: true });
  const type = typeAfterName(p, name, 'input', true);
  if (type === undefined) {
    report(
      p,
      'missing-type',
      { start, end: previousEnd(p) },
      {
        values: { name: name.text, word: 'input' },
        unfinished: true,
      },
    );
  }
  const value = accept(p, '=') === undefined ? undefined : valueAfterEquals(p, `input ${name.text} =`);
  return { kind: 'input', start, end: previousEnd(p), name, type, default: value };
}

/** `input model: …`, `output layer = …`: a word of the language where a name is meant. It is reported and passed over. */
function keywordAsName(p: Parser): Name | undefined {
  const token = peek(p);
  const next = raw(p, 1);
  if (token?.kind !== 'keyword' || token.first || next.first || !(isSign(next, '=') || isSign(next, ':')))
    return undefined;
  report(p, 'keyword-name', token, { values: { word: token.text } });
  advance(p);
  return { text: '', start: token.start, end: token.end };
}

function parseOutput(p: Parser): OutputStmt {
  const { start } = advance(p);
  const next = raw(p, 1);
  const head = peek(p);
  const bound = !next.first && (isSign(next, '=') || isSign(next, ':'));
  const named = bound && (head?.kind === 'name' || (head?.kind === 'keyword' && !head.first));
  if (!named) {
    expect(p, { kind: 'new-name' });
    const value = parseExpr(p, { variant: 'output', values: { before: 'output' } });
    return {
      kind: 'output',
      start,
      name: undefined,
      type: undefined,
      value,
      whileTraining: whileTraining(p),
      end: previousEnd(p),
    };
  }
  expect(p, { kind: 'new-name' });
  const name = keywordAsName(p) ?? nameOf(advance(p));
  const type = at(p, ':') ? typeAfterName(p, name, 'output', false) : undefined;
  let value: Expr | undefined;
  if (accept(p, '=') !== undefined) value = valueAfterEquals(p, `output ${name.text} =`);
  else if (p.body !== 'extern') {
    report(
      p,
      'missing-value',
      { start, end: previousEnd(p) },
      {
        variant: 'output-type',
        values: { name: name.text },
        unfinished: true,
      },
    );
    value = missing(p);
  }
  return { kind: 'output', start, name, type, value, whileTraining: whileTraining(p), end: previousEnd(p) };
}

function whileTraining(p: Parser): boolean {
  const token = peek(p);
  if (token?.kind !== 'name' || token.text !== 'while') return false;
  advance(p);
  expect(p, { kind: 'words', words: ['training'] });
  const next = peek(p);
  if (next?.kind === 'name' && next.text === 'training') {
    advance(p);
    return true;
  }
  report(
    p,
    'while-training',
    { start: token.start, end: next?.end ?? token.end },
    {
      fixes: [
        { name: 'insert', edits: [{ at: { start: token.end, end: next?.end ?? token.end }, newText: ' training' }] },
      ],
      unfinished: true,
    },
  );
  if (next?.kind === 'name') advance(p);
  return true;
}

function parseLayer(p: Parser): LayerStmt {
  const { start } = advance(p);
  expect(p, { kind: 'new-name' });
  const name = takeName(p) ?? missingName(p);
  if (name.text === '') report(p, 'missing-name', lastToken(p), { variant: 'layer', unfinished: true });
  const value = equalsAndValue(p, name, `layer ${name.text}`);
  return { kind: 'layer', start, end: previousEnd(p), name, value };
}

function parseRequire(p: Parser): RequireStmt {
  const { start } = advance(p);
  const condition = parseOperators(p, 1, { variant: 'require' });
  let why: RequireStmt['why'];
  if (accept(p, ',') !== undefined) {
    allowBreak(p);
    const token = peek(p);
    if (token?.kind === 'string') why = stringExpr(p, advance(p));
    else report(p, 'missing-value', lastToken(p), { variant: 'reason', unfinished: true });
  }
  return { kind: 'require', start, end: previousEnd(p), condition, why };
}
