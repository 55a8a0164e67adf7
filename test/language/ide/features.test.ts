/** Hover, hints, fixes, lenses, definitions, tokens: on marked texts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  completion,
  definition,
  diagnostics,
  type Files,
  fixAll,
  folds,
  formatting,
  hintTooltip,
  hover,
  inlayHints,
  lenses,
  links,
  type Outline,
  organiseImports,
  outline,
  quickFixes,
  references,
  rename,
  semanticTokens,
  signatureHelp,
  typeDefinition,
} from '../../../language/index.ts';
import { applyEdits } from '../syntax/edits.ts';
import { examplePrograms } from '../syntax/examples.ts';
import { marked, noFiles } from './marked.ts';

const convs = `model M(classes: int = 10) {
  input image: float32[28, 28, 1]
  x = image
    -> Conv2D(32, 3, relu)
    -> BatchNorm
    -> MaxPool2D(2)
    -> Flatten
  output y = x -> Dense(classes, softmax)
}
`;

/** The text as the reader sees it. */
function withHints(source: string): string {
  const { file, text } = marked(source);
  return applyEdits(
    text,
    inlayHints(file, 0, text.length).map((h) => ({ start: h.offset, end: h.offset, newText: `«${h.text}»` })),
  );
}

test('hints stand where the shape changes, and are legal text', () => {
  expect(withHints(convs)).toBe(`model M(classes: int = 10) {
  input image: float32[28, 28, 1]
  x = image
    -> Conv2D(32, 3, relu)«: [26, 26, 32]»
    -> BatchNorm
    -> MaxPool2D(2)«: [13, 13, 32]»
    -> Flatten«: [5408]»
  output y = x -> Dense(classes, softmax)«: [10]»
}
`);
  const written = withHints(convs).replace(/[«»]/g, '');
  expect(marked(written).file.problems).toEqual([]);
  expect(withHints(written)).toBe(written);
});

test('a written type is not repeated', () => {
  const source = 'block B {\n  input x: [4, 4]\n  y: [16] = x -> Flatten\n  output z: [3] = y -> Dense(3)\n}\n';
  expect(withHints(source)).toBe(source);
});

test('hints of symbolic sizes', () => {
  const source = 'block B(k: int) {\n  input x: [H, W, C]\n  output x -> Conv2D(k, 3)\n}\n';
  expect(withHints(source)).toContain('«: [H - 2, W - 2, k]»');
});

test('behind an error shapes are said not to be known, in the line at fault nothing is', () => {
  const wrong = convs.replace('-> MaxPool2D(2)', '-> LSTM(4)\n    -> relu');
  expect(withHints(wrong)).toBe(`model M(classes: int = 10) {
  input image: float32[28, 28, 1]
  x = image
    -> Conv2D(32, 3, relu)«: [26, 26, 32]»
    -> BatchNorm
    -> LSTM(4)
    -> relu«: ?»
    -> Flatten«: ?»
  output y = x -> Dense(classes, softmax)«: ?»
}
`);
  const { file, text } = marked(wrong);
  const unknown = inlayHints(file, 0, text.length).filter((hint) => hint.kind === 'unknown');
  expect(unknown.every((hint) => hint.inserts.length === 0)).toBe(true);
  expect(hintTooltip(unknown[0]!)).toBe('The shape is not known here, because of an error before it.');
});

test('a broken block is not known where it is used, and an error elsewhere makes nothing unknown', () => {
  const block = 'block B {\n  input x: [4]\n  output x -> Dense(2) -> Nothing(3)\n}\n';
  const user = 'block C {\n  input x: [4]\n  y = x -> B\n  output y -> Dense(3)\n  output z = x -> Dense(5)\n}\n';
  expect(withHints(`${block}\n${user}`)).toBe(
    `${block}\n${user.replace('-> B', '-> B«: ?»').replace('Dense(3)', 'Dense(3)«: ?»').replace('Dense(5)', 'Dense(5)«: [5]»')}`,
  );
  const data = 'data D {\n  source: csv("there.csv")\n  x = a -> Normalize\n}\n';
  expect(withHints(data)).toBe(data);
  expect(withHints(`${data}\n${block}`)).toBe(`${data}\n${block}`);
});

