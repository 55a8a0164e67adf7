/** The layers of a run's program, read from the plan that its folder keeps, in the order of the program. */
import { type EventPlace, isCount, isNumber, isRecord, type LayerBrief } from '../protocol/index.ts';
import { readPlan } from './facts.ts';

/** A layer with its place in the sources. */
export interface PlacedLayer extends LayerBrief {
  readonly source: number;
  readonly place: EventPlace;
}

export interface ProgramLayers {
  readonly layers: readonly PlacedLayer[];
  /** Some place looks at others: an `Attention`, or a softmax whose result mixes what is there. */
  readonly attends: boolean;
  /** The texts of the program: the program itself first, then what it imports. */
  readonly sources: readonly { readonly path: string; readonly text: string }[];
}

type Json = Readonly<Record<string, unknown>>;

/** What the plan of the run says; undefined where it is missing or damaged. What is strange in it is left out. */
export function readLayers(folder: string): ProgramLayers | undefined {
  const plan = readPlan(folder);
  if (!isRecord(plan?.graph)) return undefined;
  const sources = listOfRecords(plan.sources).flatMap(({ path, text }) =>
    typeof path === 'string' && typeof text === 'string' ? [{ path, text }] : [],
  );
  const weights = listOfRecords(plan.graph.weights);
  const model = isRecord(plan.model) && typeof plan.model.name === 'string' ? plan.model.name : '';
  const layers = new Map<string, PlacedLayer>();
  const nodes = listOfRecords(plan.graph.nodes);
  for (const node of nodes) {
    const layer = layerOf(node, { sources, weights, model });
    // A layer that is used twice stands where it is first met.
    if (layer !== undefined && !layers.has(layer.path)) layers.set(layer.path, layer);
  }
  return { layers: [...layers.values()], attends: attends(nodes), sources };
}

function attends(nodes: readonly Json[]): boolean {
  if (nodes.some(({ op }) => op === 'model/Attention')) return true;
  const mixed = nodes.filter(({ op }) => op === 'model/matmul' || op === 'operator/@' || op === 'model/einsum');
  const read = new Set(
    mixed.flatMap(({ inputs }) => (isRecord(inputs) ? Object.values(inputs).flat() : [])).map(nodeOf),
  );
  return nodes.some(({ op, id }) => op === 'model/softmax' && isCount(id) && read.has(id));
}

function nodeOf(ref: unknown): unknown {
  return isRecord(ref) ? ref.node : undefined;
}

interface Around {
  readonly sources: ProgramLayers['sources'];
  readonly weights: readonly Json[];
  readonly model: string;
}

function layerOf(node: Json, { sources, weights, model }: Around): PlacedLayer | undefined {
  const { path, op, place } = node;
  if (typeof path !== 'string' || path === '' || typeof op !== 'string' || !isRecord(place)) return undefined;
  const { source, line, column, start, end } = place;
  if (![source, line, column, start, end].every(isCount)) return undefined;
  const file = sources[source as number]?.path;
  if (file === undefined) return undefined;
  const own = isRecord(node.weights) ? Object.values(node.weights) : [];
  const used = own.flatMap((index): Json[] => {
    const weight = isCount(index) ? weights[index as number] : undefined;
    return weight === undefined ? [] : [weight];
  });
  return {
    path,
    name: shortName(path, model),
    kind: op.slice(op.lastIndexOf('/') + 1),
    shape: shapeOf(listOfRecords(node.outputs)[0]),
    parameters: used.reduce((sum, weight) => sum + sizeOf(weight), 0),
    trained: used.some(({ trainable }) => trainable !== false),
    file,
    line: line as number,
    source: source as number,
    place: {
      file,
      line: line as number,
      column: column as number,
      start: start as number,
      end: end as number,
    },
  };
}

/** `Digits/Conv2D.0` → `Conv2D.0`; of longer ones the first and the last two parts. */
export function shortName(path: string, model: string): string {
  const bare = path.startsWith(`${model}/`) ? path.slice(model.length + 1) : path;
  const parts = bare.split('/');
  return parts.length > 3 ? [parts[0], '…', ...parts.slice(-2)].join('/') : bare;
}

function listOfRecords(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function shapeOf(typed: Json | undefined): readonly number[] {
  return Array.isArray(typed?.shape) ? typed.shape.filter((size): size is number => isNumber(size)) : [];
}

/** Numbers of a weight. */
function sizeOf(weight: Json): number {
  return shapeOf(weight).reduce((product, size) => product * size, 1);
}
