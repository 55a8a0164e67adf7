/** The tree: chunks and their reuse, precedence, limits. */
import { expect, test } from 'vitest';
import type { Expr } from '../../../language/index.ts';
import { parseFile } from '../../../language/index.ts';
import { examplePrograms } from './examples.ts';
import { declared, showProblems } from './show.ts';

/** Brackets around every operation, to see what binds to what. */
function grouping(e: Expr): string {
  switch (e.kind) {
    case 'binary':
      return `(${grouping(e.left)} ${e.operator} ${grouping(e.right)})`;
    case 'unary':
      return `(${e.operator} ${grouping(e.value)})`;
    case 'flow':
      return `[${[grouping(e.first), ...e.stages.map((s) => (s.kind === 'stage' ? grouping(s.layer) : ':'))].join(' > ')}]`;
    case 'call':
      return `${grouping(e.callee)}(${(e.args?.items ?? []).map((a) => (a.name ? `${a.name.text}: ` : '') + grouping(a.value)).join(', ')})${e.body ? `{${grouping(e.body.value)}}` : ''}`;
    case 'name':
      return e.text;
    case 'number':
      return `${e.value}`;
    case 'member':
      return `${grouping(e.object)}.${e.name.text}`;
    case 'paren':
      return grouping(e.value);
    case 'tuple':
      return `<${e.items.map((a) => grouping(a.value)).join(', ')}>`;
    case 'index':
      return `${grouping(e.object)}[${e.items.map((i) => i.kind).join(',')}]`;
    default:
      return e.kind;
  }
}

function expression(text: string): string {
  const file = parseFile('t.model', `block B {\n  x = ${text}\n}\n`);
  expect(showProblems(file.text)).toEqual([]);
  const unit = file.chunks[0]!.chunk.declaration!;
  const line = unit.kind === 'unit' ? unit.body[0] : undefined;
  return line?.kind === 'bind' ? grouping(line.value) : '?';
}

test.each([
  ['a + b * c', '(a + (b * c))'],
  ['a - b - c', '((a - b) - c)'],
  ['-a ** 2', '(- (a ** 2))'],
  ['2 ** 3 ** 2', '(2 ** (3 ** 2))'],
  ['a ** -2', '(a ** (- 2))'],
  ['a == b and not c < d', '((a == b) and (not (c < d)))'],
  ['not -a < 3 or b', '((not ((- a) < 3)) or b)'],
  ['not not a', '(not (not a))'],
  ['0..a + 1', '(0 .. (a + 1))'],
  ['-1..1', '((- 1) .. 1)'],
  ['a + b -> F(3) -> g', '[(a + b) > F(3) > g]'],
  ['(a -> F) + b', '([a > F] + b)'],
  ['(a, b) -> F', '[<a, b> > F]'],
  ['a -> F: [3] -> G', '[a > F > : > G]'],
  ['a -> repeat(3) { i => G(i) -> H }', '[a > repeat(3){[G(i) > H]}]'],
  ['h @ transpose(embed.weight)', '(h @ transpose(embed.weight))'],
  ['x[0, .., ..., 1..] + 10%', '(x[at,slice,rest,slice] + 0.1)'],
  ['a % b', '(a % b)'],
  ['1 + concat(a, axis: 0)', '(1 + concat(a, axis: 0))'],
  ['a\n    -> F\n    + b', '?'],
])('%s', (text, shown) => {
  if (shown === '?') expect(showProblems(`block B {\n  x = ${text}\n}\n`).join()).toContain('syntax/flow-operand');
  else expect(expression(text)).toBe(shown);
});

test.each(examplePrograms())('%s parses without a problem', (_, text) => {
  expect(showProblems(text)).toEqual([]);
  expect(
    parseFile('t.model', text)
      .chunks.map((c) => c.chunk.text)
      .join(''),
  ).toBe(text);
});

test('an edit leaves every other chunk as it is, wherever it moves', () => {
  const text = examplePrograms()
    .map(([, t]) => t)
    .join('\n');
  const before = parseFile('t.model', text);
  const at = text.indexOf('Dense(128') + 6;
  const after = parseFile('t.model', `${text.slice(0, at)}9\n${text.slice(at)}`, before);
  const kept = after.chunks.filter(({ chunk }) => before.chunks.some((b) => b.chunk === chunk));
  expect(after.chunks.length).toBe(before.chunks.length);
  expect(kept.length).toBe(before.chunks.length - 1);
});