function hovered(source: string): string {
  const { file, offset, known } = marked(source);
  return hover(file, offset, known)?.markdown ?? '';
}

test('hover of a layer: signature, what it does, the shape here, the sums, the weights', () => {
  expect(hovered(convs.replace('Conv2D', 'Con▮v2D'))).toMatchInlineSnapshot(`
    "\`\`\`model
    Conv2D(filters, kernel = 3, activation = none; stride: 1, padding: valid, dilation: 1, groups: 1, bias: true, init: glorotUniform, biasInit: zeros, …)
    \`\`\`

    Slides \`filters\` learned windows over the image; each gives one channel of the result.

    Here: \`float32[28, 28, 1]\` → \`float32[26, 26, 32]\`

    - 26 = 28 − 3 + 1 (window 3, padding: valid)
    - 32 = \`filters\` of \`Conv2D\`

    Values from 0 upwards.

    320 parameters (3×3×1×32 + 32, 1.3 KiB): kernel \`[3, 3, 1, 32]\`, bias \`[32]\`

    194,688 multiply-adds per example"
  `);
});

test('hover of a name, a setting, a word, a key, an operator', () => {
  expect(hovered(convs.replace('x = image', '▮x = image'))).toContain('float32[5408]');
  expect(hovered(convs.replace('relu)', 're▮lu)'))).toContain('relu');
  expect(hovered(convs.replace('Conv2D(32, 3, relu)', 'Conv2D(32, 3, pad▮ding: same)'))).toContain('Default: `valid`');
  expect(hovered('train M on D {\n  epo▮chs: 3\n}\n')).toContain('How often all training rows');
  expect(hovered('block B {\n  input x: [4, 4]\n  output x ▮+ x\n}\n')).toContain('[4, 4]');
  expect(
    hovered(
      '## Says what it is.\nblock B(n: int) {\n  input x: [4]\n  output x -> Dense(n)\n}\nblock C {\n  input x: [4]\n  output x -> ▮B(3)\n}\n',
    ),
  ).toContain('Says what it is.');
});

test('what a layer is, in the reader’s language: hover, suggestions and signature', () => {
  const text = /让 `filters` 个学到的窗口在图像上滑动/u;
  const { file, offset, known } = marked(convs.replace('Conv2D', 'Con▮v2D'));
  expect(hover(file, offset, known, 'zh')?.markdown).toMatch(text);
  const at = marked(convs.replace('Conv2D(32, 3, relu)', '▮'));
  const found = completion(at.file, at.offset, { locale: 'zh' })?.items.find((one) => one.label === 'Conv2D');
  expect(found?.doc).toMatch(text);
  expect(completion(at.file, at.offset)?.items.find((one) => one.label === 'Conv2D')?.doc).toMatch(/^Slides/u);
  const inside = marked(convs.replace('Conv2D(32, 3, relu)', 'Conv2D(▮'));
  const help = signatureHelp(inside.file, inside.offset, 'zh');
  expect(help?.doc).toMatch(text);
  expect(help?.params[1]?.doc).toBe('窗口的高和宽。');
  const named = marked('block B {\n  input x: [8, 8, 3]\n  output x -> Conv2D(4, ker▮nel: 3)\n}\n');
  expect(hover(named.file, named.offset, named.known, 'zh')?.markdown).toContain('窗口的高和宽。');
});

test('lenses: parameters, uses, run', () => {
  const source = `${convs}block B {\n  input x: [n]\n  output x\n}\nblock C {\n  input x: [n]\n  output x -> B -> B\n}\n`;
  const { file } = marked(source);
  expect(
    lenses(file, [file]).map((l) =>
      l.kind === 'run' ? l.declaration : l.kind === 'cost' ? `cost of ${l.unit}` : l.text,
    ),
  ).toEqual([
    'Graph',
    '54,538 parameters (54,474 trainable)',
    'cost of M',
    '0 parameters',
    '2 uses',
    '0 parameters',
    '0 uses',
  ]);
});

