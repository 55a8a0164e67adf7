/** What a run section sees: its model fed by its data, with outputs, fields, parameters and layers in scope. */
import type { Fix, Message, Place } from '../problem.ts';
import type { Dim } from '../shapes/dim.ts';
import type { TensorType } from '../shapes/type.ts';
import { isLossy } from '../syntax/lossy.ts';
import type { Chunk, DataDecl, Name, RunDecl, Span, UnitDecl } from '../syntax/tree.ts';
import type { Outputs } from './body.ts';
import { isOfTheStart } from './checked-only.ts';
import { type DataField, type DataResult, walkData } from './data.ts';
import { define } from './define.ts';
import { fieldMisfit } from './field-misfit.ts';
import { noFieldFixes } from './fixes/no-field.ts';
import { follows } from './follows.ts';
import {
  collector,
  type Frame,
  type Local,
  newNaming,
  newScope,
  newTally,
  place,
  type Recorder,
  type Scope,
} from './frame.ts';
import type { GivenArg, Site } from './layer.ts';
import { bindParams } from './params.ts';
import { complain, report } from './report.ts';
import { suggest } from './resolve.ts';
import { enterUnit, inputsOf, type Target, targetOf } from './unit.ts';
import { isBroken, withoutShape } from './use.ts';
import { type TensorValue, type TupleItem, tensorValue, type Value } from './value.ts';

export interface RunParts {
  readonly target: Target;
  readonly params: ReadonlyMap<string, Value>;
  /** What the paths of the model's weights begin with. */
  readonly path: string;
  readonly outputs: Outputs;
  /** The model's own names, for `freeze` and the like. */
  readonly scope: Scope;
  readonly data: DataParts;
  readonly tally: { readonly parameters: Dim; readonly trainable: Dim };
}

export interface DataParts {
  readonly chunk: Chunk;
  readonly declaration: DataDecl;
  readonly params: ReadonlyMap<string, Value>;
  readonly result: DataResult;
}

/** More arguments than the section writes: `--set classes=5`. */
export interface Extra {
  readonly model: readonly GivenArg[];
  readonly data: readonly GivenArg[];
  readonly recorder: Recorder | undefined;
  /** A run is about to start: a file that is missing is an error now. */
  readonly starting: boolean;
}

/** Looks up model and data, feeds the one from the other, and fills the frame's scope. Undefined: reported. */
export function enterRun(declaration: RunDecl, frame: Frame, extra: Extra): RunParts | undefined {
  const target = modelOf(declaration, frame);
  const data = dataOf(declaration, frame, extra);
  if (!target) return undefined;
  const [name] = declaration.model;
  if (!name) return undefined;
  const site = siteOf(frame, name, [...declaration.args.map((arg) => ({ arg, frame })), ...extra.model]);
  const params = bindParams(name.text, target, [...target.args, ...site.args], site, new Map());
  if (!params || !data) return undefined;
  const inner: Frame = {
    session: frame.session,
    chunk: target.chunk,
    scope: newScope(),
    naming: newNaming(name.text),
    sink: collector(),
    facts: undefined,
    places: ['model'],
    tally: newTally(),
  };
  const inputs = feedInputs(target, data, declaration, frame);
  if (!inputs) return undefined;
  const on = declaration.on?.name ?? name;
  const own = frame.session.program.check(target.chunk)?.problems ?? [];
  const misfit = (message: Message, blame: readonly Dim[], at: Place) => {
    const told = fieldMisfit(message, at, target, data);
    // A model whose shapes do not meet has told so already: it may be its input that is wrong.
    if (isSpoilt(data.chunk) || isSpoilt(target.chunk)) return;
    if (own.some(({ code, severity }) => severity === 'error' && code.startsWith('shape/'))) return;
    report(frame, on, { ...told, blame });
  };
  frame.session.active.push(target.chunk);
  const made = enterUnit(name.text, target, { params, inputs }, inner, misfit);
  frame.session.active.pop();
  if (!made) return undefined;
  const outputs = isBroken(own) ? made.map((output) => ({ ...output, value: withoutShape(output.value) })) : made;
  tellInner(name.text, inner, target, frame, name, extra.starting, on);
  const { naming, scope, tally } = inner;
  const parts: RunParts = { target, params, path: naming.path, outputs, scope, data, tally };
  fillScope(declaration, parts, inputs, frame);
  return parts;
}

