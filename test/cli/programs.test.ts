/** What the command line says of programs and of its own use: nothing is started where something is wrong. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, lines, modelwright, program } from './run.ts';

test('bad data ends with 3 and stands at its line', async () => {
  writeFileSync(join(folder, 'broken.csv'), 'a,b,y\n1,2,3\n4,5,6,7\n');
  writeFileSync(join(folder, 'broken.model'), program.replace('table.csv', 'broken.csv'));
  const { code, err } = await modelwright(['train', 'broken.model', '--runs', 'broken-runs']);
  expect(err).toContain('broken.model:2:');
  expect(err).toContain('Row 2 of "broken.csv" has 4 cells, but there are 3 columns');
  expect(code).toBe(3);
});

test('what a look at the data shows is said before anything is started', async () => {
  writeFileSync(join(folder, 'gaps.csv'), 'a,b,y\n1,2,3\n4,,6\n');
  writeFileSync(
    join(folder, 'gaps.model'),
    program.replace('table.csv', 'gaps.csv').replace('  validation: 20%\n', ''),
  );
  const { code, err } = await modelwright(['train', 'gaps.model', '--runs', 'gaps-runs']);
  expect(err).toContain('gaps.model:3:');
  expect(err).toContain('`b` has empty cells (1 of the 2 rows looked at, the first in row 2)');
  expect(code).toBe(1);
});

test('errors in the program: nothing is started, all are listed', async () => {
  writeFileSync(join(folder, 'wrong.model'), program.replace('Dense(1)', 'Dens(1)').replace('epochs', 'epoch'));
  const { code, err } = await modelwright(['train', 'wrong.model', '--runs', 'wrong-runs']);
  expect(code).toBe(1);
  expect(err).toContain('wrong.model:11:');
  expect(err).toContain('nothing was started');
  const json = await modelwright(['check', 'wrong.model', '--json']);
  const all = lines(json.out);
  expect(all.at(-1).summary).toMatchObject({ files: 1, errors: 2 });
  expect(all[0]).toMatchObject({ file: 'wrong.model', severity: 'error', range: { start: { line: 11 } } });
  const fixed = await modelwright(['check', 'wrong.model', '--fix']);
  expect(fixed.code).toBe(0);
  expect(readFileSync(join(folder, 'wrong.model'), 'utf8')).toBe(program);
});

test('a fix says what shape it leads to', async () => {
  const text =
    'model A {\n  input x: float32[28, 28, 1]\n  y = x -> Conv2D(8, 3) -> relu\n  output z: float32[10] = y -> Dense(10)\n}\n';
  writeFileSync(join(folder, 'flat.model'), text);
  const { out } = await modelwright(['check', 'flat.model']);
  expect(out).toContain('    fix: Insert Flatten before Dense (→ 5408)\n');
  const [problem] = lines((await modelwright(['check', 'flat.model', '--json'])).out);
  expect(problem.fixes[0].title).toBe('Insert Flatten before Dense (→ 5408)');
});

test('wrong usage is 2, with the nearest name', async () => {
  const option = await modelwright(['train', 'table.model', '--thread', '2']);
  expect(option.code).toBe(2);
  expect(option.err).toContain('There is no option `--thread`. Did you mean `--threads`?');
  const command = await modelwright(['evalute', 'table.model']);
  expect(command.code).toBe(2);
  expect(command.err).toContain('Did you mean `evaluate`?');
  expect((await modelwright(['train', 'nowhere.model'])).code).toBe(2);
  expect((await modelwright(['train', 'table.model', '--engine', 'torch'])).err).toContain(
    'takes auto, onnx, tensorflow, but got `torch`',
  );
  expect((await modelwright(['predict', '99', '--input', 'x=1'])).code).toBe(2);
});

test('format reports, then formats', async () => {
  writeFileSync(join(folder, 'untidy.model'), program.replace('input x: float32[2]', 'input   x:float32[ 2 ]'));
  expect((await modelwright(['format', 'untidy.model', '--check'])).code).toBe(1);
  expect((await modelwright(['format', 'untidy.model'])).code).toBe(0);
  expect(readFileSync(join(folder, 'untidy.model'), 'utf8')).toBe(program);
  expect((await modelwright(['format', 'untidy.model', '--check'])).code).toBe(0);
});

test('a table without rows, and one that is no text, are told of at the source, once', async () => {
  const bytes = Buffer.from([1, 0xff, 44, 2, 0xfe, 10, 3, 44, 4, 10]);
  for (const [content, message] of [
    ['', '`bad.csv` has no rows'],
    ['a,b,y,kind\n', '`bad.csv` has no rows'],
    [bytes, 'should be of the form csv, but it looks like something that is no text'],
  ] as const) {
    writeFileSync(join(folder, 'bad.csv'), content);
    writeFileSync(join(folder, 'bad-table.model'), program.replace('table.csv', 'bad.csv'));
    const { code, err } = await modelwright(['train', 'bad-table.model']);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(err).toMatch(/^bad-table\.model:2:15: error: .*\n`bad-table\.model` has errors/);
  }
  expect((await modelwright(['check', `${'long'.repeat(1000)}.model`])).code).toBe(2);
});

test('what a program holds cannot steer the terminal, nor fill it', async () => {
  writeFileSync(join(folder, 'escape.model'), `\u001b[2J\n${'x'.repeat(100_000)}\n`);
  const { out, code } = await modelwright(['check', 'escape.model']);
  expect(code).toBe(1);
  expect(out).toContain('\\u001b');
  expect(out).not.toContain('\u001b');
  expect(out.length).toBeLessThan(10_000);
});

test('what is no text is refused, and never written back', async () => {
  const latin = Buffer.concat([
    Buffer.from('// Gr'),
    Buffer.from([0xfc, 0xdf, 0x65]),
    Buffer.from(`\n${program}   \n\n\n`),
  ]);
  writeFileSync(join(folder, 'latin.model'), latin);
  writeFileSync(join(folder, 'binary.model'), Buffer.from([1, 2, 0, 27, 91, 50, 74]));
  writeFileSync(join(folder, 'huge.model'), Buffer.alloc(9 * 1024 * 1024, 'x'));
  const formatted = await modelwright(['format', 'latin.model', 'binary.model', 'huge.model']);
  expect(formatted.code).toBe(1);
  expect(formatted.err).toContain('`latin.model` is no UTF-8 text: line 1');
  expect(formatted.err).toContain('`binary.model` is no text: it has a zero byte at offset 2');
  expect(formatted.err).toContain('`huge.model` has 9.0 MB; a program may have 8 MB');
  expect(readFileSync(join(folder, 'latin.model')).equals(latin)).toBe(true);
  expect((await modelwright(['check', '--fix', 'latin.model'])).code).toBe(1);
  const json = lines((await modelwright(['check', '--json', 'binary.model'])).out);
  expect(json[0]).toMatchObject({ file: 'binary.model', severity: 'error', code: 'syntax/unusable-file' });
  expect(json[1].summary.errors).toBe(1);
  expect((await modelwright(['train', 'binary.model'])).err).toContain('is no text');
});

test('summary counts parameters and multiply-adds', async () => {
  const { out } = await modelwright(['summary', 'table.model', '--json', '--batch', '8']);
  const [unit] = lines(out);
  expect(unit).toMatchObject({
    unit: 'Line',
    parameters: 33,
    trainable: 33,
    macs: 24,
    memory: { batch: 8, weights: 132 },
  });
  expect(unit.layers[0]).toMatchObject({ path: 'Line/Dense.0', type: 'Dense', line: 11, output: [8], parameters: 24 });
  const { out: text } = await modelwright(['summary', 'table.model', '--batch', '8']);
  const [, head = '', ...rows] = text.split('\n').slice(0, 4);
  for (const row of rows) expect(row).toHaveLength(head.length);
  const [total, ...parts] = [...text.matchAll(/([\d.]+) MB/gu)].map(([, size]) => Number(size));
  expect(parts.slice(0, 5).reduce((sum, part) => sum + part, 0)).toBeCloseTo(total ?? 0, 0);
});
