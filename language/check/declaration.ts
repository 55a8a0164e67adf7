/** The own check of one declaration: everything that can be said of it by itself, and what editors are told of its nodes. */

import type { Problem } from '../problem.ts';
import { known } from '../shapes/dim.ts';
import { unknownType } from '../shapes/type.ts';
import type {
  Chunk,
  Declaration,
  Expr,
  ExternDecl,
  ImportDecl,
  RunDecl,
  UnitDecl,
  VariantDecl,
} from '../syntax/tree.ts';
import { checkEvaluatedRows } from './advice/evaluation.ts';
import { adviseRun } from './advice/run.ts';
import { adviseUnit } from './advice/unit.ts';
import { applyBody } from './body.ts';
import type { CheckedDeclaration, DeclarationFacts, UnitFact } from './checked.ts';
import { checkData } from './data.ts';
import { define } from './define.ts';
import { notToldBefore } from './earlier-runs.ts';
import { checkExport } from './export.ts';
import { checkExtern } from './extern.ts';
import { joinedFixes } from './fixes/joined.ts';
import { follows } from './follows.ts';
import {
  collector,
  type Facts,
  type Frame,
  newNaming,
  newScope,
  newTally,
  type Recorder,
  type Session,
} from './frame.ts';
import { checkFrozen } from './freeze.ts';
import { warnUntrained } from './gradient.ts';
import type { Site } from './layer.ts';
import { bindParams, ownValue } from './params.ts';
import type { Program } from './program.ts';
import { complain, report } from './report.ts';
import { suggest } from './resolve.ts';
import { checkRun } from './run.ts';
import { checkTune } from './tune.ts';
import { inputsOf, symbolicInput, targetOf } from './unit.ts';
import { reportUnused } from './unused.ts';
import type { Value } from './value.ts';

export interface OwnCheck {
  readonly checked: CheckedDeclaration;
  /** Entries whose rule threw: a bug. */
  readonly crashes: readonly string[];
}

export function newSession(program: Program, recorder?: Recorder, starting = false): Session {
  return {
    program,
    recorder,
    starting,
    memo: new Map(),
    told: new WeakMap(),
    sharedWeights: new Map(),
    modules: new Map(),
    active: [],
    overMaps: [],
    windows: [],
    unscaled: [],
    batchNorms: [],
    looks: [],
    forward: [],
    moving: new Set(),
    crashes: [],
    depth: 0,
    steps: 0,
  };
}

/** A frame at the top of a declaration. */
export function topFrame(session: Session, chunk: Chunk, path: string, facts: Facts | undefined) {
  const sink = collector();
  const frame: Frame = {
    session,
    chunk,
    scope: newScope(),
    naming: newNaming(path),
    sink,
    facts,
    places: ['model'],
    tally: newTally(),
  };
  return { frame, problems: sink.problems };
}

export function checkDeclaration(chunk: Chunk, program: Program): OwnCheck {
  const facts = { values: new Map(), targets: new Map(), calls: new Map() };
  const session = newSession(program);
  const { declaration } = chunk;
  const { frame, problems } = topFrame(session, chunk, declaration ? nameOf(declaration) : '', facts);
  const more: { unit?: UnitFact; columns?: DeclarationFacts['columns'] } = {};
  if (declaration) checkKind(declaration, frame, more);
  const syntax = chunk.problems.map((problem): Problem => ({ ...problem, at: { chunk, ...problem.at } }));
  const told = declaration?.kind === 'run' ? notToldBefore(problems, declaration, frame) : problems;
  const checked: CheckedDeclaration = {
    chunk,
    problems: [...joinedFixes(syntax, told, chunk), ...firstOfEach(told.filter((problem) => !follows(problem, chunk)))],
    facts: { ...facts, unit: more.unit, columns: more.columns },
  };
  return { checked, crashes: session.crashes };
}

/** One slip in ten thousand lines alike is no ten thousand messages: an editor would choke on them. */
const ALIKE_LIMIT = 100;

