/** The server's own requests, beside those of the Language Server Protocol. */
import type { Download, Plan, ProgramGraph } from '../language/index.ts';
import type { DataPlan } from './data-report.ts';

/** `modelwright/plan`: the plan of a run declaration, or why there is none. Open buffers win over files on disk. */
export const PLAN_REQUEST = 'modelwright/plan';

export interface PlanParams {
  readonly uri: string;
  /** Version of the open document; a stale one is refused. Left out for files that are not open. */
  readonly version: number | undefined;
  /** Left out: the only `train` declaration, else the first. */
  readonly declaration: string | undefined;
  readonly action: 'train' | 'evaluate';
  /** `epochs=2`, `classes=5`: settings and parameters by name, as text of the language. */
  readonly overrides: Readonly<Record<string, string>>;
}

export type PlanResult =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | {
      readonly kind: 'problems';
      readonly problems: readonly PlanProblem[];
      /** Files that are to be fetched first, where nothing else is in the way: with them there, ask again. */
      readonly downloads?: readonly Download[];
    }
  | { readonly kind: 'stale' };

export interface PlanProblem {
  readonly uri: string;
  readonly code: string;
  readonly message: string;
  /** Zero-based, as in the Language Server Protocol. */
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

/** `modelwright/dataPlan`: a data declaration alone, to look at its rows. */
export const DATA_PLAN_REQUEST = 'modelwright/dataPlan';

export type DataPlanParams = Omit<PlanParams, 'action'>;

export type DataPlanResult = { readonly kind: 'plan'; readonly plan: DataPlan } | Exclude<PlanResult, { kind: 'plan' }>;

/** `modelwright/declarations`: what of a document can be run or looked at. */
export const DECLARATIONS_REQUEST = 'modelwright/declarations';

export interface RunDeclaration {
  readonly name: string;
  readonly kind: 'train' | 'tune' | 'evaluate' | 'data';
  /** Of a run; '' for data. */
  readonly model: string;
  readonly line: number;
  /** Of `evaluate`: the train block that it names by `run:`. */
  readonly run?: string;
  /** Of `evaluate`: what it expects, as the program writes it. */
  readonly expect: readonly DeclaredExpectation[];
}

/** A condition of `expect:`. */
export interface DeclaredExpectation {
  readonly text: string;
  readonly range: { readonly start: LinePosition; readonly end: LinePosition };
}

/**
 * `modelwright/cursor`, from the client: the cursor came to another line of a document (`undefined`: it left the document).
 * What is unfinished in the cursor's line is shown as a hint until the cursor leaves it.
 */
export const CURSOR_NOTIFICATION = 'modelwright/cursor';

export interface CursorParams {
  readonly uri: string;
  /** Zero-based. */
  readonly line: number | undefined;
}

/** Command of the lens "3 uses", carried out by the client: `editor.action.showReferences` with its own types. */
export const SHOW_REFERENCES_COMMAND = 'modelwright.showReferences';

export interface ShowReferencesArgument {
  readonly uri: string;
  readonly position: LinePosition;
  readonly locations: readonly {
    readonly uri: string;
    readonly range: { readonly start: LinePosition; readonly end: LinePosition };
  }[];
}

/** Zero-based, as in the Language Server Protocol. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/**
 * Scheme of the table of a program's shapes, a text document that the server makes (`workspace/textDocumentContent`). Its
 * address is `modelwright-shape:/title?program`, the program's own address encoded as a component.
 */
export const SHAPE_SCHEME = 'modelwright-shape';

/** Scheme of a program written as a Keras program, to read; addresses as with `SHAPE_SCHEME`. */
export const KERAS_SCHEME = 'modelwright-keras';

/** Scheme of the pages about problems in VS Code: `modelwright-problem:/shape/window.md`. */
export const PROBLEM_SCHEME = 'modelwright-problem';

/** Command of the lens with the number of parameters, carried out by the client. Its argument is `{ uri }`. */
export const SHOW_SHAPES_COMMAND = 'modelwright.showShapes';

/** Command of the lens over a data declaration, carried out by the client. Its argument is `{ uri, declaration }`. */
export const LOOK_AT_DATA_COMMAND = 'modelwright.lookAtData';

/**
 * `modelwright/graph`: the graph of a program's unit, from its last check without errors, or of a run's plan. Open buffers win
 * over files on disk.
 */
export const GRAPH_REQUEST = 'modelwright/graph';

export type GraphParams =
  | {
      readonly uri: string;
      /** A model, a block or a run; undefined: the first model, else the first block. */
      readonly declaration: string | undefined;
      /** Revision of the graph that the asker has. */
      readonly known: number | undefined;
    }
  /** As the run's folder has it: the server looks whether it is one. */
  | { readonly plan: unknown };

export type GraphResult =
  | {
      readonly kind: 'graph';
      readonly graph: ProgramGraph;
      /** Grows when the graph of this declaration changes. */
      readonly revision: number;
      /** The program has errors now, and the graph is that of before. */
      readonly stale: boolean;
    }
  | { readonly kind: 'unchanged'; readonly stale: boolean }
  /** Why there is none. */
  | { readonly kind: 'none'; readonly message: string };

/** Command of the lens "Graph", carried out by the client. Its argument is `{ uri, declaration }`. */
export const SHOW_GRAPH_COMMAND = 'modelwright.showGraph';
