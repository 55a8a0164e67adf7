/** What is said of half-typed code, word for word. Read the golden file in review like a picture. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseFile, render } from '../../../language/index.ts';
import { messageKeys, messages } from '../../../language/messages/render.ts';
import { halfTyped, more } from './half-typed.ts';
import { declared, showProblems } from './show.ts';

const inputs = { ...halfTyped, ...more };

test('the messages for half-typed code', async () => {
  const shown = Object.entries(inputs).map(([name, text]) => {
    const lines = text.split('\n').slice(0, 9).join('\n').trimEnd();
    const problems = showProblems(text);
    return `## ${name}\n\n${lines}\n\n${problems.length === 0 ? '(the parser has nothing to say)' : problems.join('\n')}\n`;
  });
  await expect(shown.join('\n')).toMatchFileSnapshot(join(import.meta.dirname, 'half-typed.golden.txt'));
});

test.each(Object.entries(halfTyped))('the declarations around survive: %s', (name, text) => {
  const names = declared(parseFile('test.model', text));
  expect(names).toContain('unit Other');
  expect(names.length).toBe(name.startsWith('12') ? 3 : 2);
});

test.each(Object.entries(halfTyped))('one mistake gives one message: %s', (name, text) => {
  const expected: Readonly<Record<string, number>> = { '10': 0, '15': 2, '17': 0, '19': 0, '20': 4 };
  expect(showProblems(text).filter((line) => !line.startsWith(' ')).length).toBe(expected[name.split(' ')[0]!] ?? 1);
});

test('every text of the parser renders in whole sentences', () => {
  for (const { chunks } of Object.values(inputs).map((text) => parseFile('test.model', text))) {
    for (const problem of chunks.flatMap(({ chunk }) => chunk.problems)) {
      const text = render(problem.message);
      expect(text).not.toContain('undefined');
      expect(text).toMatch(/[.?]$/);
      expect(messages[problem.message.key]).toBeDefined();
      for (const fix of problem.fixes) expect(messages[fix.title.key]).toBeDefined();
    }
  }
});

test('a key stands in one table only', () => {
  const keys = messageKeys();
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

test('a word of the language in place of a name is called that', () => {
  const unit = (line: string) => showProblems(`block B(on: bool = true) {\n  input x: [n]\n  ${line}\n}\n`);
  for (const line of ['output if on { x } else { -x }', 'output x -> Dense(on)', 'y = on', 'y = x + on']) {
    const problems = unit(line);
    expect(problems.filter((one) => !one.startsWith(' '))).toHaveLength(1);
    expect(problems[0]).toContain('`on` is a word of the language');
  }
});
