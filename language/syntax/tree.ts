/**
 * The syntax tree of a `.model` file. Plain read-only data.
 *
 * A file is cut at its declaration lines into chunks. Every offset in a chunk's tree counts UTF-16 units from the start
 * of that chunk, so that a chunk whose text did not change keeps its tree, wherever it moves to in the file.
 * The parser always yields a tree; what is missing in half-typed code is a `missing` expression or an empty name.
 */
import type { Problem } from '../problem.ts';

/** A range in a chunk: UTF-16 offsets from the chunk's start, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A name as written. `text` is '' where the name is missing. */
export interface Name extends Span {
  readonly text: string;
}

/** One declaration with the blank and comment lines before it (or the tail of the file, with no declaration). */
export interface Chunk {
  /** The file that this chunk belongs to: the key under which it is analysed. */
  readonly file: string;
  readonly text: string;
  readonly declaration: Declaration | undefined;
  readonly problems: readonly Problem[];
}

export interface SyntaxFile {
  readonly file: string;
  readonly text: string;
  readonly chunks: readonly PlacedChunk[];
}

export interface PlacedChunk {
  /** Offset of the chunk in the file. */
  readonly offset: number;
  readonly chunk: Chunk;
}

// ---- declarations

export type Declaration = ImportDecl | UnitDecl | VariantDecl | ExternDecl | DataDecl | RunDecl | ExportDecl;

interface DeclarationBase extends Span {
  /** Text of the `##` lines directly above, without the marks. */
  readonly doc: string | undefined;
  /** The keyword as written. */
  readonly keyword: Span;
}

export interface ImportDecl extends DeclarationBase {
  readonly kind: 'import';
  readonly names: readonly Name[];
  readonly from: StringExpr | undefined;
}

/** `model` or `block`. */
export interface UnitDecl extends DeclarationBase {
  readonly kind: 'unit';
  readonly unit: 'model' | 'block';
  readonly name: Name;
  readonly params: readonly Param[];
  readonly body: readonly Statement[];
  /** The closing brace, where it is there. */
  readonly close: Span | undefined;
}

/** `model MixerS16 = Mixer(width: 512)`. */
export interface VariantDecl extends DeclarationBase {
  readonly kind: 'variant';
  readonly unit: 'model' | 'block';
  readonly name: Name;
  readonly of: Name;
  readonly args: readonly Arg[];
}

export interface ExternDecl extends DeclarationBase {
  readonly kind: 'extern';
  readonly name: Name;
  readonly params: readonly Param[];
  readonly from: StringExpr | undefined;
  readonly body: readonly Statement[];
  readonly close: Span | undefined;
}

export interface DataDecl extends DeclarationBase {
  readonly kind: 'data';
  readonly name: Name;
  readonly params: readonly Param[];
  readonly body: readonly DataItem[];
  readonly close: Span | undefined;
}

/** `train`, `tune` or `evaluate`. */
export interface RunDecl extends DeclarationBase {
  readonly kind: 'run';
  readonly run: 'train' | 'tune' | 'evaluate';
  readonly model: readonly Name[];
  readonly args: readonly Arg[];
  readonly on: { readonly name: Name; readonly args: readonly Arg[] } | undefined;
  readonly as: Name | undefined;
  readonly body: readonly (Entry | Bind)[];
  readonly close: Span | undefined;
}

export interface ExportDecl extends DeclarationBase {
  readonly kind: 'export';
  readonly model: readonly Name[];
  readonly args: readonly Arg[];
  readonly body: readonly Entry[];
  readonly close: Span | undefined;
}

export interface Param extends Span {
  readonly name: Name;
  readonly type: ParamType | undefined;
  readonly default: Expr | undefined;
}

export interface ParamType extends Span {
  readonly of: 'int' | 'float' | 'bool' | 'string' | 'layer' | undefined;
  readonly list: boolean;
}

// ---- statements

export type Statement = InputStmt | OutputStmt | LayerStmt | RequireStmt | Bind;
export type DataItem = Field | Entry | Bind;

export interface InputStmt extends Span {
  readonly kind: 'input';
  readonly name: Name;
  readonly type: TypeExpr | undefined;
  readonly default: Expr | undefined;
}

export interface OutputStmt extends Span {
  readonly kind: 'output';
  /** Missing where the output has no name (it is then called `output`). */
  readonly name: Name | undefined;
  readonly type: TypeExpr | undefined;
  /** Missing only in an `extern block`. */
  readonly value: Expr | undefined;
  readonly whileTraining: boolean;
}

export interface LayerStmt extends Span {
  readonly kind: 'layer';
  readonly name: Name;
  readonly value: Expr;
}

export interface RequireStmt extends Span {
  readonly kind: 'require';
  readonly condition: Expr;
  readonly why: StringExpr | undefined;
}

/** `x = …`, `x: [8, 8] = …` or `(a, b: [3]) = …`. */
export interface Bind extends Span {
  readonly kind: 'bind';
  readonly parts: readonly BindPart[];
  /** True for the form in parentheses. */
  readonly tuple: boolean;
  readonly value: Expr;
}

