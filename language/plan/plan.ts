/**
 * The plan: a checked run as versioned JSON. It is all that the trainer gets of a program. It holds no data and no arithmetic;
 * the compiler lowers it. Every size in it is a number: symbolic sizes have been bound by the fields that feed them.
 */
import type { DTypeName } from '../syntax/tree.ts';

export const PLAN_VERSION = 1;

export interface Plan {
  readonly version: typeof PLAN_VERSION;
  readonly action: 'train' | 'evaluate';
  /** Path of the program, as the asker gave it. Data paths are relative to it. */
  readonly file: string;
  /** Name of the run declaration: its `as` name, else the model's. */
  readonly declaration: string;
  /** File stem and declaration name: the title of a run. */
  readonly title: string;
  readonly model: { readonly name: string; readonly args: Settings };
  /** Every text that the plan was made of: the program first, then what it imports. */
  readonly sources: readonly { readonly path: string; readonly text: string }[];
  readonly graph: PlanGraph;
  /** Modules of `extern block`s, whose nodes have their `op`. Left out where there are none. */
  readonly modules?: readonly PlanModule[];
  readonly data: PlanData;
  /** The loss: one number per example (or a batch-free number). Missing in `evaluate`. */
  readonly loss: Ref | undefined;
  readonly metrics: readonly PlanMetric[];
  readonly train: TrainSettings | undefined;
  readonly expect: readonly PlanExpectation[];
  /** The evaluated run, where `run: NAME` says so: name of a train declaration. */
  readonly run: string | undefined;
  /** What else an `evaluate` section says; left out: nothing. */
  readonly evaluation?: PlanEvaluation;
  /** The `train`/`evaluate` declaration, for errors without a better place. */
  readonly place: PlanPlace;
}

/** A JavaScript module that builds nodes of primitives: the text with which the plan was made is the text that runs. */
export interface PlanModule {
  readonly op: string;
  readonly path: string;
  readonly code: string;
  readonly place: PlanPlace;
}