function siteOf(frame: Frame, name: RunDecl['model'][number], args: readonly GivenArg[]): Site {
  const node = { kind: 'name', text: name.text, start: name.start, end: name.end } as const;
  return { node, callee: name, args, body: undefined, frame, arrow: undefined };
}

/** The model that a section names. */
export function modelOf(declaration: Pick<RunDecl, 'model'>, frame: Frame): Target | undefined {
  const [name, part] = declaration.model;
  const { program } = frame.session;
  if (!name || name.text === '') return undefined;
  const found = program.find(frame.chunk.file, name.text, 'unit');
  const unit = found?.declaration;
  if (!found || unit?.kind === 'import') {
    const models = program.names(frame.chunk.file, 'unit');
    if (!found) suggest(frame, name, name.text, 'name/unknown-model', models);
    return undefined;
  }
  if (unit?.kind !== 'unit' && unit?.kind !== 'variant' && unit?.kind !== 'extern') return undefined;
  const at = { chunk: found.chunk, start: unit.name.start, end: unit.name.end };
  frame.facts?.targets.set(name, { kind: 'declaration', name: name.text, at });
  const target = targetOf({ name: name.text, chunk: found.chunk, declaration: unit }, frame);
  if (target && !isModel(target)) {
    complain(frame, name, 'name/not-a-model', { name: name.text }, modelFixes(target, frame));
    return undefined;
  }
  if (part) {
    complain(frame, part, 'name/part-not-here', { model: name.text, part: part.text });
    return undefined;
  }
  return target;
}

/** The one data section of the file, to train on. */
function dataFixes(declaration: RunDecl, frame: Frame): readonly Fix[] {
  const [name, ...others] = frame.session.program.names(frame.chunk.file, 'data');
  const at = declaration.model.at(-1)?.end;
  const own = name === undefined ? undefined : frame.session.program.find(frame.chunk.file, name, 'data');
  if (name === undefined || others.length > 0 || at === undefined || own?.declaration.kind !== 'data') return [];
  const title = { key: 'fix/train-on', values: { data: name } };
  const edit = { at: place(frame, { start: at, end: at }), newText: ` on ${name}` };
  return declaration.args.length > 0 ? [] : [{ id: 'train/no-data/on', title, preferred: true, edits: [edit] }];
}

/** A block of this file made a model. */
function modelFixes({ chunk, declaration }: Target, frame: Frame): readonly Fix[] {
  if (declaration.kind !== 'unit' || chunk.file !== frame.chunk.file) return [];
  const { start, end } = declaration.keyword;
  const title = { key: 'fix/make-model', values: { name: declaration.name.text } };
  return [
    { id: 'name/not-a-model/model', title, preferred: true, edits: [{ at: { chunk, start, end }, newText: 'model' }] },
  ];
}

function isModel(target: Target): target is Target & { declaration: UnitDecl } {
  return target.declaration.kind === 'unit' && target.declaration.unit === 'model';
}

function dataOf(declaration: RunDecl, frame: Frame, extra: Extra): DataParts | undefined {
  const { on } = declaration;
  const { program } = frame.session;
  if (!on) {
    const at = declaration.model.at(-1) ?? declaration.keyword;
    complain(frame, at, 'train/no-data', { run: declaration.run }, dataFixes(declaration, frame));
    return undefined;
  }
  const { name } = on;
  if (name.text === '') return undefined;
  const found = program.find(frame.chunk.file, name.text, 'data');
  if (!found) {
    suggest(frame, name, name.text, 'name/unknown-data', program.names(frame.chunk.file, 'data'));
    return undefined;
  }
  const data = found.declaration;
  if (data.kind !== 'data') return undefined;
  const at = { chunk: found.chunk, start: data.name.start, end: data.name.end };
  frame.facts?.targets.set(name, { kind: 'declaration', name: name.text, at });
  const target = { chunk: found.chunk, declaration: data };
  return enterData({ ...target, name }, [...on.args.map((arg) => ({ arg, frame })), ...extra.data], frame, extra);
}

