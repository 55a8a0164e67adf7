/** What is said where a field of the data does not fit the input of its name. */
import type { Fix, Message, Place } from '../problem.ts';
import { constant } from '../shapes/dim.ts';
import { printType, type Shape } from '../shapes/type.ts';
import type { InputStmt } from '../syntax/tree.ts';
import type { Report } from './report.ts';
import type { DataParts } from './run-scope.ts';
import { inputsOf, type Target } from './unit.ts';

type Told = Required<Pick<Report, 'message' | 'related' | 'fixes'>>;

/** The misfit of a block's input, told of a field; `at` is the input. */
export function fieldMisfit(message: Message, at: Place, target: Target, data: DataParts): Told {
  const input = inputsOf(target.declaration.body).find(({ statement }) => statement.start === at.start);
  const field = input && data.result.fields.get(input.name);
  const here = { at, message: { key: 'why/input', values: { input: input?.name ?? '' } } };
  const values = field && { field: field.name, type: printType(field.value.type) };
  const batch = hasBatchAxis(message);
  return {
    message: { ...message, key: batch ? 'data/field-input.batch' : fieldKey(message.key) },
    related: field && values ? [{ at: field.at, message: { key: 'why/field', values } }, here] : [here],
    fixes:
      batch && input
        ? withoutFirstAxis(input.statement, at)
        : input && field
          ? asField(message, input.statement, field.value.type.shape, at)
          : [],
  };
}

function fieldKey(key: string): string {
  return key === 'type/input' ? 'data/field-input.type' : key.replace('shape/input', 'data/field-input');
}

/** One axis more in front of the field's own: the batch, written as elsewhere. */
function hasBatchAxis({ key, values }: Message): boolean {
  if (key !== 'shape/input.rank') return false;
  const [expected, given] = [String(values.expected), String(values.given)];
  const [first = '', ...rest] = expected.slice(1, -1).split(', ');
  return first !== '...' && `[${rest.join(', ')}]` === given;
}

/** The input's sizes as the field has them; only where all are plain numbers of as many axes. */
function asField({ key }: Message, statement: InputStmt, shape: Shape, at: Place): readonly Fix[] {
  const written = statement.type?.shape;
  const sizes = shape?.map(constant) ?? [];
  const plain = written?.dims.every((dim) => dim.kind === 'number') && written.dims.length === sizes.length;
  if (key !== 'shape/input' || !written || !plain || sizes.includes(undefined)) return [];
  const text = `[${sizes.join(', ')}]`;
  const edit = { at: { chunk: at.chunk, start: written.start, end: written.end }, newText: text };
  return [
    { id: 'data/field-input/change', title: { key: 'fix/change', values: { text } }, preferred: false, edits: [edit] },
  ];
}

function withoutFirstAxis(statement: InputStmt, at: Place): readonly Fix[] {
  const [first, second] = statement.type?.shape?.dims ?? [];
  if (!first) return [];
  const edit = { at: { chunk: at.chunk, start: first.start, end: second?.start ?? first.end }, newText: '' };
  return [
    { id: 'data/field-input/batch', title: { key: 'fix/batch-axis', values: {} }, preferred: true, edits: [edit] },
  ];
}