/** The first problems of each code and severity. */
function firstOfEach(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= ALIKE_LIMIT) return problems;
  const counts = new Map<string, number>();
  return problems.filter(({ code, severity }) => {
    const count = (counts.get(`${code} ${severity}`) ?? 0) + 1;
    counts.set(`${code} ${severity}`, count);
    return count <= ALIKE_LIMIT;
  });
}

function checkKind(
  declaration: Declaration,
  frame: Frame,
  more: { unit?: UnitFact; columns?: DeclarationFacts['columns'] },
): void {
  const { chunk, session } = frame;
  switch (declaration.kind) {
    case 'unit':
    case 'extern':
      session.active.push(chunk);
      more.unit = checkUnit(declaration, frame);
      session.active.pop();
      break;
    case 'variant':
      checkVariant(declaration, frame);
      break;
    case 'import':
      checkImport(declaration, frame);
      break;
    case 'data':
      more.columns = checkData(declaration, frame).columns;
      break;
    case 'run':
      checkRunDeclaration(declaration, frame);
      break;
    case 'export':
      checkExport(declaration, frame);
      break;
  }
}

function checkRunDeclaration(declaration: RunDecl, frame: Frame): void {
  if (declaration.run === 'tune') {
    checkTune(declaration, frame);
    return;
  }
  const checked = checkRun(declaration, frame);
  const clean = frame.sink.problems.every((problem) => problem.severity !== 'error');
  if (!checked || !clean) return;
  if (declaration.run === 'evaluate') checkEvaluatedRows(declaration, checked, frame);
  if (declaration.run !== 'train') return;
  checkFrozen(declaration, checked, frame);
  warnUntrained(declaration, checked, frame);
  adviseRun(declaration, checked, frame);
}

function nameOf(declaration: Declaration): string {
  return 'name' in declaration ? declaration.name.text : '';
}

// ---- units

function checkUnit(declaration: UnitDecl | ExternDecl, frame: Frame): UnitFact {
  const model = declaration.kind === 'unit' && declaration.unit === 'model';
  checkName(declaration, frame);
  const target = { chunk: frame.chunk, declaration };
  const earlier = new Map<string, Value>();
  for (const param of declaration.params) {
    const value = ownValue(param, target, frame, earlier, !model);
    earlier.set(param.name.text, value);
    define(frame, param.name, value, 'parameter');
    if (param.default) tellDefault(param.default, value, frame);
  }
  if (declaration.kind === 'extern') checkExtern(declaration, frame);
  const outputs = applyBody(declaration, frame, (statement) => symbolicInput(statement, frame, model));
  if (outputs.length === 0 && declaration.name.text !== '' && frame.chunk.problems.length === 0) {
    complain(frame, declaration.name, 'shape/no-output', {
      unit: declaration.name.text,
      kind: declaration.keyword ? 'unit' : '',
    });
  }
  if (declaration.kind === 'unit') {
    reportUnused(declaration, frame);
    adviseUnit(frame);
  }
  const type = (value: Value) => (value.kind === 'tensor' ? value.type : unknownType);
  return {
    inputs: inputsOf(declaration.body).map(({ name, optional }) => {
      const local = frame.scope.names.get(name);
      return { name, optional, type: local ? type(local.value) : unknownType };
    }),
    outputs: outputs.map(({ name, value }) => ({ name, type: type(value) })),
    parameters: frame.tally.parameters ?? known(0),
    trainable: frame.tally.trainable,
  };
}

/** A default is shown as what it is; a bare word is no name. */
function tellDefault(expr: Expr, value: Value, frame: Frame): void {
  if (expr.kind !== 'name' || value.kind !== 'word') return;
  frame.facts?.values.set(expr, { kind: 'word', text: expr.text });
  frame.facts?.targets.set(expr, { kind: 'word', entry: undefined, setting: '', word: expr.text });
}