/** A range of one of the plan's sources. Lines and columns count from 1, columns in UTF-16 units; end exclusive. */
export interface PlanPlace {
  readonly source: number;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

// ---- settings

/** The value of a setting once everything is known. A word (`same`, `relu`) is a string; `none` is null. */
export type SettingValue = number | boolean | string | null | readonly SettingValue[] | Call;

/** A catalogue entry with its settings, where a setting takes one: `leakyRelu(0.2)`, `cosine(1e-3, warmup: 200)`. */
export interface Call {
  /** `place/name`, for example `schedule/cosine`. */
  readonly call: string;
  readonly settings: Settings;
}

/** Every setting of the entry, defaults filled in. */
export type Settings = Readonly<Record<string, SettingValue>>;

// ---- the graph

export interface PlanGraph {
  /** In topological order; `nodes[i].id === i`. Blocks are inlined and `repeat` is unrolled. */
  readonly nodes: readonly PlanNode[];
  readonly weights: readonly PlanWeight[];
  /** What feeds the model: input name → node of op `input`. */
  readonly inputs: readonly { readonly name: string; readonly node: number }[];
  readonly outputs: readonly { readonly name: string; readonly ref: Ref; readonly trainingOnly: boolean }[];
}

export interface Ref {
  readonly node: number;
  /** Which result of the node; 0 unless it has several. */
  readonly output: number;
}

export interface PlanNode {
  readonly id: number;
  /**
   * `input` (settings.name: a model input) · `field` (settings.name: a field of the data, used by loss or metrics only) ·
   * `constant` (settings.value) · else the key of a catalogue entry: `model/Conv2D`, `model/concat`, `operator/+`, `loss/mse`.
   */
  readonly op: string;
  /** By input name of the entry; a list where the entry takes any number (`concat`). Optional ones are left out. */
  readonly inputs: Readonly<Record<string, Ref | readonly Ref[]>>;
  readonly settings: Settings;
  /** By the entry's own weight names (`kernel`): index into `PlanGraph.weights`. A shared layer's nodes name the same weights. */
  readonly weights: Readonly<Record<string, number>>;
  readonly outputs: readonly PlanType[];
  /** `Digits/Conv2D.0`; '' for what has no layer of its own. */
  readonly path: string;
  /** The body in which it stands in pictures, where that is not the one that its path tells: of functions, and of further uses of a layer. */
  readonly within?: string;
  /** All its weights are frozen (`freeze:`): what keeps statistics uses the ones it has. */
  readonly frozen?: true;
  readonly place: PlanPlace;
}

export interface PlanType {
  readonly dtype: DTypeName;
  /** Of one example; the batch is never written. −1 is a size that follows from the number of examples (`batch(x)`). */
  readonly shape: readonly number[];
  /** False for what does not depend on the example (`range(T)`, a weight): it has no batch axis. */
  readonly perExample: boolean;
}

export interface PlanWeight {
  /** The checkpoint's key: `Digits/Conv2D.0/kernel`. */
  readonly path: string;
  readonly shape: readonly number[];
  readonly init: Call;
  /** False for moving statistics. */
  readonly trainable: boolean;
  /** Axes whose places are units of their own, with weights that go into each; left out: the last one. */
  readonly units?: readonly number[];
}

export interface PlanMetric {
  /** As events name it, without `validation.`: `accuracy`, or `accuracy.kind` where two share a name. */
  readonly name: string;
  /** Key of the catalogue entry: `metric/accuracy`. */
  readonly op: string;
  readonly inputs: Readonly<Record<string, Ref>>;
  readonly settings: Settings;
  readonly direction: 'max' | 'min';
  readonly place: PlanPlace;
}

/** `accuracy(digit, label) > 95%`: a metric of this plan by its index, compared with a number. */
export interface PlanExpectation {
  readonly text: string;
  readonly metric: number;
  readonly operator: '<' | '<=' | '>' | '>=' | '==' | '!=';
  readonly value: number;
  readonly place: PlanPlace;
}

export interface PlanEvaluation {
  /** Examples that are measured at once. */
  readonly batch?: number;
  readonly slices: readonly PlanSlice[];
}

/** The metrics are also given apart for each value of a field, or of a condition on what each row has. */
export type PlanSlice =
  | { readonly kind: 'field'; readonly name: string; readonly text: string }
  | { readonly kind: 'condition'; readonly ref: Ref; readonly text: string };

// ---- data

export interface PlanData {
  readonly name: string;
  /** `Mnist("t10k")`, as reports print it. */
  readonly title: string;
  readonly args: Settings;
  /** `data/idx`, `data/csv`, `data/text`; file names in `settings` are as written in the program, parameters inserted. */
  readonly source: Call & { readonly place: PlanPlace };
  /** In topological order; `nodes[i].id === i`. */
  readonly nodes: readonly DataNode[];
  readonly fields: readonly PlanField[];
  /** Fractions of the rows, from 1 on so many of them; 0 where there is none or where `parts` says which rows they are. */
  readonly validation: number;
  readonly test: number;
  /** Rows that are left out: where this node is false, and those alike in these nodes but for the first of them. */
  readonly keep?: number;
  readonly deduplicate?: readonly number[];
  /** Parts that are more than a plain share of the rows. */
  readonly parts?: { readonly validation?: PlanPart; readonly test?: PlanPart };
  /** Training rows are drawn so that each value of this node comes equally often. */
  readonly balance?: number;
  /** How much each row counts in the loss: a node with one number a row. */
  readonly weight?: number;
  /** Where rows are kept once they are made, before augmentation. */
  readonly cache?: 'memory' | 'disk';
  /** What is done to the finished fields of training rows, in this order, seeded by seed, epoch and row. */
  readonly augment?: readonly PlanAugmentation[];
  readonly shuffle: boolean;
  readonly seed: number;
  readonly place: PlanPlace;
}

/** The field of a batch that holds the weights of its rows. No field of a program has this name: it is a key of its section. */
export const ROW_WEIGHT = 'weight';

/** A flow of `augment:`: the same chances for all its fields. */
export interface PlanAugmentation {
  readonly fields: readonly string[];
  /** The lowest and highest number of a field, where that is known (`scale(0..255, 0..1)`). Bytes have theirs. */
  readonly ranges?: Readonly<Record<string, readonly [number, number]>>;
  /** `augment/flip` with its settings. */
  readonly steps: readonly (Call & { readonly place: PlanPlace })[];
}

export type PlanPart =
  | { readonly kind: 'condition'; readonly node: number }
  /** All rows of other data, with the same fields, made by what was learned here. It has no parts of its own. */
  | { readonly kind: 'data'; readonly data: PlanData; readonly place: PlanPlace }
  /** Whole groups of rows that are alike in `by`; the same share of each class of `stratify`. */
  | { readonly kind: 'share'; readonly share: number; readonly by?: number; readonly stratify?: number };

export interface DataNode {
  readonly id: number;
  /** `column` (settings.name) · `constant` (settings.value) · `operator/+` … · `data/scale`, `data/Normalize`, … · `index`. */
  readonly op: string;
  readonly inputs: readonly number[];
  /** What the inputs are, where some of them may be left out (`previous(…; by:, order:)`). */
  readonly inputNames?: readonly string[];
  /** Which result of the entry, where it has several (`hide`, `previous`); left out: the first. */
  readonly output?: number;
  readonly settings: Settings;
  /** What one row holds after this node; `shape` undefined where only the file knows. */
  readonly dtype: DTypeName | undefined;
  readonly shape: readonly number[] | undefined;
  readonly place: PlanPlace;
}

export interface PlanField {
  readonly name: string;
  readonly node: number;
  readonly dtype: DTypeName;
  readonly shape: readonly number[];
  /** True where the model or the loss reads it. */
  readonly used: boolean;
  readonly place: PlanPlace;
}

// ---- training

export interface TrainSettings {
  /** `optimizer/Adam` with its settings; `lr` is a number or a schedule's call. */
  readonly optimizer: Call;
  /** Exactly one of the two. */
  readonly epochs: number | undefined;
  readonly steps: number | undefined;
  readonly batch: number;
  /** Largest global norm of the gradients. */
  readonly clip: number | undefined;
  /** Largest size of each single number of the gradients (`clip: byValue(x)`). */
  readonly clipValue?: number;
  readonly stop: { readonly watch: string; readonly patience: number; readonly change: number } | undefined;
  /** `last` is always kept. */
  readonly save: readonly SaveRule[];
  /** Every `steps` optimizer updates; undefined: at each epoch's end (with `steps:`, every steps/20). */
  readonly validateEvery: number | undefined;
  readonly seed: number;
  /** The rest is left out where it has its default. How many batches go into one update. */
  readonly accumulate?: number;
  /** Paths of layers whose weights stay as they are; a path stands for everything under it. */
  readonly freeze?: readonly string[];
  /** The `train` declaration whose latest weights this one starts from. */
  readonly start?: string;
  /** What a running average of the weights keeps at each update. */
  readonly average?: number;
  readonly precision?: 'mixed';
  readonly devices?: number | 'all';
  /** So many batches of the validation rows are evaluated at a time. */
  readonly validateBatches?: number;
  /** Where single settings stand, by key, for errors at the start of a run. */
  readonly places: Readonly<Record<string, PlanPlace>>;
}

export type SaveRule =
  | { readonly kind: 'best'; readonly metric: string }
  | { readonly kind: 'every'; readonly steps: number };
