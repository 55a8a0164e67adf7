/**
 * The usual values that examples of the catalogue mention by name, and the smallest program around an example: tests check
 * and run it, the reference pages show what `image` and `tokens` stand for.
 */
import type { Entry } from './entry.ts';

/** Values of a model: name → type, as an `input` states it. */
export const modelValues: Readonly<Record<string, string>> = {
  image: 'float32[28, 28, 1]',
  volume: 'float32[6, 8, 8, 2]',
  frames: 'float32[4, 8, 8, 2]',
  sequence: 'float32[10, 8]',
  features: 'float32[16]',
  tokens: 'int32[10]',
  wave: 'float32[1000]',
  real: 'bool[10]',
};

/** What losses and metrics compare: outputs of a model (as a layer makes them of `features`), and fields of the data. */
export const outputValues: Readonly<Record<string, string>> = {
  scores: 'features -> Dense(10)',
  probabilities: 'features -> Dense(10, softmax)',
  probability: 'features -> Dense(1, sigmoid) -> squeeze',
  amount: 'features -> Dense(1) -> squeeze',
  amounts: 'features -> Dense(4)',
  moments: 'features -> Dense(60) -> reshape([10, 6])',
  query: 'features -> Dense(8) -> l2norm',
  key: 'features -> Dense(8) -> l2norm',
  other: 'features -> Dense(8) -> l2norm',
};
export const fieldValues: Readonly<Record<string, string>> = {
  label: 'int32',
  answer: 'float32',
  answers: 'float32[4]',
  target: 'float32',
  targets: 'float32[4]',
  text: 'int32[4]',
};

/** Raw columns of data. */
export const columnValues: Readonly<Record<string, string>> = {
  images: 'uint8[28, 28]',
  ocean: 'string',
  age: 'float32',
  rooms: 'int32',
  characters: 'string',
  lines: 'string',
  file: 'string',
};

/** Fields that augmentations change. */
export const augmentedFields: Readonly<Record<string, string>> = {
  image: 'float32[28, 28, 1]',
  picture: 'float32[32, 32, 3]',
  wave: 'float32[16000]',
  sound: 'float32[124, 129]',
  chances: 'float32[10]',
};

const columnSources: Readonly<Record<string, string>> = {
  images: 'idx(images: "images.idx")',
  ocean: 'csv("example.csv")',
  age: 'csv("example.csv")',
  rooms: 'csv("example.csv")',
  characters: 'text("example.txt")',
  lines: 'text("example.txt")',
  file: 'folder("examples")',
};

/** The smallest program that has `example` of `entry` in its place. */
export function exampleProgram(entry: Entry, example: string): string {
  switch (entry.place) {
    case 'model':
    case 'operator':
    case 'initialiser':
      return modelProgram(example);
    case 'loss':
      return trainProgram(example, 'loss: ', '');
    case 'metric':
      return trainProgram(example, 'metrics: ', 'loss: mse(amount, target)\n  ');
    case 'optimizer':
      return trainProgram(example, 'optimizer: ', 'loss: mse(amount, target)\n  ');
    case 'schedule':
      return trainProgram(`Adam(${example})`, 'optimizer: ', 'loss: mse(amount, target)\n  ');
    case 'source':
      return `data Example {\n  source: ${example}\n}\n`;
    case 'data':
    case 'tune':
      return dataProgram(example);
    case 'augment':
      return augmentProgram(example);
  }
}

/** A model whose output is the example; of a binding, every name is an output. */
function modelProgram(example: string): string {
  const bound = /^\(([^)=]*)\) = /u
    .exec(example)?.[1]
    ?.split(',')
    .map((name) => name.trim());
  const body = bound
    ? [`  ${example}`, ...bound.map((name, i) => `  output result${i} = ${name}`)]
    : [`  output result = ${example}`];
  return ['model Example {', ...inputsOf(example, modelValues), ...body, '}', ''].join('\n');
}

/** A model with the outputs that the example names, data with the fields, and the line itself. */
function trainProgram(example: string, key: string, before: string): string {
  const text = `${before}${key}${example}`;
  const outputs = named(text, outputValues).map((name) => `  output ${name} = ${outputValues[name]}`);
  const fields = named(text, fieldValues).map((name) => `  ${name}: ${fieldValues[name]} = ${name}`);
  const columns = ['features', ...named(text, fieldValues)].map((name) => `${name}: "${name}.idx"`);
  return [
    'model Example {',
    '  input features: float32[16]',
    ...outputs,
    '}',
    '',
    'data Examples {',
    `  source: idx(${columns.join(', ')})`,
    '  features: float32[16] = features',
    ...fields,
    '}',
    '',
    'train Example on Examples {',
    `  ${text}`,
    '}',
    '',
  ].join('\n');
}

/** A field (or two) made as the example says. */
function dataProgram(example: string): string {
  const column = named(example, columnValues)[0] ?? '';
  const made = example.startsWith('(') ? example : `made = ${example}`;
  return `data Example {\n  source: ${columnSources[column] ?? 'csv("example.csv")'}\n  ${made}\n}\n`;
}

/** Fields of the data, and one or several of them with the augmentation. */
function augmentProgram(example: string): string {
  const fields = named(example, augmentedFields).map((name) => `  ${name}: ${augmentedFields[name]} = ${name}`);
  const columns = named(example, augmentedFields).map((name) => `${name}: "${name}.npy"`);
  const source = `  source: npy(${columns.join(', ')})`;
  return ['data Example {', source, ...fields, `  augment: ${example}`, '}', ''].join('\n');
}

function inputsOf(text: string, values: Readonly<Record<string, string>>): readonly string[] {
  return named(text, values).map((name) => `  input ${name}: ${values[name]}`);
}

/** The names of `values` that `text` mentions. */
function named(text: string, values: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(values).filter((name) => new RegExp(`\\b${name}\\b(?!:)`, 'u').test(text));
}
