/**
 * Input that nobody means: any bytes, half a file, enormous and endlessly nested ones. Nothing throws; what is found stays
 * within the text; work and problems are bounded by counts.
 */
import { expect, test } from 'vitest';
import {
  type Catalog,
  type CheckedFile,
  catalog,
  completion,
  createAnalyser,
  diagnostics,
  type CatalogEntry as Entry,
  format,
  hover,
  inlayHints,
  outline,
  render,
  semanticTokens,
} from '../../language/index.ts';
import { filesOf } from './check/check.ts';
import { examplePrograms } from './syntax/examples.ts';
import { random } from './syntax/mutate.ts';

/** Checks a text with a fresh analyser; no rule and no check may throw, and nothing may point outside. */
function analyse(text: string, sources: Readonly<Record<string, string>> = {}): CheckedFile {
  const analyser = createAnalyser(filesOf({ sources }));
  const file = analyser.analyse('t.model', text);
  expect(analyser.crashes).toEqual([]);
  for (const problem of file.problems) {
    if (problem.start < 0 || problem.end > text.length || problem.start > problem.end) {
      expect.fail(`${problem.code} stands at ${problem.start}..${problem.end} of ${text.length}`);
    }
  }
  return file;
}

/** The codes of the errors, each once. */
function codes(file: CheckedFile): readonly string[] {
  return [...new Set(file.problems.filter(({ severity }) => severity === 'error').map(({ code }) => code))];
}

/** What an editor asks for at once when it opens a file. */
function features(file: CheckedFile, text: string): void {
  diagnostics(file, undefined);
  semanticTokens(file);
  outline(file.syntax);
  inlayHints(file, 0, Math.min(text.length, 2000));
  const middle = Math.floor(text.length / 2);
  completion(file, middle);
  hover(file, middle, { syntax: () => file.syntax, checked: () => file });
}

const DEEP = 10_000;

test.each([
  [
    'round brackets',
    `model M {\n  input x: float32[3]\n  y = ${'('.repeat(DEEP)}x${')'.repeat(DEEP)}\n  output y\n}\n`,
  ],
  ['round brackets left open', `model M {\n  input x: float32[3]\n  y = ${'('.repeat(DEEP)}x\n  output y\n}\n`],
  ['square brackets', `model M {\n  y = ${'['.repeat(DEEP)}1${']'.repeat(DEEP)}\n}\n`],
  [
    'bodies',
    `model M {\n  input x: float32[3]\n  output x -> ${'residual { '.repeat(DEEP)}relu${' }'.repeat(DEEP)}\n}\n`,
  ],
  ['calls', `model M {\n  input x: float32[3]\n  output ${'exp('.repeat(DEEP)}x${')'.repeat(DEEP)}\n}\n`],
  ['minus signs', `model M {\n  input x: float32[3]\n  output ${'-'.repeat(DEEP)}x\n}\n`],
  ['powers', `model M {\n  input x: float32[3]\n  output ${'2 ** '.repeat(DEEP)}x\n}\n`],
  ['not', `model M {\n  input x: bool[3]\n  output ${'not '.repeat(DEEP)}x\n}\n`],
  ['choices', `model M {\n  input x: float32[3]\n  output ${'if true { x } else '.repeat(DEEP)}x\n}\n`],
  ['members', `model M {\n  input x: float32[3]\n  output x${'.a'.repeat(DEEP)}\n}\n`],
  ['indices', `model M {\n  input x: float32[3]\n  output x${'[0]'.repeat(DEEP)}\n}\n`],
  ['braces alone', '{'.repeat(DEEP)],
  ['closing brackets alone', ')]}'.repeat(DEEP)],
])('nested %s, 10,000 deep', (_, text) => {
  const file = analyse(text);
  expect(file.problems.length).toBeGreaterThan(0);
  expect(file.problems.length).toBeLessThan(50);
  features(file, text);
  expect(format(text).replace(/\s+/gu, '')).toBe(text.replace(/\s+/gu, ''));
});

test('a sum of 10,000 parts is refused once; a flow of 10,000 is only long', () => {
  const sum = `model M {\n  input x: float32[3]\n  output ${'x + '.repeat(DEEP)}x\n}\n`;
  const flow = `model M {\n  input x: float32[3]\n  output x${' -> relu'.repeat(DEEP)}\n}\n`;
  for (const text of [sum, flow]) features(analyse(text), text);
  expect(codes(analyse(sum))).toEqual(['syntax/too-deep']);
  expect(codes(analyse(flow))).toEqual([]);
});

