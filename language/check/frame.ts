/**
 * The surroundings in which code is evaluated: where names are looked up, where problems go, what is remembered.
 * A frame belongs to one body (a unit, a section, a `{ … }`); the session belongs to one check of one declaration.
 */
import type { CheckedSettings, EntryPlace, Refusal, WeightDef } from '../catalog/entry.ts';
import type { Ref } from '../plan/plan.ts';
import type { Fix, Place, Problem } from '../problem.ts';
import { add, type Dim, known, product } from '../shapes/dim.ts';
import type { TensorType } from '../shapes/type.ts';
import type { Chunk, Expr, Name, NameExpr, Span } from '../syntax/tree.ts';
import type { CallFact, LocalKind, Seen, Target } from './checked.ts';
import type { ExternModule } from './extern.ts';
import type { Pair } from './fixes/comparison.ts';
import type { Site } from './layer.ts';
import type { Program } from './program.ts';
import type { Value } from './value.ts';

export interface Frame {
  readonly session: Session;
  /** Where the code stands. */
  readonly chunk: Chunk;
  readonly scope: Scope;
  readonly naming: Naming;
  readonly sink: Sink;
  /** Told to editors; only a declaration's own check fills it. */
  readonly facts: Facts | undefined;
  /** Places of the catalogue in which names are looked up, first one first. */
  readonly places: readonly EntryPlace[];
  readonly tally: Tally;
  /** Columns of the data are not known (yet): a name that nothing has may be one. */
  readonly open?: boolean;
  /** The one file of the data's columns, as the program writes it. */
  readonly columnsFile?: string;
  /** Rows of the data are picked by a condition or by `drop`, which may leave none with an empty cell. */
  readonly rowsFiltered?: boolean;
}

/** What one check of one declaration shares. */
export interface Session {
  readonly program: Program;
  readonly recorder: Recorder | undefined;
  /** Results of block uses, by site and key; only while nothing is recorded. */
  readonly memo: Map<Expr, Map<string, UseResult>>;
  /** Weights of layers with a name of their own that something has flowed into, by the layer's path. */
  readonly sharedWeights: Map<string, Readonly<Record<string, WeightDef>>>;
  /** Modules of `extern block`s that were recorded, by the key of their nodes. */
  readonly modules: Map<string, ExternModule>;
  /** What was told where problems are collected, so that one mistake is told once. */
  readonly told: WeakMap<Sink, Set<string>>;
  /** Units under evaluation, outermost first. */
  readonly active: Chunk[];
  /** `Dense` layers that were fed an image or sequence map, for the missing Flatten. */
  readonly overMaps: OverMap[];
  /** Calls with a `padding`, for the fix that pads a window. */
  readonly windows: WindowCall[];
  /** Layers that fields reach with large numbers, the first of each field: `advice/unscaled.ts`. */
  readonly unscaled: Unscaled[];
  /** `BatchNorm` over features, and attention that no mask holds back, for advice on a run. */
  readonly batchNorms: Site[];
  readonly looks: Site[];
  /** Layers that read a sequence forwards, and entries that may move its places: `advice/sees-answer.ts`. */
  readonly forward: Site[];
  readonly moving: Set<string>;
  /** Entries whose rule threw: a bug, which tests look for. */
  readonly crashes: string[];
  /** A section may tell a rule's refusal better than the rule can (`shape/missing-flatten`). True: it did. */
  intercept?: (refusal: Refusal, site: Site) => boolean;
  /** Fixes that a section knows for what a rule refuses or remarks: at the layer that made a prediction. */
  moreFixes?: (refusal: Refusal, site: Site) => readonly Fix[];
  /** What a loss or metric that is only named compares. */
  pair?: Pair | undefined;
  /** A metric of the section could not be made sense of: which names may be watched is open. */
  lostMetrics?: boolean;
  depth: number;
  /** Layers and units applied so far; a program that never gets done is refused (`STEP_LIMIT`). */
  steps: number;
  /** A `tune` is checked: where a value stands, several may (`choice(16, 32)`). */
  tuning?: Tuning;
  /** A run is about to start: what this version cannot carry out is an error now. */
  readonly starting: boolean;
}

/** The settings that a `tune` tries several values of. */
export interface Tuning {
  readonly tried: Set<Expr>;
}

export interface WindowCall {
  readonly name: string;
  readonly site: Site;
  readonly spanOf: (part: Refusal['at']) => Place;
}

export interface Unscaled {
  readonly field: string;
  readonly site: Site;
  readonly layer: string;
  readonly range: readonly [number, number];
}

export interface OverMap {
  readonly site: Site;
  readonly input: TensorType;
}

/** What a use of a unit gave: kept, so that equal uses are walked once. */
export interface UseResult {
  readonly value: Value;
  readonly tally: Tally;
  readonly problems: readonly Problem[];
}

// ---- names

export interface Local {
  readonly value: Value;
  readonly what: LocalKind | 'column';
  /** Two things of a run have this name: it must be written with its owner, as one of these. */
  readonly ambiguous?: readonly [string, string];
  /** An output that only training has, in a section that does something else with the model. */
  readonly trainingOnly?: Place;
  readonly name: string;
  readonly at: Place;
  used: boolean;
}

export interface Scope {
  readonly names: Map<string, Local>;
  readonly parent: Scope | undefined;
}

