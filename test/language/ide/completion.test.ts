/** What is offered where: the places of the design's table, and what comes first. */
import { expect, test } from 'vitest';
import { completion, pathAt, pathCompletion, tellIn } from '../../../language/index.ts';
import { parseFile } from '../../../language/syntax/parse.ts';
import { marked } from './marked.ts';

const other = `
block Other {
  input x: [..., n]
  output x -> Dense(3)
}

data Mnist {
  source: idx(images: "a", labels: "b")
  label: int32 = labels
}
`;

function model(...lines: readonly string[]): string {
  return `model Digits(classes: int = 10) {
  input image: float32[28, 28, 1]
  input words: int32[T]
${lines.map((line) => `  ${line}\n`).join('')}}
${other}`;
}

function labels(source: string): readonly string[] {
  const { file, offset } = marked(source);
  return (completion(file, offset)?.items ?? []).map((item) => item.label);
}

/** The first ones, in order, with what must be among them. */
const first = (source: string, count = 8) => labels(source).slice(0, count);

test('after `->`, what fits comes first', () => {
  expect(first(model('x = image -> ▮', 'output image'), 12)).toEqual(
    expect.arrayContaining(['Other', 'Conv2D', 'MaxPool2D']),
  );
  expect(labels(model('x = image -> ▮', 'output image')).indexOf('Conv2D')).toBeLessThan(
    labels(model('x = image -> ▮', 'output image')).indexOf('Embedding'),
  );
  const flat = labels(model('a = image -> Flatten', 'x = a -> ▮', 'output a'));
  expect(flat.indexOf('Dense')).toBeLessThan(12);
  expect(flat.indexOf('Dense')).toBeLessThan(flat.indexOf('Conv2D'));
  const text = labels(model('x = words -> ▮', 'output image'));
  expect(text.slice(0, 2)).toContain('Embedding');
  const sequence = labels(model('s = words -> Embedding(10, 8)', 'x = s -> ▮', 'output s'));
  expect(sequence.slice(0, 20)).toEqual(expect.arrayContaining(['LSTM', 'Attention']));
});

test('while a layer is being typed', () => {
  const { file, offset, text } = marked(model('x = image -> Fl▮', 'output image'));
  const found = completion(file, offset)!;
  expect(text.slice(found.replace.start, found.replace.end)).toBe('Fl');
  expect(found.items.map((i) => i.label)).toContain('Flatten');
});

test('right after an arrow the space is written as well', () => {
  const { file, offset } = marked(model('x = image ->▮', 'output image'));
  expect(completion(file, offset)!.items.find((i) => i.label === 'Flatten')?.insert).toBe(' Flatten');
});

test('in brackets: words of the next setting, then settings, then values', () => {
  const open = labels(model('x = image -> Conv2D(32, ▮', 'output image'));
  expect(open.slice(0, 4)).toEqual(['kernel:', 'activation:', 'stride:', 'padding:']);
  expect(open).toContain('classes');
  const activation = first(model('x = image -> Conv2D(32, 3, ▮)', 'output image'));
  expect(activation.slice(0, 3)).toEqual(['relu', 'gelu', 'sigmoid']);
  expect(first(model('x = image -> Conv2D(32, activation: ▮)', 'output image')).slice(0, 2)).toEqual(['relu', 'gelu']);
  expect(labels(model('x = image -> Conv2D(32, pad▮)', 'output image'))).toContain('padding:');
  expect(first(model('x = image -> Conv2D(32, padding: ▮)', 'output image'), 2)).toEqual(['valid', 'same']);
});

test('a setting that is given is not offered again', () => {
  const found = labels(model('x = image -> Conv2D(32, padding: same, ▮)', 'output image'));
  expect(found).not.toContain('padding:');
  expect(found).not.toContain('filters:');
});

test('in braces: layers', () => {
  const found = first(model('x = image -> residual { ▮', 'output image'), 30);
  expect(found).toEqual(expect.arrayContaining(['Conv2D', 'BatchNorm']));
});