test('10,000 layers in one flow are counted', () => {
  const text = `model M {\n  input x: float32[8]\n  output y = x${'\n    -> Dense(8)'.repeat(DEEP)}\n}\n`;
  const file = analyse(text);
  expect(codes(file)).toEqual([]);
  const unit = file.declarations.find(({ facts }) => facts.unit)?.facts.unit;
  expect(unit && JSON.stringify(unit.parameters.size)).toContain(String(72 * DEEP));
  features(file, text);
});

/** How often the catalogue and the rules of its entries are asked while a text is checked. */
function questions(text: string): number {
  let asked = 0;
  const counted = (entry: Entry | undefined): Entry | undefined =>
    entry?.kind === 'operation'
      ? {
          ...entry,
          result: (...given) => {
            asked += 1;
            return entry.result(...given);
          },
        }
      : entry;
  const counting: Catalog = {
    ...catalog,
    find: (place, name) => {
      asked += 1;
      return counted(catalog.find(place, name));
    },
  };
  createAnalyser(filesOf({}), counting).analyse('t.model', text);
  return asked;
}

const longFlow = (layers: number) =>
  `model M {\n  input x: float32[8]\n  output y = x${'\n    -> Dense(8)'.repeat(layers)}\n}\n`;
const manyLines = (lines: number) => {
  const line = (_: unknown, i: number) => `  y${i} = ${i === 0 ? 'x' : `y${i - 1}`} -> Dense(8)\n`;
  return `model M {\n  input x: float32[8]\n${Array.from({ length: lines }, line).join('')}  output y${lines - 1}\n}\n`;
};

test.each([
  ['layers in one flow', longFlow],
  ['lines of one model', manyLines],
])('twice as many %s are twice the work', (_, program) => {
  const [half, whole] = [questions(program(DEEP / 2)), questions(program(DEEP))];
  expect(half).toBeGreaterThan(DEEP / 2);
  expect(whole / half).toBeLessThan(2.6);
});

test('what is wrong ten thousand times is told a hundred times', () => {
  const text = manyLines(DEEP).replace(/Dense\(8\)/gu, 'Dense(8, softmux)');
  expect(analyse(text).problems).toHaveLength(100);
  const file = analyse(longFlow(DEEP));
  expect(file.problems.map(({ code }) => code)).toEqual(Array(100).fill('shape/linear-stack'));
});

test('repeats of repeats are refused once instead of being written out', () => {
  const text = `model M {\n  input x: float32[8]\n  output y = x -> repeat(10_000) { i => repeat(10_000) { j => Dense(8) } }\n}\n`;
  expect(codes(analyse(text))).toEqual(['shape/too-large']);
});

test('blocks that contain themselves, alone, in a circle, and over a file', () => {
  const circle = Array.from(
    { length: 300 },
    (_, i) => `block B${i} {\n  input x: [N]\n  output x -> B${(i + 1) % 300}\n}\n`,
  ).join('');
  const file = analyse(`${circle}model M {\n  input x: float32[3]\n  output x -> B0\n}\n`);
  expect(codes(file)).toEqual(['name/recursion']);
  // Over the default of a parameter, twice each: 2^n walks, if it were entered.
  const defaults = `block A {
  input x: [N]
  output x -> B -> B
}
block B(made: layer = A -> A) {
  input x: [N]
  output x -> made -> A
}
model M {
  input x: float32[3]
  output x -> A
}
`;
  expect(codes(analyse(defaults))).toEqual(['name/recursion']);
  const chain = Array.from(
    { length: 300 },
    (_, i) => `block B${i} {\n  input x: [N]\n  output x -> ${i === 299 ? 'relu' : `B${i + 1}`}\n}\n`,
  ).join('');
  expect(codes(analyse(`${chain}model M {\n  input x: float32[3]\n  output x -> B0\n}\n`))).toEqual(['name/nesting']);
});

