/** What holds for every entry: its file, its key, its texts, its settings, its examples. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { SettingDef } from '../../../language/catalog/entry.ts';
import { exampleProgram } from '../../../language/catalog/examples.ts';
import { catalog, entries } from '../../../language/catalog/index.ts';
import { createAnalyser } from '../../../language/check/analyse.ts';
import type { DataHeader } from '../../../language/index.ts';
import { messages, render } from '../../../language/messages/render.ts';

const folder = fileURLToPath(new URL('../../../language/catalog/', import.meta.url));
/** Operators have signs for names; their files have words. */
const operatorFiles: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '//': 'floorDivide',
  '%': 'modulo',
  '**': 'power',
  '@': 'matmul',
  '==': 'equal',
  '!=': 'notEqual',
  '<': 'less',
  '<=': 'lessEqual',
  '>': 'greater',
  '>=': 'greaterEqual',
};

test('the folders are the index: place/name', () => {
  const places = [
    'augment',
    'data',
    'initialiser',
    'loss',
    'metric',
    'model',
    'operator',
    'optimizer',
    'schedule',
    'source',
  ];
  const files = places.flatMap((place) =>
    readdirSync(folder + place).map((file) => `${place}/${file.replace(/\.ts$/u, '')}`),
  );
  const keys = entries.map(
    ({ place, name }) => `${place}/${place === 'operator' ? (operatorFiles[name] ?? name) : name}`,
  );
  expect([...keys].sort()).toEqual([...files].sort());
  expect(new Set(keys.map((key) => key.toLowerCase())).size, 'names that differ in case alone').toBe(keys.length);
});

test('found by place and name', () => {
  expect(catalog.find('model', 'Dense')?.name).toBe('Dense');
  expect(catalog.find('loss', 'mae')?.kind).toBe('operation');
  expect(catalog.find('metric', 'mae')?.kind).toBe('metric');
  expect(catalog.get('operator/+')?.name).toBe('+');
  expect(catalog.find('model', 'mae')).toBeUndefined();
  expect(catalog.names('optimizer')).toEqual([
    'Adadelta',
    'Adagrad',
    'Adam',
    'AdamW',
    'LAMB',
    'Lion',
    'NAdam',
    'RMSprop',
    'SGD',
  ]);
});

test('every entry says what it does, where it comes from, and how it is used', () => {
  for (const entry of entries) {
    const key = `${entry.place}/${entry.name}`;
    expect(entry.doc, key).toMatch(/\.$/u);
    expect(entry.source, key).not.toBe('');
    expect(entry.examples.length, key).toBeGreaterThan(0);
    const texts = Object.entries(entry.settings).map(([name, def]) => [name, def.doc] as const);
    for (const [name, doc] of texts) expect(doc, `${key}: ${name}`).toMatch(/\.$/u);
    if ('inputs' in entry) for (const input of entry.inputs) expect(input.doc, `${key}: ${input.name}`).toMatch(/\.$/u);
  }
});

test('settings that must be named stand behind those that need not, required ones in front', () => {
  for (const entry of entries) {
    const defs: readonly SettingDef[] = Object.values(entry.settings);
    const key = `${entry.place}/${entry.name}`;
    expect(sorted(defs.map((def) => (def.named ? 1 : 0))), `${key}: named`).toBe(true);
    const ordered = defs.filter((def) => !def.named);
    expect(sorted(ordered.map((def) => (def.default === undefined ? 0 : 1))), `${key}: required`).toBe(true);
  }
});

test('a default call has all of its settings', () => {
  for (const entry of entries) {
    for (const [name, def] of Object.entries(entry.settings)) {
      const value = def.default;
      if (typeof value !== 'object' || value === null || !('call' in value)) continue;
      const called = catalog.get(value.call);
      expect(called, `${entry.name}.${name}`).toBeDefined();
      expect(Object.keys(value.settings).sort(), `${entry.name}.${name}`).toEqual(Object.keys(called!.settings).sort());
    }
  }
});

test('every message of a rule has a text', () => {
  const text = ['rules', 'model', 'loss', 'metric', 'data', 'augment', 'source', 'operator'].flatMap((place) =>
    readdirSync(folder + place).map((file) => readFileSync(`${folder}${place}/${file}`, 'utf8')),
  );
  for (const key of text.join('\n').matchAll(/'((?:shape|type|loss|argument|data|why|fix)\/[a-z-]+)'/gu)) {
    const known = Object.keys(messages).some((other) => other === key[1] || other.startsWith(`${key[1]}.`));
    expect(known, `no text for ${key[1]}`).toBe(true);
  }
});

const headers: Readonly<Record<string, DataHeader>> = {
  'images.idx': { kind: 'idx', dtype: 'uint8', shape: [100, 28, 28] },
  'features.idx': { kind: 'idx', dtype: 'float32', shape: [100, 16] },
  'label.idx': { kind: 'idx', dtype: 'int32', shape: [100], range: [0, 9] },
  'answer.idx': { kind: 'idx', dtype: 'float32', shape: [100] },
  'answers.idx': { kind: 'idx', dtype: 'float32', shape: [100, 4] },
  'target.idx': { kind: 'idx', dtype: 'float32', shape: [100] },
  'targets.idx': { kind: 'idx', dtype: 'float32', shape: [100, 4] },
  'text.idx': { kind: 'idx', dtype: 'int32', shape: [100, 4], range: [0, 4] },
  'example.txt': { kind: 'text' },
  'example.csv': {
    kind: 'csv',
    columns: (['ocean', 'age', 'rooms', 'median age'] as const).map((name, i) => ({
      name,
      type: (['string', 'float', 'int', 'float'] as const)[i]!,
      missing: 0,
      sampled: 3,
      distinct: 3,
      values: [],
    })),
  },
};

test('every example parses and checks, without an error and without a warning', () => {
  const wrong: string[] = [];
  for (const entry of entries) {
    for (const example of entry.examples) {
      const analyser = createAnalyser({
        source: () => 'missing',
        header: (_from, path) => {
          const value = headers[path];
          return value ? { ok: true, value } : { ok: false, trouble: 'missing', path };
        },
      });
      const text = exampleProgram(entry, example);
      const { problems } = analyser.analyse('example.model', text);
      const shown = problems
        .filter((problem) => problem.severity === 'error' || problem.severity === 'warning')
        // The outputs that a metric's example measures stand in no loss.
        .filter((problem) => problem.code !== 'train/untrained')
        .map(
          (problem) => `${problem.code}: ${render(problem.message)} at \`${text.slice(problem.start, problem.end)}\``,
        );
      wrong.push(
        ...[...shown, ...analyser.crashes].map((line) => `${entry.place}/${entry.name}: ${example}\n  ${line}`),
      );
    }
  }
  expect(wrong).toEqual([]);
});

function sorted(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value >= values[i - 1]!);
}
