/** What an evaluation's metrics compare: which output with which truth, and what kind of answer that is. */
import type { Plan, PlanNode, PlanType, Ref } from '../../../language/index.ts';
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
  /** Classes of each place, labels, or numbers of an example. */
  readonly size: number;
  /** Places of an example; 1 but for `places`. */
  readonly places: number;
  readonly mark: Mark | undefined;
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

/** More answers than these are not looked at one by one. */
const MOST = 6;
/** Numbers of one example that are kept for each row. */
const LARGEST = 1 << 20;
const MOST_LABELS = 64;

/** The answers that can be looked at row by row, those of the metrics first, then those of the loss. */
export function askedAnswers(plan: Plan): readonly AskedAnswer[] {
  const found = new Map<string, AskedAnswer>();
  const compared = [
    ...plan.metrics.filter((metric) => !ranks(metric)).map(({ op, inputs }) => ({ op, inputs })),
    ...plan.graph.nodes.flatMap(({ op, inputs }) => (op.startsWith('loss/') ? [{ op, inputs }] : [])),
  ];
  // A class is asked for before a number: an error of probabilities says less than how they choose.
  for (const family of [CLASSES, NUMBERS]) {
    for (const { op, inputs } of compared) {
      const { prediction, truth, where } = inputs;
      if (!family.has(op) || !isRef(prediction) || !isRef(truth)) continue;
      const key = `${prediction.node}/${prediction.output}`;
      if (found.has(key)) continue;
      const asked = answerOf(plan, family === CLASSES, prediction, truth);
      if (asked !== undefined) found.set(key, { ...asked, where: isRef(where) ? where : undefined });
    }
  }
  return [...found.values()].slice(0, MOST);
}

/** `recall(query, candidate, at: 10)` looks rows up by likeness: what it compares are places in a space, no labels. */
function ranks({ settings }: Plan['metrics'][number]): boolean {
  return typeof settings.at === 'number';
}

function isRef(value: Ref | readonly Ref[] | undefined): value is Ref {
  return value !== undefined && 'node' in value;
}

type Unmasked = Omit<AskedAnswer, 'where'>;

function answerOf(plan: Plan, isClasses: boolean, prediction: Ref, truth: Ref): Unmasked | undefined {
  const [said, is] = [typeAt(plan, prediction), typeAt(plan, truth)];
  if (!said?.perExample || !is?.perExample || [...said.shape, ...is.shape].some((size) => size < 0)) return undefined;
  const [volume, other] = [volumeOf(said.shape), volumeOf(is.shape)];
  if (volume > LARGEST || volume === 0) return undefined;
  const mark = markAt(plan, prediction);
  const base = {
    name: nameOf(plan, prediction, 'output'),
    truthName: nameOf(plan, truth, 'truth'),
    prediction,
    truth,
    mark,
  };
  if (!isClasses) return volume === other ? { ...base, kind: 'numbers', size: volume, places: 1 } : undefined;
  if (mark !== 'softmax' && volume === other) {
    if (volume === 1) return { ...base, kind: 'yes-no', size: 1, places: 1 };
    if (said.shape.length === 1 && volume <= MOST_LABELS) return { ...base, kind: 'labels', size: volume, places: 1 };
    return { ...base, kind: 'places', size: 1, places: volume };
  }
  const size = said.shape.at(-1) ?? 1;
  const places = volume / size;
  if (size < 2 || (other !== places && other !== volume)) return undefined;
  return { ...base, kind: places === 1 ? 'classes' : 'places', size, places };
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