export function newScope(parent?: Scope): Scope {
  return { names: new Map(), parent };
}

export function findLocal(scope: Scope, name: string): Local | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const local = at.names.get(name);
    if (local) return local;
  }
  return undefined;
}

export function localNames(scope: Scope): string[] {
  const names: string[] = [];
  for (let at: Scope | undefined = scope; at; at = at.parent) names.push(...at.names.keys());
  return names.filter((name) => /^[\p{L}_]/u.test(name));
}

// ---- names of weights

/** Gives each layer of a body its segment: `Dense.0`, `Dense.1`. */
export interface Naming {
  readonly path: string;
  readonly counts: Map<string, number>;
  /** The path is that of the layer itself (one with a name of its own), not of the body around it. */
  readonly self?: boolean;
  /** Inside a use of a layer with a name of its own: the layer's path, and what this one use is called in pictures. */
  readonly use?: { readonly of: string; readonly as: string };
}

/** Names for the body at `path`; `outer`: those of the body around it. */
export function newNaming(path: string, outer?: Naming): Naming {
  const { use } = outer ?? {};
  return use && isWithin(path, use.of) ? { path, counts: new Map(), use } : { path, counts: new Map() };
}

function isWithin(path: string, outer: string): boolean {
  return path.startsWith(outer) && ['/', '[', undefined].includes(path[outer.length]);
}

/** The body as pictures tell it apart: uses of one layer share its path, and stand in different places. */
export function boxOf({ path, use }: Naming): string {
  return use ? use.as + path.slice(use.of.length) : path;
}

/** Where what is applied with this naming stands in pictures: in the body, for a layer with a name of its own around it. */
export function surroundings(naming: Naming): string {
  return naming.self ? parentOf(boxOf(naming)) : boxOf(naming);
}

/** `GPT/repeat.0[3]/Dense.0` → `GPT/repeat.0[3]`. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The next segment of a class in this body, as a path. */
export function nextPath(naming: Naming, name: string): string {
  const count = naming.counts.get(name) ?? 0;
  naming.counts.set(name, count + 1);
  return join(naming.path, `${name}.${count}`);
}

export function join(path: string, segment: string): string {
  return path === '' ? segment : `${path}/${segment}`;
}

// ---- numbers of weights

export interface Tally {
  parameters: Dim;
  trainable: Dim;
}

export function newTally(): Tally {
  return { parameters: known(0), trainable: known(0) };
}

export function addTally(into: Tally, other: { readonly parameters: Dim; readonly trainable: Dim }): void {
  into.parameters = add(into.parameters, other.parameters);
  into.trainable = add(into.trainable, other.trainable);
}

export function countWeights(into: Tally, weights: readonly WeightDef[]): void {
  for (const weight of weights) {
    const size = product(weight.shape);
    addTally(into, { parameters: size, trainable: weight.trainable ? size : known(0) });
  }
}

// ---- what is told

export interface Facts {
  readonly values: Map<Expr | Name, Seen>;
  readonly targets: Map<Name | NameExpr, Target>;
  readonly calls: Map<Expr, CallFact>;
}

export interface Sink {
  readonly problems: readonly Problem[];
  add(problem: Problem): void;
}

/** Collects problems, each once. */
export function collector(): Sink {
  const problems: Problem[] = [];
  const known = new Set<string>();
  const ids = new Map<Chunk, number>();
  return {
    problems,
    add(problem) {
      const { chunk } = problem.at;
      if (chunk && !ids.has(chunk)) ids.set(chunk, ids.size);
      const key = `${problem.code} ${chunk ? ids.get(chunk) : ''}:${problem.at.start}-${problem.at.end}`;
      if (known.has(key)) return;
      known.add(key);
      problems.push(problem);
    },
  };
}

/** More applications than this are refused in a plan: they would be written out one by one. */
export const RECORDED_STEP_LIMIT = 400_000;

/** While one types a program that goes on like that must not hold up the rest. */
export const STEP_LIMIT = 60_000;

/** True the first time that something is told in a check; in a quiet look aside nothing counts as told. */
export function once(frame: Frame, what: string): boolean {
  const { told } = frame.session;
  const keys = told.get(frame.sink) ?? new Set();
  told.set(frame.sink, keys);
  if (keys.has(what)) return false;
  keys.add(what);
  return true;
}

// ---- recording

/** Writes down what the evaluator does: the graph of a plan, or the layers of a summary. */
export interface Recorder {
  weight(path: string, def: WeightDef, place: Place): number;
  node(node: RawNode): readonly Ref[];
  /** A block is used, or layers in braces: what it is called in pictures, and where it is written. */
  enter?(box: string, place: Place): void;
}

export interface RawNode {
  readonly op: string;
  readonly inputs: Readonly<Record<string, Ref | readonly Ref[]>>;
  readonly settings: CheckedSettings;
  readonly weights: Readonly<Record<string, number>>;
  readonly outputs: readonly TensorType[];
  readonly path: string;
  /** The body in which it stands, as `boxOf` calls it; left out: that of its path. */
  readonly within?: string;
  readonly place: Place;
  /** Its weights stay as they are, whatever `freeze:` says. */
  readonly frozen?: true;
}

export function place(frame: Frame, span: Span): Place {
  return { chunk: frame.chunk, start: span.start, end: span.end };
}
