/** The tools about programs: what they answer, and what they say to wrong questions. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { answerTool, type Desk, type ProblemFacts, type ProgramTool, TOOLS } from '../../assist/index.ts';
import { createFiles } from '../../files/index.ts';
import { createAnalyser } from '../../language/index.ts';
import { mended, WRONG, withFix } from './mend.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'examples', 'digits');

function desk(): Desk {
  return {
    analyser: createAnalyser(createFiles({})),
    place: (path) => resolve(folder, path),
    read: (path) => ({ ok: true, file: resolve(folder, path), text: readFileSync(resolve(folder, path), 'utf8') }),
    shown: (file) => file.replace(`${folder}/`, ''),
    page: (code) => readFileSync(join(root, 'docs', 'problems', `${code}.md`), 'utf8'),
  };
}

function value(tool: ProgramTool, input: unknown): Record<string, unknown> {
  const answer = answerTool(tool, input, desk());
  expect(answer).toMatchObject({ ok: true });
  return (answer.ok ? answer.value : undefined) as Record<string, unknown>;
}

function message(tool: ProgramTool, input: unknown): string {
  const answer = answerTool(tool, input, desk());
  expect(answer.ok).toBe(false);
  return answer.ok ? '' : answer.message;
}

test('a wrong program is mended by the returned edits alone', async () => {
  const check = async (text: string) =>
    value('modelwright_check', { text }) as { errors: number; problems: ProblemFacts[] };
  const { text, codes } = await mended(WRONG, check);
  expect(codes.length).toBeGreaterThanOrEqual(4);
  expect(codes).toContain('shape/missing-flatten');
  const after = await check(text);
  expect(after.errors).toBe(0);
  expect(text).toContain('Flatten');
});

test('titles of fixes say what shape they lead to, as in an editor, and the texts that are checked stay as they were', () => {
  const text =
    'model A {\n  input x: float32[28, 28, 1]\n  y = x -> Conv2D(8, 3) -> relu\n  output z: float32[10] = y -> Dense(10)\n}\n';
  const asked = desk();
  const check = () => {
    const answer = answerTool('modelwright_check', { text }, asked);
    return (answer.ok ? answer.value : {}) as { problems: ProblemFacts[] };
  };
  const [problem] = check().problems;
  expect(problem?.code).toBe('shape/missing-flatten');
  expect(problem?.fixes.map((fix) => fix.title)).toEqual([
    'Insert Flatten before Dense (→ 5408)',
    'Insert GlobalAvgPool2D before Dense (→ 8, 319× fewer weights)',
  ]);
  expect(check().problems).toEqual([problem]);
});

test('errors come first, with places from 1 and edits that fit the text', () => {
  const text = 'model A {\n  input x: float32[4]\n  output y = x -> Dens(10)\n}\n';
  const { errors, problems } = value('modelwright_check', { text }) as { errors: number; problems: ProblemFacts[] };
  expect(errors).toBe(1);
  const [problem] = problems;
  expect(problem).toMatchObject({
    code: 'name/unknown',
    range: { start: { line: 3, column: 19 } },
    file: 'untitled.model',
  });
  expect(withFix(text, problem!.fixes[0]!)).toContain('x -> Dense(10)');
});

test('a summary of a file: shapes, parameters, lines', () => {
  const summary = value('modelwright_summary', { file: 'digits.model' });
  expect(summary).toMatchObject({ unit: 'DigitReader', parameters: 693_962 });
  expect(summary.layers).toContainEqual({
    path: 'DigitReader/Flatten.0',
    type: 'Flatten',
    line: 13,
    output: [5408],
    parameters: 0,
  });
});

test('entries by name, in any capitals, and by a word', () => {
  const { found } = value('modelwright_entry', { name: 'crossentropy' }) as { found: { page: string }[] };
  expect(found[0]?.page).toMatch(/^# crossEntropy\n/);
  expect(message('modelwright_entry', { name: 'Conv2' })).toContain('Conv2D');
  expect(message('modelwright_entry', { name: 'momentum' })).toContain('SGD');
});

test('a problem is explained by its page; a path is none', () => {
  expect(value('modelwright_explain', { code: 'shape/missing-flatten' }).page).toContain('Put `Flatten` before it');
  expect(message('modelwright_explain', { code: '../../package' })).toContain('Codes are');
});

test('wrong input is told in words', () => {
  expect(message('modelwright_check', {})).toContain('Give a program');
  expect(message('modelwright_check', { text: 5 })).toContain('a text as `text`, but got 5');
  expect(message('modelwright_check', { program: 'x' })).toContain('takes text, file, but got `program`');
  expect(message('modelwright_entry', undefined)).toContain('needs `name`');
  expect(message('modelwright_summary', { file: 'digits.model', unit: 'Nothing' })).toContain('`Nothing`');
  expect(message('modelwright_summary', { file: 'digits.model', set: { clases: '5' } })).toContain('clases');
});

test('any text gives an answer', () => {
  for (const text of ['', '\u0000', 'model', '}}}}', 'model A {'.repeat(500), '🙂\n'.repeat(1000)]) {
    expect(answerTool('modelwright_check', { text }, desk()).ok).toBe(true);
  }
});

test('VS Code is told the same tools as the protocol', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const told = manifest.contributes.languageModelTools.map((tool: Record<string, unknown>) => [
    tool.name,
    tool.modelDescription,
    tool.inputSchema,
  ]);
  expect(told).toEqual(TOOLS.map((tool) => [tool.name, tool.description, tool.input]));
});
