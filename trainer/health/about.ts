/** What the plan says that the health of a run is judged by: layers in order, their names and places, what guessing costs. */
import { observedLayers } from '../../compiler/index.ts';
import type { Plan, PlanNode, PlanPlace, Ref } from '../../language/index.ts';

export interface About {
  /** Updates of the whole run and of an epoch. */
  readonly total: number;
  readonly perEpoch: number;
  /** Trained weights with two axes or more, in the order of the model. */
  readonly kernels: readonly string[];
  /** All trained weights. */
  readonly trained: readonly string[];
  /** Layers whose squashed results are read by other layers, and not by the loss or a product (a gate). */
  readonly hidden: ReadonlySet<string>;
  /** The loss of a guess: classes are told apart, and nothing is known. */
  readonly guess: { readonly loss: number; readonly classes: number } | undefined;
  readonly optimizer: string;
  readonly clips: boolean;
  readonly accumulates: boolean;
  readonly batch: number;
  /** Early stopping is asked for: the run ends by itself when it gets no better. */
  readonly stops: boolean;
  /** Of a weight or a layer, by its path. */
  place(path: string): PlanPlace | undefined;
  /** Where a field of the data is declared. */
  field(name: string): PlanPlace | undefined;
  /** The same in words: `Dense.1` (line 12). */
  name(path: string): string;
  readonly places: {
    readonly train: PlanPlace;
    readonly data: PlanPlace;
    readonly loss: PlanPlace;
    readonly optimizer: PlanPlace;
  };
}

/** `sizes` are the updates of an epoch and of the whole run. */
export function aboutPlan(plan: Plan, sizes: { readonly perEpoch: number; readonly total: number }): About {
  const { nodes, weights } = plan.graph;
  const places = new Map<string, PlanPlace>();
  for (const node of nodes) {
    if (node.path !== '') places.set(node.path, node.place);
    for (const index of Object.values(node.weights)) {
      const path = weights[index]?.path;
      if (path !== undefined && !places.has(path)) places.set(path, node.place);
    }
  }
  const observed = observedLayers(nodes);
  for (const { path, node } of observed) {
    const own = nodes[node];
    if (own && !places.has(path)) places.set(path, own.place);
  }
  const place = (path: string): PlanPlace | undefined => places.get(path) ?? places.get(layerOf(path));
  const settings = plan.train?.places ?? {};
  return {
    ...sizes,
    kernels: weights.filter(({ shape, trainable }) => trainable && shape.length > 1).map(({ path }) => path),
    trained: weights.filter(({ trainable }) => trainable).map(({ path }) => path),
    hidden: new Set(observed.filter(({ node }) => isHidden(plan, node)).map(({ path }) => path)),
    guess: guessOf(plan),
    optimizer: plan.train?.optimizer.call.replace('optimizer/', '') ?? '',
    clips: plan.train?.clip !== undefined || plan.train?.clipValue !== undefined,
    accumulates: (plan.train?.accumulate ?? 1) > 1,
    batch: plan.train?.batch ?? 0,
    stops: plan.train?.stop !== undefined,
    place,
    field: (name) => plan.data.fields.find((field) => field.name === name)?.place,
    name: (path) => nameOf(plan, path, place(path)),
    places: {
      train: plan.place,
      data: plan.data.source.place,
      loss: settings.loss ?? plan.place,
      optimizer: settings.optimizer ?? plan.place,
    },
  };
}

/** The layer that a weight belongs to. */
export function layerOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Without the model's own name, and of a weight the layer alone. */
function nameOf(plan: Plan, path: string, place: PlanPlace | undefined): string {
  const layer = plan.graph.weights.some((weight) => weight.path === path) ? layerOf(path) : path;
  const name = layer.includes('/') ? layer.slice(layer.indexOf('/') + 1) : layer || path;
  const line = place === undefined ? '' : ` (line ${place.line})`;
  return `\`${name}\`${line}`;
}

function refsOf(node: PlanNode): readonly Ref[] {
  return Object.values(node.inputs).flat();
}

function isHidden(plan: Plan, id: number): boolean {
  const { nodes, outputs } = plan.graph;
  if (outputs.some(({ ref }) => ref.node === id)) return false;
  const readers = nodes.filter((node) => refsOf(node).some((ref) => ref.node === id));
  return readers.length > 0 && readers.every(({ op }) => op.startsWith('model/'));
}

/** Only where the loss is nothing but cross entropy among classes that all weigh the same. */
function guessOf(plan: Plan): About['guess'] {
  const node = plan.loss && plan.graph.nodes[plan.loss.node];
  if (node?.op !== 'loss/crossEntropy' || Object.keys(node.weights).length > 0) return undefined;
  const { smoothing, classWeights } = node.settings;
  if ((smoothing ?? 0) !== 0 || (classWeights ?? null) !== null) return undefined;
  const { prediction } = node.inputs;
  if (prediction === undefined || !('node' in prediction)) return undefined;
  const classes = plan.graph.nodes[prediction.node]?.outputs[prediction.output]?.shape.at(-1) ?? 0;
  return classes < 2 ? undefined : { loss: Math.log(classes), classes };
}
