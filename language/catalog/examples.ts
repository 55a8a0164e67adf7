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
  real: 'bool[10]',
};

/** What losses and metrics compare: outputs of a model (as a layer makes them of `features`), and fields of the data. */
export const outputValues: Readonly<Record<string, string>> = {
  scores: 'features -> Dense(10)',
  probabilities: 'features -> Dense(10, softmax)',
  probability: 'features -> Dense(1, sigmoid) -> squeeze',
  amount: 'features -> Dense(1) -> squeeze',
  amounts: 'features -> Dense(4)',
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
};

/** Raw columns of data. */
export const columnValues: Readonly<Record<string, string>> = {
  images: 'uint8[28, 28]',
  ocean: 'string',
  age: 'float32',
  rooms: 'int32',
  characters: 'string',
  lines: 'string',
};

const columnSources: Readonly<Record<string, string>> = {
  images: 'idx(images: "images.idx")',
  ocean: 'csv("example.csv")',
  age: 'csv("example.csv")',
  rooms: 'csv("example.csv")',
  characters: 'text("example.txt")',
  lines: 'text("example.txt")',
};

/** What a field made by an example of a transform is stated to be. */
const madeTypes: Readonly<Record<string, string>> = {
  characters: 'string[40]',
  expand: 'uint8[28, 28, 1]',
  Index: 'int32',
  lower: 'string',
  Normalize: 'float32[2]',
  OneHot: 'float32[3]',
  scale: 'float32[28, 28]',
  stack: 'float32[2]',
  trim: 'string',
  windows: 'int32[65]',
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
    case 'augment':
    case 'tune':
      return dataProgram(entry, example);
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

/** One field made as the example says, of the type that the transform gives. */
function dataProgram(entry: Entry, example: string): string {
  const column = named(example, columnValues)[0] ?? '';
  return `data Example {\n  source: ${columnSources[column]}\n  made: ${madeTypes[entry.name]} = ${example}\n}\n`;
}

function inputsOf(text: string, values: Readonly<Record<string, string>>): readonly string[] {
  return named(text, values).map((name) => `  input ${name}: ${values[name]}`);
}

/** The names of `values` that `text` mentions. */
function named(text: string, values: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(values).filter((name) => new RegExp(`\\b${name}\\b(?!:)`, 'u').test(text));
}
