/** From recorded operations to nodes, edges and boxes: constants go into the name of what reads them, the rest keeps its order. */
import type { Entry } from '../catalog/entry.ts';
import { catalog } from '../catalog/index.ts';
import { regularisationSettings } from '../catalog/regularisation.ts';
import type { PlanPlace, Ref, Settings, SettingValue } from '../plan/plan.ts';
import type { Count } from '../plan/summarise.ts';
import { printSetting } from './print.ts';
import type { GraphEdge, GraphGroup, GraphKind, GraphNode, GraphValue, ProgramGraph } from './program-graph.ts';

/** An operation, recorded or planned. */
export interface DrawnNode {
  readonly op: string;
  readonly inputs: Readonly<Record<string, Ref | readonly Ref[]>>;
  readonly settings: Settings;
  readonly weights: Readonly<Record<string, number>>;
  readonly outputs: readonly GraphValue[];
  readonly path: string;
  readonly within: string;
  readonly place: PlanPlace;
}

export interface DrawnUnit {
  readonly unit: string;
  readonly nodes: readonly DrawnNode[];
  readonly weights: readonly { readonly path: string; readonly size: Count }[];
  readonly outputs: readonly { readonly name: string; readonly ref: Ref }[];
  /** Where boxes are written, as far as that is known. */
  readonly boxes: ReadonlyMap<string, PlanPlace>;
  readonly batch: number | undefined;
}

/** The graph of what the outputs depend on, and of all inputs. */
export function draw(unit: DrawnUnit): Omit<ProgramGraph, 'sources'> {
  const wanted = ancestors(unit);
  const boxes = createBoxes(unit);
  const counted = new Set<number>();
  const ids = new Map<number, number>();
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (const [old, node] of unit.nodes.entries()) {
    if (!wanted.has(old) || isConstant(node)) continue;
    ids.set(old, nodes.length);
    const fresh = Object.values(node.weights).filter((index) => !counted.has(index));
    for (const index of fresh) counted.add(index);
    nodes.push({
      ...title(node, unit),
      layer: node.path,
      group: boxes.of(node.within, node.place),
      output: node.outputs[0],
      parameters: sum(fresh.map((index) => unit.weights[index]?.size ?? 0)),
      place: node.place,
    });
  }
  const connect = (input: string, ref: Ref, to: number) => {
    const from = ids.get(ref.node);
    const value = unit.nodes[ref.node]?.outputs[ref.output];
    if (from === undefined || value === undefined) return;
    edges.push({
      from,
      to,
      result: ref.output,
      input,
      dtype: value.dtype,
      shape: value.shape,
      perExample: value.perExample,
    });
  };
  for (const [old, to] of ids) {
    for (const [input, value] of Object.entries(unit.nodes[old]?.inputs ?? {})) {
      for (const ref of 'node' in value ? [value] : value) connect(input, ref, to);
    }
  }
  for (const { name, ref } of unit.outputs) {
    const source = unit.nodes[ref.node];
    if (source === undefined) continue;
    const output = source.outputs[ref.output];
    const base = { kind: 'output', name, detail: '', layer: '', group: -1, parameters: 0 } as const;
    nodes.push({ ...base, output, place: source.place });
    connect('', ref, nodes.length - 1);
  }
  const parameters = sum([...counted].map((index) => unit.weights[index]?.size ?? 0));
  return { unit: unit.unit, nodes, edges, groups: boxes.all, parameters, macs: undefined, batch: unit.batch };
}

function isConstant({ op }: DrawnNode): boolean {
  return op === 'constant';
}

function ancestors({ nodes, outputs }: DrawnUnit): ReadonlySet<number> {
  const wanted = new Set<number>();
  const stack = outputs.map(({ ref }) => ref.node);
  for (const [id, node] of nodes.entries()) if (node.op === 'input') stack.push(id);
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (wanted.has(at)) continue;
    wanted.add(at);
    for (const value of Object.values(nodes[at]?.inputs ?? {})) {
      for (const ref of 'node' in value ? [value] : value) stack.push(ref.node);
    }
  }
  return wanted;
}

// ---- boxes

interface Boxes {
  readonly all: readonly GraphGroup[];
  /** Index of the box, made where it is not there yet; −1: the unit itself. */
  of(path: string, place: PlanPlace): number;
}

function createBoxes({ unit, boxes }: DrawnUnit): Boxes {
  const all: GraphGroup[] = [];
  const known = new Map<string, number>();
  const of = (path: string, place: PlanPlace): number => {
    if (path === '' || path === unit) return -1;
    const before = known.get(path);
    if (before !== undefined) return before;
    const cut = path.lastIndexOf('/');
    const parent = cut < 0 ? -1 : of(path.slice(0, cut), place);
    const [, title = '', round] = /^(.*?)(?:\.\d+)?(?: \(\d+\))?(?:\[(\d+)\])?$/u.exec(path.slice(cut + 1)) ?? [];
    all.push({
      path,
      title,
      round: round === undefined ? undefined : Number(round),
      parent,
      place: boxes.get(path) ?? place,
    });
    known.set(path, all.length - 1);
    return all.length - 1;
  };
  return { all, of };
}

