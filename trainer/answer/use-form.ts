/** `form` of a warm model: what a person can give it, found from the way that its fields are made of columns. */
import { join } from 'node:path';
import type { DataNode, PlanData } from '../../language/index.ts';
import { type FormInput, isRecord, parseJson, type UseFormAnswer } from '../../protocol/index.ts';
import { nameOf } from '../data/context.ts';
import type { FittedNodes } from '../data/fit.ts';
import { bringsToOneSize, columnsOfFiles } from '../data/media.ts';
import { reachable, wantedColumns } from '../data/nodes.ts';
import { isColumn } from '../data/source.ts';
import { textOf } from '../run/folder-files.ts';
import { untrainedOutputs } from './untrained.ts';
import { generateForm } from './use-latent.ts';
import type { Used } from './use-open.ts';

/** Values of a choice beyond these are not listed. */
const MOST_VALUES = 300;

export async function useForm(_ask: unknown, used: Used): Promise<UseFormAnswer> {
  const { data } = used.asked;
  const generate = generateForm(used);
  const names = generate?.kind === 'text' ? [] : [...wantedColumns(data, true)];
  return {
    inputs: names.map((name) => inputOf(name, data, used.fitted)),
    generate,
    untrained: untrainedOutputs(used.plan),
    rows: rowsOf(used.folder),
  };
}

function inputOf(name: string, data: PlanData, fitted: FittedNodes | undefined): FormInput {
  const column = data.nodes.find((node) => isColumn(node.op) && node.settings.name === name);
  const users = column === undefined ? [] : usersOf(data, column);
  if (columnsOfFiles(data).has(name)) return fileInput(name, data, users);
  const shape = column?.shape ?? [];
  if (shape.length >= 2) return isPicture(shape) ? drawing(name, shape) : { kind: 'numbers', name, shape };
  if (shape.length === 1) return { kind: 'numbers', name, shape };
  const reads = (words: readonly string[]): boolean => users.some(({ op }) => words.includes(nameOf(op)));
  if (reads(['characters', 'Words', 'BytePairs', 'split']) || data.source.call.endsWith('text'))
    return { kind: 'text', name, long: data.source.call.endsWith('text') };
  const optional = reads(['fill']);
  const learned = users.flatMap((node) => {
    const one = fitted?.get(node.id);
    return one?.kind === 'Index' || one?.kind === 'OneHot' ? [{ node, values: one.values }] : [];
  });
  const [first] = learned;
  if (first !== undefined) {
    const open = learned.every(({ node }) => node.settings.unseen === 'own');
    return choice(name, first.values, open, optional);
  }
  const compared = users.flatMap((node) => constantsOf(data, node));
  if (column?.dtype === 'string' || compared.length > 0) return choice(name, compared, true, optional);
  return { kind: 'number', name, ...measured(data, fitted, column), optional };
}

function choice(name: string, values: readonly (string | number)[], open: boolean, optional: boolean): FormInput {
  const shown = values.slice(0, MOST_VALUES);
  const more = values.length - shown.length;
  return { kind: 'choice', name, values: shown, more, open: open || more > 0, optional };
}

/** Shorter sides are a table. */
const LEAST_SIDE = 8;

function isPicture([height = 0, width = 0, channels = 1, ...rest]: readonly number[]): boolean {
  return height >= LEAST_SIDE && width >= LEAST_SIDE && (channels === 1 || channels === 3) && rest.length === 0;
}

function drawing(name: string, shape: readonly number[]): FormInput {
  const [height, width, channels = 1] = shape;
  return { kind: 'drawing', name, shape, digits: height === 28 && width === 28 && channels === 1 };
}

/** A column that names files: its pictures or sounds. */
function fileInput(name: string, data: PlanData, users: readonly DataNode[]): FormInput {
  const decoder = users.find(({ op }) => nameOf(op) === 'decodeAudio');
  if (decoder !== undefined) {
    const { rate } = decoder.settings;
    return { kind: 'sound', name, rate: typeof rate === 'number' ? rate : undefined };
  }
  const ids = new Set(users.map(({ id }) => id));
  const shape = data.fields.find(({ node, used }) => used && ids.has(node))?.shape ?? [];
  return { kind: 'picture', name, shape, sized: users.some((node) => bringsToOneSize(node, data)) };
}

/** The nodes that a used field makes of a column, this left out. */
function usersOf(data: PlanData, column: DataNode): readonly DataNode[] {
  const needed = reachable(
    data,
    data.fields.filter(({ used }) => used).map(({ node }) => node),
  );
  const found = new Set([column.id]);
  const users: DataNode[] = [];
  for (const node of data.nodes) {
    if (!needed.has(node.id) || !node.inputs.some((input) => found.has(input))) continue;
    found.add(node.id);
    users.push(node);
  }
  return users;
}

/** Texts and numbers that a comparison (`garden == "yes"`) names. */
function constantsOf(data: PlanData, { op, inputs }: DataNode): readonly (string | number)[] {
  if (!['==', '!='].includes(nameOf(op))) return [];
  return inputs.flatMap((input) => {
    const node = data.nodes[input];
    const value = node?.op === 'constant' ? node.settings.value : undefined;
    return typeof value === 'string' ? [value] : [];
  });
}

/** Changes that leave a number in its own unit. */
const KEEPING: ReadonlySet<string> = new Set(['fill', 'drop', 'clip']);

/** Mean and deviation of a column, where `Normalize` measured it, alone or as a place of a `stack`. */
function measured(
  data: PlanData,
  fitted: FittedNodes | undefined,
  column: DataNode | undefined,
): { readonly mean: number | undefined; readonly deviation: number | undefined } {
  let at = column;
  let place = 0;
  while (at !== undefined) {
    const from: number = at.id;
    const next: DataNode | undefined = data.nodes.find(({ inputs }) => inputs.includes(from));
    const name = next === undefined ? '' : nameOf(next.op);
    const learned = next && fitted?.get(next.id);
    if (learned?.kind === 'Normalize') return { mean: learned.mean[place], deviation: learned.deviation[place] };
    if (name === 'stack') place = next?.inputs.indexOf(from) ?? 0;
    else if (!KEEPING.has(name)) break;
    at = next;
  }
  return { mean: undefined, deviation: undefined };
}

function rowsOf(folder: string): UseFormAnswer['rows'] {
  const value = parseJson(textOf(join(folder, 'data.json')) ?? '');
  const rows = isRecord(value) && isRecord(value.rows) ? value.rows : undefined;
  if (rows === undefined) return undefined;
  const count = (part: string): number => (typeof rows[part] === 'number' ? rows[part] : 0);
  return { train: count('train'), validation: count('validation'), test: count('test') };
}
