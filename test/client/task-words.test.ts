/** Tasks of tasks.json as words of the command line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { taskWords } from '../../client/task-words.ts';

test.each([
  [{ task: 'train', file: 'a.model' }, ['train', 'a.model']],
  [
    { task: 'train', file: 'a.model', declaration: 'long', args: ['--set', 'epochs=2'] },
    ['train', 'a.model', 'long', '--set', 'epochs=2'],
  ],
  [{ task: 'evaluate', file: 'a.model', declaration: '' }, ['evaluate', 'a.model']],
  [{ task: 'check' }, ['check', '.']],
  [{ task: 'check', file: 'models', declaration: 'x' }, ['check', 'models']],
  [{ task: 'test', args: ['--junit', 'out.xml'] }, ['test', '.', '--junit', 'out.xml']],
] as const)('%j', (definition, args) => {
  expect(taskWords(definition)?.args).toEqual(args);
});

test.each([
  [{ task: 'tune', file: 'a.model' }],
  [{ task: 'train' }],
  [{ file: 'a.model' }],
  [{ task: 'train', file: 7 }],
  [{ task: 'train', file: 'a.model', args: 'epochs=2' }],
  [{ task: 'train', file: 'a.model', args: [3] }],
])('%j is no task', (definition) => {
  expect(taskWords(definition)).toBeUndefined();
});

test('the problem matcher reads what the command line says of a problem', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  const [{ pattern }] = manifest.contributes.problemMatchers;
  const line = 'models/net.model:3:14: error: `Dens` is unknown [here]. Did you mean `Dense`? [name/unknown]';
  expect(new RegExp(pattern.regexp).exec(line)?.slice(1)).toEqual([
    'models/net.model',
    '3',
    '14',
    'error',
    '`Dens` is unknown [here]. Did you mean `Dense`?',
    'name/unknown',
  ]);
  const enumerated = manifest.contributes.taskDefinitions[0].properties.task.enum;
  expect(enumerated).toEqual(['train', 'evaluate', 'check', 'test']);
});