test('over a model stands the train that trains it, where there is one only', () => {
  const train = (as: string) => `train M on D${as} {\n  loss: mse(y, z)\n}\n`;
  const over = (source: string) => {
    const { file } = marked(source);
    return lenses(file, [file]).flatMap((l) => (l.kind === 'run' && l.start === 0 ? [l.declaration] : []));
  };
  expect(over(`${convs}${train(' as first')}`)).toEqual(['first']);
  expect(over(`${convs}${train('')}tune M(n: choice(1, 2)) on D {\n  epochs: 1\n}\n`)).toEqual(['M']);
  expect(over(`${convs}${train(' as first')}${train(' as second')}`)).toEqual([]);
  expect(over(`${convs}${train('').replace('M', 'N')}`)).toEqual([]);
});

test('definition, references and rename', () => {
  const source = convs.replace('x -> Dense', '▮x -> Dense');
  const { file, offset, known, text } = marked(source);
  expect(definition(file, offset, known)?.target.start).toBe(text.indexOf('x = image'));
  expect(references(file, offset, [file], known).length).toBe(2);
  const renamed = rename(file, offset, 'features', [file], known);
  expect(renamed.ok && applyEdits(text, renamed.edits)).toBe(
    text.replace('x = image', 'features = image').replace('x -> Dense', 'features -> Dense'),
  );
  expect(rename(file, offset, 'if', [file], known).ok).toBe(false);
});

test('quick fixes mend, and fixing all leaves nothing that can be fixed', () => {
  const source = 'block B {\n  input x: [4]\n  y = x |> Dnese(3)\n  return y\n}\n';
  const { file, text } = marked(source);
  const titles = quickFixes(file, 0, text.length).map((fix) => fix.title);
  expect(titles).toContain('Change to `->`');
  const fixed = applyEdits(text, fixAll(file));
  expect(fixed).toBe('block B {\n  input x: [4]\n  y = x -> Dense(3)\n  output y\n}\n');
  expect(marked(fixed).file.problems).toEqual([]);
});

test('text in single quotes is reported once', () => {
  const { file } = marked("block B {\n  input x: [4, 4, 1]\n  output x -> Conv2D(3, 3, activation: 'relu')\n}\n");
  const found = diagnostics(file, undefined);
  expect(found.length).toBe(1);
});

test('unfinished code is a hint in the line of the cursor only', () => {
  const { file, text } = marked('block B {\n  input x: [4]\n  y = x ->\n  output x\n}\n');
  const line = { start: text.indexOf('y ='), end: text.indexOf('->') + 2 };
  const severity = (typing: typeof line | undefined) =>
    diagnostics(file, typing).find((d) => d.code === 'syntax/missing-layer')?.severity;
  expect(severity(line)).toBe('hint');
  expect(severity(undefined)).toBe('error');
  expect(severity({ start: 0, end: 3 })).toBe('error');
});

test('colours say what names mean', () => {
  const { file, text } = marked(convs);
  const shown = semanticTokens(file).map((t) => `${text.slice(t.start, t.end)} ${t.type}`);
  expect(shown).toEqual(
    expect.arrayContaining(['classes parameter', 'image variable', 'Conv2D class', 'x variable', 'y variable']),
  );
});

test('outline, folds, links, formatting', () => {
  const source = `import Mnist from "./1-mnist.model"\n\n${convs}`;
  const { file, text } = marked(source);
  expect(outline(file.syntax).map((o) => `${o.kind} ${o.name}: ${o.children.map((c) => c.name).join(' ')}`)).toEqual([
    'model M: classes image x y',
  ]);
  expect(folds(file.syntax).length).toBe(1);
  expect(links(file.syntax).map((l) => text.slice(l.start, l.end))).toEqual(['./1-mnist.model']);
  expect(formatting(text)).toEqual([]);
  expect(formatting(text.replace('-> Flatten', '->Flatten')).map((e) => e.newText)).toEqual(['    -> Flatten']);
});

