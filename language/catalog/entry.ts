/**
 * What an entry of the catalogue is. One entry is one value in one file; completion, hover, argument errors, reference pages,
 * shape checks, parameter counts, lowering and export all come from it.
 */
import type { DataHeader, FileResult, HeaderWish } from '../files.ts';
import type { Settings, SettingValue } from '../plan/plan.ts';
import type { Message, ProblemCode, Severity } from '../problem.ts';
import type { Dim } from '../shapes/dim.ts';
import type { TensorType } from '../shapes/type.ts';
import type { Builder, Value } from './builder.ts';

/** Where a name may stand; a name means the entry of the place where it is written. `operator` entries have no name to write. */
export type EntryPlace =
  | 'model'
  | 'data'
  | 'source'
  | 'augment'
  | 'loss'
  | 'metric'
  | 'optimizer'
  | 'schedule'
  | 'initialiser'
  | 'tune'
  | 'operator';

// ---- settings

/** What a setting takes. `none` (null) is legal wherever the default is null. */
export type SettingType =
  /** Written as an integer or a compile-time size; the rule gets a `Dim`. */
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number }
  | {
      readonly kind: 'number';
      readonly min?: number;
      readonly max?: number /** The bounds themselves are not allowed. */;
      readonly open?: 'min' | 'max' | 'both';
    }
  | { readonly kind: 'flag' }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'text' }
  /** One number or one for each of `count` axes; the rule always gets `count` numbers (a list of `Dim`). */
  | { readonly kind: 'pair'; readonly count: 1 | 2 | 3; readonly min: number }
  /** `valid`, `same`, a number, one for each axis, or (before, after) for each axis; `causal` where there is one axis. */
  | { readonly kind: 'padding'; readonly count: 1 | 2 | 3 }
  /** Axis numbers, negative from the end; a single one unless `many`. */
  | { readonly kind: 'axis'; readonly many: boolean }
  /** A list of sizes `[7, 7, 64]`. With `single`, a size alone stands for a list of one; the rule always gets a list. */
  | { readonly kind: 'shape'; readonly single?: true }
  /** Numbers in a list. */
  | { readonly kind: 'numbers' }
  /** Names or texts in a list: `[digit, speaker, take]`. A single one stands for a list of one. */
  | { readonly kind: 'names' }
  /** `a..b`: the rule and the plan get the list `[a, b]`. */
  | { readonly kind: 'range' }
  /** What stands between the brackets of `x[…]`; only `model/index` has it, and its file says what the checker writes here. */
  | { readonly kind: 'items' }
  /** The name of an activation, or its call with settings. */
  | { readonly kind: 'activation' }
  | { readonly kind: 'initialiser' }
  /** A number or a schedule. */
  | { readonly kind: 'rate' }
  /** `validation.loss`, `accuracy`: a metric's name. */
  | { readonly kind: 'metric' }
  /** Layers of a model, by name, class or path; the rule and the plan get a list of paths (`GPT/embed`) and classes. */
  | { readonly kind: 'layers' }
  /** Any literal: a number, text, word or flag. */
  | { readonly kind: 'literal' };

export interface SettingDef {
  readonly type: SettingType;
  readonly doc: string;
  /** Missing: the setting is required. `null` is `none`. */
  readonly default?: SettingValue;
  /** Stands after the `;` of the catalogue: must be given by name. */
  readonly named?: boolean;
}

/** A setting's value while it is checked: integers may still be symbolic. */
export type CheckedValue = Dim | number | boolean | string | null | readonly CheckedValue[] | CheckedCall;

export interface CheckedCall {
  readonly call: string;
  readonly settings: CheckedSettings;
}

export type CheckedSettings = Readonly<Record<string, CheckedValue>>;

// ---- inputs

export interface InputDef {
  readonly name: string;
  readonly doc: string;
  /** For completion and the reference pages; the rule is what refuses a wrong one, with a better message. */
  readonly dtype?: 'number' | 'float32' | 'int32' | 'bool' | 'any';
  /** Given by name only (`mask:`), and may be left out. */
  readonly optional?: boolean;
  /** Takes any number of values (`concat`), at least this many. Only the last ordered input may. */
  readonly many?: number;
  /**
   * Only of an input that is given by name: words that may stand in place of a value (`mask: causal`). The words written there
   * reach the rule and the plan as the list `settings[name]` (`[]` for none), though no such setting is declared.
   */
  readonly words?: readonly string[];
  /**
   * Only of an input that is given by name: it may be a tuple (`initial: (h, c)`, `mask: (causal, real)`). Its values go by
   * these names in order, words left out: the first value is `parts[0]`, which is the input's own name.
   */
  readonly parts?: readonly string[];
}

// ---- shape rules