/** A data section with its parameters bound to what a use gives; `name` is where the use names it. Undefined: reported. */
export function enterData(
  target: { readonly chunk: Chunk; readonly declaration: DataDecl; readonly name: Name },
  given: readonly GivenArg[],
  frame: Frame,
  extra: Pick<Extra, 'recorder' | 'starting'>,
): DataParts | undefined {
  const { chunk, declaration, name } = target;
  const params = bindParams(name.text, target, given, siteOf(frame, name, given), new Map());
  if (!params) return undefined;
  const session = { ...frame.session, recorder: extra.recorder };
  const sink = collector();
  const inner: Frame = { ...frame, session, chunk, scope: newScope(), sink, facts: undefined, open: false };
  for (const param of declaration.params) {
    const local = define(inner, param.name, params.get(param.name.text) ?? { kind: 'unknown' }, 'parameter');
    if (local) local.used = true;
  }
  const result = walkData(declaration, inner);
  tellInner(name.text, inner, target, frame, name, extra.starting);
  return { chunk, declaration, params, result };
}

/** Numbers that the data brings and the model has no row for: told where the two meet. */
const OF_THE_DATA: ReadonlySet<string> = new Set(['shape/table', 'data/unlike-indexes']);

/** What only this use shows of a model or data section is told at its name in the run, with the place as related. */
function tellInner(
  unit: string,
  inner: Frame,
  target: { readonly chunk: Chunk },
  frame: Frame,
  name: { readonly start: number; readonly end: number },
  starting = false,
  on: Span = name,
): void {
  const own = frame.session.program.check(target.chunk)?.problems ?? [];
  if (isBroken(own) && !starting) return;
  const known = new Set(own.map((problem) => `${problem.code} ${problem.at.start} ${problem.at.end}`));
  for (const problem of inner.sink.problems) {
    if (starting && isOfTheStart(problem)) {
      frame.sink.add({ ...problem, severity: 'error' });
      continue;
    }
    if (known.has(`${problem.code} ${problem.at.start} ${problem.at.end}`)) continue;
    if (follows(problem, target.chunk)) continue;
    // Of hints only those count that the rows alone bring about.
    if (problem.severity === 'hint' && !problem.code.startsWith('data/')) continue;
    const nested = problem.message.key === 'shape/in-unit';
    frame.sink.add({
      ...problem,
      message: nested ? problem.message : { key: 'shape/in-unit', values: { unit }, inner: problem.message },
      at: place(frame, OF_THE_DATA.has(problem.code) ? on : name),
      related: [{ at: problem.at, message: { key: 'why/here', values: { inputs: '' } } }, ...problem.related],
      // What stands in the model itself can be mended there.
      fixes: problem.at.chunk === target.chunk ? problem.fixes : [],
    });
  }
}

/** Each input of the model from the field of its name. */
function feedInputs(
  target: Target,
  data: DataParts,
  declaration: RunDecl,
  frame: Frame,
): Map<string, Value> | undefined {
  const inputs = new Map<string, Value>();
  const { fields } = data.result;
  const declared = inputsOf(target.declaration.body);
  const names = new Set(declared.map(({ name }) => name));
  for (const { name, optional, statement } of declared) {
    const field = fields.get(name);
    if (field) {
      inputs.set(name, recordInput('input', field, frame));
      continue;
    }
    // An input that its own model calls by another name is told there.
    if (optional || isMisnamed(target, [...fields.keys()], frame) || isSpoilt(data.chunk)) continue;
    const on = declaration.on?.name ?? declaration.keyword;
    const at = { chunk: target.chunk, start: statement.start, end: statement.end };
    const values = { input: name, data: declaration.on?.name.text ?? '', fields: [...fields.keys()].join(', ') };
    report(frame, on, {
      message: { key: fields.size === 0 ? 'data/no-field.none' : 'data/no-field', values },
      related: [{ at, message: { key: 'why/input-here', values: { unit: declaration.model[0]?.text ?? '' } } }],
      fixes: noFieldFixes(statement, fields, names),
    });
    return undefined;
  }
  return inputs;
}

