/** `train`, `tune`, `evaluate` and `export`. */
import type { SectionName } from '../sections.ts';
import type { ExportDecl, Name, RunDecl } from '../tree.ts';
import { parseBody } from './body.ts';
import { callArgs, type Head, ownerOf } from './head.ts';
import { parseExportItem, parseRunItem } from './section-items.ts';
import { startsOperand } from './starts.ts';
import {
  accept,
  advance,
  at,
  expect,
  gap,
  lastToken,
  missingName,
  nameOf,
  type Parser,
  peek,
  previousEnd,
  report,
  takeName,
} from './state.ts';

/** `Model` or `Model.part`. */
function parsePath(p: Parser, what: string): readonly Name[] {
  expect(p, { kind: 'unit' });
  const first = takeName(p);
  if (first === undefined) {
    report(p, 'missing-name', lastToken(p), { variant: 'what', values: { what }, unfinished: true });
    return [missingName(p)];
  }
  const path = [first];
  while (accept(p, '.') !== undefined) {
    expect(p, { kind: 'member-of-name', path: [...path] });
    const name = takeName(p);
    if (name === undefined) {
      report(p, 'missing-name', gap(p), { variant: 'member', unfinished: true });
      break;
    }
    path.push(name);
  }
  return path;
}

export function parseRun(p: Parser, run: RunDecl['run'], head: Head): RunDecl {
  const model = parsePath(p, run);
  const last = model.at(-1) ?? missingName(p);
  const args = callArgs(p, last);
  const on = parseOn(p, run, model, head);
  const as = parseAs(p, last.text !== '' && on?.name.text !== '');
  const title = `${run} ${model.map((n) => n.text).join('.')}`;
  const owner = ownerOf(p, head, title);
  const section: SectionName = run;
  const body = parseBody(p, section, owner, (q) => parseRunItem(q, section));
  return { kind: 'run', ...head, end: previousEnd(p), run, model, args, on, as, body: body.items, close: body.close };
}

function parseOn(p: Parser, run: string, model: readonly Name[], head: Head): RunDecl['on'] {
  const word = accept(p, 'on');
  const next = peek(p);
  if (word === undefined && next?.kind !== 'name') {
    if (!at(p, 'as') && model[0]?.text !== '') expect(p, { kind: 'words', words: ['on', 'as'] });
    return undefined;
  }
  if (word === undefined && next !== undefined) {
    const title = `${run} ${model.map((n) => n.text).join('.')}`;
    report(
      p,
      'missing-on',
      { start: head.start, end: next.end },
      {
        values: { title, data: next.text },
        fixes: [{ name: 'insert', edits: [{ at: { start: next.start, end: next.start }, newText: 'on ' }] }],
      },
    );
  }
  expect(p, { kind: 'data' });
  const name = takeName(p);
  if (name === undefined) {
    report(p, 'missing-name', lastToken(p), { variant: 'on', unfinished: true });
    return { name: missingName(p), args: [] };
  }
  return { name, args: callArgs(p, name) };
}

function parseAs(p: Parser, named: boolean): Name | undefined {
  if (accept(p, 'as') === undefined) {
    if (!at(p, '{') && named) expect(p, { kind: 'words', words: ['as'] });
    return undefined;
  }
  expect(p, { kind: 'new-name' });
  const token = peek(p);
  if (token?.kind === 'name') return nameOf(advance(p));
  report(p, 'missing-name', lastToken(p), { variant: 'as', unfinished: true });
  if (startsOperand(token)) advance(p);
  return undefined;
}

export function parseExport(p: Parser, head: Head): ExportDecl {
  const model = parsePath(p, 'export');
  const args = callArgs(p, model.at(-1) ?? missingName(p));
  const owner = ownerOf(p, head, `export ${model.map((n) => n.text).join('.')}`);
  const body = parseBody(p, 'export', owner, parseExportItem);
  return { kind: 'export', ...head, end: previousEnd(p), model, args, body: body.items, close: body.close };
}