/** What a rule is given besides its inputs and settings. */
export interface RuleContext {
  /** The same size with a new reason on top, standing at this call: "26 = 28 − 3 + 1 (window 3, padding: valid)". */
  because(dim: Dim, text: Message, from: readonly Dim[]): Dim;
  /** Reports something that does not stop the rule (a hint, a warning). */
  remark(refusal: Refusal & { readonly severity: Severity }): void;
  /** What is known of a file that the program names; undefined: not yet. */
  readonly header?: ReadHeader;
  /** True in `data`: there, small whole numbers (uint8) take part in arithmetic as int32. */
  readonly inData?: boolean;
}

/** Why a rule cannot go on. Carries all that the message, the blame path and the fixes need. */
export interface Refusal {
  readonly refused: ProblemCode;
  readonly message: Message;
  /** Which part of the call is underlined: the callee's name, a setting's or an input's expression, or the whole call. */
  readonly at:
    | { readonly part: 'callee' }
    | { readonly part: 'setting'; readonly name: string }
    | { readonly part: 'input'; readonly name: string }
    | { readonly part: 'call' };
  /** Sizes whose reasons are told, in this order. */
  readonly blame: readonly Dim[];
  readonly fixes: readonly FixIdea[];
}

/** A mend as data; the checker makes the edit of it. Titles are message keys. */
export type FixIdea =
  /** `-> Flatten ` before this stage of the flow. */
  | { readonly kind: 'insert-before'; readonly id: string; readonly stage: string; readonly title: Message }
  | { readonly kind: 'insert-after'; readonly id: string; readonly stage: string; readonly title: Message }
  /** Sets (adds or replaces) a setting of this call. */
  | {
      readonly kind: 'set';
      readonly id: string;
      readonly setting: string;
      readonly value: string;
      readonly title: Message;
    }
  | { readonly kind: 'replace-callee'; readonly id: string; readonly text: string; readonly title: Message }
  /** This stage of the flow left out. */
  | { readonly kind: 'remove'; readonly id: string; readonly title: Message };

export type RuleInputs = Readonly<Record<string, TensorType>> & { readonly list?: readonly TensorType[] };

/** One type for each result. */
export type RuleResult = readonly TensorType[] | Refusal;

// ---- weights

export interface WeightDef {
  readonly shape: readonly Dim[];
  /** `initialiser/glorotUniform` … */
  readonly init: CheckedCall;
  readonly trainable: boolean;
  /** Axes whose places are units of their own, with weights that go into each; the last one unless said. */
  readonly units?: readonly number[];
}

// ---- entries

interface EntryBase {
  readonly place: EntryPlace;
  readonly name: string;
  /** One or two sentences: what it does. Markdown. */
  readonly doc: string;
  /** Where it comes from: "Keras 3 `keras.layers.Conv2D`; Dumoulin & Visin (2016) for the sizes". */
  readonly source: string;
  /** Each is parsed, checked, lowered and run by tests; `image`, `sequence`, `features`, `tokens`, … stand for values of usual shapes (`examples.ts`). */
  readonly examples: readonly string[];
  /** In the order of the catalogue, which is a promise. */
  readonly settings: Readonly<Record<string, SettingDef>>;
}

/** A layer (may own weights), a function, an operator, or a loss: whatever maps values to values. */
export interface OperationEntry extends EntryBase {
  readonly kind: 'operation';
  readonly inputs: readonly InputDef[];
  /** Names of the results where there are several. */
  readonly results?: readonly string[];
  result(inputs: RuleInputs, settings: CheckedSettings, context: RuleContext): RuleResult;
  /** Only asked after `result` has accepted. */
  weights?(inputs: RuleInputs, settings: CheckedSettings): Readonly<Record<string, WeightDef>>;
  lower(
    b: Builder,
    inputs: LoweredInputs,
    weights: Readonly<Record<string, Value>>,
    settings: Settings,
  ): Value | readonly Value[];
  /** Has a drawing by chance, or acts differently while training. */
  readonly random?: boolean;
  /** No run can be made with it yet: it is checked, and refused where a run starts. */
  readonly checkedOnly?: true;
  /** May stand where a setting takes an activation (`Dense(64, relu)`). Its lowering uses primitives only. */
  readonly activation?: true;
}

/** Values by input name; `list` holds those of an input that takes any number. */
export type LoweredInputs = Readonly<Record<string, Value | undefined>> & { readonly list?: readonly Value[] };

/** `repeat`, `residual`, `Bidirectional`: takes layers in braces and is written out by the checker (`check/combinators.ts`). */
export interface CombinatorEntry extends EntryBase {
  readonly kind: 'combinator';
}

