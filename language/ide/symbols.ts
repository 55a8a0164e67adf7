/** The outline: declarations with their inputs, outputs, layers, values, fields and keys; below a value its layers. */

import { expressionsUnder } from '../syntax/parts.ts';
import { startsUpper } from '../syntax/tokens.ts';
import type {
  Bind,
  Chunk,
  DataItem,
  Declaration,
  Entry,
  Expr,
  Param,
  Span,
  Statement,
  SyntaxFile,
} from '../syntax/tree.ts';

export type SymbolKind =
  | 'model'
  | 'block'
  | 'data'
  | 'run'
  | 'export'
  | 'parameter'
  | 'input'
  | 'output'
  | 'layer'
  | 'binding'
  | 'field'
  | 'key';

export interface Outline {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly detail: string;
  readonly start: number;
  readonly end: number;
  /** The name itself. */
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly children: readonly Outline[];
}

export function outline(file: SyntaxFile): readonly Outline[] {
  return file.chunks.flatMap(({ chunk, offset }) => {
    const { declaration } = chunk;
    if (declaration === undefined) return [];
    const made = ofDeclaration(declaration, chunk);
    return made === undefined ? [] : [shift(made, offset)];
  });
}

function shift(item: Outline, by: number): Outline {
  return {
    ...item,
    start: item.start + by,
    end: item.end + by,
    nameStart: item.nameStart + by,
    nameEnd: item.nameEnd + by,
    children: item.children.map((child) => shift(child, by)),
  };
}

function item(
  kind: SymbolKind,
  name: string,
  span: Span,
  at: Span,
  detail = '',
  children: readonly Outline[] = [],
): Outline {
  const inside = at.start >= span.start && at.end <= span.end && at.end > at.start;
  const selection = inside ? at : span;
  return {
    name: name === '' ? '…' : name,
    kind,
    detail,
    start: span.start,
    end: span.end,
    nameStart: selection.start,
    nameEnd: selection.end,
    children,
  };
}

function ofDeclaration(d: Declaration, chunk: Chunk): Outline | undefined {
  switch (d.kind) {
    case 'import':
      return undefined;
    case 'unit':
    case 'extern': {
      const kind = d.kind === 'unit' ? d.unit : 'block';
      return item(kind, d.name.text, d, d.name, '', [...params(d.params), ...d.body.flatMap((s) => ofLine(s, chunk))]);
    }
    case 'variant':
      return item(d.unit, d.name.text, d, d.name, `= ${d.of.text}`);
    case 'data':
      return item('data', d.name.text, d, d.name, '', [
        ...params(d.params),
        ...d.body.flatMap((s) => ofLine(s, chunk)),
      ]);
    case 'run': {
      const model = d.model.map((n) => n.text).join('.');
      const detail = d.on === undefined ? '' : `on ${d.on.name.text}`;
      const name = d.as === undefined ? `${d.run} ${model}` : `${d.run} ${model} as ${d.as.text}`;
      return item(
        'run',
        name,
        d,
        d.keyword,
        detail,
        d.body.flatMap((s) => ofLine(s, chunk)),
      );
    }
    case 'export':
      return item('export', `export ${d.model.map((n) => n.text).join('.')}`, d, d.keyword);
  }
}

function params(list: readonly Param[]): readonly Outline[] {
  return list.map((param) => item('parameter', param.name.text, param, param.name));
}

function ofLine(line: Statement | DataItem | Entry | Bind, chunk: Chunk): readonly Outline[] {
  const typed = (span: Span | undefined) => (span === undefined ? '' : chunk.text.slice(span.start, span.end));
  switch (line.kind) {
    case 'input':
      return [item('input', line.name.text, line, line.name, typed(line.type))];
    case 'output':
      return [
        item(
          'output',
          line.name?.text ?? 'output',
          line,
          line.name ?? line,
          typed(line.type),
          layersOf(line.value, chunk),
        ),
      ];
    case 'layer':
      return [item('layer', line.name.text, line, line.name, '', layersOf(line.value, chunk))];
    case 'field':
      return [item('field', line.name.text, line, line.name, typed(line.type))];
    case 'bind':
      return line.parts.map((part, index) => {
        // What several names share stands below the first.
        const layers = index === 0 ? layersOf(line.value, chunk) : [];
        return item('binding', part.name.text, line, part.name, typed(part.type), layers);
      });
    case 'entry':
      return [item('key', line.key.text, line, line.key, typed(line.value))];
    case 'require':
      return [];
  }
}

/** Layers and blocks of a line in the order of the text; those in the braces of another below it. */
function layersOf(value: Expr | undefined, chunk: Chunk): readonly Outline[] {
  if (value === undefined) return [];
  const found = expressionsUnder(value)
    .flatMap((expr) => {
      const callee = expr.kind === 'call' ? expr.callee : expr;
      const named =
        callee.kind === 'name' && (startsUpper(callee.text) || (expr.kind === 'call' && expr.body !== undefined));
      return named ? [{ expr, callee }] : [];
    })
    // A call and its own callee are one.
    .filter(
      ({ expr, callee }, _, all) => expr !== callee || all.every((one) => one.expr === expr || one.callee !== expr),
    )
    .sort((a, b) => a.expr.start - b.expr.start);
  const make = (from: number, until: number): readonly Outline[] => {
    const made: Outline[] = [];
    for (let at = from; at < until; ) {
      const one = found[at];
      if (one === undefined) break;
      let next = at + 1;
      while (next < until && (found[next]?.expr.end ?? Number.POSITIVE_INFINITY) <= one.expr.end) next++;
      const detail = chunk.text.slice(one.callee.end, one.expr.end).split(/[\n{]/)[0]?.trim() ?? '';
      made.push(
        item(
          'layer',
          chunk.text.slice(one.callee.start, one.callee.end),
          one.expr,
          one.callee,
          detail,
          make(at + 1, next),
        ),
      );
      at = next;
    }
    return made;
  };
  return make(0, found.length);
}
