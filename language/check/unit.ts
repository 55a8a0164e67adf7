/**
 * Models and blocks: which unit a name means, what its inputs take, and the walk through its body. The same walk serves a
 * unit's own check (with symbols), its uses (with the sizes of each, `use.ts`), and the recording of a plan.
 */
import type { Message, Place } from '../problem.ts';
import { agree } from '../shapes/broadcast.ts';
import { type Dim, printDim } from '../shapes/dim.ts';
import { printShape, printType, type TensorType, tensor, unknownType } from '../shapes/type.ts';
import type { Chunk, Expr, ExternDecl, InputStmt, Statement, UnitDecl } from '../syntax/tree.ts';
import { applyBody, type Outputs } from './body.ts';
import { define } from './define.ts';
import { asInput, evaluate } from './expression.ts';
import { collector, type Frame, newScope, place } from './frame.ts';
import type { GivenArg, UnitRef } from './layer.ts';
import { report } from './report.ts';
import { matchShape, symbolicType } from './types.ts';
import { constantType, describe, tensorValue, unknownValue, type Value } from './value.ts';

/** A unit with the arguments that its variants (`model S = Mixer(width: 512)`) fill in. */
export interface Target {
  readonly chunk: Chunk;
  readonly declaration: UnitDecl | ExternDecl;
  readonly args: readonly GivenArg[];
}

/** The unit behind a name; variants are followed. Undefined: reported where the variant is declared. */
export function targetOf(unit: UnitRef, frame: Frame): Target | undefined {
  let { chunk, declaration } = unit;
  const args: GivenArg[] = [];
  const seen = new Set<Chunk>();
  while (declaration.kind === 'variant') {
    if (seen.has(chunk)) return undefined;
    seen.add(chunk);
    const variantFrame: Frame = { ...frame, chunk, scope: newScope(), facts: undefined, sink: collector() };
    args.unshift(...declaration.args.map((arg) => ({ arg, frame: variantFrame })));
    const found = frame.session.program.find(chunk.file, declaration.of.text, 'unit');
    const next = found?.declaration;
    if (!found || (next?.kind !== 'unit' && next?.kind !== 'variant' && next?.kind !== 'extern')) return undefined;
    chunk = found.chunk;
    declaration = next;
  }
  return { chunk, declaration, args };
}

export interface UnitInput {
  readonly name: string;
  readonly optional: boolean;
  readonly statement: InputStmt;
}

/** The inputs that a unit declares. */
export function unitInputs(unit: UnitRef, frame: Frame): readonly UnitInput[] {
  return inputsOf(targetOf(unit, frame)?.declaration.body ?? []);
}

export function inputsOf(body: readonly Statement[]): readonly UnitInput[] {
  return body.flatMap((statement) =>
    statement.kind === 'input' && statement.name.text !== ''
      ? [{ name: statement.name.text, optional: statement.default !== undefined, statement }]
      : [],
  );
}

/** Binds parameters and inputs in a fresh frame and walks the body. Undefined: an input does not fit. */
export function enterUnit(
  name: string,
  target: Target,
  fed: { readonly params: ReadonlyMap<string, Value>; readonly inputs: ReadonlyMap<string, Value> },
  inner: Frame,
  misfit: (message: Message, blame: readonly Dim[], at: Place) => void,
): Outputs | undefined {
  for (const param of target.declaration.params) {
    define(inner, param.name, fed.params.get(param.name.text) ?? unknownValue, 'parameter');
  }
  let fits = true;
  const input = (statement: InputStmt): Value => {
    const fedValue = fed.inputs.get(statement.name.text);
    const given = fedValue ?? (statement.default && evaluate(statement.default, inner));
    // A default with other axes is told where it is declared.
    if (!fedValue && given && otherAxes(statement, given)) return unknownValue;
    const value = inputValue(name, statement, given ?? unknownValue, inner, misfit);
    if (!value) fits = false;
    return value ?? unknownValue;
  };
  const outputs = applyBody(target.declaration, inner, input);
  return fits ? outputs : undefined;
}