export interface BindPart extends Span {
  /** `_` drops a result. */
  readonly name: Name;
  readonly type: TypeExpr | undefined;
}

/** `key: value` in a section. */
export interface Entry extends Span {
  readonly kind: 'entry';
  readonly key: Name;
  readonly value: Expr;
}

/** `name: type = pipeline` in a data section. */
export interface Field extends Span {
  readonly kind: 'field';
  readonly name: Name;
  readonly type: TypeExpr;
  readonly value: Expr | undefined;
}

// ---- types

export interface TypeExpr extends Span {
  readonly dtype: ({ readonly name: DTypeName } & Span) | undefined;
  /** Missing where only a dtype is written: a single number. */
  readonly shape: ShapeExpr | undefined;
}

export type DTypeName = 'float32' | 'int32' | 'uint8' | 'bool' | 'string';

export interface ShapeExpr extends Span {
  /** `...` is `{ kind: 'rest' }`. */
  readonly dims: readonly (Expr | ({ readonly kind: 'rest' } & Span))[];
}

// ---- expressions

export type Expr =
  | NumberExpr
  | StringExpr
  | BoolExpr
  | NameExpr
  | FlowExpr
  | AscribeExpr
  | BinaryExpr
  | UnaryExpr
  | CallExpr
  | MemberExpr
  | IndexExpr
  | TupleExpr
  | ListExpr
  | ParenExpr
  | IfExpr
  | MissingExpr;

export interface NumberExpr extends Span {
  readonly kind: 'number';
  readonly value: number;
  /** Written without `.` and exponent: a whole number. */
  readonly whole: boolean;
  readonly percent: boolean;
}

export interface StringExpr extends Span {
  readonly kind: 'string';
  /** The text with its escapes resolved; `{name}` is kept as written and listed in `inserts`. */
  readonly value: string;
  /** Parameters inserted by `{name}`: their place in the chunk, and their offset and length in `value`. */
  readonly inserts: readonly { readonly name: Name; readonly at: number; readonly length: number }[];
}

export interface BoolExpr extends Span {
  readonly kind: 'bool';
  readonly value: boolean;
}

export interface NameExpr extends Span {
  readonly kind: 'name';
  readonly text: string;
}

/** `first -> stage -> stage`, kept flat. Stages are postfix expressions (or ascriptions, see `AscribeExpr`). */
export interface FlowExpr extends Span {
  readonly kind: 'flow';
  readonly first: Expr;
  readonly stages: readonly FlowStage[];
}

export type FlowStage =
  | { readonly kind: 'stage'; readonly arrow: Span; readonly layer: Expr }
  /** `: [8, 8, 64]` between stages: a checked statement of the shape here. */
  | { readonly kind: 'ascribe'; readonly type: TypeExpr };

/** `value : type` outside a flow. */
export interface AscribeExpr extends Span {
  readonly kind: 'ascribe';
  readonly value: Expr;
  readonly type: TypeExpr;
}

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '//'
  | '%'
  | '@'
  | '**'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'and'
  | 'or'
  | '..';

export interface BinaryExpr extends Span {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Expr;
  readonly right: Expr;
}

export interface UnaryExpr extends Span {
  readonly kind: 'unary';
  readonly operator: '-' | 'not';
  readonly value: Expr;
}

/** `F(…)`, `F { … }` or `F(…) { … }`. */
export interface CallExpr extends Span {
  readonly kind: 'call';
  readonly callee: Expr;
  /** Missing where no parentheses are written (`residual { … }`). */
  readonly args: ArgList | undefined;
  readonly body: Body | undefined;
}

export interface ArgList extends Span {
  readonly items: readonly Arg[];
}

export interface Arg extends Span {
  readonly name: Name | undefined;
  readonly value: Expr;
}

/** `{ LSTM(64) }` or `{ i => Layer(2 ** i) }`. */
export interface Body extends Span {
  readonly param: Name | undefined;
  readonly value: Expr;
}

export interface MemberExpr extends Span {
  readonly kind: 'member';
  readonly object: Expr;
  readonly name: Name;
}

export interface IndexExpr extends Span {
  readonly kind: 'index';
  readonly object: Expr;
  readonly items: readonly IndexItem[];
}

export type IndexItem =
  | ({ readonly kind: 'rest' } & Span)
  /** `a..b by s`, any of them left out. */
  | ({
      readonly kind: 'slice';
      readonly from: Expr | undefined;
      readonly to: Expr | undefined;
      readonly by: Expr | undefined;
    } & Span)
  | ({ readonly kind: 'at'; readonly value: Expr } & Span);

export interface TupleExpr extends Span {
  readonly kind: 'tuple';
  readonly items: readonly Arg[];
}

export interface ListExpr extends Span {
  readonly kind: 'list';
  readonly items: readonly Expr[];
}

export interface ParenExpr extends Span {
  readonly kind: 'paren';
  readonly value: Expr;
}

export interface IfExpr extends Span {
  readonly kind: 'if';
  readonly condition: Expr;
  readonly then: Expr;
  readonly else: Expr;
}

/** Stands where an expression is needed and none is written. The parser has reported it. */
export interface MissingExpr extends Span {
  readonly kind: 'missing';
}