/** Whether syntax errors leave open what a declaration says. */
function isSpoilt(chunk: Chunk): boolean {
  return chunk.problems.some(isLossy);
}

/** Whether the model looks in vain for a name that a field has: its input is misspelt. */
function isMisnamed(target: Target, fields: readonly string[], frame: Frame): boolean {
  const problems = frame.session.program.check(target.chunk)?.problems ?? [];
  return problems.some(({ code, message }) => code === 'name/unknown' && fields.includes(String(message.values.name)));
}

/** A field as a value of the model's graph. */
function recordInput(op: 'input' | 'field', field: DataField, frame: Frame): TensorValue {
  const { type: stated } = field.value;
  const type: TensorType = { ...stated, perExample: true, facts: { ...stated.facts, field: field.name } };
  const [ref] =
    frame.session.recorder?.node({
      op,
      inputs: {},
      settings: { name: field.name },
      weights: {},
      outputs: [type],
      path: '',
      place: field.at,
    }) ?? [];
  return tensorValue(type, ref);
}

/** Outputs, fields, parameters and layers by their names; `Model.x` and `Data.x` always, alone where they do not clash. */
function fillScope(declaration: RunDecl, parts: RunParts, inputs: ReadonlyMap<string, Value>, frame: Frame): void {
  const { scope } = frame;
  const [modelName, dataName] = [declaration.model[0]?.text ?? '', declaration.on?.name.text];
  const { target, data } = parts;
  const put = (local: Local) => scope.names.set(local.name, local);
  for (const [name, local] of parts.scope.names) {
    if (local.what === 'parameter' || local.what === 'layer') put({ ...local, name, used: true });
  }
  const fields: { readonly name: string; readonly value: Value }[] = [];
  for (const field of data.result.fields.values()) {
    const value = inputs.get(field.name) ?? recordInput('field', field, frame);
    fields.push({ name: field.name, value });
    put({ value, what: 'field', name: field.name, at: field.at, used: true });
  }
  const absent = ({ trainingOnly, statement }: Outputs[number]) =>
    trainingOnly && declaration.run === 'evaluate'
      ? { trainingOnly: { chunk: target.chunk, start: statement.start, end: statement.end } }
      : {};
  for (const output of parts.outputs) {
    const { name, value, statement } = output;
    const span = statement.name ?? statement;
    const at = { chunk: target.chunk, start: span.start, end: span.end };
    const field = scope.names.get(name);
    const clash = field?.what === 'field' ? ([`${modelName}.${name}`, `${dataName}.${name}`] as const) : undefined;
    put({ value, what: 'output', name, at, used: true, ...(clash ? { ambiguous: clash } : {}), ...absent(output) });
  }
  const outputs = parts.outputs.map((output) => ({ name: output.name, value: output.value, ...absent(output) }));
  const owner = (name: string, items: readonly TupleItem[], at: Place) =>
    put({ value: { kind: 'tuple', items }, what: 'binding', name, at, used: true });
  const at = (chunk: Chunk, span: { readonly start: number; readonly end: number }) => ({ chunk, ...span });
  if (dataName)
    owner(dataName, fields, at(data.chunk, { start: data.declaration.name.start, end: data.declaration.name.end }));
  const { name } = target.declaration;
  owner(modelName, outputs, at(target.chunk, { start: name.start, end: name.end }));
}