test('imports in a circle, of itself, chained, and of what is not there', () => {
  const sources = {
    't.model': '',
    'a.model': 'import C from "./b.model"\nblock A {\n  input x: [N]\n  output x -> C\n}\n',
    'b.model': 'import A from "./a.model"\nblock C {\n  input x: [N]\n  output x -> relu\n}\n',
    'chain0.model': 'block Z {\n  input x: [N]\n  output x -> relu\n}\n',
    ...Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [`chain${i + 1}.model`, `import Z from "./chain${i}.model"\n`]),
    ),
  };
  const own = analyse('import M from "./t.model"\nmodel M {\n  input x: float32[3]\n  output x -> relu\n}\n', sources);
  expect(codes(own)).toContain('name/import-cycle');
  const through = analyse('import A from "./a.model"\nmodel M {\n  input x: float32[3]\n  output x -> A\n}\n', sources);
  expect(codes(through)).toEqual([]);
  const chained = analyse(
    'import Z from "./chain200.model"\nmodel M {\n  input x: float32[3]\n  output x -> Z\n}\n',
    sources,
  );
  expect(codes(chained)).toEqual([]);
  expect(codes(analyse('import Nothing from "./nowhere.model"\n', sources))).toEqual(['name/import-file']);
});

test('any bytes, as a decoder hands them on', () => {
  const next = random(11);
  for (let round = 0; round < 300; round++) {
    const bytes = Uint8Array.from({ length: Math.floor(next() * 600) }, () => Math.floor(next() * 256));
    const text = round % 2 === 0 ? new TextDecoder().decode(bytes) : String.fromCharCode(...bytes);
    const file = analyse(text);
    features(file, text);
    for (const problem of file.problems) expect(render(problem.message)).not.toMatch(/undefined|\[object/u);
  }
});

test('half a file, cut anywhere', () => {
  for (const [, text] of examplePrograms()) {
    for (let at = 0; at < text.length; at += 37) {
      const half = text.slice(0, at);
      features(analyse(half), half);
    }
  }
});

test('mixed line ends, a byte order mark and no last line end', () => {
  const lines = ['model M {', '  input x: float32[3]', '  output y = x', '    -> Dense(2)', '}'];
  for (const end of ['\n', '\r\n', '\r']) {
    expect(codes(analyse(lines.join(end)))).toEqual([]);
  }
  expect(codes(analyse(`\uFEFF${lines.join('\r\n')}`))).toEqual([]);
  expect(codes(analyse(lines.map((line, i) => line + ['\n', '\r\n', '\r'][i % 3]).join('')))).toEqual([]);
});

test('names in Chinese and other letters', () => {
  const text = `block 残差块(通道: int = 8) {
  input 输入: [高, 宽, 通道]
  输出值 = 输入 -> Conv2D(通道, 3, relu, padding: same)
  output 输出值 + 输入
}
model 网络 {
  input 图像: float32[28, 28, 8]
  output 类别 = 图像 -> 残差块 -> Flatten -> Dense(10, softmax)
  output ñandú = 图像 -> GlobalAvgPool2D -> Dense(2)
}
`;
  const file = analyse(text);
  expect(codes(file)).toEqual([]);
  features(file, text);
});

test('numbers without end', () => {
  const text = `model M(n: int = 9007199254740991) {
  input x: float32[n, n]
  a = 9${'9'.repeat(400)}
  b = 1e400
  c = n ** n ** n
  d = n * n * n * n // 3 % 7
  output y = x -> Flatten -> Dense(4)
  output z = x -> reshape([n * 2, n // 2])
  output w = x -> Dense(a)
  output v = x -> Dense(b + c + d)
}
`;
  const file = analyse(text);
  expect(codes(file).every((code) => code.startsWith('shape/'))).toBe(true);
  features(file, text);
});

test('a file of 20 MB is not analysed, and that is said once', () => {
  const text = `model M {\n  input x: float32[3]\n  output x\n}\n${'# data 1 2 3 4 5 6 7 8 9\n'.repeat(800_000)}`;
  const file = analyse(text);
  expect(file.problems.map(({ code, start, end }) => [code, start, end])).toEqual([['syntax/too-large', 0, 9]]);
  features(file, text);
  expect(format(text)).toBe(text);
  const before = `model M {\n  input x: float32[3]\n  output x -> relu\n}\n`;
  expect(codes(analyse(before))).toEqual([]);
});

test('many small declarations, and many problems', () => {
  const text = Array.from(
    { length: 3000 },
    (_, i) => `block B${i} {\n  input x: [N]\n  output x -> Nothing${i}\n}\n`,
  ).join('');
  const file = analyse(text);
  expect(file.problems.filter(({ severity }) => severity === 'error').length).toBe(3000);
});