/** A value as a unit's input: its type must fit the pattern. Undefined: it does not, and was reported. */
function inputValue(
  unit: string,
  statement: InputStmt,
  given: Value,
  inner: Frame,
  misfit: (message: Message, blame: readonly Dim[], at: Place) => void,
): Value | undefined {
  const { type } = statement;
  const at = place(inner, statement);
  const value = asInput(
    given,
    statement.default ?? { kind: 'missing', start: statement.start, end: statement.end },
    inner,
  );
  if (!value) {
    matchShape(type?.shape, undefined, inner);
    if (given.kind === 'unknown') return tensorValue({ ...unknownType, dtype: type?.dtype?.name });
    misfit({ key: 'type/not-a-value', values: { callee: unit, value: describe(given) } }, [], at);
    return undefined;
  }
  const wanted = type?.dtype?.name;
  const input = statement.name.text;
  const values = { unit, input, given: printType(value.type) };
  const literal = value.type.facts.literal && wanted === 'float32';
  if (wanted && value.type.dtype && value.type.dtype !== wanted && !literal) {
    matchShape(type?.shape, undefined, inner);
    misfit({ key: 'type/input', values: { ...values, wanted } }, [], at);
    return undefined;
  }
  const match = type
    ? matchShape(type.shape, value.type.shape, inner)
    : ({ ok: true, shape: value.type.shape } as const);
  if (!match.ok) {
    const shown = { ...values, given: printShape(value.type.shape), expected: match.expected };
    const rank = match.axis === undefined;
    const message: Message = rank
      ? { key: 'shape/input.rank', values: shown }
      : {
          key: match.wanted ? 'shape/input' : 'shape/input.unsolved',
          values: { ...shown, axis: match.axis, actual: sizeText(match.given), wanted: sizeText(match.wanted) },
        };
    misfit(message, rank ? (value.type.shape ?? []) : match.given ? [match.given] : [], at);
    return undefined;
  }
  const fitted = tensor(value.type.dtype ?? wanted, value.type.shape, value.type);
  return { kind: 'tensor', type: fitted, ref: value.ref };
}

function otherAxes({ type }: InputStmt, value: Value): boolean {
  const shape = (value.kind === 'tensor' ? value.type : constantType(value))?.shape;
  const dims = type?.shape?.dims ?? [];
  return shape !== undefined && dims.every((dim) => dim.kind !== 'rest') && dims.length !== shape.length;
}

function sizeText(dim: Dim | undefined): string {
  return dim ? printDim(dim) : '?';
}

/** What flows out of a unit: its one output, or all of them by name; those that exist only in training stay inside. */
export function outputsValue(outputs: Outputs): Value {
  const lasting = outputs.filter((output) => !output.trainingOnly);
  const [only] = lasting;
  if (lasting.length === 1 && only) return only.value;
  return { kind: 'tuple', items: lasting.map(({ name, value }) => ({ name, value })) };
}

// ---- a unit's own check

/** The inputs of a unit in its own check: symbols for all sizes that are names. */
export function symbolicInput(statement: InputStmt, frame: Frame, model: boolean): Value {
  const { type } = statement;
  if (!type) return unknownValue;
  if (model && !type.dtype) {
    report(frame, type, { message: { key: 'type/no-dtype', values: { input: statement.name.text } } });
  }
  const declared = symbolicType(type, frame);
  const { recorder } = frame.session;
  const [ref] =
    recorder?.node({
      op: 'input',
      inputs: {},
      settings: { name: statement.name.text },
      weights: {},
      outputs: [declared],
      path: '',
      place: place(frame, statement),
    }) ?? [];
  if (statement.default) checkDefault(statement, statement.default, declared, frame);
  return tensorValue(declared, ref);
}

/** A default must fit its input for all sizes; what a use shows is told there. */
function checkDefault(statement: InputStmt, expr: Expr, declared: TensorType, frame: Frame): void {
  const value = asInput(evaluate(expr, frame), expr, frame);
  if (!value || agree(declared.shape, value.type.shape).ok) return;
  const values = {
    input: statement.name.text,
    wanted: printShape(declared.shape),
    given: printType(value.type),
  };
  report(frame, expr, { message: { key: 'shape/input-default', values } });
}
