/** The outline: declarations with their inputs, outputs, layers, bindings, fields and keys. */
import type { Bind, Chunk, DataItem, Declaration, Entry, Param, Span, Statement, SyntaxFile } from '../syntax/tree.ts';

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
      return [item('output', line.name?.text ?? 'output', line, line.name ?? line, typed(line.type))];
    case 'layer':
      return [item('layer', line.name.text, line, line.name)];
    case 'field':
      return [item('field', line.name.text, line, line.name, typed(line.type))];
    case 'bind':
      return line.parts.map((part) => item('binding', part.name.text, line, part.name, typed(part.type)));
    case 'entry':
      return [item('key', line.key.text, line, line.key, typed(line.value))];
    case 'require':
      return [];
  }
}
