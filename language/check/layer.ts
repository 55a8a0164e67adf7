/**
 * A layer that nothing has flowed into yet: an entry or a unit with its written arguments, a chain of layers, a layer with
 * a name of its own, or an expression given in braces. Arguments keep the frame in which they were written.
 */
import type { CombinatorEntry, MetricEntry, OperationEntry, TransformEntry } from '../catalog/entry.ts';
import type { Place } from '../problem.ts';
import type { Dim } from '../shapes/dim.ts';
import type { Arg, Body, Chunk, Expr, ExternDecl, Span, TypeExpr, UnitDecl, VariantDecl } from '../syntax/tree.ts';
import type { Frame } from './frame.ts';
import type { Value } from './value.ts';

export type Layer =
  | { readonly kind: 'entry'; readonly entry: AppliedEntry; readonly site: Site }
  | { readonly kind: 'unit'; readonly unit: UnitRef; readonly site: Site }
  | { readonly kind: 'chain'; readonly stages: readonly ChainStage[]; readonly frame: Frame }
  | SharedLayer
  /** `{ … }`: evaluated anew at each use, so that each use has weights of its own. */
  | { readonly kind: 'body'; readonly body: Body; readonly frame: Frame }
  /** A parameter of type `layer` in a block's own check: anything may come out. */
  | { readonly kind: 'opaque'; readonly name: string };

export type AppliedEntry = OperationEntry | CombinatorEntry | TransformEntry | MetricEntry;

export type ChainStage =
  | { readonly kind: 'stage'; readonly layer: Layer; readonly node: Expr }
  | { readonly kind: 'ascribe'; readonly type: TypeExpr };

export interface SharedLayer {
  readonly kind: 'shared';
  readonly name: string;
  readonly of: Layer;
  /** Path of its weights, fixed where it was declared. */
  readonly path: string;
  /** What its first use needed; later ones must need the same. */
  readonly state: SharedState;
}

export interface SharedState {
  parameters: Dim | undefined;
  /** The index that made the numbers which it looked up: all uses must share it. */
  indexedBy: string | undefined;
  readonly place: Place;
}

/** Where a layer is written, and with which arguments. */
export interface Site {
  /** The `CallExpr`, or the `NameExpr` of a layer without parentheses. */
  readonly node: Expr;
  readonly callee: Span;
  readonly args: readonly GivenArg[];
  readonly body: Body | undefined;
  readonly frame: Frame;
  /** The `->` in front of it, where it is a stage of a flow. */
  readonly arrow: Span | undefined;
}

/** An argument with the frame in which it is written; evaluated once at most. */
export interface GivenArg {
  readonly arg: Arg;
  readonly frame: Frame;
  value?: Value;
}

/** A model or block of some file. A variant carries its arguments in front of the unit's. */
export interface UnitRef {
  readonly name: string;
  readonly chunk: Chunk;
  readonly declaration: UnitDecl | VariantDecl | ExternDecl;
}

/** How messages call a layer. */
export function layerTitle(layer: Layer): string {
  switch (layer.kind) {
    case 'entry':
      return layer.entry.name;
    case 'unit':
      return layer.unit.name;
    case 'chain':
      return layer.stages.flatMap((stage) => (stage.kind === 'stage' ? [layerTitle(stage.layer)] : [])).join(' -> ');
    case 'shared':
    case 'opaque':
      return layer.name;
    case 'body':
      return '{ … }';
  }
}
