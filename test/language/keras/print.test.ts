/**
 * Printed Keras programs against Keras itself: all programs and all examples of the catalogue build, with the shapes and the
 * numbers of weights that the checker says, and functions without weights give the interpreter's numbers.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile, interpret, macsOf } from '../../../compiler/index.ts';
import { exampleProgram } from '../../../language/catalog/examples.ts';
import {
  type Analyser,
  createAnalyser,
  type Files,
  planOfGraph,
  printKeras,
  type Summary,
  summarise,
} from '../../../language/index.ts';
import { cases as catalogCases, feed } from '../catalog/planned.ts';
import { expected, languagePrograms } from '../reference-models/expected.ts';
import { analyserOfPrograms, examples, textOf } from '../reference-models/programs.ts';

const root = join(import.meta.dirname, '../../..');
const python = [process.env.MODELWRIGHT_PYTHON, '.references/bin/python', '.references/Scripts/python.exe']
  .flatMap((path) => (path === undefined ? [] : [join(root, path)]))
  .find((path) => existsSync(path));
const missing = 'no reference Python here (npm run references)';

interface Case {
  readonly name: string;
  readonly program: string;
  readonly summary: Summary;
  readonly run?: Readonly<Record<string, unknown>>;
  readonly values?: readonly (readonly number[])[];
}

interface Built {
  readonly name: string;
  readonly error?: string;
  readonly outputs: Readonly<Record<string, readonly (number | null)[]>>;
  readonly parameters: number;
  readonly trainable: number;
  readonly values?: Readonly<Record<string, unknown>>;
}

/**
 * One process for all: importing Keras takes longer than most models. On the device `meta` weights have a shape and no
 * numbers, which is all that a count needs.
 */
function build(cases: readonly Case[], device: 'meta' | 'cpu' = 'cpu'): ReadonlyMap<string, Built> {
  const lines = cases.map(({ name, program, run }) => JSON.stringify({ name, program, run }));
  const { stdout, stderr, status } = spawnSync(python!, [join(import.meta.dirname, 'keras_oracle.py')], {
    input: lines.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, KERAS_TORCH_DEVICE: device },
  });
  if (status !== 0) throw new Error(stderr.slice(-2000));
  const built = stdout.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Built] : []));
  return new Map(built.map((one) => [one.name, one]));
}

/** What differs between the program as Keras has it and as the checker has it. */
function differences({ name, summary }: Case, built: Built | undefined): readonly string[] {
  if (!built) return [`${name}: no answer`];
  if (built.error !== undefined) return [`${name}: ${built.error}`];
  const shapes = summary.outputs.flatMap(({ name: output, shape }) => {
    const theirs = built.outputs[output] ?? [];
    // What is the same for every example has no axis for the batch.
    const kept = theirs.slice(Math.min(1, theirs.length - (shape?.length ?? 0)));
    const fits =
      kept.length === shape?.length && kept.every((size, i) => size === shape[i] || typeof shape[i] === 'string');
    return fits ? [] : [`${name}: ${output} is [${kept.join()}], not [${shape?.join()}]`];
  });
  const counts = (['parameters', 'trainable'] as const).flatMap((key) =>
    built[key] === summary[key] ? [] : [`${name}: ${built[key]} ${key}, not ${summary[key]}`],
  );
  return [...shapes, ...counts];
}

function programCase(folder: string, file: string, unit: string): Case {
  const path = `${folder}/${file}.model`;
  const request = { file: join(examples, path), text: textOf(path), unit };
  const summary = summarise(analyserOfPrograms(), request);
  if (!summary) throw new Error(`There is no ${unit} in ${path}.`);
  return { name: `${file} ${unit}`, program: printKeras(analyserOfPrograms(), request), summary };
}

test.skipIf(!python)('all programs as Keras models', { timeout: 600_000 }, () => {
  const cases = [
    ...expected.filter(({ sets }) => !sets).map(({ file, unit }) => programCase('reference', file, unit)),
    ...languagePrograms.map(({ file, unit }) => programCase('language', file, unit)),
  ];
  // Keras has no spectrogram like ours: only its shape is printed.
  const whole = cases.filter(({ name }) => !name.startsWith('9-speech'));
  for (const { name, program } of whole) expect(program, name).not.toContain('Missing(');
  const shaped = build(cases, 'meta');
  // What is worked out while a model is built needs numbers.
  const rest = cases.filter(({ name }) => shaped.get(name)?.error?.includes('meta tensors'));
  const built = new Map([...shaped, ...build(rest)]);
  expect(cases.flatMap((one) => differences(one, built.get(one.name)))).toEqual([]);
});

const numbersOnly: Files = { source: () => 'missing', header: () => undefined };

function exampleCases(): readonly Case[] {
  return catalogCases.flatMap(({ entry, example }, index): readonly Case[] => {
    const text = exampleProgram(entry, example);
    const request = { file: 'example.model', text, unit: 'Example' };
    const analyser: Analyser = createAnalyser(numbersOnly);
    const summary = summarise(analyser, request);
    // What reads the whole batch has no shape of one example.
    if (!summary?.graph || entry.name === 'batch') return [];
    const name = `${index} ${entry.place}/${entry.name}: ${example}`;
    const computed = valuesOf(summary);
    // Of an entry with weights one example is enough: its numbers are not compared.
    if (!computed.values && example !== entry.examples[0]) return [];
    return [{ name, program: printKeras(analyser, request), summary, ...computed }];
  });
}