test.each(examplePrograms())('every feature works on every name of %s', (_, source) => {
  const { file, text, known } = marked(source);
  for (let offset = 0; offset < text.length; offset += 7) {
    const found = hover(file, offset, known);
    if (found !== undefined) {
      expect(found.start).toBeLessThanOrEqual(offset);
      expect(found.markdown).not.toMatch(/undefined|\[object/);
    }
  }
  const tokens = semanticTokens(file);
  for (const [i, token] of tokens.entries()) expect(token.start).toBeGreaterThanOrEqual(tokens[i - 1]?.end ?? 0);
});

test('hover on a use of a block tells how many weights it has, and no shape of theirs', () => {
  const block = 'block B(units: int) {\n  input x: [n]\n  output x -> Dense(units)\n}\n';
  const told = (input: string) =>
    hovered(`${block}block C {\n  input x: [${input}]\n  output x -> ▮B(4)\n}\n`).split('\n').at(-1);
  expect(told('3')).toBe('16 parameters');
  expect(told('m')).toBe('4 * m + 4 parameters');
});

test('an import that nothing uses: a hint, a fix, and gone when imports are organised', () => {
  const blocks =
    'block A {\n  input x: [n]\n  output x\n}\nblock D {\n  input x: [n]\n  output x\n}\nblock B {\n  input x: [n]\n  output x\n}\n';
  const files: Files = {
    ...noFiles,
    source: (_, path) => ({ file: `/${path.slice(2)}`, text: blocks }),
  };
  const rest = '\n\nblock C {\n  input x: [n]\n  output x -> A\n}\n';
  const { file, text } = marked(`import B, A from "./b.model"\nimport D from "./a.model"${rest}`, files);
  expect(diagnostics(file, undefined).map((d) => [d.code, text.slice(d.start, d.end), d.tags])).toEqual([
    ['name/unused-import', 'B', ['unnecessary']],
    ['name/unused-import', 'D', ['unnecessary']],
  ]);
  expect(applyEdits(text, fixAll(file))).toBe(`import A from "./b.model"\n${rest.slice(1)}`);
  expect(applyEdits(text, organiseImports(file))).toBe(`import A from "./b.model"\n${rest.slice(1)}`);
});

test('links to data files', () => {
  const { file, text } = marked(
    'data D {\n  source: csv("data/points.csv", separator: ";")\n  x: float32 = a\n}\ndata E(part: string) {\n  source: folder("x/{part}")\n}\n',
  );
  expect(links(file.syntax).map((l) => [l.kind, text.slice(l.start, l.end)])).toEqual([['data', 'data/points.csv']]);
});

test('where the sizes of a value were introduced', () => {
  const ask = (source: string) => {
    const { file, offset, text, known } = marked(source);
    return typeDefinition(file, offset, known)?.targets.map((t) => text.slice(t.start, t.end));
  };
  expect(ask(convs.replace('x -> Dense', '▮x -> Dense'))).toEqual(
    expect.arrayContaining(['28', 'Conv2D(32, 3, relu)']),
  );
  expect(ask('block B {\n  input x: [H, W, C]\n  output ▮x\n}\n')).toEqual(['H', 'W', 'C']);
});

test('no sentence for readers stands in the code: all come from the table of messages', () => {
  const root = join(import.meta.dirname, '../../..');
  const sentence = /(['"`])((?:(?!\1)[^\\\n]|\\.)*)\1/g;
  const found: string[] = [];
  for (const folder of ['language/ide', 'server']) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const code = readFileSync(join(root, folder, name), 'utf8')
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/^\s*\/\/.*$/gm, '')
        .replace(/ \/\/ .*$/gm, '');
      for (const [, , text = ''] of code.matchAll(sentence)) {
        const plain = text.replace(/\$\{[^}]*\}/g, '');
        // Three words in a row are a sentence; snippets are programs, names of handlers go to the log.
        if (/[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/.test(plain) && !/[{}=]|\\n/.test(plain)) found.push(`${name}: ${text}`);
      }
    }
  }
  expect(found).toEqual([]);
});

