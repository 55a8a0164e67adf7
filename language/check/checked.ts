/**
 * What checking gives: for each declaration its problems and what the checker knows of every node of its tree.
 * Editor features read this and nothing else. Plain read-only data; nodes are found by object identity in the maps, and
 * spans in a declaration count from the start of its chunk. `FileProblem` alone has offsets in the file.
 */
import type { Entry } from '../catalog/entry.ts';
import type { Message, Place, Problem, Severity } from '../problem.ts';
import type { Dim } from '../shapes/dim.ts';
import type { TensorType } from '../shapes/type.ts';
import type { Arg, Chunk, Expr, Name, NameExpr, SyntaxFile } from '../syntax/tree.ts';

export interface CheckedFile {
  readonly file: string;
  readonly syntax: SyntaxFile;
  /** One for each of `syntax.chunks`, in the same order. */
  readonly declarations: readonly CheckedDeclaration[];
  /** All problems of the file, syntax included, with offsets in the file; in the order of the text. */
  readonly problems: readonly FileProblem[];
}

export interface CheckedDeclaration {
  readonly chunk: Chunk;
  /**
   * Problems that the check of this chunk found, those of the parser first. Most stand in it; a few stand elsewhere (a
   * missing Flatten at a model's `Dense`), so `at.chunk` counts. `CheckedFile.problems` has them all in place.
   */
  readonly problems: readonly Problem[];
  readonly facts: DeclarationFacts;
}

/** A problem with file offsets: what a server or a command line shows. */
export interface FileProblem {
  readonly code: Problem['code'];
  readonly severity: Severity;
  readonly message: Message;
  readonly start: number;
  readonly end: number;
  readonly related: readonly { readonly at: FilePlace; readonly message: Message }[];
  readonly fixes: readonly FileFix[];
  readonly unfinished: boolean;
}

export interface FilePlace {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export interface FileFix {
  readonly id: string;
  readonly title: Message;
  readonly preferred: boolean;
  readonly edits: readonly (FilePlace & { readonly newText: string })[];
}

/** What is known of a declaration's nodes. A node that is missing in a map is unknown (an error, or code not reached). */
export interface DeclarationFacts {
  /**
   * The value at a node: every expression; the `Name` of an input, output, binding part, layer, field and parameter (where it
   * is defined); a flow stage's `layer` expression has the value AFTER the stage (`FlowExpr` itself: after the last).
   */
  readonly values: ReadonlyMap<Expr | Name, Seen>;
  /** What a name means: uses (`NameExpr`, and the `Name` of members, arguments, keys, runs, imports) and definitions themselves. */
  readonly targets: ReadonlyMap<Name | NameExpr, Target>;
  /** What is called: keyed by the `CallExpr`, or by the `NameExpr` of a stage without parentheses (`-> Flatten`); operators by their `BinaryExpr` or `UnaryExpr`. */
  readonly calls: ReadonlyMap<Expr, CallFact>;
  /** For a unit: its inputs, outputs, and weights as far as its own check knows them. */
  readonly unit: UnitFact | undefined;
  /** For `data`: the raw columns of its source, as far as its files are known. */
  readonly columns: readonly { readonly name: string; readonly type: TensorType }[] | undefined;
}

/** What an expression is, as far as the checker knows. */
export type Seen =
  | { readonly kind: 'tensor'; readonly type: TensorType }
  /** A compile-time whole number, perhaps symbolic. */
  | { readonly kind: 'size'; readonly dim: Dim }
  /** Other compile-time values; `value` undefined: depends on a parameter. */
  | { readonly kind: 'number'; readonly value: number | undefined }
  | { readonly kind: 'flag'; readonly value: boolean | undefined }
  | { readonly kind: 'text'; readonly value: string | undefined }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Seen[] }
  | { readonly kind: 'range'; readonly from: Seen; readonly to: Seen }
  | { readonly kind: 'tuple'; readonly items: readonly { readonly name: string | undefined; readonly value: Seen }[] }
  /** A layer that nothing has flowed into yet. */
  | { readonly kind: 'layer'; readonly title: string }
  | { readonly kind: 'unknown' };

/** What a name means. */
export type Target =
  | { readonly kind: 'local'; readonly what: LocalKind; readonly name: string; readonly at: Place }
  /** A unit, data set or run of this or another file; `at` is its name there. */
  | { readonly kind: 'declaration'; readonly name: string; readonly at: Place }
  /** An input, parameter, output or layer of another declaration: `Encoder(real: …)`, `VAE.decoder`, `Data.field`. */
  | { readonly kind: 'part'; readonly what: LocalKind; readonly name: string; readonly at: Place }
  | { readonly kind: 'entry'; readonly entry: Entry }
  /** A setting of an entry, where it is named in a call. */
  | { readonly kind: 'setting'; readonly entry: Entry; readonly setting: string }
  /** A word that a setting takes: `same`. */
  | { readonly kind: 'word'; readonly entry: Entry | undefined; readonly setting: string; readonly word: string }
  /** A key of a section: `epochs`. */
  | { readonly kind: 'key'; readonly section: SectionKind; readonly key: string }
  /** A raw column of a data source. */
  | { readonly kind: 'column'; readonly name: string; readonly type: TensorType };

export type LocalKind = 'input' | 'output' | 'binding' | 'layer' | 'parameter' | 'size' | 'round' | 'field';
export type SectionKind = 'data' | 'train' | 'tune' | 'evaluate' | 'export';

/** A call (or a layer that stands without parentheses) with everything that was bound. */
export interface CallFact {
  readonly callee:
    | { readonly kind: 'entry'; readonly entry: Entry }
    | { readonly kind: 'unit'; readonly name: string; readonly at: Place; readonly params: readonly string[] };
  /** Name of the setting, parameter or input that each written argument went to. */
  readonly bound: ReadonlyMap<Arg, string>;
  /** Settings as they count here, defaults included. Missing while the call has errors. */
  readonly settings: Readonly<Record<string, Seen>>;
  /** What flowed in, by input name; `list` holds those of an input that takes any number. */
  readonly inputs: Readonly<Record<string, TensorType>> & { readonly list?: readonly TensorType[] };
  /** Empty while nothing has flowed into it. */
  readonly results: readonly TensorType[];
  readonly weights: readonly WeightFact[];
}

export interface WeightFact {
  readonly name: string;
  readonly shape: readonly Dim[];
  readonly trainable: boolean;
}

export interface UnitFact {
  readonly inputs: readonly { readonly name: string; readonly type: TensorType; readonly optional: boolean }[];
  readonly outputs: readonly { readonly name: string; readonly type: TensorType }[];
  /** Numbers of weights, symbolic where a size is; unknown where one is not known. */
  readonly parameters: Dim;
  readonly trainable: Dim;
}
