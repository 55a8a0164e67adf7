/** Outputs that a run did not train: a model with several train blocks has heads that one of them leaves as they began. */
import { FROM_FILE, type Plan, type Ref } from '../../language/index.ts';

/**
 * Names of the outputs that need trainable weights which the run's loss does not depend on. Where a run began with the weights
 * of another one (`start:`), they may have been trained there: then nothing is claimed.
 */
export function untrainedOutputs({ train, loss, graph }: Pick<Plan, 'train' | 'loss' | 'graph'>): readonly string[] {
  if (train === undefined || train.start !== undefined || loss === undefined) return [];
  const trained = weightsBehind(graph, loss);
  return graph.outputs
    .filter(({ trainingOnly, ref }) => {
      const own = [...weightsBehind(graph, ref)].filter((index) => {
        const weight = graph.weights[index];
        return weight?.trainable === true && weight.init.call !== FROM_FILE;
      });
      return !trainingOnly && own.some((index) => !trained.has(index));
    })
    .map(({ name }) => name);
}

function weightsBehind({ nodes }: Plan['graph'], from: Ref): ReadonlySet<number> {
  const weights = new Set<number>();
  const seen = new Set<number>();
  const open = [from.node];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = nodes[id];
    if (node === undefined || seen.has(id)) continue;
    seen.add(id);
    for (const index of Object.values(node.weights)) weights.add(index);
    for (const input of Object.values(node.inputs).flat()) open.push(input.node);
  }
  return weights;
}