test('the outline shows layers below the value that they make', () => {
  const { file } = marked(
    'model M {\n  input x: [8]\n  layer d = Dense(8, relu)\n  y = x -> d -> residual { Dense(8, relu) -> Dropout(0.1) } -> LayerNorm\n  output z = y -> Dense(2)\n}\n',
  );
  const shown = (items: readonly Outline[], depth = 0): string[] =>
    items.flatMap((one) => [
      `${' '.repeat(depth)}${one.kind} ${one.name}${one.detail === '' ? '' : ` ${one.detail}`}`,
      ...shown(one.children, depth + 1),
    ]);
  expect(shown(outline(file.syntax))).toEqual([
    'model M',
    ' input x [8]',
    ' layer d',
    '  layer Dense (8, relu)',
    ' binding y',
    '  layer residual',
    '   layer Dense (8, relu)',
    '   layer Dropout (0.1)',
    '  layer LayerNorm',
    ' output z',
    '  layer Dense (2)',
  ]);
});

test('names of settings as hints, where they are asked for: all of them are legal text, each alone as well', () => {
  const source = 'block B {\n  input x: float32[8, 8, 3]\n  output x -> Conv2D(32, 3, relu)\n}\n';
  const { file, text } = marked(source);
  const hints = inlayHints(file, 0, text.length, { settings: true }).filter((hint) => hint.kind === 'setting');
  expect(hints.map((hint) => hint.text)).toEqual(['filters: ', 'kernel: ']);
  for (const hint of hints) {
    const edits = hint.inserts.map((one) => ({ start: one.offset, end: one.offset, newText: one.text }));
    expect(marked(applyEdits(text, edits)).file.problems).toEqual([]);
  }
  expect(inlayHints(file, 0, text.length).every((hint) => hint.kind === 'shape')).toBe(true);
});

test('a lens above a tune tells what it takes from the train of its model', () => {
  const { file, text } = marked(
    'train M on D as base {\n  loss: mse(y, z)\n  epochs: 3\n  batch: 8\n}\ntune M(n: choice(1, 2)) on D {\n  batch: 4\n  maximize: validation.loss\n}\n',
  );
  const lens = lenses(file, [file]).find((one) => one.kind === 'uses');
  expect(lens?.kind === 'uses' && [lens.text, lens.places.map((p) => text.slice(p.start, p.end))]).toEqual([
    'loss, epochs: from train base',
    ['train'],
  ]);
});

test('signature help of the innermost call, of optimizers and schedules, of the rules of a run', () => {
  const help = (source: string) => {
    const { file, offset } = marked(source);
    const found = signatureHelp(file, offset);
    return found === undefined
      ? undefined
      : [found.label.split('(')[0], found.active === undefined ? undefined : found.params[found.active]?.name];
  };
  expect(help('block B {\n  input x: [4, 4]\n  output x -> Bidirectional { LSTM(8, ▮) }\n}\n')).toEqual([
    'LSTM',
    undefined,
  ]);
  expect(help('block B {\n  input x: [4, 4]\n  output concat(x, relu(▮))\n}\n')).toEqual(['relu', undefined]);
  expect(help('train M on D {\n  optimizer: AdamW(lr: cosine(3e-4, ▮))\n}\n')?.[0]).toBe('cosine');
  expect(help('train M on D {\n  optimizer: AdamW(lr: cosine(3e-4), ▮)\n}\n')?.[0]).toBe('AdamW');
  expect(help('train M on D {\n  stop: early(▮)\n}\n')).toEqual(['early', 'watch']);
});

test('hover of a column tells what the sample shows', () => {
  const header: Files['header'] = () => ({
    ok: true,
    value: {
      kind: 'csv',
      columns: [
        { name: 'age', type: 'float', missing: 3, sampled: 50, distinct: 20, values: [], firstMissing: 2 },
        { name: 'kind', type: 'string', missing: 0, sampled: 50, distinct: 2, values: ['a', 'b'] },
      ],
    } as never,
  });
  const { file, offset, known } = marked('data D {\n  source: csv("t.csv")\n  x: float32 = ▮age\n}\n', {
    ...noFiles,
    header,
  });
  expect(hover(file, offset, known)?.markdown).toContain('3 of the 50 rows looked at have no value.');
});
