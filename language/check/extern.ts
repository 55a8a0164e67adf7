/**
 * `extern block`: its inputs and outputs are typed here, and a JavaScript module builds its result of primitives. The check
 * only reads the module's text, for the plan; nothing of it runs before a training that someone has started.
 */

import type { CheckedSettings, CheckedValue } from '../catalog/entry.ts';
import type { Place } from '../problem.ts';
import { type TensorType, tensor } from '../shapes/type.ts';
import type { ExternDecl, Statement } from '../syntax/tree.ts';
import type { Outputs } from './body.ts';
import { boxOf, type Frame, parentOf, place } from './frame.ts';
import type { Site } from './layer.ts';
import { complain, report } from './report.ts';
import type { Target } from './unit.ts';
import { numberIn, tensorValue, type Value } from './value.ts';

/** What the keys of nodes begin with that a module builds. */
export const EXTERN = 'extern/';

/** A module that a run needs, as it is now. */
export interface ExternModule {
  /** The key of its nodes in the graph. */
  readonly op: string;
  readonly path: string;
  readonly text: string;
  readonly place: Place;
}

/** The module's path and what stands in the body. A missing module is information while one types. */
export function checkExtern(declaration: ExternDecl, frame: Frame): void {
  for (const statement of declaration.body) checkStatement(statement, declaration, frame);
  const { from } = declaration;
  if (!from || from.value === '') return;
  if (!/\.m?js$/u.test(from.value)) {
    complain(frame, from, 'data/module-kind', { path: from.value });
    return;
  }
  const found = frame.session.program.module(frame.chunk.file, from.value);
  if (typeof found === 'string') {
    report(frame, from, {
      severity: 'information',
      message: { key: 'data/module-missing', values: { path: from.value, trouble: found } },
    });
  }
}

function checkStatement(statement: Statement, declaration: ExternDecl, frame: Frame): void {
  const values = { unit: declaration.name.text };
  switch (statement.kind) {
    case 'input':
    case 'require':
      return;
    case 'output':
      if (!statement.type || statement.value) complain(frame, statement, 'type/extern-output', values);
      return;
    case 'bind':
    case 'layer':
      complain(frame, statement, 'type/extern-body', values);
  }
}

/** Writes an application down: one node that the module builds. Undefined: the module is not there (reported). */
export function recordExtern(
  target: Target & { readonly declaration: ExternDecl },
  fed: { readonly params: ReadonlyMap<string, Value> },
  outputs: Outputs,
  inner: Frame,
  site: Site,
): Outputs | undefined {
  const { recorder, program } = inner.session;
  const { from, name } = target.declaration;
  if (!recorder || !from) return outputs;
  const found = program.module(target.chunk.file, from.value);
  const there = typeof found === 'object' ? found : undefined;
  // A summary only counts: it needs no module.
  if (!there && inner.session.starting) {
    const values = { path: from.value, trouble: typeof found === 'string' ? found : 'missing' };
    complain(site.frame, site.callee, 'data/module-missing', values);
    return undefined;
  }
  const op = `${EXTERN}${name.text} ${there?.file ?? from.value}`;
  const at = { chunk: target.chunk, start: from.start, end: from.end };
  if (there) inner.session.modules.set(op, { op, path: from.value, text: there.text, place: at });
  const inputs = target.declaration.body.flatMap((statement) => {
    const value = statement.kind === 'input' ? inner.scope.names.get(statement.name.text)?.value : undefined;
    return statement.kind === 'input' && value?.kind === 'tensor' ? [{ name: statement.name.text, value }] : [];
  });
  if (inputs.some(({ value }) => !value.ref)) return outputs;
  const perExample = inputs.length === 0 || inputs.some(({ value }) => value.type.perExample);
  const types = outputs.map(({ value }): TensorType => {
    const type = value.kind === 'tensor' ? value.type : tensor('float32', undefined);
    return { ...type, dtype: type.dtype ?? 'float32', perExample };
  });
  const refs = recorder.node({
    op,
    inputs: Object.fromEntries(inputs.flatMap(({ name: input, value }) => (value.ref ? [[input, value.ref]] : []))),
    settings: settingsOf(fed.params),
    weights: {},
    outputs: types,
    path: inner.naming.path,
    within: parentOf(boxOf(inner.naming)),
    place: place(site.frame, site.node),
  });
  return outputs.map((output, index) => {
    const type = types[index];
    return type ? { ...output, value: tensorValue(type, refs[index]) } : output;
  });
}

/** Parameters as settings; what only the checker knows (a layer) does not reach the module. */
function settingsOf(params: ReadonlyMap<string, Value>): CheckedSettings {
  return Object.fromEntries([...params].map(([name, value]) => [name, settingOf(value)]));
}

function settingOf(value: Value): CheckedValue {
  switch (value.kind) {
    case 'size':
      return value.dim;
    case 'number':
      return numberIn(value) ?? null;
    case 'flag':
    case 'text':
      return value.value ?? null;
    case 'word':
      return value.text;
    case 'list':
      return value.items.map(settingOf);
    case 'tensor':
    case 'range':
    case 'tuple':
    case 'layer':
    case 'unknown':
      return null;
  }
}