/** A name that the library has too is the program's own; a hint says so. A name twice is an error. */
export function checkName(declaration: Extract<Declaration, { name: unknown }>, frame: Frame): void {
  const { name } = declaration;
  if (name.text === '') return;
  const { program } = frame.session;
  const at = { chunk: frame.chunk, start: name.start, end: name.end };
  frame.facts?.targets.set(name, { kind: 'declaration', name: name.text, at });
  const first = program.find(frame.chunk.file, name.text, declaration.kind === 'data' ? 'data' : 'unit');
  if (first && first.chunk !== frame.chunk && 'name' in first.declaration) {
    const other = first.declaration.name;
    report(frame, name, {
      message: { key: 'name/declared-twice', values: { name: name.text } },
      related: [
        {
          at: { chunk: first.chunk, start: other.start, end: other.end },
          message: { key: 'name/twice.first', values: { name: name.text } },
        },
      ],
    });
  }
  if (declaration.kind !== 'data' && program.catalog.find('model', name.text)) {
    report(frame, name, { severity: 'hint', message: { key: 'name/hides-library', values: { name: name.text } } });
  }
}

function checkVariant(declaration: VariantDecl, frame: Frame): void {
  checkName(declaration, frame);
  const { program } = frame.session;
  const { of } = declaration;
  const found = program.find(frame.chunk.file, of.text, 'unit');
  const site: Site = {
    node: { kind: 'name', text: of.text, start: of.start, end: of.end },
    callee: of,
    args: [],
    body: undefined,
    frame,
    arrow: undefined,
  };
  if (!found || !('name' in found.declaration)) {
    if (of.text !== '') suggest(frame, of, of.text, 'name/unknown-unit', program.names(frame.chunk.file, 'unit'));
    return;
  }
  const at = { chunk: found.chunk, start: found.declaration.name.start, end: found.declaration.name.end };
  frame.facts?.targets.set(of, { kind: 'declaration', name: of.text, at });
  const ref = { name: of.text, chunk: found.chunk, declaration: found.declaration };
  if (ref.declaration.kind !== 'unit' && ref.declaration.kind !== 'variant' && ref.declaration.kind !== 'extern')
    return;
  const target = targetOf({ ...ref, declaration: ref.declaration }, frame);
  if (!target) {
    complain(frame, of, 'name/variant-cycle', { name: declaration.name.text });
    return;
  }
  const args = declaration.args.map((arg) => ({ arg, frame }));
  bindParams(of.text, target, [...target.args, ...args], { ...site, args }, new Map(), true);
}

function checkImport(declaration: ImportDecl, frame: Frame): void {
  const { from } = declaration;
  if (!from) return;
  const { program } = frame.session;
  const trouble = program.importTrouble(frame.chunk.file, from.value);
  if (trouble === undefined) return;
  if (trouble !== 'fine') {
    complain(frame, from, trouble === 'cycle' ? 'name/import-cycle' : 'name/import-file', {
      path: from.value,
      trouble,
    });
    return;
  }
  for (const [index, name] of declaration.names.entries()) {
    if (name.text === '') continue;
    if (importedBefore(declaration, index, frame)) continue;
    const found =
      program.find(frame.chunk.file, name.text, 'unit') ?? program.find(frame.chunk.file, name.text, 'data');
    if (!found || !('name' in found.declaration)) {
      const names = program.exported(frame.chunk.file, from.value);
      suggest(frame, name, name.text, 'name/not-in-file', names, { path: from.value });
      continue;
    }
    const { start, end } = found.declaration.name;
    frame.facts?.targets.set(name, { kind: 'declaration', name: name.text, at: { chunk: found.chunk, start, end } });
  }
}

/** A name that the file has already, from another line or from this one. True: reported. */
function importedBefore(declaration: ImportDecl, index: number, frame: Frame): boolean {
  const { program } = frame.session;
  const name = declaration.names[index];
  if (!name) return false;
  const here = declaration.names.findIndex(({ text }) => text === name.text);
  const first = program.declarer(frame.chunk.file, name.text, 'unit') ?? frame.chunk;
  if (here === index && first === frame.chunk) return false;
  complain(frame, name, 'name/declared-twice', { name: name.text });
  return true;
}