// ---- what nodes are called

type Title = Pick<GraphNode, 'kind' | 'name' | 'detail'>;

function title(node: DrawnNode, unit: DrawnUnit): Title {
  const { op, settings } = node;
  if (op === 'input' || op === 'field') return { kind: 'input', name: String(settings.name), detail: '' };
  const name = op.slice(op.indexOf('/') + 1);
  if (op === 'model/Weight') return { kind: 'weights', name: weightName(node, unit), detail: '' };
  const entry = catalog.get(op);
  const kind = kindOf(op, name, entry);
  if (entry?.place === 'operator') return { kind, name: operatorName(name, node, unit), detail: '' };
  const given = node.path.slice(node.path.lastIndexOf('/') + 1);
  const own = node.path === '' || given.startsWith(`${name}.`) ? [] : [given];
  const { inputs } = node;
  const fixed = Object.values(inputs).flatMap((value) => ('node' in value ? [value] : value));
  if (fixed.length > 0 && fixed.every((ref) => unit.nodes[ref.node]?.op === 'constant')) {
    const values = fixed.map((ref) => printSetting(unit.nodes[ref.node]?.settings.value ?? null));
    return { kind, name: `${name}(${values.join(', ')})`, detail: '' };
  }
  return { kind, name, detail: [...own, ...detailOf(entry, settings)].join(', ') };
}

function kindOf(op: string, name: string, entry: Entry | undefined): GraphKind {
  if (entry?.kind !== 'operation') return op.startsWith('operator/') ? 'combine' : 'weights';
  if (entry.activation) return 'activation';
  if (entry.place === 'operator' || entry.inputs.some(({ many }) => many !== undefined)) return 'combine';
  if (/Norm|^Normalize$/u.test(name)) return 'norm';
  if (entry.weights !== undefined) return 'weights';
  return entry.inputs.filter(({ optional }) => optional !== true).length > 1 ? 'combine' : 'other';
}

/** `embed.weight`. */
function weightName({ weights }: DrawnNode, unit: DrawnUnit): string {
  const [index] = Object.values(weights);
  const path = unit.weights[index ?? -1]?.path ?? '';
  return path.split('/').slice(-2).join('.');
}

/** `+`, and with a number on one side `0.5 * x`, `1 - x`. */
function operatorName(symbol: string, { inputs }: DrawnNode, unit: DrawnUnit): string {
  const sides = Object.values(inputs).flatMap((value) => ('node' in value ? [value] : value));
  const texts = sides.map(({ node }) => {
    const read = unit.nodes[node];
    return read?.op === 'constant' ? printSetting(read.settings.value ?? null) : 'x';
  });
  if (texts.every((text) => text === 'x')) return symbol;
  return texts.length === 1 ? `${symbol} ${texts[0]}` : texts.join(` ${symbol} `);
}

/** More than this is told by hovering over the program. */
const PARTS = 3;
const LONGEST = 26;

/** Settings as they would be written: those that are given in their places, then what is not as usual. */
function detailOf(entry: Entry | undefined, settings: Settings): readonly string[] {
  const known = Object.entries(entry?.settings ?? {}).filter(
    ([name, { type }]) => type.kind !== 'initialiser' && !Object.hasOwn(regularisationSettings, name),
  );
  const texts = known.flatMap(([name, def]) => {
    const value = settings[name];
    if (value === undefined || isUsual(name, value, def.default)) return [];
    const text = valueText(value);
    return text.length > LONGEST ? [] : [def.named === true ? `${name} ${text}` : text];
  });
  return texts.slice(0, PARTS);
}

/** A size that is the same on every axis counts as the one number that it is written as. */
function isUsual(name: string, value: SettingValue, usual: SettingValue | undefined): boolean {
  if (name === 'kernel' || usual === undefined) return false;
  const values: readonly SettingValue[] = Array.isArray(value) && typeof usual === 'number' ? value : [value];
  return values.every((each) => printSetting(each) === printSetting(usual));
}

function valueText(value: SettingValue): string {
  if (!Array.isArray(value)) return printSetting(value);
  const sizes: readonly SettingValue[] = value;
  return sizes.every((each) => typeof each === 'number' || typeof each === 'string')
    ? sizes.join('×')
    : printSetting(value);
}

/** Of numbers and of formulas. */
function sum(counts: readonly Count[]): Count {
  const numbers = counts.reduce<number>((all, each) => (typeof each === 'number' ? all + each : all), 0);
  const formulas = counts.filter((each) => typeof each === 'string');
  if (formulas.length === 0) return numbers;
  return numbers === 0 ? formulas.join(' + ') : [...formulas, numbers].join(' + ');
}
