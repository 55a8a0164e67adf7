/** What an evaluation's metrics compare: which output with which truth, and what kind of answer that is. */
import type { Plan, PlanMetric, PlanNode, PlanType, Ref } from '../../../language/index.ts';
import type { EvaluationAnswer } from '../../../protocol/index.ts';

/** One output held against one truth. */
export interface AskedAnswer {
  readonly name: string;
  readonly truthName: string;
  readonly kind: EvaluationAnswer['kind'];
  readonly prediction: Ref;
  readonly truth: Ref;
  /** Places that count, where not all do. */
  readonly where: Ref | undefined;
  /** Classes of each place or moment (0: whole numbers are said), labels, or numbers of an example. */
  readonly size: number;
  /** Places of an example; 1 but for `places` and `sequences`. */
  readonly places: number;
  readonly mark: Mark | undefined;
  /** Of moments the class that means "nothing". */
  readonly blank?: number;
  /** So many of what was found are looked at. */
  readonly at?: number;
}

/** What made the numbers probabilities; undefined: nothing did, they are bare scores. */
export type Mark = 'softmax' | 'sigmoid';

const CLASSES: ReadonlySet<string> = new Set([
  'metric/accuracy',
  'metric/topK',
  'metric/confusion',
  'metric/precision',
  'metric/recall',
  'metric/f1',
  'metric/auc',
  'metric/averagePrecision',
  'metric/perplexity',
  'metric/meanIou',
  'loss/crossEntropy',
  'loss/binaryCrossEntropy',
  'loss/focal',
]);
const NUMBERS: ReadonlySet<string> = new Set([
  'metric/mae',
  'metric/mse',
  'metric/rmse',
  'metric/mape',
  'metric/r2',
  'loss/mae',
  'loss/mse',
  'loss/huber',
  'loss/logCosh',
  'loss/poisson',
  'loss/quantile',
]);

/** What is spelt by moments, or is of another length than what is so. */
const SEQUENCES: ReadonlySet<string> = new Set(['metric/characterErrorRate', 'metric/wordErrorRate', 'loss/ctc']);
/** What looks something up by likeness. */
const RANKED: ReadonlySet<string> = new Set(['metric/recall', 'metric/ndcg', 'loss/inBatchSoftmax']);

/** In the order in which they are asked for: an error of probabilities says less than how they choose. */
const FAMILIES = [
  { ops: CLASSES, answerOf: classesOf },
  { ops: SEQUENCES, answerOf: sequencesOf },
  { ops: RANKED, answerOf: rankedOf },
  { ops: NUMBERS, answerOf: numbersOf },
] as const;

/** More answers than these are not looked at one by one. */
const MOST = 6;
/** Numbers of one example that are kept for each row. */
const LARGEST = 1 << 20;
const MOST_LABELS = 64;

/** A comparison of the program: of a metric or a loss. */
interface Compared {
  readonly op: string;
  readonly inputs: PlanMetric['inputs'] | PlanNode['inputs'];
  readonly settings: PlanMetric['settings'];
}

/** The answers that can be looked at row by row, those of the metrics first, then those of the loss. */
export function askedAnswers(plan: Plan): readonly AskedAnswer[] {
  const found = new Map<string, AskedAnswer>();
  const compared: readonly Compared[] = [
    ...plan.metrics,
    ...plan.graph.nodes.filter(({ op }) => op.startsWith('loss/')),
  ];
  for (const { ops, answerOf } of FAMILIES) {
    for (const one of compared) {
      const { inputs } = one;
      const prediction = inputs.prediction ?? inputs.scores ?? inputs.query;
      const truth = inputs.truth ?? inputs.text ?? inputs.key;
      if (!ops.has(one.op) || !isRef(prediction) || !isRef(truth)) continue;
      const key = `${prediction.node}/${prediction.output}`;
      if (found.has(key)) continue;
      const pair = pairOf(plan, prediction, truth);
      const asked = pair && answerOf(pair, one);
      if (pair === undefined || asked === undefined) continue;
      found.set(key, { ...pair.base, ...asked, where: isRef(inputs.where) ? inputs.where : undefined });
    }
  }
  return [...found.values()].slice(0, MOST);
}

/** `recall(query, candidate, at: 10)` looks rows up by likeness: what it compares are places in a space, no labels. */
function ranks({ op, settings }: Compared): boolean {
  return op !== 'metric/recall' || typeof settings.at === 'number';
}

function isRef(value: Ref | readonly Ref[] | undefined): value is Ref {
  return value !== undefined && 'node' in value;
}