/** A metric: numbers of each batch, put together over the epoch, and the value of them all. */
export interface MetricEntry extends EntryBase {
  readonly kind: 'metric';
  readonly inputs: readonly InputDef[];
  readonly direction: 'max' | 'min';
  result(inputs: RuleInputs, settings: CheckedSettings, context: RuleContext): RuleResult;
  /**
   * How the numbers of batches come together: added up, place by place; or, with `rows`, one batch's behind the other's. With
   * `rows-of-evaluation` they are added up over training rows, since each update changes what rows are compared with.
   */
  keeps?(settings: Settings): 'sums' | 'rows' | 'rows-of-evaluation';
  /** Values of any shape, whose numbers follow each other: sums over the batch's examples, or a row for each of them. */
  accumulate(b: Builder, inputs: LoweredInputs, settings: Settings): readonly Value[];
  /** The same rows in fewer numbers, where they have become millions; the value may change in its last digits. */
  compact?(rows: readonly number[], settings: Settings): readonly number[];
  finish(numbers: readonly number[], settings: Settings, kept: 'sums' | 'rows'): number;
  /** The table that the number is made of, where it says more than the number: a report of an evaluation prints it. */
  table?(numbers: readonly number[]): readonly (readonly number[])[];
}

/** Update of one weight. `state` values start at `initial` and are saved by name. */
export interface OptimizerEntry extends EntryBase {
  readonly kind: 'optimizer';
  /** The update of a number depends on the whole weight that it is part of (a norm); else each number is updated by itself. */
  readonly whole?: true;
  state(settings: Settings): readonly { readonly name: string; readonly initial: number }[];
  /** All values have the weight's shape, but `rate` and `step` (1, 2, …), which are single numbers. Float32. */
  update(
    b: Builder,
    values: {
      readonly weight: Value;
      readonly gradient: Value;
      readonly state: Readonly<Record<string, Value>>;
      readonly rate: Value;
      readonly step: Value;
    },
    settings: Settings,
  ): { readonly weight: Value; readonly state: Readonly<Record<string, Value>> };
}

/**
 * The learning rate of an update: `step` counts from 0, `total` is the number of updates of the run, `falls` says how often
 * the metric that the schedule watches has made it fall.
 */
export interface ScheduleEntry extends EntryBase {
  readonly kind: 'schedule';
  rate(step: number, total: number, settings: Settings, falls: number): number;
  /** Of a schedule that listens: the metric, and after how many validations without a better value it falls once more (settings `watch` and `patience`). */
  watches?(settings: Settings): { readonly metric: string; readonly patience: number };
}

/** Values for a weight: `fanIn` and `fanOut` as Keras counts them. The numbers are drawn by the compiler. */
export interface InitialiserEntry extends EntryBase {
  readonly kind: 'initialiser';
  /** How each number is drawn. `orthogonal` and `identity` need the whole shape. */
  draw(shape: readonly number[], settings: Settings): Draw;
}

export type Draw =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number; readonly truncated: boolean }
  | { readonly kind: 'orthogonal'; readonly gain: number }
  | { readonly kind: 'identity'; readonly gain: number }
  /** The last axis in equal blocks, each filled with one number: the bias of an LSTM, whose forget gate starts at 1. */
  | { readonly kind: 'blocks'; readonly values: readonly number[] };

/** Where rows come from (`idx`, `csv`, `text`): its raw columns, from the header. */
export interface SourceEntry extends EntryBase {
  readonly kind: 'source';
  /** Settings beyond the declared ones are files by column name (`idx(images: "…", labels: "…")`). */
  readonly filesByColumn: boolean;
  /** The trainer does not read it yet: it is checked, and refused where a run starts. */
  readonly checkedOnly?: true;
  /** `settings` are the files by column name, too. */
  columns(settings: CheckedSettings, header: ReadHeader): SourceColumns;
}

/** What is known of a file, read as the source takes it for; undefined: not yet. */
export type ReadHeader = (path: string, wish?: HeaderWish) => FileResult<DataHeader> | undefined;

export interface SourceColumns {
  /** Undefined: not known yet, or the file is missing; every column name is then accepted. */
  readonly columns: readonly { readonly name: string; readonly type: TensorType }[] | undefined;
  /** What is wrong with a file, by the setting that names it. */
  readonly problems: readonly Refusal[];
  /** How many rows there are, where that is known. */
  readonly rows?: number;
}

/** A step of a data pipeline. Its arithmetic stands in the trainer, under the same name. */
export interface TransformEntry extends EntryBase {
  readonly kind: 'transform';
  readonly inputs: readonly InputDef[];
  /** Names of the results where there are several. */
  readonly results?: readonly string[];
  /** Learned on the training part and saved with the run. */
  readonly fitted: boolean;
  /** The trainer does not carry it out yet: it is checked, and refused where a run starts. */
  readonly checkedOnly?: true;
  result(inputs: RuleInputs, settings: CheckedSettings, context: RuleContext): RuleResult;
}

export type Entry =
  | OperationEntry
  | CombinatorEntry
  | MetricEntry
  | OptimizerEntry
  | ScheduleEntry
  | InitialiserEntry
  | SourceEntry
  | TransformEntry;
