/** JSON lines: one object a line; its keys are the columns, a missing key or `null` is an empty cell. */
import type { PlanPlace } from '../../language/index.ts';
import { isRecord } from '../../protocol/index.ts';
import { Failure } from '../failure.ts';
import type { Column, SourceFile, Table } from './source.ts';
import { linesOf } from './text.ts';
import { grouped, type Values } from './values.ts';

interface Line {
  readonly row: Readonly<Record<string, unknown>>;
  readonly line: number;
}

/** Reads the wanted columns of a file. */
export async function readJsonl(file: SourceFile, wanted: ReadonlySet<string>, at: PlanPlace): Promise<Table> {
  const lines: Line[] = [];
  const names = new Set<string>();
  let number = 0;
  for await (const text of linesOf(file, at)) {
    number++;
    if (text.trim() === '') continue;
    const row = parseLine(text, number, file, at);
    for (const name of Object.keys(row)) names.add(name);
    // What nobody reads takes no memory.
    const kept = Object.fromEntries(Object.entries(row).filter(([name]) => wanted.has(name)));
    lines.push({ row: kept, line: number });
  }
  const where = (row: number): string => `line ${grouped(lines[row]?.line ?? row + 1)} of "${file.path}"`;
  const columns = [...names].map((name): [string, Column] => {
    const position = (row: number): string => `${where(row)}, \`${name}\``;
    const gather = wanted.has(name) ? gatherer(name, lines, position, at) : emptyTexts;
    return [name, { gather, where: position }];
  });
  return { rows: lines.length, kind: 'rows', columns: new Map(columns) };
}

function emptyTexts(rows: Uint32Array): Values {
  return { dtype: 'string', shape: [], count: rows.length, data: Array.from(rows, () => '') };
}

function parseLine(text: string, line: number, file: SourceFile, at: PlanPlace): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Told below, as of a line that is something else.
  }
  const shown = text.length > 40 ? `${text.slice(0, 37)}…` : text;
  throw new Failure(
    'data/not-jsonl',
    `Line ${grouped(line)} of "${file.path}" is no JSON object: ${shown}. Each line is one, like {"age": 3}.`,
    at,
  );
}

function gatherer(
  name: string,
  lines: readonly Line[],
  where: (row: number) => string,
  at: PlanPlace,
): Column['gather'] {
  const values = lines.map(({ row }) => row[name]);
  const there = values.filter((value) => value !== undefined && value !== null && value !== '');
  if (there.length > 0 && there.every(isNumber)) {
    const whole =
      there.length === values.length && there.every((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31);
    const data = Float64Array.from(values, (value) => (isNumber(value) ? value : Number.NaN));
    return (rows) => ({
      dtype: whole ? 'int32' : 'float32',
      shape: [],
      count: rows.length,
      data: Float64Array.from(rows, (row) => data[row] ?? Number.NaN),
    });
  }
  if (there.length === values.length && there.length > 0 && there.every((value) => typeof value === 'boolean')) {
    return (rows) => ({
      dtype: 'bool',
      shape: [],
      count: rows.length,
      data: Uint8Array.from(rows, (row) => (values[row] === true ? 1 : 0)),
    });
  }
  if (there.some(Array.isArray)) return lists(values, where, at);
  const texts = values.map((value) => (value === undefined || value === null ? '' : textOf(value)));
  return (rows) => ({
    dtype: 'string',
    shape: [],
    count: rows.length,
    data: Array.from(rows, (row) => texts[row] ?? ''),
  });
}

function lists(values: readonly unknown[], where: (row: number) => string, at: PlanPlace): Column['gather'] {
  const [first] = values;
  const length = Array.isArray(first) ? first.length : 0;
  const data = new Float64Array(values.length * length);
  for (const [row, value] of values.entries()) {
    if (!Array.isArray(value) || value.length !== length || !value.every(isNumber)) {
      throw new Failure(
        'data/unlike-lists',
        `The first row has a list of ${length} numbers, but ${where(row)} is ${JSON.stringify(value)?.slice(0, 60) ?? 'empty'}. Lists of one column have one length, and numbers in them.`,
        at,
      );
    }
    data.set(value, row * length);
  }
  return (rows) => {
    const picked = new Float64Array(rows.length * length);
    for (const [i, row] of rows.entries()) picked.set(data.subarray(row * length, (row + 1) * length), i * length);
    return { dtype: 'float32', shape: [length], count: rows.length, data: picked };
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
