/**
 * The usual values that examples of the catalogue mention by name, and the smallest program around an example: tests check
 * and run it, the reference pages show what `image` and `tokens` stand for.
 */
import type { Entry } from './entry.ts';

/** Values of a model: name → type, as an `input` states it. */
export const modelValues: Readonly<Record<string, string>> = {
  image: 'float32[28, 28, 1]',
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
};
export const fieldValues: Readonly<Record<string, string>> = {
  label: 'int32',
  answer: 'float32',
  answers: 'float32[4]',
  target: 'float32',
  targets: 'float32[4]',
};

/** Raw columns of data, by the sources that have them. */
export const columnValues: Readonly<Record<string, string>> = {
  images: 'uint8[28, 28]',
  ocean: 'string',
  age: 'float32',
  rooms: 'int32',
  characters: 'string',
  lines: 'string',
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
      return dataProgram(example);
  }
}

/** A model whose only output is the example; a binding of several results gives its first. */
function modelProgram(example: string): string {
  const bound = /^\((\w+)[^=]*\) = /u.exec(example);
  const body = bound ? [`  ${example}`, `  output result = ${bound[1]}`] : [`  output result = ${example}`];
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

/** One field made as the example says. */
function dataProgram(example: string): string {
  const source = /\b(?:characters|lines)\b/u.test(example.split('->')[0] ?? '')
    ? 'text("example.txt")'
    : /\bimages\b/u.test(example)
      ? 'idx(images: "images.idx")'
      : 'csv("example.csv")';
  return `data Example {\n  source: ${source}\n  made: ${example}\n}\n`;
}

function inputsOf(text: string, values: Readonly<Record<string, string>>): readonly string[] {
  return named(text, values).map((name) => `  input ${name}: ${values[name]}`);
}

/** The names of `values` that `text` mentions. */
function named(text: string, values: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(values).filter((name) => new RegExp(`\\b${name}\\b(?!:)`, 'u').test(text));
}