test('equal chunks are different objects, and stay so', () => {
  const block = 'block A {\n  input x: [n]\n  output x\n}\n';
  const first = parseFile('t.model', block + block);
  const second = parseFile('t.model', block + block + block, first);
  expect(new Set(second.chunks.map((c) => c.chunk)).size).toBe(3);
  expect(second.chunks[0]!.chunk).toBe(first.chunks[0]!.chunk);
});

test('documentation is the comment directly above', () => {
  const text = '## First\n##   second\nmodel A {\n}\n\n## lost\n\n# plain\nmodel B {\n}\n';
  expect(parseFile('t.model', text).chunks.map((c) => c.chunk.declaration?.doc)).toEqual([
    'First\n  second',
    undefined,
  ]);
});

test('keywords are names after `.` and before `:`', () => {
  expect(showProblems('export M {\n  to: "x"\n  format: tfjs\n}\n')).toEqual([]);
  expect(expression('Pretrained("m", output: a.layer)')).toBe('Pretrained(string, output: a.layer)');
});

test('every form of declaration', () => {
  const text = `import A, B from "./a.model"
model S = Mixer(width: 512)
extern block Swish(beta: float = 1.0) from "./s.js" { input x: [...]
  output y: [...] }
block P(inner: layer, sizes: [int] = [1, 2], padding = same) {
  input x: [..., 2 * N]
  (_, skip: [3]) = x -> inner
  layer f = Dense(3)
  require N % 2 == 0, "even"
  output y = if N > 3 { skip } else { x } while training
}
evaluate S on D("t10k") as last { expect: accuracy(a, b) > 95% }
tune S(n: choice(1, 2)) on D { search: random }
`;
  expect(showProblems(text)).toEqual([]);
  expect(declared(parseFile('t.model', text))).toEqual(['import', 'variant S', 'extern Swish', 'unit P', 'run', 'run']);
});

const n = 20_000;
test.each([
  ['parentheses', `x = ${'('.repeat(n)}1${')'.repeat(n)}`],
  ['open parentheses', `x = ${'('.repeat(n)}`],
  ['lists', `x = ${'['.repeat(n)}${']'.repeat(n)}`],
  ['minus', `x = ${'-'.repeat(n)}1`],
  ['not', `x = ${'not '.repeat(n)}a`],
  ['sums', `x = 1${' + 1'.repeat(n)}`],
  ['powers', `x = 1${' ** 1'.repeat(n)}`],
  ['calls', `x = f${'(1)'.repeat(n)}`],
  ['nested calls', `x = ${'f('.repeat(n)}`],
  ['members', `x = a${'.b'.repeat(n)}`],
  ['bodies', `x = ${'a { '.repeat(n)}`],
  ['branches', `x = ${'if a { '.repeat(n)}`],
  ['else branches', `x = ${'if a { b } else '.repeat(n)}c`],
  ['indices', `x = a${'[0]'.repeat(n)}`],
  ['types', `input x: ${'['.repeat(n)}`],
  ['ascriptions', `x = a${': [3]'.repeat(n)}`],
])('%s nested without end neither crash nor take long', (_, line) => {
  const file = parseFile('t.model', `block B {\n  ${line}\n}\nblock C {\n  output 1\n}\n`);
  expect(file.chunks.length).toBe(2);
  expect(height(file.chunks[0]!.chunk.declaration)).toBeLessThan(2_500);
});

test('a flow of twenty thousand stages is flat', () => {
  const file = parseFile('t.model', `block B {\n  x = a${' -> F(1)'.repeat(n)}\n}\n`);
  expect(file.chunks[0]!.chunk.problems).toEqual([]);
  expect(height(file.chunks[0]!.chunk.declaration)).toBeLessThan(20);
});

/** Height of a tree of plain objects, measured without recursion. */
function height(root: unknown): number {
  let level: unknown[] = [root];
  let count = 0;
  while (level.length > 0) {
    count++;
    level = level.flatMap((node) =>
      typeof node === 'object' && node !== null
        ? Object.values(node).filter((v) => typeof v === 'object' && v !== null)
        : [],
    );
  }
  return count;
}