/** Both sides of a comparison, of shapes that are known. */
interface Pair {
  readonly base: Pick<AskedAnswer, 'name' | 'truthName' | 'prediction' | 'truth' | 'mark'>;
  readonly said: PlanType;
  readonly is: PlanType;
  readonly volume: number;
  readonly other: number;
}

function pairOf(plan: Plan, prediction: Ref, truth: Ref): Pair | undefined {
  const [said, is] = [typeAt(plan, prediction), typeAt(plan, truth)];
  if (!said?.perExample || !is?.perExample || [...said.shape, ...is.shape].some((size) => size < 0)) return undefined;
  const [volume, other] = [volumeOf(said.shape), volumeOf(is.shape)];
  if (volume > LARGEST || volume === 0) return undefined;
  const [name, truthName] = [nameOf(plan, prediction, 'output'), nameOf(plan, truth, 'truth')];
  return { base: { name, truthName, prediction, truth, mark: markAt(plan, prediction) }, said, is, volume, other };
}

type Kind = Pick<AskedAnswer, 'kind' | 'size' | 'places' | 'blank' | 'at'>;

function numbersOf({ volume, other }: Pair): Kind | undefined {
  return volume === other ? { kind: 'numbers', size: volume, places: 1 } : undefined;
}

function classesOf({ said, volume, other, base }: Pair, compared: Compared): Kind | undefined {
  if (compared.op === 'metric/recall' && ranks(compared)) return undefined;
  if (base.mark !== 'softmax' && volume === other) {
    if (volume === 1) return { kind: 'yes-no', size: 1, places: 1 };
    if (said.shape.length === 1 && volume <= MOST_LABELS) return { kind: 'labels', size: volume, places: 1 };
    return { kind: 'places', size: 1, places: volume };
  }
  const size = said.shape.at(-1) ?? 1;
  const places = volume / size;
  if (size < 2 || (other !== places && other !== volume)) return undefined;
  return { kind: places === 1 ? 'classes' : 'places', size, places };
}

function sequencesOf({ said, is }: Pair, { settings }: Compared): Kind | undefined {
  const [places = 1, classes = 0] = said.shape;
  if (is.shape.length !== 1 || said.shape.length !== (said.dtype === 'int32' ? 1 : 2)) return undefined;
  const blank = typeof settings.blank === 'number' ? settings.blank : classes - 1;
  return { kind: 'sequences', size: classes, places, ...(classes === 0 ? {} : { blank }) };
}

function rankedOf({ said, is, volume, other }: Pair, compared: Compared): Kind | undefined {
  if (!ranks(compared) || said.shape.length !== 1 || is.shape.length !== 1 || volume !== other) return undefined;
  const { at } = compared.settings;
  return { kind: 'ranked', size: volume, places: 1, at: typeof at === 'number' ? at : 10 };
}

/** The type of a result. */
export function typeAt(plan: Plan, ref: Ref): PlanType | undefined {
  return plan.graph.nodes[ref.node]?.outputs[ref.output];
}

/** Numbers of a shape. */
export function volumeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function nameOf(plan: Plan, ref: Ref, otherwise: string): string {
  const output = plan.graph.outputs.find((each) => each.ref.node === ref.node && each.ref.output === ref.output);
  const node = plan.graph.nodes[ref.node];
  const name = node?.op === 'field' || node?.op === 'input' ? node.settings.name : undefined;
  return output?.name ?? (typeof name === 'string' ? name : otherwise);
}

/** Changes of shape alone: a probability stays one. */
const SHAPING: ReadonlySet<string> = new Set(['squeeze', 'expand', 'reshape', 'transpose', 'Flatten', 'index']);

function markAt(plan: Plan, ref: Ref): Mark | undefined {
  let node: PlanNode | undefined = plan.graph.nodes[ref.node];
  for (let hops = 0; node !== undefined && hops < 50; hops++) {
    const name: string = node.op.slice(node.op.indexOf('/') + 1);
    if (name === 'softmax' || name === 'sigmoid') return name;
    const { activation } = node.settings;
    if (typeof activation === 'object' && activation !== null && 'call' in activation) {
      if (activation.call === 'model/softmax') return 'softmax';
      return activation.call === 'model/sigmoid' ? 'sigmoid' : undefined;
    }
    const [first]: readonly (Ref | readonly Ref[])[] = Object.values(node.inputs);
    if (!SHAPING.has(name) || !isRef(first)) return undefined;
    node = plan.graph.nodes[first.node];
  }
  return undefined;
}