test('operands: names in scope first, then functions', () => {
  const found = labels(model('a = image * 2', 'x = a + ▮', 'output image'));
  expect(found[0]).toBe('a');
  expect(found.indexOf('image')).toBeLessThan(found.indexOf('concat'));
  expect(found).toContain('exp');
  expect(found).not.toContain('Conv2D');
});

test('lines, keys, types, declarations', () => {
  expect(first(model('▮', 'output image'), 4)).toEqual(['input', 'output', 'layer', 'require']);
  expect(labels(`train Digits on Mnist {\n  lo▮\n}\n${other}`)[0]).toBe('loss');
  expect(labels(`train Digits on Mnist {\n  loss: mse(a, b)\n  ▮\n}\n${other}`)).not.toContain('loss');
  expect(labels(`block B {\n  input x: ▮\n  output x\n}\n`)).toEqual(['float32', 'int32', 'uint8', 'bool', 'string']);
  expect(labels(`${other}\n▮`).slice(0, 4)).toEqual(['model', 'block', 'data', 'train']);
  expect(labels(`block B(n: ▮) {\n  input x: [n]\n  output x\n}\n`)).toEqual([
    'int',
    'float',
    'bool',
    'string',
    'layer',
  ]);
});

test('models after `train`, data after `on`', () => {
  const rest = model('output digit = image -> Flatten -> Dense(classes, softmax)');
  expect(labels(`${rest}\ntrain ▮ {\n}\n`)[0]).toBe('Digits');
  expect(labels(`${rest}\ntrain Digits on ▮ {\n}\n`)).toEqual(['Mnist']);
});

test('in a run: losses, optimizers, outputs and fields', () => {
  const rest = model('output digit = image -> Flatten -> Dense(classes, softmax)');
  const run = (line: string) => `${rest}\ntrain Digits on Mnist {\n  ${line}\n}\n`;
  expect(first(run('loss: ▮'), 30)).toEqual(expect.arrayContaining(['crossEntropy', 'mse']));
  const args = labels(run('loss: crossEntropy(▮'));
  expect(args).toEqual(expect.arrayContaining(['digit', 'label', 'smoothing:']));
  expect(first(run('optimizer: ▮'), 4)).toContain('Adam');
  expect(first(run('optimizer: Adam(▮)'), 2)).toContain('lr:');
});

test('nothing in comments and texts', () => {
  expect(labels(model('# ▮', 'output image'))).toEqual([]);
  expect(labels('data D {\n  source: csv("▮")\n}\n')).toEqual([]);
});

test('members: weights of a layer, outputs of a model', () => {
  expect(labels(model('layer embed = Embedding(10, 4)', 'x = embed.▮', 'output image'))[0]).toBe('weight');
  const rest = model('output digit = image -> Flatten -> Dense(classes, softmax)');
  expect(labels(`${rest}\ntrain Digits on Mnist {\n  loss: mse(Digits.▮, 1)\n}\n`)).toContain('digit');
});

test('in a run: what fits the outputs of the model and the fields of its data comes as a whole call', () => {
  const rest = model('output digit = image -> Flatten -> Dense(classes, softmax)');
  const run = (line: string) => `${rest}\ntrain Digits on Mnist {\n  ${line}\n}\n`;
  expect(labels(run('loss: ▮'))[0]).toBe('crossEntropy(digit, label)');
  expect(labels(run('loss: ▮'))).not.toContain('mse(digit, label)');
  expect(labels(run('metrics: ▮'))[0]).toBe('accuracy(digit, label)');
  const watching = run('metrics: accuracy(digit, label)\n  save: best(▮)');
  expect(first(watching, 2)).toEqual(['validation.loss', 'validation.accuracy']);
  expect(
    labels(`${rest}\ntrain Digits on Mnist as base {\n}\n\ntrain Digits on Mnist as tuned {\n  start: ▮\n}\n`),
  ).toEqual(['base']);
});