/** Inputs and results of an example without weights and without chance. */
function valuesOf(summary: Summary): Pick<Case, 'run' | 'values'> {
  const { graph } = summary;
  if (!graph || graph.weights.length > 0) return {};
  const compiled = compile(planOfGraph(graph, 'example.model'));
  const program = compiled.lower('predict', 2);
  // The interpreter takes its time.
  if (macsOf(program) > 1e6) return {};
  if (program.inputs.length === 0 || program.inputs.some(({ kind }) => kind !== 'field')) return {};
  if (graph.inputs.length !== program.inputs.length) return {};
  const fed = feed(program, compiled);
  const run = program.inputs.map(({ name, tensor }) => {
    const flat = Array.from(fed[`field ${name}`] ?? []);
    return [name, nested(tensor.dtype === 'bool' ? flat.map((value) => value !== 0) : flat, tensor.shape)] as const;
  });
  return { run: Object.fromEntries(run), values: interpret(program, fed).map(({ data }) => Array.from(data)) };
}

function nested(flat: readonly unknown[], shape: readonly number[]): unknown {
  const [count = 1, ...rest] = shape;
  if (shape.length === 0) return flat[0];
  const size = flat.length / count;
  return Array.from({ length: count }, (_, i) => nested(flat.slice(i * size, (i + 1) * size), rest));
}

/** Places where Keras' numbers are not the interpreter's. */
function wrongValues({ name, program, values, summary }: Case, built: Built | undefined): readonly string[] {
  if (!values || !built?.values || program.includes('Missing(')) return [];
  return summary.outputs.flatMap(({ name: output }, i) => {
    const theirs = [built.values?.[output]].flat(9).map(Number);
    const ours = values[i] ?? [];
    // A value that is the same for every example is there once in the one and for each example in the other.
    const repeated = theirs.length > 0 && ours.length > theirs.length ? ours.slice(0, theirs.length) : ours;
    const largest = Math.max(1, ...repeated.map(Math.abs));
    const at = repeated.findIndex((value, k) => !(Math.abs(value - (theirs[k] ?? Number.NaN)) <= 1e-4 * largest));
    return at < 0 ? [] : [`${name}: ${output}[${at}] is ${theirs[at]}, not ${repeated[at]}`];
  });
}

/** Layers whose weights have a largest norm, and what Keras measures it over. */
const limited = [
  ['float32[8]', 'Dense(4, maxNorm: 2)', 'kernel_constraint=keras.constraints.MaxNorm(2)'],
  ['float32[9, 3]', 'Conv1D(4, 3, maxNorm: 2)', 'kernel_constraint=keras.constraints.MaxNorm(2, axis=[0, 1])'],
  ['float32[9, 9, 3]', 'Conv2D(4, 3, maxNorm: 2)', 'kernel_constraint=keras.constraints.MaxNorm(2, axis=[0, 1, 2])'],
  ['float32[9, 9, 9, 3]', 'Conv3D(4, 3, maxNorm: 2)', 'MaxNorm(2, axis=[0, 1, 2, 3])'],
  ['float32[9, 9, 3]', 'Conv2DTranspose(4, 3, maxNorm: 2)', 'MaxNorm(2, axis=[0, 1, 3])'],
  [
    'float32[9, 9, 3]',
    'DepthwiseConv2D(3, maxNorm: 2)',
    'depthwise_constraint=keras.constraints.MaxNorm(2, axis=[0, 1])',
  ],
  [
    'float32[9, 9, 3]',
    'SeparableConv2D(4, 3, maxNorm: 2)',
    'pointwise_constraint=keras.constraints.MaxNorm(2, axis=[0, 1, 2])',
  ],
  ['int32[9]', 'Embedding(20, 4, maxNorm: 2)', 'embeddings_constraint=keras.constraints.MaxNorm(2, axis=1)'],
  ['float32[9, 3]', 'LSTM(4, l2: 0.1, maxNorm: 2)', 'recurrent_regularizer=keras.regularizers.L1L2(0, 0.1)'],
  [
    'float32[9, 9, 9, 3]',
    'ConvLSTM2D(4, 3, maxNorm: 2)',
    'recurrent_constraint=keras.constraints.MaxNorm(2, axis=[0, 1, 2])',
  ],
] as const;

function limitedCase(type: string, layer: string): Case {
  const text = `model M {\n  input x: ${type}\n  output y = x -> ${layer}\n}\n`;
  const request = { file: 'limited.model', text, unit: 'M' };
  const analyser = createAnalyser(numbersOnly);
  const summary = summarise(analyser, request);
  if (!summary) throw new Error(`${layer} has no summary.`);
  return { name: layer, program: printKeras(analyser, request), summary };
}

test.each(limited)('%s -> %s says what MaxNorm measures', (type, layer, written) => {
  expect(limitedCase(type, layer).program).toContain(written);
});

test.skipIf(!python)('Keras takes every limit', { timeout: 600_000 }, () => {
  const cases = limited.map(([type, layer]) => limitedCase(type, layer));
  const built = build(cases);
  expect(cases.flatMap((one) => differences(one, built.get(one.name)))).toEqual([]);
});

test.skipIf(!python)('every example of the catalogue as a Keras model', { timeout: 600_000 }, () => {
  const cases = exampleCases();
  const built = build(cases);
  expect(cases.flatMap((one) => differences(one, built.get(one.name)))).toEqual([]);
  expect(cases.flatMap((one) => wrongValues(one, built.get(one.name)))).toEqual([]);
  expect(cases.filter(({ values }) => values).length).toBeGreaterThan(100);
  const unsaid = cases.flatMap(({ name, program }) =>
    program.includes('Missing((') ? [/\/(\w+)/u.exec(name)?.[1]] : [],
  );
  expect([...new Set(unsaid)]).toEqual(['MFCC', 'MelSpectrogram', 'Spectrogram']);
});

if (!python) test.skip(`Keras programs: ${missing}`, () => undefined);
