/** The fix for an input that no field feeds: a field of its type that is spelt almost so, or the only one of its type, is renamed. */
import type { Fix } from '../../problem.ts';
import { nearest } from '../../syntax/nearest.ts';
import type { InputStmt } from '../../syntax/tree.ts';
import type { DataField } from '../data.ts';

/** `inputs` are the names of all inputs of the model: a field that feeds one of them is not taken from it. */
export function noFieldFixes(
  input: InputStmt,
  fields: ReadonlyMap<string, DataField>,
  inputs: ReadonlySet<string>,
): readonly Fix[] {
  const fitting = [...fields.values()].filter((field) => !inputs.has(field.name) && fits(field, input));
  const names = fitting.map((field) => field.name);
  const chosen = nearest(input.name.text, names) ?? (names.length === 1 ? names[0] : undefined);
  const field = fitting.find(({ name }) => name === chosen);
  if (!field) return [];
  const title = { key: 'fix/rename-field', values: { field: field.name, input: input.name.text } };
  const edits = [{ at: field.at, newText: input.name.text }];
  return [{ id: 'data/no-field/rename', title, preferred: true, edits }];
}

/** Whether the field's element type and number of axes are those that the input states. */
function fits({ value }: DataField, { type }: InputStmt): boolean {
  const { dtype, shape } = value.type;
  const rank = type?.shape?.dims.length ?? 0;
  return (dtype === undefined || dtype === type?.dtype?.name) && (shape === undefined || shape.length === rank);
}