const blocks = parseFile(
  '/lib/blocks.model',
  '## Twice.\nblock Pair(n: int) {\n  input x: [d]\n  output x -> Dense(n)\n}\ndata Points {\n}\n',
);

test('names of other programs: in imports, after an arrow, after `on`, with the import that they need', () => {
  const ask = (source: string) => {
    const { file, offset } = marked(source);
    return completion(file, offset, { programs: [blocks] })?.items ?? [];
  };
  expect(ask('import ▮ from "./lib/blocks.model"\n').map((item) => item.label)).toEqual(['Pair', 'Points']);
  expect(ask('import Pair, ▮ from "./lib/blocks.model"\n').map((item) => item.label)).toEqual(['Points']);
  expect(ask('import ▮\n').map((item) => item.insert)).toEqual([
    'Pair from "./lib/blocks.model"',
    'Points from "./lib/blocks.model"',
  ]);
  const pair = ask(model('x = image -> ▮', 'output image')).find((item) => item.label === 'Pair');
  expect(pair?.also).toEqual([{ start: 0, end: 0, newText: 'import Pair from "./lib/blocks.model"\n\n' }]);
  expect(ask(`${model('output image')}\ntrain Digits on ▮ {\n}\n`).map((item) => item.label)).toEqual([
    'Mnist',
    'Points',
  ]);
});

test('paths: where one is meant, and what is replaced', () => {
  const ask = (source: string) => {
    const { file, offset, text } = marked(source);
    const asked = pathAt(file, offset);
    if (asked === undefined) return undefined;
    const names = [
      { name: 'points.csv', folder: false },
      { name: 'more', folder: true },
      { name: 'b.model', folder: false },
    ];
    const found = pathCompletion(asked, names, { file: '/t.model', programs: [blocks], tell: tellIn('en') });
    return [asked.kind, text.slice(found.replace.start, found.replace.end), ...found.items.map((item) => item.label)];
  };
  expect(ask('data D {\n  source: csv("po▮i")\n}\n')).toEqual(['data', 'poi', 'points.csv', 'more/']);
  expect(ask('data D {\n  source: csv("a/b▮")\n}\n')).toEqual(['data', 'b', 'points.csv', 'more/']);
  expect(ask('data D {\n  source: csv("a", separator: "▮")\n}\n')).toBeUndefined();
  expect(ask('data D {\n  x: float32 = column("▮")\n}\n')).toBeUndefined();
  expect(ask('import A from "▮"\n')).toEqual(['program', '', './lib/blocks.model', './more/']);
  expect(ask('import A from "./▮"\n')).toEqual(['program', '', 'b.model', 'more/']);
});

/** The snippet as it stands after it was accepted. */
function plain(insert: string): string {
  return insert.replace(/\$\{\d+:([^{}]*)\}/g, '$1').replace(/\$\d/g, '');
}

test.each([
  ['after an arrow', model('x = image -> ▮', 'output image')],
  ['a layer half typed', model('x = image -> Fl▮', 'output image')],
  ['a word of a setting', model('x = image -> Conv2D(32, 3, ▮)', 'output image')],
  ['the value of a setting', model('x = image -> Conv2D(32, activation: ▮)', 'output image')],
  ['an operand', model('a = image * 2', 'x = a + ▮', 'output image')],
  ['a type', 'block B {\n  input x: ▮\n  output x\n}\n'],
  ['a type of a parameter', 'block B(n: ▮) {\n  input x: [n]\n  output x\n}\n'],
  ['a model', `${model('output image')}\ntrain ▮ on Mnist {\n}\n`],
  ['data', `${model('output image')}\ntrain Digits on ▮ {\n}\n`],
])('what is accepted first leaves no error of the syntax: %s', (_, source) => {
  const { file, offset, text } = marked(source);
  const found = completion(file, offset)!;
  const [item] = found.items;
  const { start, end } = found.replace;
  const accepted = text.slice(0, start) + plain(item!.insert) + text.slice(end);
  expect(marked(accepted).file.problems.filter((problem) => problem.code.startsWith('syntax/'))).toEqual([]);
});
